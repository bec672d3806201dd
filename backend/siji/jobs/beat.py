"""When each of the beat's tasks was last sent: one file, replaced as a whole, the same on every Python.

``shelve``, which celery takes, uses whichever database the interpreter was built with. Debian's has Berkeley DB (``dbm.ndbm``),
which writes nothing before it is closed: its file does not show that the beat lives, and is empty after a ``kill -9``.
``dbm.dumb`` writes at once, but renames its index away for a moment, in which a reader finds no file and a kill loses it.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler


class Kept(dict[str, Any]):
    """What celery asks of an open shelf."""

    def __init__(self, file: Path) -> None:
        """Raises: UnpicklingError or another error of pickle where the file is not of this kind; celery then begins a new one."""
        super().__init__(pickle.loads(file.read_bytes()) if file.exists() else {})  # noqa: S301  # our own file
        self._file = file

    def sync(self) -> None:
        new = self._file.with_name(f"{self._file.name}.new")
        new.write_bytes(pickle.dumps(dict(self)))
        new.replace(self._file)

    close = sync


class KeptSchedule(PersistentScheduler):
    schedule_filename: str

    def _open_schedule(self) -> Kept:
        return Kept(Path(self.schedule_filename))
