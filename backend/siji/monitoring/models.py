"""What was measured: one row a process and minute, later one a minute, later one an hour (see ``folding``)."""

from __future__ import annotations

from typing import Any

from django.db import models


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["span", "at", "process"], name="measured_once")]


class Turn(models.Model):
    """What is done once for the whole cluster, and when it was done last."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
