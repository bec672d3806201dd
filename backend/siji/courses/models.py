"""Where study happens: courses, who is in them, what is set, how far each person is."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce, Now, NullIf

if TYPE_CHECKING:
    from siji.accounts.models import User


class CourseStatus(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: User) -> Self:
        """A teacher's own; a student's those they are enrolled in, once they are no longer drafts; an administrator's all."""
        if user.is_admin:
            return self
        if user.is_teacher:
            return self.filter(teacher=user)
        mine = Enrollment.objects.active().filter(student=user).values("course_id")
        return self.filter(pk__in=mine).exclude(status=CourseStatus.DRAFT)

    def with_stats(self) -> Self:
        """student_count (active enrolments), avg_progress (their mean, 0–100), assignment_count: stored numbers (``tallies``)."""
        mean = models.F("tally__progress_sum") / NullIf(models.F("tally__student_count"), models.Value(0))
        return self.annotate(
            student_count=Coalesce(models.F("tally__student_count"), 0),
            avg_progress=Coalesce(mean, models.Value(Decimal(0)), output_field=models.DecimalField()),
            assignment_count=Coalesce(models.F("tally__assignment_count"), 0),
        )

    def with_related(self) -> Self:
        """The teacher, whose name every list shows. Never the students: a list shows their number."""
        return self.select_related("teacher")

    def for_teacher(self, teacher: User) -> Self:
        return self.filter(teacher=teacher)

    def taught_by(self, user: User) -> Self:
        """What this person may change: a teacher's own courses, for as long as they are a teacher; an administrator's all."""
        if user.is_admin:
            return self
        return self.filter(teacher=user) if user.is_teacher else self.none()


class Course(models.Model):
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, default="")
    category = models.CharField(max_length=40, blank=True, default="")
    level = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=10, choices=CourseStatus.choices, default=CourseStatus.DRAFT)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="courses")
    code = models.CharField(max_length=12, unique=True)
    """What a student types to enrol; no letters that are easily confused."""
    is_code_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())
    search = SearchVectorField(null=True)
    """Name, description, category and level (``searching.course_vector``); null: not to be found yet."""
    students: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Enrollment", related_name="studied_courses"
    )

    objects = CourseQuerySet.as_manager()

    student_count: int
    avg_progress: Decimal
    assignment_count: int
    """Set by ``with_stats``."""

    class Meta:
        indexes = [
            models.Index(fields=["teacher", "-created_at"], name="course_teacher_created"),
            models.Index(fields=["status", "-created_at"], name="course_status_created"),
            models.Index(fields=["category", "level"], name="course_category_level"),
            models.Index(fields=["teacher", "status", "-created_at"], name="course_teacher_status"),
            models.Index(fields=["-created_at", "-id"], name="course_created"),
            GinIndex(fields=["search"], name="course_search"),
        ]


class CourseTally(models.Model):
    """A course's numbers, kept by triggers (``tallies``). Nothing else writes here."""

    course = models.OneToOneField(Course, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    student_count = models.IntegerField(default=0)
    progress_sum = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    assignment_count = models.IntegerField(default=0)


class CourseCount(models.Model):
    """How many courses a teacher has in each status, kept by triggers: the totals of page-numbered lists."""

    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=CourseStatus.choices)
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teacher", "status"], name="course_count_once")]


Q = TypeVar("Q", bound=models.QuerySet[Any])


def _of_student_or_course(rows: Q, user: User, course: str) -> Q:
    """A student's own rows, the rows of a teacher's own courses, all for an administrator. ``course``: the path to it."""
    if user.is_admin:
        return rows
    return rows.filter(**{f"{course}__teacher": user}) if user.is_teacher else rows.filter(student=user)


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: User) -> Self:
        """A student's own; a teacher's those of their courses; an administrator's all."""
        return _of_student_or_course(self, user, "course")

    def for_desk(self) -> Self:
        """The active students of a course with what a teacher's list shows of each."""
        done = Progress.objects.filter(
            student=models.OuterRef("student"), assignment__course=models.OuterRef("course"), status=ProgressStatus.COMPLETED
        )
        counted = done.order_by().values("student").annotate(n=models.Count("pk")).values("n")
        rows = self.active().select_related("student")
        return rows.annotate(completed_assignments=Coalesce(models.Subquery(counted), 0))


