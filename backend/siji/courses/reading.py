"""Courses and assignments as a page sees them. Bounded queries whatever the number of rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import Http404

from siji.accounts.auth import whose
from siji.accounts.models import Role, User
from siji.bank.schemas import Withheld
from siji.courses.models import (
    Assignment,
    AssignmentException,
    AssignmentQuerySet,
    Course,
    CourseCount,
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
from siji.storage.prepared import Prepared

PAGE_SIZE, LARGEST_PAGE = 20, 100
CLASSMATES_SHOWN = 10


def course_list(user: User, *, page: int, page_size: int, status: str) -> CourseList:
    size = max(1, min(page_size, LARGEST_PAGE))
    first = _page(user, status, size, 1) if page <= 1 else None
    total = len(first) if first is not None and len(first) < size else total_of(user, status)
    pages = max(1, -(-total // size))
    current = max(1, min(page, pages))  # before it becomes an offset, which has an end
    rows = _page(user, status, size, current) if first is None else first
    return CourseList(courses=[course_row(row) for row in rows], total_pages=pages, current_page=current, total_count=total)


def total_of(user: User, status: str) -> int:
    """A student's few are counted; what grows without end is read from what the database keeps."""
    if user.is_student:
        mine = Course.objects.visible_to(user)
        return (mine.filter(status=status) if status else mine).count()
    stored = CourseCount.objects.all() if user.is_admin else CourseCount.objects.filter(teacher=user)
    if status:
        stored = stored.filter(status=status)
    total: int | None = stored.aggregate(total=Sum("number"))["total"]
    return total or 0


def _page(user: User, status: str, size: int, number: int) -> list[dict[str, Any]]:
    if (status, size, number) == ("", PAGE_SIZE, 1):
        return _first_page.all(user.role, **whose(user))
    found = _seen_by(user).filter(status=status) if status else _seen_by(user)
    return list(_in_order(found)[(number - 1) * size : number * size])


SHOWN = (
    *("id", "name", "description", "category", "level", "status", "code", "is_code_open", "teacher__name"),
    *("student_count", "avg_progress", "assignment_count"),
)


Rows = QuerySet[Course, dict[str, Any]]


def _seen_by(user: User) -> Rows:
    seen = Course.objects.visible_to(user).with_stats()
    own: dict[str, Subquery] = {}
    if user.is_student:
        mine = Enrollment.objects.active().filter(course=OuterRef("pk"), student=user)
        own["my_progress"] = Subquery(mine.values("progress"))
    rows: Rows = seen.values(*SHOWN, **own)
    return rows


def _in_order(rows: Rows) -> Rows:
    return rows.order_by("-created_at", "-pk")


_first_page = Prepared(Course, lambda role, user=0: _in_order(_seen_by(User(pk=user, role=role)))[:PAGE_SIZE], user=-1)
_one = Prepared(Course, lambda role, course, user=0: _seen_by(User(pk=user, role=role)).filter(pk=course), course=-2, user=-1)


def course_row(row: dict[str, Any]) -> CourseRow:
    """``row`` comes from ``_seen_by``."""
    mine = row.get("my_progress")
    return CourseRow(
        **{name: row[name] for name in ("id", "name", "category", "level", "status", "student_count", "assignment_count")},
        teacher_name=row["teacher__name"],
        avg_progress=round(float(row["avg_progress"]), 2),
        my_progress=None if mine is None else float(mine),
    )


def course_page(user: User, course_id: int) -> CourseOut:
    """Raises Http404 for what this person may not see."""
    row = _one.first(user.role, course=course_id, **whose(user))
    if row is None:
        raise Http404
    is_staff = not user.is_student
    return CourseOut(
        **course_row(row).model_dump(),
        description=row["description"],
        code=row["code"] if is_staff else None,
        is_code_open=row["is_code_open"] if is_staff else None,
        assignments=assignments_of(user, course_id),
        classmates=[] if is_staff else classmates_of(user, course_id),
    )


def classmates_of(user: User, course_id: int) -> list[Classmate]:
    found = _classmates.all(course=course_id, user=user.pk)
    return [Classmate(name=name, administrative_class=group) for name, group in found]


def _beside(_: object, *, course: int, user: int) -> QuerySet[Enrollment, tuple[str, str]]:
    rows = Enrollment.objects.active().filter(course=course).exclude(student=user).order_by("pk")
    return rows.values_list("student__name", "student__administrative_class")[:CLASSMATES_SHOWN]


_classmates = Prepared(Enrollment, _beside, course=-2, user=-1)


def assignments_of(user: User, course_id: int) -> list[AssignmentOut]:
    who = {"user": user.pk} if user.is_student else {}
    return [_shown(user, row) for row in _set_in.all(user.is_student, course=course_id, **who)]


def show_assignment(user: User, row: Assignment) -> AssignmentOut:
    return _shown(user, _as_seen(Assignment.objects.filter(pk=row.pk), user).get())


def _as_seen(rows: AssignmentQuerySet, user: User) -> AssignmentQuerySet:
    """With the title of its paper; for a student with what holds for them, for staff with how many have completed it."""
    titled = rows.annotate(paper_title=F("paper__title_zh"))
    return titled.with_own_terms(user) if user.is_student else titled.with_completed_count()


def _in_course(is_student: bool, *, course: int, user: int = 0) -> AssignmentQuerySet:
    role = Role.STUDENT if is_student else Role.TEACHER
    return _as_seen(Assignment.objects.filter(course=course), User(pk=user, role=role)).order_by("pk")


_set_in = Prepared(Assignment, _in_course, course=-2, user=-1)


OWN_NAMES = ("course", "paper", "my_status", "my_opens_at", "my_closes_at", "completed_count")


def _shown(user: User, row: Assignment) -> AssignmentOut:
    """``row`` comes from ``_as_seen``."""
    is_student = user.is_student
    return AssignmentOut(
        **{name: getattr(row, name) for name in AssignmentOut.model_fields if name not in OWN_NAMES},
        course=row.course_id,
        paper=row.paper_id,
        my_status=row.own_status if is_student else None,  # type: ignore[arg-type]  # a choice of the column
        my_opens_at=row.own_opens_at if is_student else None,
        my_closes_at=row.own_closes_at if is_student else None,
        completed_count=None if is_student else row.completed_count,
    )


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
    found = _far.first(student=user.pk) or {}
    return ProgressOut(total_progress=round(float(found.get("mean") or 0), 2), completed_assignments=found.get("done") or 0)


def _how_far(_: object, *, student: int) -> QuerySet[User, dict[str, Any]]:
    mine = Enrollment.objects.active().filter(student=student)
    done = Progress.objects.filter(student=student, status=ProgressStatus.COMPLETED, assignment__course__in=mine.values("course"))
    mean = Subquery(mine.values("student").annotate(mean=Avg("progress")).values("mean"))
    number = Subquery(done.values("student").annotate(number=Count("pk")).values("number"))
    rows: QuerySet[User, Any] = User.objects.filter(pk=student).values(mean=mean, done=number)
    return rows


_far = Prepared(User, _how_far, student=-1)
