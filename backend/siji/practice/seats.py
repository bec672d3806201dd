"""Who sits an assignment, as its teacher sees it while the exam runs. A bounded number of queries at any size of class."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from siji.courses.models import Assignment
from siji.practice import clock
from siji.practice.audio import listening_of
from siji.practice.deciding_schemas import Seat
from siji.practice.granting import missed_ms, state_of
from siji.practice.models import Answer, Attempt, AudioGap, TimeExtension
from siji.practice.timing import elapsed_ms, sheet_of
from siji.practice.views import remaining_ms
from siji.practice.views import state_of as attempt_state


def seats_of(assignment: Assignment) -> QuerySet[Attempt]:
    """Its attempts, ready for ``seat_view``. Each figure in a subquery of its own: joins would multiply each other's rows."""
    mine = {"attempt": OuterRef("pk")}
    answers = Answer.objects.filter(**mine).exclude(value="").order_by().values("attempt")
    saved = Answer.objects.filter(**mine).order_by().values("attempt")
    extra = TimeExtension.objects.filter(**mine).order_by().values("attempt")
    return (
        Attempt.objects.filter(assignment=assignment)
        .with_everything()
        .defer(None)  # timelines too: a question for each seat would cost more
        .defer("result")
        .prefetch_related(Prefetch("audio_gaps", AudioGap.objects.select_related("grant").order_by("from_ms")))
        .annotate(
            answered=_number(answers.annotate(n=Count("pk")).values("n")),
            extra_ms=_number(extra.annotate(n=Sum("milliseconds")).values("n")),
            last_saved_at=Subquery(saved.annotate(at=Max("saved_at")).values("at")),
        )
    )


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows), 0, output_field=IntegerField())


def seat_view(attempt: Any, now: datetime) -> Seat:
    """``attempt`` comes from ``seats_of``."""
    sheet, elapsed = sheet_of(attempt), elapsed_ms(attempt, now)
    part = None if elapsed is None or attempt.closed_at is not None else clock.open_part(sheet, elapsed)
    gaps, grant = list(attempt.audio_gaps.all()), attempt.audio_grant
    return Seat(
        attempt=attempt.pk,
        student=attempt.student_id,
        name=attempt.student.name,
        student_number=attempt.student.student_number,
        administrative_class=attempt.student.administrative_class,
        number=attempt.number,
        state=attempt_state(attempt, now),
        part=None if part is None else part.key,  # type: ignore[arg-type]  # the clock's parts are the interface's
        part_remaining_ms=None if part is None or elapsed is None else part.end_ms - elapsed,
        remaining_ms=remaining_ms(attempt, now),
        slots=len(sheet.slots),
        answered=attempt.answered,
        last_saved_at=attempt.last_saved_at,
        is_late_start=attempt.is_late_start,
        extra_ms=attempt.extra_ms,
        gaps=len(gaps),
        missed_ms=missed_ms(gaps),
        replay=None if grant is None else state_of(grant, listening_of(attempt, now, is_free=False).track, now),
        submitted_at=attempt.submitted_at,
        closed_at=attempt.closed_at,
    )
