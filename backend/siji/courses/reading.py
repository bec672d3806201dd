"""Courses and assignments as a page sees them. Bounded queries whatever the number of rows."""

from __future__ import annotations

from django.db.models import Avg, Count, Exists, OuterRef, Q, Sum
from django.shortcuts import get_object_or_404

from siji.accounts.models import User
from siji.bank.schemas import Withheld
from siji.courses.models import (
    Assignment,
    AssignmentException,
    Course,
    CourseCount,
    CourseQuerySet,
    Enrollment,
    EnrollmentQuerySet,
    Progress,
    ProgressStatus,
)
from siji.courses.schemas import (
    AssignmentOut,
    Classmate,
    CourseList,
    CourseOut,
    CourseRow,
    ExceptionOut,
    ProgressOut,
    StudentRow,
)
from siji.courses.secrecy import Wait
from siji.courses.window import window_of

LARGEST_PAGE = 100
CLASSMATES_SHOWN = 10


def course_list(user: User, *, page: int, page_size: int, status: str) -> CourseList:
    size = max(1, min(page_size, LARGEST_PAGE))
    found = Course.objects.visible_to(user)
    if status:
        found = found.filter(status=status)
    total = total_of(user, found, status)
    pages = max(1, -(-total // size))
    current = max(1, min(page, pages))
    rows = found.with_stats().with_related().order_by("-created_at", "-pk")[(current - 1) * size : current * size]
    courses = list(rows)
    mine = _own_progress(user, courses)
    return CourseList(
        courses=[course_row(course, mine.get(course.pk)) for course in courses],
        total_pages=pages,
        current_page=current,
        total_count=total,
    )


def total_of(user: User, found: CourseQuerySet, status: str) -> int:
    """A student's few are counted; what grows without end is read from what the database keeps."""
    if user.is_student:
        return found.count()
    stored = CourseCount.objects.all() if user.is_admin else CourseCount.objects.filter(teacher=user)
    if status:
        stored = stored.filter(status=status)
    total: int | None = stored.aggregate(total=Sum("number"))["total"]
    return total or 0


def _own_progress(user: User, courses: list[Course]) -> dict[int, float]:
    if not user.is_student:
        return {}
    rows = Enrollment.objects.active().filter(student=user, course__in=courses)
    return {course: float(progress) for course, progress in rows.values_list("course_id", "progress")}


def course_row(course: Course, my_progress: float | None) -> CourseRow:
    """``course`` comes from ``with_stats().with_related()``."""
    return CourseRow(
        id=course.pk,
        name=course.name,
        category=course.category,
        level=course.level,
        status=course.status,  # type: ignore[arg-type]  # a choice of the column
        teacher_name=course.teacher.name,
        student_count=course.student_count,
        avg_progress=round(float(course.avg_progress), 2),
        assignment_count=course.assignment_count,
        my_progress=my_progress,
    )


def course_page(user: User, course_id: int) -> CourseOut:
    """Raises Http404 for what this person may not see."""
    course = get_object_or_404(Course.objects.visible_to(user).with_stats().with_related(), pk=course_id)
    row = course_row(course, _own_progress(user, [course]).get(course.pk))
    is_staff = not user.is_student
    return CourseOut(
        **row.model_dump(),
        description=course.description,
        code=course.code if is_staff else None,
        is_code_open=course.is_code_open if is_staff else None,
        assignments=assignments_of(user, course),
        classmates=[] if is_staff else classmates_of(user, course),
    )


def classmates_of(user: User, course: Course) -> list[Classmate]:
    rows = Enrollment.objects.active().filter(course=course).exclude(student=user).order_by("pk")
    names = rows.values_list("student__name", "student__administrative_class")[:CLASSMATES_SHOWN]
    return [Classmate(name=name, administrative_class=group) for name, group in names]


def assignments_of(user: User, course: Course) -> list[AssignmentOut]:
    return show_assignments(user, list(course.assignments.select_related("paper").order_by("pk")))


def show_assignments(user: User, rows: list[Assignment]) -> list[AssignmentOut]:
    """``rows`` have their paper; two more queries whatever their number."""
    if not user.is_student:
        done = Progress.objects.filter(assignment__in=rows, progress_percentage__gte=80, status=ProgressStatus.COMPLETED)
        there = Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student"))
        counts = dict(done.filter(Exists(there)).values_list("assignment").annotate(n=Count("pk")))
        return [_shown(row, None, None, counts.get(row.pk, 0)) for row in rows]
    statuses = dict(Progress.objects.filter(assignment__in=rows, student=user).values_list("assignment", "status"))
    own = {one.assignment_id: one for one in AssignmentException.objects.filter(assignment__in=rows, student=user)}
    return [_shown(row, statuses.get(row.pk, "not_started"), own.get(row.pk), None) for row in rows]


def _shown(row: Assignment, status: str | None, own: AssignmentException | None, completed: int | None) -> AssignmentOut:
    opens_at, closes_at = window_of(row, own) if status is not None else (None, None)
    fields = {
        name: getattr(row, name)
        for name in AssignmentOut.model_fields
        if name not in ("course", "paper", "paper_title", "my_status", "my_opens_at", "my_closes_at", "completed_count")
    }
    return AssignmentOut(
        **fields,
        course=row.course_id,
        paper=row.paper_id,
        paper_title=row.paper.title_zh,
        my_status=status,  # type: ignore[arg-type]  # a choice of the column
        my_opens_at=opens_at,
        my_closes_at=closes_at,
        completed_count=completed,
    )


def show_assignment(user: User, row: Assignment) -> AssignmentOut:
    return show_assignments(user, [row])[0]


def show_exception(row: AssignmentException) -> ExceptionOut:
    return ExceptionOut(
        id=row.pk,
        student=row.student_id,
        student_name=row.student.name,
        extra_percent=row.extra_percent,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        extra_attempts=row.extra_attempts,
        is_excused=row.is_excused,
        reason=row.reason,
    )


def withheld_out(wait: Wait) -> Withheld:
    return Withheld(reason=wait.reason, until=wait.until, assignment=wait.assignment, title=wait.title)


def show_student(row: Enrollment) -> StudentRow:
    """``row`` comes from ``Enrollment.objects.for_desk()``."""
    return StudentRow(
        id=row.student_id,
        username=row.student.username,
        name=row.student.name,
        student_number=row.student.student_number,
        administrative_class=row.student.administrative_class,
        progress=float(row.progress),
        completed_assignments=row.completed_assignments,
        joined_at=row.joined_at,
    )


def students_found(course: Course, q: str) -> EnrollmentQuerySet:
    rows = Enrollment.objects.for_desk().filter(course=course)
    if not q:
        return rows
    return rows.filter(
        Q(student__name__icontains=q) | Q(student__student_number__startswith=q) | Q(student__username__istartswith=q)
    )


def own_progress(user: User) -> ProgressOut:
    mine = Enrollment.objects.active().filter(student=user)
    mean = mine.aggregate(mean=Avg("progress"))["mean"]
    done = Progress.objects.filter(
        student=user, status=ProgressStatus.COMPLETED, assignment__course__in=mine.values("course")
    ).count()
    return ProgressOut(total_progress=round(float(mean or 0), 2), completed_assignments=done)
