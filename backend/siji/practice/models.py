"""What students do: attempts, answers, scripts and marks.

An attempt stores the versions it was sat under (its paper pins blueprint, clock and norm) and its own timetable (``sheet``).
Time is the database's. What is kept of an answer: the newest value on time in ``Answer``, each late value in ``LateAnswer``.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from siji.accounts.models import User


class AttemptMode(models.TextChoices):
    EXAM = "exam"
    PRACTICE = "practice"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """A student's own; a teacher's those of their courses; an administrator's all."""
        if user.is_admin:
            return self
        return self.filter(models.Q(student=user) | models.Q(assignment__course__teacher=user))


class Attempt(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attempts")
    paper = models.ForeignKey("bank.Paper", on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey("courses.Assignment", null=True, on_delete=models.PROTECT, related_name="attempts")
    mode = models.CharField(max_length=10, choices=AttemptMode.choices)
    number = models.PositiveSmallIntegerField(default=1)
    """1 for the first attempt at this assignment (or paper, where there is none), 2 for the first retake …"""
    sections: models.JSONField[list[str]] = models.JSONField(default=list)
    sheet: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """The timetable, parsed by ``clock.Sheet``: parts with slots and offsets from the start in milliseconds; {} in practice."""
    is_late_start = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    """The last lock by the present timetable; null in practice and before a room starts."""
    submitted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    marked_at = models.DateTimeField(null=True)
    result: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    """Raw marks and the estimate, written when closed and again with each mark (``scoring.Result``)."""

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "assignment", "number"],
                condition=models.Q(assignment__isnull=False),
                name="attempt_number_once",
            )
        ]
        indexes = [
            models.Index(fields=["student", "-created_at"], name="attempt_student"),
            models.Index(fields=["assignment", "student"], name="attempt_assignment"),
            models.Index(fields=["closes_at"], name="attempt_open", condition=models.Q(closed_at__isnull=True)),
        ]


class TimeExtension(models.Model):
    """More time for one attempt from one part on, by a decision of the teacher."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="extensions")
    part = models.CharField(max_length=20)
    milliseconds = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())


class Answer(models.Model):
    """The newest value that was on time. ``seq`` is the browser's counter for this item; the highest wins."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    slot = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    value = models.TextField()
    saved_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    """Practice: when the student looked at the key; what comes later is not counted."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="answer_slot_once")]


class LateAnswer(models.Model):
    """A value that came after its part was locked: kept, flagged, counted only when a teacher accepts it."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="late_answers")
    slot = models.CharField(max_length=4)
    seq = models.BigIntegerField()
    value = models.TextField()
    saved_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "seq"], name="late_answer_once")]


class ScriptState(models.TextChoices):
    """``unassigned``: an exam of the student's own, which waits for a marker that can take it (built-in, AI)."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    MARKED = "marked"


class ScriptQuerySet(models.QuerySet["Script"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(attempt__in=Attempt.objects.visible_to(user))

    def marked_by(self, user: User) -> Self:
        """What this person may mark: scripts of their own courses' assignments."""
        if user.is_admin:
            return self
        return self.filter(attempt__assignment__course__teacher=user)


class Script(models.Model):
    """A written answer (slot W or T) as it stood when the attempt was closed."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="scripts")
    slot = models.CharField(max_length=4)
    text = models.TextField()
    words = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=ScriptState.choices, default=ScriptState.WAITING)
    created_at = models.DateTimeField(db_default=Now())

    objects = ScriptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="script_slot_once")]
        indexes = [models.Index(fields=["id"], name="script_waiting", condition=models.Q(state="waiting"))]


class MarkerKind(models.TextChoices):
    TEACHER = "teacher"


class Mark(models.Model):
    """One decision about one script: whole, 0–15. Rows are only added; the newest teacher's mark stands."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="marks")
    value = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=MarkerKind.choices, default=MarkerKind.TEACHER)
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey("bank.Rubric", on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["script", "-id"], name="mark_script")]
        constraints = [models.CheckConstraint(condition=models.Q(value__lte=15), name="mark_up_to_15")]
