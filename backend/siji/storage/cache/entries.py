"""What is stored: a line that says what it was made from, then the bytes. Pure; time and chance are arguments.

Early recomputation follows Vattani, Chierichetti and Lowenstein, "Optimal Probabilistic Cache Stampede Prevention" (VLDB 2015):
a reader makes the entry again before it expires with a probability that grows as the end comes near and with the cost of making.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BETA = 1.0


@dataclass(frozen=True, slots=True)
class Fleeting:
    """What was made and is true for so many seconds more at most, whatever its tier: the clock changes it then."""

    body: bytes
    seconds: float | None = None
    """Counted from the moment that its making reads the time; None: it does not depend on the time."""


class Unreadable(ValueError):
    """Stored by another version of the program, or by nobody we know."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``versions``: namespace → its version before the making began. ``owner``: the only person who may read it, or None."""

    body: bytes
    versions: Mapping[str, str] = field(default_factory=dict)
    owner: int | None = None
    cost: float = 0.0
    """Seconds that the making took."""
    expires: float = 0.0
    """Seconds since the epoch."""
    etag: str = ""

    @classmethod
    def of(cls, body: bytes, *, versions: Mapping[str, str], owner: int | None, cost: float, expires: float) -> Entry:
        return cls(body, dict(versions), owner, cost, expires, etag_of(body))

    def as_bytes(self) -> bytes:
        head = {
            "v": dict(self.versions),
            "o": self.owner,
            "c": round(self.cost, 6),
            "x": math.floor(self.expires * 1000) / 1000,
            "e": self.etag,
        }
        return json.dumps(head, separators=(",", ":")).encode() + b"\n" + self.body

    @classmethod
    def read(cls, stored: bytes) -> Entry:
        """Raises Unreadable."""
        head, _, body = stored.partition(b"\n")
        try:
            found = json.loads(head)
            return cls(body, found["v"], found["o"], float(found["c"]), float(found["x"]), str(found["e"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable(str(error)) from None

    def is_current(self, versions: Mapping[str, str], *, now: float) -> bool:
        return now < self.expires and dict(self.versions) == dict(versions)

    def wants_early(self, *, now: float, chance: float) -> bool:
        """``chance``: uniform in (0, 1]."""
        return now - self.cost * BETA * math.log(chance) >= self.expires


def etag_of(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
