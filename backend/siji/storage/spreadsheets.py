"""Tables as XLSX, as data. Text stays text: whatever a cell begins with, no spreadsheet runs it (see workbooks.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    width: int = 12
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """``frozen``: so many columns stay in sight."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 0


def write_book(sheets: Iterable[Sheet]) -> BinaryIO:
    """The book from its beginning; whoever takes it closes it."""
    from siji.storage.workbooks import write  # here: with numpy it is 15 MB, which only a process that writes one should hold

    return write(sheets)
