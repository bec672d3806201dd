"""What a backup is on disk: its name, what it says of itself, and which ones to keep. Raises Damaged where it is not whole."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from siji.embedded.backup.sealing import Damaged, sha256

NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
SAYS = "backup.json"
WAL = "wal"
SEALED = ".sealed"


@dataclass(frozen=True)
class Part:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Backup:
    """``first_segment``: the oldest file of the log that this backup may need; what is older goes with the backups before it."""

    made_at: str
    finished_at: str
    release: str
    postgres: str
    first_segment: str
    is_sealed: bool
    parts: list[Part]

    def write(self, folder: Path) -> None:
        with (folder / SAYS).open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Backup:
        try:
            said = json.loads((folder / SAYS).read_text("utf-8"))
            return cls(**{**said, "parts": [Part(**part) for part in said["parts"]]})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Damaged(f"{SAYS} cannot be read: {error}") from error

    def check(self, folder: Path) -> None:
        """Every byte against its sum."""
        for part in self.parts:
            path = folder / part.name
            if not path.is_file():
                raise Damaged(f"{part.name} is missing")
            if path.stat().st_size != part.size or sha256(path) != part.sha256:
                raise Damaged(f"{part.name} is not what was written")


def name_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")


def finished(root: Path) -> list[Path]:
    """The oldest first; what a broken run left behind is not among them."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if NAME.fullmatch(path.name) and (path / SAYS).is_file())


def to_drop(names: list[str], keep: int) -> list[str]:
    """Of names from the oldest to the newest, those beyond the newest ``keep``."""
    return names[:-keep] if keep < len(names) else []
