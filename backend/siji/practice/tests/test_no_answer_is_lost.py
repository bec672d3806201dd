"""No answer is ever lost: any course of events on two real connections, against a model of a few lines.

Two tabs of one student type, go offline, replay, reorder, repeat and race; a connection is killed inside a save; the teacher
gives more time; the clock runs out; somebody submits. After every step the database must hold what the model holds:

- the newest value that was acknowledged as saved is there,
- what a lock froze stays as it was,
- what came after a lock is kept beside it.
"""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from siji.accounts.models import Role, User
from siji.bank.models import Paper
from siji.conftest import make_user
from siji.practice.clock import MINUTE
from siji.practice.closing import close_due, submit_attempt, up_to_date
from siji.practice.extending import extend_attempt
from siji.practice.models import Answer, Attempt, LateAnswer, Script
from siji.practice.protocol import Sent, Verdict
from siji.practice.saving import save_answers
from siji.practice.starting import start_attempt
from siji.practice.tests.acting import set_elapsed
from siji.practice.tests.papers import make_paper
from siji.problems import Refusal

T = TypeVar("T")
SLOTS = {"writing": ["W"], "listening": ["1", "2"], "collection": [], "reading": ["46", "T"]}
LENGTHS = {"writing": 30, "listening": 25, "collection": 5, "reading": 70}
tabs = st.sampled_from([0, 1])
values = st.sampled_from(["A", "B", "an essay"])
_names = itertools.count(1)


@dataclass
class Tab:
    """A browser tab: its journal of what is not acknowledged, and the last seq it knows of each item."""

    connection: ThreadPoolExecutor
    journal: list[Sent] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)

    def on_its_connection(self, work: Callable[[], T]) -> T:
        return self.connection.submit(work).result(timeout=30)

    def acknowledged(self, verdicts: list[Verdict]) -> None:
        heard = {verdict.sent for verdict in verdicts}
        self.journal = [sent for sent in self.journal if sent not in heard]


