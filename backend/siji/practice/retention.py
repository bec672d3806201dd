"""What is not kept for ever, and for how long: settings, applied once a day (``KEEP_…_DAYS``, see ops/README.md).

Marks, answers and scripts are kept until somebody erases a person (``personal``); so is the audit log, which is only added to.
Initial passwords, uploads that nobody finished, wrong passwords and figures have ends of their own in their rooms.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from siji.ai.models import CallState, ModelCall
from siji.jobs.models import Job, JobState
from siji.practice.models import Absence, AudioGap, Presence

AT_ONCE = 5000
"""Rows of one statement: whoever writes meanwhile waits no longer than for these."""

log = logging.getLogger("siji.retention")


def forget_old() -> dict[str, int]:
    """How many of each went. Asked again, it finds nothing more."""
    gone = {name: forget() for name, forget in RULES.items()}
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    if any(gone.values()):
        log.info("kept long enough: %s", ", ".join(f"{number} {name}" for name, number in gone.items() if number))
    return gone


def _replies() -> int:
    """The row stays, for what was spent; what was said goes. A repeated question is then asked anew."""
    said = ModelCall.objects.exclude(state=CallState.SENT).exclude(reply="", detail="")
    old = said.filter(sent_at__lt=Now() - timedelta(days=settings.KEEP_REPLIES_DAYS))
    return _in_parts(old, lambda part: part.update(reply="", detail=""))


def _jobs() -> int:
    over = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED])
    return _deleted(over.filter(finished_at__lt=Now() - timedelta(days=settings.KEEP_JOBS_DAYS)))


def _traces() -> int:
    """Of closed attempts: when somebody was there, left the page, or lost the sound and was not granted it again."""
    end = Now() - timedelta(days=settings.KEEP_TRACES_DAYS)
    of_old = [model._default_manager.filter(attempt__closed_at__lt=end) for model in (Presence, Absence)]
    return sum(map(_deleted, [*of_old, AudioGap.objects.filter(attempt__closed_at__lt=end, grant=None)]))


RULES: dict[str, Callable[[], int]] = {"replies": _replies, "jobs": _jobs, "traces": _traces}


def _deleted(rows: models.QuerySet[Any]) -> int:
    return _in_parts(rows, lambda part: part.delete()[0])


def _in_parts(rows: models.QuerySet[Any], do: Callable[[models.QuerySet[Any]], int]) -> int:
    total = 0
    while found := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        total += len(found)
        do(rows.model._default_manager.filter(pk__in=found))
    return total
