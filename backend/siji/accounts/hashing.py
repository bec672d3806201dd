"""argon2id at OWASP's minimum memory, with a limit on hashes at once.

Source: OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1. A sign-in rush of a whole campus waits in line for
the limit (``HASHES_AT_ONCE`` a process) instead of taking every core from the people who are sitting an exam.
"""

from __future__ import annotations

import threading

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

_gate = threading.BoundedSemaphore(settings.HASHES_AT_ONCE)


class BoundedArgon2(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _gate:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _gate:
            return super().verify(password, encoded)
