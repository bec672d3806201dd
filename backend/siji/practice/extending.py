"""More time, for one attempt or for everybody who writes an assignment, by a decision of the teacher, which stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from siji.accounts import audit
from siji.accounts.models import User
from siji.courses import progress
from siji.courses.changed import course_changed
from siji.courses.models import Assignment
from siji.practice import clock
from siji.practice.clock import MINUTE, Part
from siji.practice.closing import close_if_due
from siji.practice.models import AssignmentExtension, Attempt, TimeExtension
from siji.practice.records import decided_before, record, require_its_teacher
from siji.practice.rows import held_for_update
from siji.practice.timing import database_now, elapsed_ms, end_of, sheet_of, start_of
from siji.practice.topics import tell_all
from siji.problems import Refusal


def extend_attempt(*, attempt_id: UUID, minutes: int, reason: str, by: User, key: UUID | None = None) -> Attempt:
    """Lengthen the part that is open now; all that follows moves back by as much.

    What is locked stays locked. The same ``key`` again gives nothing more. Raises Refusal: 403 for anybody but its teacher; 409
    ``closed``, ``not_timed``, ``not_open_yet``, ``decided_otherwise``.
    """
    close_if_due(attempt_id=attempt_id)
    with transaction.atomic():
        attempt = held_for_update(attempt_id)
        require_its_teacher(attempt, by)
        if decided_before(attempt.extensions.all(), key, milliseconds=minutes * MINUTE):
            return attempt
        part = _part_to_extend(attempt, database_now())
        _lengthen([(attempt, part)], minutes, reason=reason, by=by, key=key)
        record(by, "attempt.extended", attempt, part=part.key, minutes=minutes, reason=reason)
    return attempt


def extend_assignment(*, assignment: Assignment, minutes: int, reason: str, by: User, key: UUID | None = None) -> list[UUID]:
    """As ``extend_attempt`` for everybody who writes it now; who enters its room later finds the same end.

    All or nothing, in a bounded number of statements. Returns the attempts it was given to, and the same ones to the same ``key``
    again. The caller has made sure that ``by`` may. Raises Refusal 409: ``not_timed``, ``nobody_is_writing``,
    ``decided_otherwise``.
    """
    with transaction.atomic():
        progress.lock_assignment(assignment.pk)
        before = decided_before(assignment.extensions.all(), key, milliseconds=minutes * MINUTE)
        if before is not None:
            return list(before.given.order_by("attempt_id").values_list("attempt_id", flat=True))
        now = database_now()
        open_ones = Attempt.objects.filter(assignment=assignment, closed_at__isnull=True).with_everything()
        writing = [(attempt, _part_now(attempt, now)) for attempt in open_ones.select_for_update(of=("self",)).order_by("pk")]
        running = [(attempt, part) for attempt, part in writing if part is not None]
        if not running:
            raise _nobody_is_writing(any(not sheet_of(attempt).is_timed for attempt, _ in writing))
        of_all = AssignmentExtension.objects.create(
            assignment=assignment, milliseconds=minutes * MINUTE, reason=reason, by=by, at=now, key=key
        )
        _lengthen(running, minutes, reason=reason, by=by, of_all=of_all)
        detail = {"minutes": minutes, "reason": reason, "attempts": [str(attempt.pk) for attempt, _ in running]}
        audit.record(actor=by, action="assignment.extended", subject=f"assignment:{assignment.pk}", detail=detail)
        course_changed(assignment.course)
    return [attempt.pk for attempt, _ in running]


def _nobody_is_writing(is_practice: bool) -> Refusal:
    if is_practice:
        return _not_timed()
    return Refusal(
        "nobody_is_writing",
        zh="现在没有人在作答，没有可以延长的时间；要给个别学生加时，请在作业里设置例外。",
        en="Nobody is writing now: set an exception in the assignment instead.",
    )


def _not_timed() -> Refusal:
    return Refusal("not_timed", zh="练习不计时，不需要延时。", en="Practice has no clock to extend.")


def _part_to_extend(attempt: Attempt, now: datetime) -> Part:
    """Raises Refusal in words where there is none."""
    if attempt.closed_at is not None:
        raise Refusal("closed", zh="这次作答已经结束，不能再延时。", en="This attempt is closed and cannot be extended.")
    if not sheet_of(attempt).is_timed:
        raise _not_timed()
    if start_of(attempt) is None:
        raise Refusal(
            "not_open_yet",
            zh="考试还没有开始；要给个别学生加时，请在作业里设置例外。",
            en="The exam has not begun: set an exception in the assignment instead.",
        )
    part = _part_now(attempt, now)
    if part is None:
        raise Refusal("closed", zh="时间已经用完，不能再延时。", en="The time is over and cannot be extended.")
    return part


def _part_now(attempt: Attempt, now: datetime) -> Part | None:
    elapsed = elapsed_ms(attempt, now)
    return None if elapsed is None else clock.part_to_extend(sheet_of(attempt), elapsed)


def _lengthen(attempts: Sequence[tuple[Attempt, Part]], minutes: int, **decided: Any) -> None:
    """Their rows are held; those of a room take its start on the way. ``decided``: what their TimeExtensions say besides."""
    milliseconds = minutes * MINUTE
    for attempt, part in attempts:
        longer = clock.extended(sheet_of(attempt), key=part.key, milliseconds=milliseconds)
        attempt.sheet, attempt.started_at = longer.as_json(), start_of(attempt)
        attempt.closes_at = None if attempt.started_at is None else end_of(attempt.started_at, longer)
    Attempt.objects.bulk_update([attempt for attempt, _ in attempts], ["sheet", "started_at", "closes_at"])
    TimeExtension.objects.bulk_create(
        TimeExtension(attempt=attempt, part=part.key, milliseconds=milliseconds, **decided) for attempt, part in attempts
    )
    tell_all(attempt for attempt, _ in attempts)
