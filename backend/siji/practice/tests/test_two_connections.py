"""Savers and closers on two real connections: who waits for whom, and that nobody waits in a circle."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from siji.practice import saving
from siji.practice.closing import close_due, submit_attempt
from siji.practice.extending import extend_attempt
from siji.practice.models import Attempt, Script, TimeExtension
from siji.practice.protocol import Sent
from siji.practice.rows import held_for_update
from siji.practice.saving import Saved, save_answers
from siji.practice.tests.acting import Sitting, set_elapsed

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], Any]) -> Future[Any]:
    """Run on a thread with a connection of its own."""
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  # handed to whoever waits for the result
            done.set_exception(error)
        finally:
            connection.close()

    threading.Thread(target=run, daemon=True).start()
    return done


def save(sitting: Sitting, *answers: tuple[str, int, str]) -> Saved:
    batch = [Sent(*answer) for answer in answers]
    return save_answers(attempt_id=sitting.row.pk, student=sitting.person.user, batch=batch)


def test_closing_waits_for_a_saver_and_finds_its_answer(sitting: Sitting) -> None:
    with transaction.atomic():
        save(sitting, ("W", 1, "just in time"))
        closing = elsewhere(lambda: submit_attempt(attempt_id=sitting.row.pk))
        time.sleep(0.3)
        assert not closing.done()
    closing.result(timeout=5)
    assert Script.objects.get(slot="W").text == "just in time"


def test_a_saver_that_waited_for_a_closing_is_late_by_the_time_after_the_wait(sitting: Sitting) -> None:
    with transaction.atomic():
        held_for_update(sitting.row.pk)
        saver = elsewhere(lambda: save(sitting, ("W", 1, "too late")))
        time.sleep(0.3)
        assert not saver.done()
        closed_at = submit_attempt(attempt_id=sitting.row.pk).closed_at
    saved: Saved = saver.result(timeout=5)
    assert closed_at is not None
    assert saved.at > closed_at
    assert [verdict.status for verdict in saved.verdicts] == ["late"]


def test_the_lock_that_nothing_would_keep_is_refused(sitting: Sitting) -> None:
    """Also by the query that is kept, whose text Django does not look at again."""
    with pytest.raises(TransactionManagementError):
        held_for_update(sitting.row.pk)
    with transaction.atomic():
        assert held_for_update(sitting.row.pk) == sitting.row
        with pytest.raises(Attempt.DoesNotExist):
            held_for_update(uuid4())
    with pytest.raises(TransactionManagementError):
        held_for_update(sitting.row.pk)


def test_a_saver_that_waited_across_the_lock_is_late(sitting: Sitting) -> None:
    """The clock is read after the wait: 0.2 s were left when the answer came, none when the row was free."""
    set_elapsed(sitting.row.pk, 30 * 60_000 - 200)
    with transaction.atomic():
        held_for_update(sitting.row.pk)
        saver = elsewhere(lambda: save(sitting, ("W", 1, "x")))
        time.sleep(0.5)
    assert [verdict.status for verdict in saver.result(timeout=5).verdicts] == ["late"]


def test_savers_do_not_wait_for_each_other(sitting: Sitting) -> None:
    sitting.at_minute(31)
    with transaction.atomic():
        save(sitting, ("1", 1, "A"))
        other = elsewhere(lambda: save(sitting, ("2", 1, "B")))
        assert [verdict.status for verdict in other.result(timeout=5).verdicts] == ["saved"]


def test_the_slower_of_two_tabs_is_told_what_overtook_it(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tab's newer answer comes between our reading and our writing."""
    read = saving._lock
    calls: list[int] = []

    def read_then_be_overtaken(*asked: Any) -> Any:
        held = read(*asked)
        if not calls:
            calls.append(1)
            elsewhere(lambda: save(sitting, ("W", 9, "newer"))).result(timeout=5)
        return held

    monkeypatch.setattr(saving, "_lock", read_then_be_overtaken)
    saved = save(sitting, ("W", 1, "older"))
    (verdict,) = saved.verdicts
    assert (verdict.status, verdict.current and verdict.current.value) == ("superseded", "newer")
    assert sitting.kept() == {"W": (9, "newer")}


def test_tabs_that_send_the_same_items_in_opposite_order_do_not_deadlock(sitting: Sitting) -> None:
    sitting.at_minute(31)
    slots = [str(number) for number in range(1, 26)]

    def tab(offset: int) -> None:
        for turn in range(10):
            order = slots if offset else slots[::-1]
            save(sitting, *((slot, 2 * turn + 1 + offset, f"{offset}-{turn}") for slot in order))

    tabs = [elsewhere(partial(tab, number)) for number in (0, 1)]
    for done in tabs:
        done.result(timeout=30)
    assert set(sitting.kept().values()) == {(20, "1-9")}


def test_two_closers_close_once(sitting: Sitting) -> None:
    sitting.at_minute(131)
    rounds = [elsewhere(close_due) for _ in range(3)]
    for done in rounds:
        done.result(timeout=10)
    assert Script.objects.count() == 2
    assert sitting.row.closed_at is not None


def test_an_extension_waits_for_a_closing_and_finds_it_closed(sitting: Sitting, teacher: Any) -> None:
    def give() -> str:
        try:
            extend_attempt(attempt_id=sitting.row.pk, minutes=5, reason="x", by=teacher.user)
        except Exception as refusal:  # noqa: BLE001  # what it says is looked at
            return str(getattr(refusal, "code", refusal))
        return "extended"

    with transaction.atomic():
        held_for_update(sitting.row.pk)
        extension = elsewhere(give)
        time.sleep(0.2)
        submit_attempt(attempt_id=sitting.row.pk)
    assert extension.result(timeout=5) == "closed"
    assert not TimeExtension.objects.exists()


def test_a_connection_killed_in_the_middle_of_a_save_leaves_nothing_and_holds_nothing(sitting: Sitting) -> None:
    began = threading.Event()

    def doomed() -> None:
        with transaction.atomic():
            save(sitting, ("W", 1, "never acknowledged"))
            began.set()
            time.sleep(10)

    victim = elsewhere(doomed)
    assert began.wait(5)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'"
        )
        assert cursor.rowcount == 1
    assert not victim.done()
    assert sitting.kept() == {}
    save(sitting, ("W", 1, "sent again"))
    assert sitting.kept() == {"W": (1, "sent again")}
