"""Saving answers: the one place where an answer can be lost, so everything here is about order.

The attempt's row is locked for share: savers do not wait for each other, closing and extending (which lock it for update) wait
for them, and a saver that waited sees what they did. Only then is the database's clock read, so that an answer is never
judged by a time before the lock. The upsert takes only a higher seq; rows are written in the order of their slots, so that two
tabs cannot wait for each other in a circle. Acknowledgements are returned after COMMIT.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from siji.accounts.models import User
from siji.practice import clock, protocol
from siji.practice.clock import Sheet, Standing
from siji.practice.models import Attempt
from siji.practice.protocol import Judgement, Kept, Sent, Verdict
from siji.practice.timing import milliseconds_between
from siji.problems import Refusal, Words, forbidden, not_found
from siji.storage.prepared import prepared_cursor
from siji.storage.standby import kept_twice

# The lock is taken inside the CTE, the clock is read outside it: a row comes out only once its lock is held. What is kept is read
# as it was when the statement began, maybe before a wait for the lock.
LOCK_FOR_SHARE = """
WITH held AS MATERIALIZED (
    SELECT id, assignment_id, sheet, started_at, closed_at FROM practice_attempt WHERE id = %s AND student_id = %s FOR SHARE
)
SELECT held.sheet, coalesce(held.started_at, room.room_started_at), held.closed_at, clock_timestamp(), (
    SELECT jsonb_agg(jsonb_build_array(slot, seq, value, checked_at IS NOT NULL)) FROM practice_answer
    WHERE attempt_id = held.id AND slot = ANY(%s)
)
FROM held LEFT JOIN courses_assignment room ON room.id = held.assignment_id
"""

READ_KEPT = """
SELECT slot, seq, value, checked_at IS NOT NULL FROM practice_answer WHERE attempt_id = %s AND slot = ANY(%s)
"""

UPSERT_NEWER = """
INSERT INTO practice_answer (attempt_id, slot, seq, value, saved_at)
SELECT %s, sent.slot, sent.seq, sent.value, %s
FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS sent (slot, seq, value) ORDER BY sent.slot
ON CONFLICT (attempt_id, slot) DO UPDATE SET seq = excluded.seq, value = excluded.value, saved_at = excluded.saved_at
WHERE excluded.seq > practice_answer.seq AND practice_answer.checked_at IS NULL
RETURNING slot
"""

KEEP_LATE = """
INSERT INTO practice_lateanswer (attempt_id, slot, seq, value, saved_at)
SELECT %s, sent.slot, sent.seq, sent.value, %s FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS sent (slot, seq, value)
ORDER BY sent.slot, sent.seq, sent.value
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Saved:
    verdicts: list[Verdict]
    """One for each answer sent, in the order sent."""
    at: datetime


@dataclass(frozen=True, slots=True)
class _Held:
    """An attempt under our share lock, and the time after we got it."""

    sheet: Sheet
    started_at: datetime | None
    is_closed: bool
    now: datetime
    kept: dict[str, Kept]
    """Of the slots sent, as they were before the lock. Enough to judge what is open: the upsert repeats what may have changed."""


def save_answers(*, attempt_id: UUID, student: User, batch: Sequence[Sent]) -> Saved:
    """Keep each answer unless a newer one is there.

    Late answers are kept beside, never refused. Raises Refusal, with nothing kept, 404 for an attempt that this person may not
    see, 403 for another's, 422 ``unknown_item`` for items that are not in it, 409 ``not_open_yet`` for items of a later part.
    """
    batch = [Sent(sent.slot, sent.seq, protocol.clean(sent.value)) for sent in batch]
    with kept_twice():
        held = _lock(attempt_id, student, batch)
        elapsed = milliseconds_between(held.started_at, held.now)
        standing = clock.standings(held.sheet, elapsed, is_closed=held.is_closed)
        _refuse_unknown(batch, standing)
        _refuse_early(batch, standing)
        is_late = any(standing[sent.slot] == "locked" for sent in batch)
        judgement = _keep(attempt_id, batch, standing, _kept(attempt_id, batch) if is_late else held.kept, held.now)
    return Saved(judgement.verdicts, held.now)


