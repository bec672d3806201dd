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
