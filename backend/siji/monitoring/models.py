"""What was measured: one row a process and minute, later one a minute, later one an hour (see ``folding``)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Span(models.TextChoices):
    MINUTE = "m"
    HOUR = "h"
    EVER = "e"
    """One row, the sum of all hours that were made; ``at`` is where the last of them ended."""


class Measured(models.Model):
    span = models.CharField(max_length=1, choices=Span.choices)
    at = models.DateTimeField()
    """Its beginning."""
    process = models.CharField(max_length=80)
    """Who counted; "" once those of all processes are added up."""
    data: models.JSONField[dict[str, Any]] = models.JSONField()
    """``series.Measures``."""
    users: models.JSONField[list[int]] = models.JSONField(default=list)
    """Who asked for something, to count each once; emptied when the minute is folded."""
    written_at = models.DateTimeField(db_default=Now())
    """A process that has not written for a while is dead or hangs."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["span", "at", "process"], name="measured_once")]


class Turn(models.Model):
    """What is done once for the whole cluster, and when it was done last."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()


class AlertRuleNumbers(models.Model):
    """What an administrator has changed of a rule; without a row it is as ``alerts.rules`` begins."""

    name = models.CharField(max_length=40, primary_key=True)
    limits: models.JSONField[list[float]] = models.JSONField()
    minimum = models.PositiveIntegerField()
    hold = models.PositiveIntegerField()
    is_on = models.BooleanField(default=True)


class Alert(models.Model):
    """A rule broken for a subject, from the first look to the recovery (``alerts.deciding.Standing``)."""

    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, default="")
    state = models.CharField(max_length=10)
    level = models.CharField(max_length=10)
    since = models.DateTimeField()
    value = models.FloatField()
    limit = models.FloatField()
    figures = models.TextField(default="")
    calm_since = models.DateTimeField(null=True)
    told = models.CharField(max_length=10, default="")
    told_at = models.DateTimeField(null=True)
    escalated = models.BooleanField(default=False)
    because_of = models.CharField(max_length=40, default="")
    closed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], name="alert_open_once", condition=models.Q(state__in=["watching", "open"])
            )
        ]
        indexes = [models.Index(fields=["state", "-id"], name="alert_state")]


class Silence(models.Model):
    """Of a rule, or of all ("")."""

    rule = models.CharField(max_length=40, default="")
    reason = models.CharField(max_length=200)
    begins_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")


class Channel(models.Model):
    """A way to reach somebody. Its settings hold passwords and tokens, so all of them are sealed together."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    sealed = models.TextField()
    language = models.CharField(max_length=2, default="zh")
    least_level = models.CharField(max_length=10, default="warning")
    only_escalated = models.BooleanField(default=False)
    """Is told of what nobody has acknowledged in time, and of nothing else."""
    is_on = models.BooleanField(default=True)
