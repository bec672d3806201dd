"""Shells for the beat."""

from __future__ import annotations

from celery import shared_task

from siji.monitoring import folding


@shared_task(name="siji.monitoring.tasks.fold")
def fold() -> None:
    folding.fold()
