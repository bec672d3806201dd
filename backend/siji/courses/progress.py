"""How far a student is: one row per assignment, and the share of required ones completed in the enrolment."""

from __future__ import annotations

from django.db import connection, transaction

from siji.accounts.models import User
from siji.courses.models import Assignment, Progress, ProgressStatus

RECOUNT = """
UPDATE courses_enrollment SET progress = (
    SELECT coalesce(round(100.0 * count(*) FILTER (WHERE done.id IS NOT NULL) / nullif(count(*), 0), 2), 0)
    FROM courses_assignment set_work
    LEFT JOIN courses_progress done
        ON done.assignment_id = set_work.id AND done.student_id = %(student)s AND done.status = 'completed'
    WHERE set_work.course_id = %(course)s AND set_work.is_required
)
WHERE course_id = %(course)s AND student_id = %(student)s
"""


def mark_started(*, assignment: Assignment, student: User) -> None:
    """In the transaction that begins an attempt. What is completed stays completed."""
    started = {"status": ProgressStatus.IN_PROGRESS}
    row, is_new = Progress.objects.get_or_create(assignment=assignment, student=student, defaults=started)
    if not is_new and row.status == ProgressStatus.NOT_STARTED:
        Progress.objects.filter(pk=row.pk).update(**started)


def mark_completed(*, assignment: Assignment, student: User) -> None:
    """In the transaction that closes an attempt."""
    completed = {"status": ProgressStatus.COMPLETED, "progress_percentage": 100}
    with transaction.atomic():
        Progress.objects.update_or_create(assignment=assignment, student=student, defaults=completed)
        with connection.cursor() as cursor:
            cursor.execute(RECOUNT, {"course": assignment.course_id, "student": student.pk})
