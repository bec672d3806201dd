"""What the beat wakes; the work is in ``closing`` and ``retention``."""

from __future__ import annotations

from celery import shared_task

from siji.practice import closing, retention


@shared_task(name="siji.practice.tasks.close_due")
def close_due() -> None:
    closing.close_due()


@shared_task(name="siji.practice.tasks.forget_old")
def forget_old() -> dict[str, int]:
    return retention.forget_old()
