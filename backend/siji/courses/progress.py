"""How far a student is: one row per assignment, and the share of required ones completed in the enrolment.

``Enrollment.progress`` = completed required assignments ÷ required assignments × 100 (0 where none is required); what a
student is excused from counts in neither. It is recounted in the transaction of whatever changes it. Who changes what a course
requires locks the course; who completes something shares that lock and locks the own enrolment: of two completions at
once the second counts the first.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now

from siji.accounts.models import User
from siji.courses.changed import course_changed
from siji.courses.models import Assignment, Course, Enrollment, Progress, ProgressStatus
from siji.problems import Refusal
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager
from siji.storage.prepared import prepared_cursor

RECOUNT = """
UPDATE courses_enrollment AS enrolment SET progress = (
    SELECT coalesce(round(100.0 * count(done.id) / nullif(count(*), 0), 2), 0)
    FROM courses_assignment AS work
    LEFT JOIN courses_progress AS done
        ON done.assignment_id = work.id AND done.student_id = enrolment.student_id AND done.status = 'completed'
    WHERE work.course_id = enrolment.course_id AND work.is_required AND NOT EXISTS (
        SELECT 1 FROM courses_assignmentexception AS own
        WHERE own.assignment_id = work.id AND own.student_id = enrolment.student_id AND own.is_excused
    )
)
WHERE enrolment.course_id = %(course)s AND (%(student)s::bigint IS NULL OR enrolment.student_id = %(student)s)
"""

ROWS = """
INSERT INTO courses_progress (assignment_id, student_id, status, progress_percentage)
SELECT work.id, enrolment.student_id, 'not_started', 0
FROM courses_enrollment AS enrolment JOIN courses_assignment AS work ON work.course_id = enrolment.course_id
WHERE enrolment.course_id = %(course)s AND enrolment.is_active
    AND (%(student)s::bigint IS NULL OR enrolment.student_id = %(student)s)
ON CONFLICT (assignment_id, student_id) DO NOTHING
"""


def mark_started(*, assignment: Assignment, student: User) -> None:
    """In the transaction that begins an attempt. What is completed stays completed.

    Raises Refusal (409 ``assignment_changed``) where it was changed or deleted since it was read; until this transaction ends
    it can be neither.
    """
    same = {"pk": assignment.pk, "paper": assignment.paper_id, "mode": assignment.mode, "sections": assignment.sections}
    share_assignment(assignment.pk)
    if not Assignment.objects.filter(**same).exists():
        raise Refusal(
            "assignment_changed", zh="老师刚刚改了这个作业，请刷新后再开始。", en="This assignment has just been changed: reload."
        )
    row, _ = Progress.objects.get_or_create(assignment=assignment, student=student)
    waiting = Progress.objects.filter(pk=row.pk, status=ProgressStatus.NOT_STARTED)
    waiting.update(status=ProgressStatus.IN_PROGRESS, updated_at=Now())
    mark_writing(assignment=assignment, student=student)
    cache_manager.invalidate(spaces.person(student.pk))


def mark_writing(*, assignment: Assignment, student: User) -> None:
    """In the transaction that opens an attempt, a retake or a closed one: keys wait for who writes."""
    Progress.objects.filter(assignment=assignment, student=student).update(writing_since=Now())


def mark_completed(*, assignment: Assignment, student: User) -> None:
    """In the transaction that closes an attempt."""
    completed = {"status": ProgressStatus.COMPLETED, "progress_percentage": 100, "updated_at": Now(), "writing_since": None}
    with transaction.atomic(savepoint=False):
        share_course(assignment.course_id)
        list(Enrollment.objects.select_for_update().filter(course=assignment.course_id, student=student).values("pk"))
        if not Progress.objects.filter(assignment=assignment, student=student).update(**completed):
            Progress.objects.update_or_create(assignment=assignment, student=student, defaults=completed)
        recount(assignment.course_id, student_id=student.pk)
        course_changed(assignment.course, students=[student.pk])


def mark_reopened(*, assignment: Assignment, student: User, begun_at: datetime) -> None:
    """In the transaction that reopens the only closed attempt; the inverse of ``mark_completed``. Keys wait for them again."""
    with transaction.atomic():
        share_course(assignment.course_id)
        list(Enrollment.objects.select_for_update().filter(course=assignment.course_id, student=student).values("pk"))
        again = {"status": ProgressStatus.IN_PROGRESS, "progress_percentage": 0, "updated_at": begun_at}
        Progress.objects.update_or_create(assignment=assignment, student=student, defaults=again)
        recount(assignment.course_id, student_id=student.pk)
        course_changed(assignment.course, students=[student.pk])


def lock_course(course_id: int) -> None:
    """For whoever changes what the course requires of everybody. Inside a transaction. Rows that only refer to it do not wait."""
    list(Course.objects.select_for_update(no_key=True).filter(pk=course_id).values("pk"))


def share_course(course_id: int) -> None:
    """For whoever needs what the course requires to stay as it is. Inside a transaction."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT 1 FROM courses_course WHERE id = %s FOR SHARE", [course_id])


def share_assignment(assignment_id: int) -> None:
    """For whoever begins it: who changes or deletes it waits. Inside a transaction."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT 1 FROM courses_assignment WHERE id = %s FOR SHARE", [assignment_id])


def lock_assignment(assignment_id: int) -> None:
    """For whoever decides something for all who write it: who is just beginning waits. Inside a transaction."""
    list(Assignment.objects.select_for_update(no_key=True).filter(pk=assignment_id).values("pk"))


def recount(course_id: int, *, student_id: int | None = None) -> None:
    """Every enrolment of the course, or one. Call with the course locked (or shared and the enrolment locked)."""
    with prepared_cursor() as cursor:
        cursor.execute(RECOUNT, {"course": course_id, "student": student_id})


def make_rows(course_id: int, *, student_id: int | None = None) -> None:
    """A Progress row for each active student and assignment that has none yet."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"course": course_id, "student": student_id})
