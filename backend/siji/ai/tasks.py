"""Shells: the work and its state live in the ledger."""

from __future__ import annotations

from celery import shared_task

from siji.ai import ledger


@shared_task(name="siji.ai.tasks.settle_lost_calls")
def settle_lost_calls() -> int:
    """What processes that died had asked for: see ``ledger.settle_lost``."""
    return ledger.settle_lost()