class NoAnswerIsLost(RuleBasedStateMachine):
    paper: Paper
    admin: User
    connections: list[ThreadPoolExecutor]
    seen: Counter[str]
    """How often each verdict came up: a machine that never got there would prove nothing."""

    @initialize()
    def start(self) -> None:
        self.student = make_user(f"sitting{next(_names)}")
        attempt, _ = start_attempt(student=self.student, paper=self.paper, mode="exam", assignment=None)
        self.id = attempt.pk
        self.tabs = [Tab(pool) for pool in self.connections]
        self.minute, self.is_closed = 0, False
        self.ends = dict(zip(LENGTHS, itertools.accumulate(LENGTHS.values()), strict=True))
        self.kept: dict[str, tuple[int, str]] = {}
        self.late: set[tuple[str, int, str]] = set()
        self.frozen: dict[str, tuple[int, str] | None] = {}
        self._show_time()

    # What may happen

    @rule(
        tab=tabs,
        typed=st.lists(st.tuples(st.integers(0, 4), values), min_size=1, max_size=4),
        then=st.sampled_from(["stays offline", "is heard", "is heard", "is not heard", "is killed", "sends too early"]),
        has_reloaded=st.booleans(),
        offline=st.sampled_from([0, 0, 31]),
        order=st.randoms(use_true_random=False),
    )
    def a_tab_is_used(
        self, tab: int, typed: list[tuple[int, str]], then: str, has_reloaded: bool, offline: int, order: Any
    ) -> None:
        """``offline``: minutes between typing and sending, in which a part may have been locked."""
        at = self.tabs[tab]
        if has_reloaded:
            self._reload(at)
        self._type(at, typed)
        if offline:
            self.time_passes(minutes=offline, noticed_by="nobody")
        match then:
            case "is heard" | "is not heard":
                self._send(at, order, is_heard=then == "is heard")
            case "is killed":
                at.on_its_connection(lambda: self._killed_save(list(at.journal)))
            case "sends too early":
                self._send_too_early(at)

    @rule(typed=st.lists(st.tuples(st.integers(0, 4), values), min_size=1, max_size=3))
    def both_tabs_send_at_once(self, typed: list[tuple[int, str]]) -> None:
        """Whoever comes first: per item the highest seq wins, and of two equal ones exactly one."""
        for at in self.tabs:
            self._type(at, typed)
        batches = [list(at.journal) for at in self.tabs]
        futures = [at.connection.submit(self._save, batch) for at, batch in zip(self.tabs, batches, strict=True)]
        for at, future in zip(self.tabs, futures, strict=True):
            at.acknowledged(future.result(timeout=30))
        for sent in sorted(itertools.chain(*batches), key=lambda sent: sent.seq):
            self._take(sent)
        stored = self._stored()
        for slot, (seq, value) in self.kept.items():
            rivals = {sent.value for sent in itertools.chain(*batches) if (sent.slot, sent.seq) == (slot, seq)} | {value}
            assert stored[slot][0] == seq
            assert stored[slot][1] in rivals
        self.kept = stored

    @rule(minutes=st.integers(1, 35), noticed_by=st.sampled_from(["nobody", "the beat", "a page"]))
    def time_passes(self, minutes: int, noticed_by: str) -> None:
        self.minute += minutes
        self._show_time()
        self._freeze()
        if noticed_by == "the beat":
            close_due()
        elif noticed_by == "a page":
            up_to_date(Attempt.objects.with_everything().get(pk=self.id))
        if noticed_by != "nobody":
            self.is_closed = self._is_over()
            assert (Attempt.objects.get(pk=self.id).closed_at is not None) == self.is_closed

    @precondition(lambda self: not self._is_over())
    @rule(minutes=st.integers(1, 30))
    def the_teacher_gives_more_time(self, minutes: int) -> None:
        extend_attempt(attempt_id=self.id, minutes=minutes, reason="test", by=self.admin)
        later = [key for key, end in self.ends.items() if end > self.minute and SLOTS[key]]
        first = list(self.ends).index(later[0])
        for key in list(self.ends)[first:]:
            self.ends[key] += minutes

    @precondition(lambda self: self.minute > 60)
    @rule()
    def somebody_submits(self) -> None:
        first = submit_attempt(attempt_id=self.id)
        assert submit_attempt(attempt_id=self.id).closed_at == first.closed_at
        self.is_closed = True
        self._freeze()

    # What must hold

    @invariant()
    def the_database_holds_what_the_model_holds(self) -> None:
        if not hasattr(self, "kept"):
            return
        assert self._stored() == self.kept
        late = LateAnswer.objects.filter(attempt=self.id).values_list("slot", "seq", "value")
        assert set(late) == self.late
        for slot, answer in self.frozen.items():
            assert self.kept.get(slot) == answer

    def teardown(self) -> None:
        if not hasattr(self, "kept"):
            return
        self.minute += 10_000
        self._show_time()
        close_due()
        written = dict(Script.objects.filter(attempt=self.id).values_list("slot", "text"))
        assert written == {slot: self.kept.get(slot, (0, ""))[1] for slot in ("W", "T")}
        self.the_database_holds_what_the_model_holds()

    # The tabs

    def _reload(self, at: Tab) -> None:
        """A tab learns from the server where each item stands; its own journal may be ahead."""
        for slot, seq, _ in [*((slot, *kept) for slot, kept in self.kept.items()), *self.late]:
            at.seqs[slot] = max(at.seqs.get(slot, 0), seq)

    def _type(self, at: Tab, typed: list[tuple[int, str]]) -> None:
        """Only what has been on the screen; its part may be locked by now without the tab knowing."""
        seen = [slot for slots in SLOTS.values() for slot in slots if self._standing(slot) != "pending"]
        for number, value in typed:
            slot = seen[number % len(seen)]
            at.seqs[slot] = at.seqs.get(slot, 0) + 1
            at.journal.append(Sent(slot, at.seqs[slot], value))

    def _send(self, at: Tab, order: Any, *, is_heard: bool) -> None:
        """In any order, with a repeat; an acknowledgement that is not heard is a replay later."""
        batch = [*at.journal, order.choice(at.journal)]
        order.shuffle(batch)
        verdicts = at.on_its_connection(lambda: self._save(batch))
        assert [(v.sent, v.status) for v in verdicts] == [(sent, self._take(sent)) for sent in batch]
        if is_heard:
            at.acknowledged(verdicts)

    def _send_too_early(self, at: Tab) -> None:
        """A batch with an item that is not open yet is refused as a whole."""
        pending = [slot for slots in SLOTS.values() for slot in slots if self._standing(slot) == "pending"]
        if pending:
            batch = [*at.journal, Sent(pending[0], 1, "early")]
            with pytest.raises(Refusal, match="not_open_yet"):
                at.on_its_connection(lambda: self._save(batch))

    # The model

    def _is_over(self) -> bool:
        return self.is_closed or self.minute >= self.ends["reading"]

    def _standing(self, slot: str) -> str:
        key = next(key for key, slots in SLOTS.items() if slot in slots)
        start = max(
            (end for other, end in self.ends.items() if list(self.ends).index(other) < list(self.ends).index(key)), default=0
        )
        if self.is_closed or self.minute >= self.ends[key]:
            return "locked"
        return "open" if self.minute >= start else "pending"

    def _take(self, sent: Sent) -> str:
        """The protocol in ten lines: what must come back, and what must be kept."""
        status = self._status_of(sent)
        self.seen[f"{self._standing(sent.slot)}, {status}"] += 1
        return status

    def _status_of(self, sent: Sent) -> str:
        seq, value = self.kept.get(sent.slot, (0, ""))
        if sent.seq > seq:
            if self._standing(sent.slot) == "locked":
                self.late.add((sent.slot, sent.seq, sent.value))
                return "late"
            self.kept[sent.slot] = (sent.seq, sent.value)
            return "saved"
        is_replay = sent.value == value and (sent.seq == seq or self._standing(sent.slot) == "locked")
        return "saved" if is_replay else "superseded"

    def _freeze(self) -> None:
        for slots in SLOTS.values():
            for slot in slots:
                if self._standing(slot) == "locked":
                    self.frozen.setdefault(slot, self.kept.get(slot))

    # The database

    def _show_time(self) -> None:
        """Half a minute from every boundary, so that the seconds this test takes change nothing."""
        if not self.is_closed:
            set_elapsed(self.id, self.minute * MINUTE + MINUTE // 2)

    def _stored(self) -> dict[str, tuple[int, str]]:
        rows = Answer.objects.filter(attempt=self.id).values_list("slot", "seq", "value")
        return {slot: (seq, value) for slot, seq, value in rows}

    def _save(self, batch: list[Sent]) -> list[Verdict]:
        return save_answers(attempt_id=self.id, student=self.student, batch=batch).verdicts

    def _killed_save(self, batch: list[Sent]) -> None:
        """The backend dies between the write and the commit, by the hand of another connection."""
        try:
            with transaction.atomic():
                self._save(batch)
                _die()
        except Error:
            connection.close()
        else:
            raise AssertionError("a killed connection has committed")


def _die() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    killer = threading.Thread(target=_terminate, args=[pid])
    killer.start()
    killer.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _terminate(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connection.close()


def _close() -> None:
    connection.close()


@pytest.fixture
def two_connections() -> Iterator[list[ThreadPoolExecutor]]:
    pools = [ThreadPoolExecutor(1) for _ in range(2)]
    yield pools
    for pool in pools:
        pool.submit(_close).result(timeout=5)
        pool.shutdown()


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_lost(two_connections: list[ThreadPoolExecutor]) -> None:
    NoAnswerIsLost.paper = make_paper()
    NoAnswerIsLost.admin = make_user("machine_admin", Role.ADMIN)
    NoAnswerIsLost.connections = two_connections
    NoAnswerIsLost.seen = Counter()
    often = settings(
        max_examples=40,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
        derandomize=True,
        phases=[Phase.generate],
        database=None,
    )
    run_state_machine_as_test(NoAnswerIsLost, settings=often)
    verdicts = ["open, saved", "open, superseded", "locked, late", "locked, saved", "locked, superseded"]
    assert min(NoAnswerIsLost.seen[verdict] for verdict in verdicts) >= 5, NoAnswerIsLost.seen
