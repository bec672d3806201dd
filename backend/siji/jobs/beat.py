"""When each of the beat's tasks was last sent, in files of one kind on every Python.

``shelve`` takes whichever database the interpreter was built with. Debian's has Berkeley DB (``dbm.ndbm``), which writes nothing
before it is closed: its file does not show that the beat lives, and is empty after a ``kill -9``.
"""

from __future__ import annotations

import dbm.dumb
import shelve
from typing import Any

from celery.beat import PersistentScheduler


class KeptSchedule(PersistentScheduler):
    schedule_filename: str

    def _open_schedule(self) -> shelve.Shelf[Any]:
        files: Any = dbm.dumb.open(self.schedule_filename, "c")  # noqa: SIM115  # closed with the beat
        return shelve.Shelf(files, writeback=True)
