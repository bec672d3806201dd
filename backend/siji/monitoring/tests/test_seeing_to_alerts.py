"""What each process does every few seconds: one decides, some things seldom, and late messages go out beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from siji.courses.models import Course, CourseTally
from siji.jobs.models import Job
from siji.monitoring.alerts import watching
from siji.monitoring.alerts.keeping import rules_now
from siji.monitoring.alerts.rules import LEAST_FOR_A_BURN, Seen
from siji.monitoring.alerts.watching import DELIVERY, decide, note_burns, note_drift, see, see_to_alerts
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.models import Alert, Channel, Measured, Turn
from siji.monitoring.notifications.sealing import sealed
from siji.monitoring.tests import receivers
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def asked(*, minutes_ago: float, number: int, failed: int) -> None:
    at = database_now() - timedelta(minutes=minutes_ago)
    process = PerformanceCollector(clock=at.timestamp)
    for turn in range(number):
        process.note_all([("request", "GET /me", 10), *([("error", "GET /me", 10)] if turn < failed else [])])
    process.write()


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], Seen]:
    """What a process that has just begun notes, and a round sees of it."""

    def see_after(note: Callable[[], None]) -> Seen:
        mine = PerformanceCollector()
        monkeypatch.setattr(watching, "collector", mine)
        note()
        mine.write()
        return see(database_now())

    return see_after


Fresh = Callable[[Callable[[], None]], Seen]


def test_one_process_decides_and_only_every_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[str] = []
    for name in ("decide", "note_burns", "note_drift"):
        monkeypatch.setattr(watching, name, lambda name=name: rounds.append(name))
    for _ in range(3):
        see_to_alerts()
    assert rounds == ["note_burns", "note_drift", "decide"]
    Turn.objects.filter(name="decide").update(at=database_now() - timedelta(seconds=watching.DECIDE_SECONDS))
    see_to_alerts()
    assert rounds[3:] == ["decide"], "a budget reads hours, so not in each round"
    Turn.objects.update(at=database_now() - timedelta(seconds=watching.SELDOM_SECONDS))
    see_to_alerts()
    assert rounds[4:] == ["note_burns", "note_drift", "decide"]


def test_a_late_message_is_sent_beside_it_and_a_deaf_receiver_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    holds, sent = threading.Event(), threading.Event()

    def slowly() -> int:
        sent.set()
        holds.wait(10)
        return 1

    monkeypatch.setattr(watching, "deliver_late", slowly)
    Turn.objects.create(name="decide", at=database_now())
    Job.objects.create(kind=DELIVERY, key="late", payload={})
    try:
        began = time.monotonic()
        see_to_alerts()
        assert time.monotonic() - began < 5
        assert sent.wait(5)
        sent.clear()
        see_to_alerts()
        assert not sent.wait(0.3), "one at a time"
    finally:
        holds.set()


def test_from_the_round_to_the_message_without_a_worker(settings: Settings) -> None:
    with receivers.web() as receiver:
        url = f"http://127.0.0.1:{receiver.port}/"
        Channel.objects.create(name="值班", kind="webhook", sealed=sealed({"url": url}))
        asked(minutes_ago=0, number=50, failed=50)
        see_to_alerts()
        Alert.objects.update(since=database_now() - timedelta(seconds=10))
        Turn.objects.update(at=database_now() - timedelta(seconds=watching.DECIDE_SECONDS))
        see_to_alerts()
        assert Alert.objects.get(rule="errors").state == "open"
        Job.objects.update(due_at=database_now() - timedelta(seconds=9))
        until = time.monotonic() + 10
        while not receiver.requests and time.monotonic() < until:
            see_to_alerts()
            time.sleep(0.1)
    assert len(receiver.requests) == 1


def test_a_budget_that_burns_in_both_windows_is_noted_and_one_bad_minute_is_not(fresh: Fresh) -> None:
    asked(minutes_ago=1, number=LEAST_FOR_A_BURN, failed=LEAST_FOR_A_BURN // 2)
    assert fresh(note_burns).burns["A7"][0] == pytest.approx(500)
    Measured.objects.all().delete()
    asked(minutes_ago=1, number=LEAST_FOR_A_BURN, failed=LEAST_FOR_A_BURN // 2)
    asked(minutes_ago=40, number=LEAST_FOR_A_BURN * 100, failed=0)
    quick, slow = fresh(note_burns).burns["A7"]
    assert quick < 10 < 500, "the hour says that it does not matter yet"
    assert slow == pytest.approx(quick, rel=0.05), "and the six hours say the same"


def test_what_is_over_burns_no_more(fresh: Fresh) -> None:
    asked(minutes_ago=20, number=LEAST_FOR_A_BURN, failed=LEAST_FOR_A_BURN)
    asked(minutes_ago=1, number=LEAST_FOR_A_BURN, failed=0)
    seen = fresh(note_burns)
    quick, slow = seen.burns["A7"]
    assert quick == 0, "the last six minutes are well"
    assert slow == pytest.approx(500), "the last half hour is not"
    (reading,) = [one for one in rules_now()["promise_slow_burn"].read(seen) if one.subject == "A7"]
    assert (rules_now()["promise_slow_burn"].level_of(reading.value), reading.figures) == ("warning", "A7: 0.0 × / 500.0 ×")


def test_a_stored_number_that_is_wrong_is_noted_and_told(course: Course, fresh: Fresh) -> None:
    assert fresh(note_drift).state["drift"] == {"courses": 0}
    CourseTally.objects.filter(pk=course.pk).update(student_count=99)
    assert fresh(note_drift).state["drift"] == {"courses": 1}
    decide()
    assert (Alert.objects.get().rule, Alert.objects.get().state) == ("drift", "open"), "at once: it does not pass by itself"
