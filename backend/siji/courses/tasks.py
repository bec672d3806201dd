"""Shells for the beat."""

from __future__ import annotations

from celery import shared_task

from siji.courses import drift, telling
from siji.courses.roster.actions import forget_passwords


@shared_task(name="siji.courses.tasks.forget_initial_passwords")
def forget_initial_passwords() -> int:
    return forget_passwords()


@shared_task(name="siji.courses.tasks.tell_of_windows")
def tell_of_windows() -> int:
    return telling.tell_of_windows()


@shared_task(name="siji.courses.tasks.look_for_drift")
def look_for_drift() -> int:
    found = drift.look()
    return len(found.courses) + len(found.teachers)
