"""When a student left the exam page, as their browser reported it.

Times are told as *so long ago*, since a browser's clock may say anything, and are placed on the database's. A report may come
twice (at leaving, and again at coming back or when the network is back), so each absence has a key that the browser made.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from siji.practice.invigilation.rules import absence_within
from siji.practice.models import Absence, Attempt, AttemptMode
from siji.practice.timing import MILLISECOND, database_now, start_of
from siji.practice.topics import tell_room
from siji.problems import Refusal

MOST = 300
"""Of one attempt: enough for a student who looks away twice a minute, and an end for a browser gone mad."""


def report_absence(*, attempt: Attempt, key: UUID, left_ms_ago: int, back_ms_ago: int | None) -> None:
    """Keep it, or complete it where it is there without its end; what lies outside the exam is cut off.

    Raises Refusal 409: ``not_invigilated`` where no teacher watches or the clock has not begun, ``too_many``.
    """
    now = database_now()
    start = start_of(attempt)
    if attempt.mode != AttemptMode.EXAM or attempt.assignment_id is None or start is None:
        raise Refusal(
            "not_invigilated",
            zh="只有老师布置的考试在计时期间才记录离开页面的情况。",
            en="Leaving the page is recorded only while an exam set by a teacher runs.",
        )
    back = None if back_ms_ago is None else now - back_ms_ago * MILLISECOND
    within = absence_within(now - left_ms_ago * MILLISECOND, back, start=start, end=attempt.closed_at)
    if within is None:
        return
    left_at, back_at = within
    with transaction.atomic():
        _refuse_too_many(attempt, key)
        row, is_new = Absence.objects.get_or_create(attempt=attempt, key=key, defaults={"left_at": left_at, "back_at": back_at})
        if not is_new and back_at is not None:
            Absence.objects.filter(pk=row.pk, back_at__isnull=True, left_at__lt=back_at).update(back_at=back_at)
        tell_room(attempt)


def _refuse_too_many(attempt: Attempt, key: UUID) -> None:
    if attempt.absences.exclude(key=key).count() >= MOST:
        raise Refusal(
            "too_many",
            zh="离开页面的记录太多，不再增加；已有的记录都保留。",
            en="Too many absences: no more are kept, those there are stay.",
        )
