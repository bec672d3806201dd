"""Syllabi: the file a teacher uploaded, and what was read in it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from siji.courses.models import Course

if TYPE_CHECKING:
    from siji.accounts.models import User


class SyllabusState(models.TextChoices):
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


class SyllabusQuerySet(models.QuerySet["Syllabus"]):
    def visible_to(self, user: User) -> Self:
        """Whoever teaches the course, and administrators. Students learn from what is published of it."""
        return self.filter(course__in=Course.objects.taught_by(user))

    def for_list(self) -> Self:
        """Without the text: it may be long."""
        return self.select_related("upload").defer("document")


class Syllabus(models.Model):
    """One edition; what was uploaded is never changed, a new version is the next edition."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="syllabi")
    series = models.UUIDField(default=uuid.uuid4)
    """The same in all editions of one syllabus."""
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    upload = models.OneToOneField("uploads.Upload", on_delete=models.PROTECT, related_name="syllabus")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=SyllabusState.choices, default=SyllabusState.READING)
    pages = models.PositiveIntegerField(default=0)
    characters = models.PositiveIntegerField(default=0)
    document: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """``documents.blocks.Document`` once it is read."""
    trouble = models.CharField(max_length=20, default="")
    """Why it could not be read: a code of ``documents.troubles``, and what was found instead."""
    found = models.CharField(max_length=40, default="")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = SyllabusQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "edition"], name="syllabus_edition_once")]
        indexes = [models.Index(fields=["course", "-id"], name="syllabus_course")]


class RunState(models.TextChoices):
    RUNNING = "running"
    REVIEW = "review"
    FAILED = "failed"
    PUBLISHED = "published"
    STOPPED = "stopped"


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, user: User) -> Self:
        """Whoever teaches the course, and administrators."""
        return self.filter(course__in=Course.objects.taught_by(user))

    def for_list(self) -> Self:
        return self.select_related("syllabus", "course").defer("syllabus__document")

    def with_stages(self) -> Self:
        """All that the page of a run shows, in a fixed number of queries."""
        rounds = StageRound.objects.defer("body").order_by("number")
        drafts = Draft.objects.defer("body").order_by("version")
        stages = RunStage.objects.order_by("position").prefetch_related(
            models.Prefetch("rounds", rounds), models.Prefetch("drafts", drafts)
        )
        return self.for_list().prefetch_related(models.Prefetch("stages", stages))


class Run(models.Model):
    """One way from a syllabus to a course. ``stages`` says how far it is; see ``runs.stages``."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="runs")
    syllabus = models.ForeignKey(Syllabus, on_delete=models.PROTECT, related_name="runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(max_length=10)
    hours = models.PositiveSmallIntegerField()
    session_hours = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True)
    weekdays: models.JSONField[list[int]] = models.JSONField(default=list)
    """0 is Monday."""
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    stage = models.CharField(max_length=10, default="analysis")
    error = models.TextField(default="")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["course", "-id"], name="run_course")]


class StageState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    REVIEW = "review"
    APPROVED = "approved"
    RETURNED = "returned"
    FAILED = "failed"


class RunStage(models.Model):
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=StageState.choices, default=StageState.WAITING)
    turn = models.PositiveSmallIntegerField(default=1)
    """Rises each time it is sent back; rounds and job belong to a turn."""
    note = models.TextField(default="")
    """What the teacher said when sending it back."""
    stopped = models.CharField(max_length=10, default="")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="run_stage_once")]


class StageRound(models.Model):
    """A finished round: what it made, measured. A worker that takes over goes on after the last one."""

    stage = models.ForeignKey(RunStage, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    engine = models.CharField(max_length=10)
    """The one that worked: where a model fails it is the built-in one, and ``changed`` says so."""
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    measures: models.JSONField[list[dict[str, Any]]] = models.JSONField()
    quality = models.FloatField()
    changed: models.JSONField[dict[str, str]] = models.JSONField()
    prompt = models.CharField(max_length=80, default="")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    """Micro-yuan."""
    milliseconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="stage_round_once")]


class Draft(models.Model):
    """A version of what a stage made; never changed. The newest counts."""

    stage = models.ForeignKey(RunStage, on_delete=models.CASCADE, related_name="drafts")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the engine."""
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "version"], name="draft_once")]


class StageDecision(models.Model):
    """Who approved which draft, or sent it back and why."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="decisions")
    is_approval = models.BooleanField()
    note = models.TextField(default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: User) -> Self:
        """Whoever sees the course sees what is published in it."""
        return self.filter(course__in=Course.objects.visible_to(user))


class Unit(models.Model):
    """A published session of a plan: what is taught, and the work that is set for it."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="units")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    held_on = models.DateField(null=True)
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    """``rows`` of the plan, and the ``criteria`` of the objectives they serve."""
    assignments: models.ManyToManyField[Any, Any] = models.ManyToManyField("courses.Assignment", related_name="units")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="unit_once")]
