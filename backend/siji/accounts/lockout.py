"""When somebody must wait before the next try at a password. Pure: failures in, seconds out.

Failures are counted by *username and device*. A device is known by a signed cookie given after a success; every device that is
not known shares one counter for the username. So guessing from anywhere stops after ``limit`` tries, the owner still signs
in from their own device, and a campus behind one address is never counted as one guesser: where very many guesses come from one
address, each name has fewer tries from devices that are not known, and still has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """``limit`` failures within ``window`` are free; from then on each failure doubles the wait, up to ``longest``."""

    limit: int
    window: timedelta
    first_wait: timedelta
    longest: timedelta


PERSON = Policy(limit=10, window=timedelta(minutes=15), first_wait=timedelta(seconds=30), longest=timedelta(minutes=15))
WARY = replace(PERSON, limit=3)
"""Of a name that is tried from an address with many failures, and from a device that is not known."""
MANY_OF_AN_ADDRESS = 600
"""Failures within ``PERSON.window`` from which on we are wary. Counted only where a trusted proxy tells the address."""


def policy_of(*, failures_of_address: int, is_known_device: bool) -> Policy:
    return WARY if failures_of_address >= MANY_OF_AN_ADDRESS and not is_known_device else PERSON


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