class Enrollment(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="enrollments")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments")
    is_active = models.BooleanField(default=True)
    progress = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    """Completed required assignments ÷ required assignments × 100; 0 where nothing is required."""
    joined_at = models.DateTimeField(db_default=Now())

    objects = EnrollmentQuerySet.as_manager()

    completed_assignments: int
    """Set by ``for_desk``."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "student"], name="enrollment_once")]
        indexes = [
            models.Index(fields=["course", "student"], name="enrollment_active", condition=models.Q(is_active=True)),
            models.Index(fields=["student", "course"], name="enrollment_active_student", condition=models.Q(is_active=True)),
        ]


class AssignmentMode(models.TextChoices):
    EXAM = "exam"
    PRACTICE = "practice"


class StartKind(models.TextChoices):
    PERSONAL = "personal"
    ROOM = "room"


class LatePolicy(models.TextChoices):
    """Whether an attempt may be started after the window has closed; it is flagged then."""

    REFUSE = "refuse"
    FLAG = "flag"


class KeyRelease(models.TextChoices):
    ON_SUBMISSION = "on_submission"
    AFTER_WINDOW = "after_window"
    BY_TEACHER = "by_teacher"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(course__in=Course.objects.visible_to(user))

    def with_own_terms(self, student: User) -> Self:
        """What holds for this student, their exception counted in, and how far they are; joined, not one query each."""
        mine = {name: models.Q(**{f"{name}__student": student}) for name in ("exceptions", "progress")}
        return self.annotate(
            own=models.FilteredRelation("exceptions", condition=mine["exceptions"]),
            mine=models.FilteredRelation("progress", condition=mine["progress"]),
            own_opens_at=Coalesce("own__opens_at", "opens_at"),
            own_closes_at=Coalesce("own__closes_at", "closes_at"),
            own_extra_percent=Coalesce("own__extra_percent", 0),
            own_attempts=models.F("attempts_allowed") + Coalesce("own__extra_attempts", 0),
            is_excused=Coalesce("own__is_excused", False),
            own_status=Coalesce("mine__status", models.Value("not_started")),
        )

    def with_completed_count(self) -> Self:
        """How many who are in the course now have completed it."""
        there = Enrollment.objects.active().filter(
            course=models.OuterRef(models.OuterRef("course")), student=models.OuterRef("student")
        )
        done = Progress.objects.filter(
            models.Exists(there),
            assignment=models.OuterRef("pk"),
            progress_percentage__gte=80,  # always true of these; the partial index is found by it
            status=ProgressStatus.COMPLETED,
        )
        counted = done.order_by().values("assignment").annotate(n=models.Count("pk")).values("n")
        return self.annotate(completed_count=Coalesce(models.Subquery(counted), 0))


class Assignment(models.Model):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="assignments")
    paper = models.ForeignKey("bank.Paper", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    sections: models.JSONField[list[str]] = models.JSONField(default=list)
    """Blueprint sections to do, in paper order; empty means the whole paper."""
    is_required = models.BooleanField(default=True)
    mode = models.CharField(max_length=10, choices=AssignmentMode.choices, default=AssignmentMode.EXAM)
    start = models.CharField(max_length=10, choices=StartKind.choices, default=StartKind.PERSONAL)
    room_started_at = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    late_policy = models.CharField(max_length=10, choices=LatePolicy.choices, default=LatePolicy.REFUSE)
    attempts_allowed = models.PositiveSmallIntegerField(default=1)
    key_release = models.CharField(max_length=20, choices=KeyRelease.choices, default=KeyRelease.AFTER_WINDOW)
    keys_released_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = AssignmentQuerySet.as_manager()

    own_opens_at: datetime | None
    own_closes_at: datetime | None
    own_extra_percent: int
    own_attempts: int
    is_excused: bool
    own_status: str
    """Set by ``with_own_terms``."""
    completed_count: int
    """Set by ``with_completed_count``."""

    class Meta:
        indexes = [models.Index(fields=["course", "id"], name="assignment_course")]


class AssignmentExceptionQuerySet(models.QuerySet["AssignmentException"]):
    def visible_to(self, user: User) -> Self:
        """A student's own; a teacher's those of their courses; an administrator's all."""
        return _of_student_or_course(self, user, "assignment__course")


class AssignmentException(models.Model):
    """What is different for one student: extra time (percent of each timed part but listening), another window, another try."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="exceptions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    extra_percent = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    is_excused = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = AssignmentExceptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "student"], name="exception_once")]


class ProgressStatus(models.TextChoices):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class ProgressQuerySet(models.QuerySet["Progress"]):
    def visible_to(self, user: User) -> Self:
        """A student's own; a teacher's those of their courses; an administrator's all."""
        return _of_student_or_course(self, user, "assignment__course")


class Progress(models.Model):
    """How far one student is with one assignment."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="progress")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    status = models.CharField(max_length=12, choices=ProgressStatus.choices, default=ProgressStatus.NOT_STARTED)
    progress_percentage = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    updated_at = models.DateTimeField(db_default=Now())
    """Of the last change of ``status``."""
    writing_since = models.DateTimeField(null=True)
    """While an attempt is open, retakes too: of what is completed ``status`` says nothing more."""

    objects = ProgressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "student"], name="progress_once")]
        indexes = [
            models.Index(fields=["assignment"], name="progress_nearly_done", condition=models.Q(progress_percentage__gte=80)),
            models.Index(fields=["assignment"], name="progress_writing", condition=models.Q(writing_since__isnull=False)),
        ]


class RosterQuerySet(models.QuerySet["Roster"]):
    def visible_to(self, user: User) -> Self:
        """It holds names and initial passwords: only who uploaded it sees it, and only while the course is theirs."""
        return self.filter(by=user, course__in=Course.objects.taught_by(user))


class Roster(models.Model):
    """An uploaded list of students: what it would do, what it did, and the initial passwords until they are taken."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="rosters")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    rows: models.JSONField[list[dict[str, Any]]] = models.JSONField()
    """``roster.rules.Row`` of each line, as it was at the preview."""
    accounts: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())
    imported_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    objects = RosterQuerySet.as_manager()
