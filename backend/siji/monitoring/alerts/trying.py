"""A rule's test: the message that it would send, labelled as a test, over the channels that would carry it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from siji.accounts import audit
from siji.accounts.models import User
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.monitoring.alerts.deciding import ESCALATED_FROM
from siji.monitoring.alerts.keeping import rules_now
from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.rules import Rule
from siji.monitoring.alerts.words import Language, trial_body_of, trial_title_of
from siji.monitoring.models import Channel
from siji.problems import Refusal, not_found, refusal_on

MOST = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """One message on its way."""

    channel: Channel
    level: AlertLevel
    job: Job


def try_rule(*, name: str, by: User | None, channel_id: int | None = None) -> list[Trial]:
    """Over the channel that is named, be it on or off, or over all that would be told. Raises Refusal: 404, 409, 422."""
    rule = rules_now().get(name)
    if rule is None:
        raise not_found()
    with transaction.atomic():
        chosen = _usual(rule) if channel_id is None else [(_named(channel_id), rule.limits[-1][0])]
        if not chosen:
            raise Refusal(
                "nobody_is_told",
                zh="没有渠道会收到这条规则的告警。请添加或启用一个渠道，或降低它的起始级别。",
                en="No channel would be told of this rule: add one, turn one on, or lower the level from which it is told.",
            )
        trials = [Trial(channel, level, _enqueue(rule, channel, level, by)) for channel, level in chosen]
        detail = {"channels": [one.channel.pk for one in trials]}
        audit.record(actor=by, action="alert_rule.tested", subject=f"alert_rule:{name}", detail=detail)
    return trials


def _named(channel_id: int) -> Channel:
    row = Channel.objects.filter(pk=channel_id).first()
    if row is None:
        raise refusal_on(
            "channel",
            "no_such_channel",
            zh="没有这个渠道，请从列表中选择。",
            en="There is no such channel: choose one of the list.",
        )
    return row


def _usual(rule: Rule) -> list[tuple[Channel, AlertLevel]]:
    """Each that is on, with the mildest level of the rule that it is told of."""
    found = []
    for channel in Channel.objects.filter(is_on=True).order_by("pk")[:MOST]:
        least = max(AlertLevel(channel.least_level).rank, ESCALATED_FROM.rank if channel.only_escalated else 0)
        level = next((level for level, _ in rule.limits if level.rank >= least), None)
        found += [(channel, level)] if level else []
    return found


def _enqueue(rule: Rule, channel: Channel, level: AlertLevel, by: User | None) -> Job:
    language: Language = "en" if channel.language == "en" else "zh"
    payload = {
        "channel": channel.pk,
        "title": trial_title_of(rule.name, level, language),
        "body": trial_body_of(rule.name, level, rule.limit_of(level), rule.unit, language),
        "is_recovery": False,
    }
    return enqueue(kind="channel.test", key=f"channel.test:{uuid.uuid4()}", payload=payload, owner=by)
