"""Writes the sheets of spreadsheets.py with openpyxl, which loads numpy: import it where a book is wanted.

Rows are written as they come and the file lies on disk beyond a few megabytes, so that a large school costs no more memory
than a class.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from siji.storage.spreadsheets import Cell, Column, Sheet

KEPT_IN_MEMORY = 4 * 2**20
LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula, when it is typed or read from a CSV."""


def write(sheets: Iterable[Sheet]) -> BinaryIO:
    """The book from its beginning; whoever takes it closes it."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY, suffix=".xlsx")  # noqa: SIM115  # handed on open
    book.save(file)
    file.seek(0)
    return cast(BinaryIO, file)


def _write(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet(_title(sheet.title))
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.append([_heading(page, column.heading) for column in sheet.columns])
    count = 1
    for row in sheet.rows:
        page.append([_cell(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _title(text: str) -> str:
    """Excel refuses some signs in the name of a sheet, and long names."""
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in _clean(text))[:LONGEST_TITLE].strip() or "1"


def _heading(page: Any, text: str) -> Any:
    cell = _text(page, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(page: Any, value: Cell, column: Column) -> Any:
    """Most cells are numbers without a format of their own, and need no object to say so."""
    if isinstance(value, str):
        return _text(page, value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None)
    if value is None or column.number_format == "General":
        return value
    cell = WriteOnlyCell(page, value)
    cell.number_format = column.number_format
    return cell


def _text(page: Any, text: str) -> Any:
    """The type of the cell says that this is text; the quote prefix keeps it so when somebody edits the cell."""
    cell = WriteOnlyCell(page)
    cell.value = _clean(text)[:LONGEST_TEXT]
    cell.data_type = "s"
    if text.startswith(RUNS):
        cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
