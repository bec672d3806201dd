"""Shells for the beat."""

from __future__ import annotations

from celery import shared_task

from siji.uploads import actions


@shared_task(name="siji.uploads.tasks.sweep")
def sweep() -> int:
    return actions.sweep()
