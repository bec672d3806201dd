"""How full the disks are that Siji writes to: its home, uploads, recordings, the embedded database where it lives elsewhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil
from django.conf import settings

DATABASE = "postgres.where"
"""Written by ``embedded/places.py`` where the database could not live in the home."""


def fullness() -> dict[str, float]:
    """Per cent by name; each file system once. What is not there, or not ours to look at, is left out."""
    home = Path(settings.SIJI_HOME)
    folders = {"home": home, "uploads": home / "uploads", "media": home / "media", "database": _database(home)}
    seen, found = set[int](), dict[str, float]()
    for name, folder in folders.items():
        with suppress(OSError):
            device = folder.stat().st_dev
            if device not in seen:
                seen.add(device)
                found[name] = psutil.disk_usage(str(folder)).percent
    return found


def _database(home: Path) -> Path:
    with suppress(OSError):
        return Path((home / DATABASE).read_text("utf-8").strip())
    return home / "postgres"