def _lock(attempt_id: UUID, student: User, batch: Sequence[Sent]) -> _Held:
    with prepared_cursor() as cursor:
        cursor.execute(LOCK_FOR_SHARE, [attempt_id, student.pk, _slots(batch)])
        row = cursor.fetchone()
    if row is None:
        raise forbidden() if Attempt.objects.visible_to(student).filter(pk=attempt_id).exists() else not_found()
    sheet, started_at, closed_at, now, kept = row
    return _Held(Sheet.of(json.loads(sheet)), started_at, closed_at is not None, now, _by_slot(json.loads(kept or "[]")))


def _refuse_unknown(batch: Sequence[Sent], standing: dict[str, Standing]) -> None:
    words = Words(zh="不在这次作答里。", en="Not part of this attempt.")
    unknown = {sent.slot: words for sent in batch if sent.slot not in standing}
    if unknown:
        raise Refusal(
            "unknown_item",
            zh="有的题目不在这次作答里，整批都没有保存。",
            en="Some items are not part of this attempt; nothing of this batch was saved.",
            status=422,
            fields=unknown,
        )


def _refuse_early(batch: Sequence[Sent], standing: dict[str, Standing]) -> None:
    words = Words(zh="还没有开始。", en="Not open yet.")
    early = {sent.slot: words for sent in batch if standing[sent.slot] == "pending"}
    if early:
        raise Refusal(
            "not_open_yet",
            zh="这一部分还没有开始，到时间后再作答；整批都没有保存。",
            en="This part has not begun: answer when it opens. Nothing of this batch was saved.",
            fields=early,
        )


def _keep(
    attempt_id: UUID, batch: Sequence[Sent], standing: dict[str, Standing], kept: dict[str, Kept], now: datetime
) -> Judgement:
    """Judge by what is there, write, and judge again what another tab overtook in between.

    The second round is the last: an upsert that was overtaken holds the lock on the row that overtook it.
    """
    judgement = protocol.judge(batch, kept, standing)
    lost = set(judgement.writes) - _upsert(attempt_id, judgement.writes.values(), now)
    if lost:
        rest = [sent for sent in batch if sent.slot in lost]
        again = protocol.judge(rest, _kept(attempt_id, rest), standing)
        _upsert(attempt_id, again.writes.values(), now)
        judgement = protocol.after_lost_race(judgement, lost, again)
    _keep_late(attempt_id, judgement.late, now)
    return judgement


def _kept(attempt_id: UUID, batch: Sequence[Sent]) -> dict[str, Kept]:
    with prepared_cursor() as cursor:
        cursor.execute(READ_KEPT, [attempt_id, _slots(batch)])
        return _by_slot(cursor.fetchall())


def _slots(batch: Sequence[Sent]) -> list[str]:
    return sorted({sent.slot for sent in batch})


def _by_slot(rows: Iterable[Sequence[Any]]) -> dict[str, Kept]:
    return {slot: Kept(seq, value, is_checked) for slot, seq, value, is_checked in rows}


def _upsert(attempt_id: UUID, writes: Iterable[Sent], now: datetime) -> set[str]:
    """The slots that were written; the others hold a newer answer."""
    columns = _columns(writes)
    if not columns[0]:
        return set()
    with prepared_cursor() as cursor:
        cursor.execute(UPSERT_NEWER, [attempt_id, now, *columns])
        return {slot for (slot,) in cursor.fetchall()}


def _keep_late(attempt_id: UUID, late: Sequence[Sent], now: datetime) -> None:
    if late:
        with prepared_cursor() as cursor:
            cursor.execute(KEEP_LATE, [attempt_id, now, *_columns(late)])


def _columns(answers: Iterable[Sent]) -> tuple[list[str], list[int], list[str]]:
    rows = list(answers)
    return [sent.slot for sent in rows], [sent.seq for sent in rows], [sent.value for sent in rows]
