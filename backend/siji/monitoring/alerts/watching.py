"""A round of deciding, from the figures to the rows and to the jobs that tell people: one for the whole cluster.

By the thread that each process has for its figures, as what is looked at in ``cluster``: the beat falls silent with the broker's
Redis, and that is when somebody must be told. A round is one transaction under a lock; what it decides is told after it.
"""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections, transaction

from siji.courses import drift
from siji.jobs import work
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.monitoring.alerts.deciding import PerformanceAlertManager, Told
from siji.monitoring.alerts.keeping import keep, rules_now, silenced_at, standings
from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.outage import outage
from siji.monitoring.alerts.rules import QUICK, SLOW, Seen, burns_of
from siji.monitoring.alerts.words import Language, body_of, title_of
from siji.monitoring.cluster import is_my_turn, look
from siji.monitoring.collecting import collector
from siji.monitoring.history import by_hour, by_minute
from siji.monitoring.models import Channel
from siji.monitoring.series import Measures, together
from siji.monitoring.silence import silent
from siji.storage.locks import is_mine_now
from siji.storage.now import database_now

LOCK = 0x516A_0002
DECIDE_SECONDS = 10.0
SELDOM_SECONDS = 60.0
RECENT = timedelta(seconds=20)
BURNS_KEPT = timedelta(minutes=2)
WORKERS_LATE = timedelta(seconds=4)
"""A message that no worker has taken by then is sent by whoever decides: the workers may be what it is about."""
DELIVERY = "alert.delivery"
SELDOM = ("drift", "burn_quick", "burn_slow")


def see_to_alerts() -> None:
    """What each process does every few seconds: of all of them one decides. Raises DatabaseError."""
    outage.note_success()
    if is_my_turn("decide", seconds=DECIDE_SECONDS):
        if is_my_turn("seldom", seconds=SELDOM_SECONDS):
            note_burns()
            note_drift()
        decide()
    if Job.objects.due().filter(kind=DELIVERY).exists():
        _deliver_beside()


_delivering = threading.Lock()


def _deliver_beside() -> None:
    """In a thread of its own: a receiver that does not answer must not hold the figures."""

    def deliver() -> None:
        if _delivering.acquire(blocking=False):
            try:
                deliver_late()
            finally:
                _delivering.release()
                connections.close_all()

    threading.Thread(target=deliver, name="alert-delivery", daemon=True).start()


def decide() -> list[Told]:
    """Raises DatabaseError; the next round, of whichever process, does it then."""
    with transaction.atomic():
        if not is_mine_now(LOCK):
            return []
        now = database_now()
        rules = rules_now()
        manager = PerformanceAlertManager(rules, escalated_after=timedelta(minutes=settings.ALERTS_ESCALATE_MINUTES))
        done = manager.decide(see(now), standings(), now=now, silenced=silenced_at(now, rules))
        keep(done, at=now)
        tell(done.told)
    return done.told


def see(now: datetime) -> Seen:
    minutes = by_minute(now - BURNS_KEPT)
    first = (now - RECENT).replace(second=0, microsecond=0)
    state: dict[str, dict[str, float]] = {"silent": silent(now), **{kind: {} for kind in SELDOM}}
    for kind, name, value in look(now):
        state.setdefault(kind, {})[name] = value
    for _, measures in sorted(minutes.items()):
        for kind in SELDOM:
            state[kind].update({name: one.maximum for name, one in measures.named(kind).items()})
    slow = state["burn_slow"]
    burns = {name: (quick, slow.get(name, 0.0)) for name, quick in state["burn_quick"].items()}
    return Seen(together(one for at, one in minutes.items() if at >= first), state, burns)


def tell(told: list[Told]) -> None:
    """One job a channel and round, so that what broke together is read together."""
    if not told:
        return
    number, rules = uuid.uuid4(), rules_now()
    units: dict[str, str] = {name: rule.unit for name, rule in rules.items()}
    for channel in Channel.objects.filter(is_on=True):
        mine = [one for one in told if _is_for(channel, one)]
        if mine:
            language: Language = "en" if channel.language == "en" else "zh"
            payload = {
                "channel": channel.pk,
                "title": title_of(mine, language),
                "body": body_of(mine, units, language),
                "is_recovery": all(one.event == "recovered" for one in mine),
            }
            enqueue(kind=DELIVERY, key=f"{DELIVERY}:{number}:{channel.pk}", payload=payload)


def _is_for(channel: Channel, told: Told) -> bool:
    if channel.only_escalated:
        return told.event == "escalated" or (told.event == "recovered" and told.standing.escalated)
    return told.standing.level.rank >= AlertLevel(channel.least_level).rank


def deliver_late() -> int:
    """How many messages were sent here because no worker did."""
    late = Job.objects.due().filter(kind=DELIVERY).filter(due_at__lt=database_now() - WORKERS_LATE)
    return sum(work.run(job) for job in late.order_by("due_at").values_list("pk", flat=True)[:20])


def note_burns() -> None:
    """How fast budgets are used, for the rounds of the next minute: it reads hours, so seldom."""
    now = database_now()
    minutes = by_minute(now - QUICK[1])
    hours = by_hour(now - SLOW[1]).values()
    parts = [together(one for at, one in minutes.items() if at >= now - short) for short, _ in (QUICK, SLOW)]
    quick = burns_of(parts[0], together(minutes.values()))
    slow = burns_of(parts[1], together(hours) if hours else Measures())
    collector.note_all([("burn_quick", name, value) for name, value in quick.items()])
    collector.note_all([("burn_slow", name, value) for name, value in slow.items()])


def note_drift() -> None:
    found = drift.look()
    collector.note("drift", "courses", float(len(found.courses) + len(found.teachers)))
