"""More time for one attempt, by a decision of the teacher, which stays on record."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from siji.accounts.models import User
from siji.practice import clock
from siji.practice.clock import MINUTE
from siji.practice.closing import close_if_due
from siji.practice.models import Attempt, TimeExtension
from siji.practice.records import record, require_its_teacher
from siji.practice.timing import database_now, elapsed_ms, end_of, sheet_of
from siji.practice.topics import tell
from siji.problems import Refusal


def extend_attempt(*, attempt_id: UUID, minutes: int, reason: str, by: User) -> Attempt:
    """Lengthen the part that is open now; all that follows moves back by as much.

    What is locked stays locked. Raises Refusal: 403 for anybody but its teacher; 409 ``closed``, ``not_timed``, ``not_open_yet``.
    """
    close_if_due(attempt_id=attempt_id)
    with transaction.atomic():
        attempt = Attempt.objects.held_for_update(attempt_id)
        require_its_teacher(attempt, by)
        start, elapsed, sheet = attempt.started_at, elapsed_ms(attempt, database_now()), sheet_of(attempt)
        if attempt.closed_at is not None:
            raise Refusal("closed", zh="这次作答已经结束，不能再延时。", en="This attempt is closed and cannot be extended.")
        if not sheet.is_timed:
            raise Refusal("not_timed", zh="练习不计时，不需要延时。", en="Practice has no clock to extend.")
        if elapsed is None or start is None:
            raise Refusal(
                "not_open_yet",
                zh="考试还没有开始；要给个别学生加时，请在作业里设置例外。",
                en="The exam has not begun: set an exception in the assignment instead.",
            )
        part = clock.part_to_extend(sheet, elapsed)
        if part is None:
            raise Refusal("closed", zh="时间已经用完，不能再延时。", en="The time is over and cannot be extended.")
        longer = clock.extended(sheet, key=part.key, milliseconds=minutes * MINUTE)
        attempt.sheet, attempt.closes_at = longer.as_json(), end_of(start, longer)
        attempt.save(update_fields=["sheet", "closes_at"])
        TimeExtension.objects.create(attempt=attempt, part=part.key, milliseconds=minutes * MINUTE, reason=reason, by=by)
        record(by, "attempt.extended", attempt, part=part.key, minutes=minutes, reason=reason)
        tell(attempt)
    return attempt
