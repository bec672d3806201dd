"""A job is a row: what to do, whose turn it is until when, how often it was tried, how it ended.

States: queued → running → done | failed. A worker claims with a conditional UPDATE and holds a lease; a lease that runs out
(a killed worker) makes the job due again. ``key`` makes an enqueue idempotent: the same key returns the same row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from siji.accounts.models import User


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        """A person's own jobs; an administrator sees all."""
        return self if user.is_admin else self.filter(owner=user)

    def due(self) -> Self:
        """What should be worked on now: queued and due, or running under a lease that has run out."""
        waiting = models.Q(state=JobState.QUEUED, due_at__lte=Now())
        abandoned = models.Q(state=JobState.RUNNING, lease_until__lt=Now())
        return self.filter(waiting | abandoned)


class Job(models.Model):
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    due_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0)
    result: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    error = models.TextField(default="")
    request_id = models.CharField(max_length=32, default="", db_default="")
    """Of the request that asked for it, so that its log lines are found from a click."""
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="job_unfinished", condition=models.Q(state__in=["queued", "running"])),
            models.Index(fields=["owner", "-id"], name="job_owner"),
        ]
