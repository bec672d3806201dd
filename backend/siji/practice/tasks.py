"""What the beat wakes; the work is in ``closing``."""

from __future__ import annotations

from celery import shared_task

from siji.practice import closing


@shared_task(name="siji.practice.tasks.close_due")
def close_due() -> None:
    closing.close_due()
