"""argon2id at OWASP's minimum memory, with a limit on hashes at once and on how many wait for one.

Source: OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1. A sign-in rush of a whole campus waits in line for
the limit (``HASHES_AT_ONCE`` a process) instead of taking every core from the people who are sitting an exam; past
``HASHES_WAITING`` the answer is "try again in a few seconds". Both together must stay well below the process's threads: whoever
waits here holds one, and what is left is for the exam.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from siji.problems import Refusal

RETRY_SECONDS = (1, 4)
"""Drawn between these, so that a room that was sent away does not come back as one."""


class Line:
    """At most ``at_once`` inside and ``most_waiting`` in line; who comes when it is full is sent away."""

    def __init__(self, *, at_once: int, most_waiting: int) -> None:
        self._inside = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + most_waiting)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises Refusal (503) when the line is full."""
        if not self._places.acquire(blocking=False):
            raise Refusal(
                "busy",
                zh="现在登录的人很多，请过几秒再试。",
                en="Many people are signing in: try again in a few seconds.",
                status=503,
                retry_after=random.randint(*RETRY_SECONDS),
            )
        try:
            with self._inside:
                yield
        finally:
            self._places.release()


_line = Line(at_once=settings.HASHES_AT_ONCE, most_waiting=settings.HASHES_WAITING)


class BoundedArgon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _line.turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _line.turn():
            return super().verify(password, encoded)
