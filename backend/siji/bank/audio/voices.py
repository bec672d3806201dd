"""How a speaker is asked, whoever speaks: what to say, in which voice, how fast; and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from siji.bank.audio.script import Speaker


class CannotSpeak(Exception):
    """No speech can be had here, in words for a teacher. ``permanent``: trying again later cannot help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Spoken:
    """``speed`` 1 is the speaker's own pace."""

    voice: Speaker
    text: str
    speed: float = 1.0


class Voices(Protocol):
    """Somebody who can speak. ``sample_rate`` is known after the first speech."""

    @property
    def sample_rate(self) -> int: ...

    def speak(self, lines: Sequence[Spoken]) -> list[bytes]:
        """16-bit mono samples for each line, in order. Raises CannotSpeak."""
        ...
