"""When somebody must wait before the next try at a password. Pure: failures in, seconds out.

Failures are counted by *username and device*. A device is known by a signed cookie given after a success; every device that is
not known shares one counter for the username. So guessing from anywhere stops after ``limit`` tries, the owner still signs
in from their own device, and a campus behind one address is never counted as one guesser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """``limit`` failures within ``window`` are free; from then on each failure doubles the wait, up to ``longest``."""

    limit: int
    window: timedelta
    first_wait: timedelta
    longest: timedelta


PERSON = Policy(limit=10, window=timedelta(minutes=15), first_wait=timedelta(seconds=30), longest=timedelta(minutes=15))
ADDRESS = Policy(limit=600, window=timedelta(minutes=15), first_wait=timedelta(seconds=30), longest=timedelta(minutes=5))
"""Counted only where a trusted proxy tells the address; a whole campus may stand behind one."""


def wait_seconds(failures: Sequence[datetime], *, now: datetime, policy: Policy) -> int:
    """Whole seconds until the next try is looked at, rounded up; 0 when it may be made now."""
    recent = [at for at in failures if now - at < policy.window]
    over = len(recent) - policy.limit
    if over < 0:
        return 0
    wait = min(policy.first_wait * 2 ** min(over, 20), policy.longest)
    left = max(recent) + wait - now
    whole: int = -(-left // timedelta(seconds=1))
    return max(0, whole)
