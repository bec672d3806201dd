"""Opening a closed attempt again, by a decision of the teacher, which stays on record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from siji.accounts.models import User
from siji.courses import progress
from siji.practice import clock
from siji.practice.clock import MINUTE, Sheet
from siji.practice.closing import close_if_due
from siji.practice.models import Attempt, Reopening
from siji.practice.records import decided_before, record, require_its_teacher
from siji.practice.rows import held_for_update
from siji.practice.timing import database_now, end_of, milliseconds_between, sheet_of
from siji.practice.topics import tell
from siji.practice.withholding import withheld_from
from siji.problems import Refusal, refusal_on


def reopen_attempt(*, attempt_id: UUID, minutes: int, reason: str, by: User, key: UUID | None = None) -> Attempt:
    """It goes on where it was closed: with the time that was left then, and so many minutes more.

    What was locked then stays locked, and the track goes on where it stood. The same ``key`` again opens nothing, also when it
    has been closed meanwhile. Raises Refusal: 403 for anybody but its teacher; 409 ``not_closed``, ``not_timed``,
    ``keys_are_out``, ``newer_attempt``, ``decided_otherwise``; 422 ``no_time_left``.
    """
    close_if_due(attempt_id=attempt_id)
    with transaction.atomic():
        attempt = held_for_update(attempt_id)
        require_its_teacher(attempt, by)
        if decided_before(attempt.reopenings.all(), key, milliseconds=minutes * MINUTE):
            return attempt
        now = database_now()
        start, closed_at = _times_of(attempt)
        _refuse_what_cannot_go_on(attempt, now)
        sheet = _with_time(sheet_of(attempt), milliseconds_between(start, closed_at) or 0, minutes)
        Reopening.objects.create(
            attempt=attempt,
            milliseconds=minutes * MINUTE,
            reason=reason,
            by=by,
            at=now,
            was_started_at=start,
            was_submitted_at=attempt.submitted_at,
            was_closed_at=closed_at,
            key=key,
        )
        _open(attempt, sheet, start + (now - closed_at))
        if attempt.assignment is not None:
            if not _has_another_closed(attempt):
                progress.mark_reopened(assignment=attempt.assignment, student=attempt.student, begun_at=start)
            progress.mark_writing(assignment=attempt.assignment, student=attempt.student)
        record(by, "attempt.reopened", attempt, minutes=minutes, reason=reason)
        tell(attempt)
    return attempt


def _times_of(attempt: Attempt) -> tuple[datetime, datetime]:
    if attempt.closed_at is None:
        raise Refusal("not_closed", zh="这次作答还没有结束，不需要重新开放。", en="This attempt is still open.")
    if attempt.started_at is None or not sheet_of(attempt).is_timed:
        raise Refusal("not_timed", zh="练习不计时，请直接再做一次。", en="Practice has no clock: simply do it again.")
    return attempt.started_at, attempt.closed_at


def _refuse_what_cannot_go_on(attempt: Attempt, now: datetime) -> None:
    if withheld_from(attempt.student, attempt, now) is None:
        raise Refusal(
            "keys_are_out",
            zh="这名学生已经可以看到答案，不能重新开放；可以在作业里设置例外，让他再考一次。",
            en="This student may see the keys already: give them another attempt by an exception instead.",
        )
    if Attempt.objects.filter(assignment=attempt.assignment_id, student=attempt.student_id, number__gt=attempt.number).exists():
        raise Refusal(
            "newer_attempt", zh="这名学生已经开始了新的一次作答。", en="This student has begun a newer attempt already."
        )


def _with_time(sheet: Sheet, elapsed: int, minutes: int) -> Sheet:
    """``elapsed``: when it was closed. What the clock had ended needs more time to go on at all."""
    if clock.is_over(sheet, elapsed) and minutes == 0:
        zh, en = "时间已经用完，请填写要加几分钟。", "No time was left: say how many minutes more."
        raise refusal_on("minutes", "no_time_left", zh=zh, en=en)
    if minutes == 0:
        return sheet
    part = clock.part_to_extend(sheet, elapsed) or sheet.parts[-1]
    return clock.extended(sheet, key=part.key, milliseconds=minutes * MINUTE)


def _open(attempt: Attempt, sheet: Sheet, started_at: datetime) -> None:
    """The whole timetable moves with its start, so that every part and the track stand as they did."""
    attempt.sheet, attempt.started_at, attempt.closes_at = sheet.as_json(), started_at, end_of(started_at, sheet)
    attempt.submitted_at = attempt.closed_at = attempt.marked_at = None
    attempt.result = {}
    attempt.save(update_fields=["sheet", "started_at", "closes_at", "submitted_at", "closed_at", "marked_at", "result"])


def _has_another_closed(attempt: Attempt) -> bool:
    others = Attempt.objects.filter(assignment=attempt.assignment_id, student=attempt.student_id, closed_at__isnull=False)
    return others.exclude(pk=attempt.pk).exists()
