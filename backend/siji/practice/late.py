"""Late values: how late each is, which of them a teacher lets count, and the way back.

An acceptance is a row that is never changed but to be withdrawn; at most one stands for an item. What counts follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from siji.accounts.models import User
from siji.practice import clock, scores
from siji.practice.closing import write_script
from siji.practice.keys import written_slots
from siji.practice.models import Attempt, LateAcceptance, LateAnswer
from siji.practice.records import record, require_its_teacher
from siji.practice.rows import held_for_update, late_answers_of
from siji.practice.timing import MILLISECOND, database_now, sheet_of
from siji.practice.topics import tell
from siji.problems import Refusal, Words


@dataclass(frozen=True, slots=True)
class Choice:
    """A late value as a teacher names it. ``late``: its id, where two tabs sent different values under one seq."""

    slot: str
    seq: int
    late: int | None = None


def accept_late(*, attempt_id: UUID, choices: Sequence[Choice], by: User) -> Attempt:
    """These late values count from now on, each in place of what counted for its item; what was on time stays beside it.

    Accepting the same again changes nothing. Raises Refusal: 403 for anybody but its teacher; 409 ``not_closed``; 422
    ``nothing_late`` naming items without such a value, ``ambiguous`` where item and seq name two values, ``twice``.
    """
    with transaction.atomic():
        attempt = _held(attempt_id, by)
        chosen = _chosen(attempt, choices)
        now = database_now()
        standing = _standing(attempt, chosen)
        changed = {slot: late for slot, late in chosen.items() if slot not in standing or standing[slot].late_id != late.pk}
        for slot, late in changed.items():
            if slot in standing:
                _withdraw(standing[slot], by, now)
            LateAcceptance.objects.create(attempt=attempt, slot=slot, late=late, by=by, at=now)
        if changed:
            _recount(attempt, changed, now)
            record(by, "attempt.late_accepted", attempt, values={slot: late.seq for slot, late in sorted(changed.items())})
    return attempt


def withdraw_late(*, attempt_id: UUID, slot: str, by: User) -> Attempt:
    """The late value of this item counts no more; what was on time does. Doing it twice changes nothing.

    Raises Refusal: 403 for anybody but its teacher; 409 ``not_closed``; 422 ``nothing_late`` for an item without a late value.
    """
    with transaction.atomic():
        attempt = _held(attempt_id, by)
        if not attempt.late_answers.filter(slot=slot).exists():
            raise _nothing_late([slot])
        standing = _standing(attempt, [slot]).get(slot)
        if standing is not None:
            now = database_now()
            _withdraw(standing, by, now)
            _recount(attempt, [slot], now)
            record(by, "attempt.late_withdrawn", attempt, values={slot: standing.late.seq})
    return attempt


def _held(attempt_id: UUID, by: User) -> Attempt:
    attempt = held_for_update(attempt_id)
    require_its_teacher(attempt, by)
    if attempt.closed_at is None:
        raise Refusal("not_closed", zh="作答结束以后才能认可迟到的答案。", en="Wait until the attempt is closed.")
    return attempt


def _standing(attempt: Attempt, slots: Sequence[str] | Mapping[str, object]) -> dict[str, LateAcceptance]:
    rows = attempt.late_acceptances.filter(slot__in=list(slots), withdrawn_at__isnull=True).select_related("late")
    return {row.slot: row for row in rows}


def _withdraw(acceptance: LateAcceptance, by: User, now: datetime) -> None:
    acceptance.withdrawn_by, acceptance.withdrawn_at = by, now
    acceptance.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _chosen(attempt: Attempt, choices: Sequence[Choice]) -> dict[str, LateAnswer]:
    slots = [choice.slot for choice in choices]
    twice = {slot for slot in slots if slots.count(slot) > 1}
    if twice:
        raise _refused("twice", sorted(twice), zh="一道题只能认可一个答案。", en="Choose one value for each item.")
    rows = list(attempt.late_answers.filter(slot__in=slots))
    found = {choice.slot: [row for row in rows if _is_meant(row, choice)] for choice in choices}
    if missing := [slot for slot, meant in found.items() if not meant]:
        raise _nothing_late(missing)
    if unclear := [slot for slot, meant in found.items() if len(meant) > 1]:
        raise _refused(
            "ambiguous",
            unclear,
            zh="两个页面用同一个序号送来了不同的答案，请指明是哪一个。",
            en="Two tabs sent different values under this seq: say which by its id.",
        )
    return {slot: meant[0] for slot, meant in found.items()}


def _is_meant(row: LateAnswer, choice: Choice) -> bool:
    return (row.slot, row.seq) == (choice.slot, choice.seq) and choice.late in (None, row.pk)


def _nothing_late(slots: Sequence[str]) -> Refusal:
    return _refused("nothing_late", slots, zh="这些题目没有这样的迟到答案。", en="These items have no such late value.")


def _refused(code: str, slots: Sequence[str], *, zh: str, en: str) -> Refusal:
    return Refusal(code, zh=zh, en=en, status=422, fields=dict.fromkeys(slots, Words(zh=zh, en=en)))


def _recount(attempt: Attempt, slots: Sequence[str] | Mapping[str, object], now: datetime) -> None:
    """A script whose text changes waits for a mark again; the marks of the other text stay in its history."""
    counted = scores.counted_answers(attempt)
    rubrics = written_slots(attempt.paper, sheet_of(attempt).slots)
    for script in attempt.scripts.filter(slot__in=list(slots)):
        script.attempt = attempt
        if script.text != counted.get(script.slot, ""):
            write_script(script, counted.get(script.slot, ""), rubrics[script.slot])
    scores.settle(attempt, at=now)
    tell(attempt)


def late_values(attempt: Attempt) -> dict[str, list[LateAnswer]]:
    """Slot → its late values in the order in which they came, with their acceptances. Two queries whatever their number."""
    found: dict[str, list[LateAnswer]] = {}
    for row in late_answers_of(attempt):
        found.setdefault(row.slot, []).append(row)
    return found


def late_ms(attempt: Attempt, late: LateAnswer) -> int:
    """Whole milliseconds between the lock of a closed attempt's item and the value. By the timetable as it stands now."""
    start, closed_at = attempt.started_at, attempt.closed_at
    if start is None or closed_at is None:
        raise ValueError("an open attempt has no last word on what was late")
    lock = clock.lock_ms(sheet_of(attempt), late.slot, closed_ms=(closed_at - start) // MILLISECOND)
    return max((late.saved_at - start) // MILLISECOND - lock, 0)
