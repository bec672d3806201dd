"""Tracks on disk, under SIJI_HOME/media/audio: named by their hash, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings

from siji.bank.models import Audio


def media() -> Path:
    return Path(settings.SIJI_HOME) / "media"


def path_of(audio: Audio) -> Path:
    """Where the track lies; it may be missing."""
    return media() / audio.path


def has_file(audio: Audio) -> bool:
    return bool(audio.path) and path_of(audio).is_file()


def write_track(key: str, data: bytes) -> str:
    """The path relative to media. A reader never sees half a file, also after a power cut."""
    relative = Path("audio") / f"{key}.mp3"
    target = media() / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return relative.as_posix()
