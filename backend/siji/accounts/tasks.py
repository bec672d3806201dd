"""Shells for the beat."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from siji.accounts import notices, sealing
from siji.accounts.models import SignInFailure

KEEP = timedelta(days=1)


@shared_task(name="siji.accounts.tasks.forget_old_failures")
def forget_old_failures() -> int:
    """Only the last quarter of an hour counts; a day is kept to look at."""
    gone, _ = SignInFailure.objects.filter(at__lt=Now() - KEEP).delete()
    return gone


@shared_task(name="siji.accounts.tasks.forget_old_notices")
def forget_old_notices() -> int:
    return notices.forget_old()


@shared_task(name="siji.accounts.tasks.seal_audit")
def seal_audit() -> int:
    return sealing.seal()
