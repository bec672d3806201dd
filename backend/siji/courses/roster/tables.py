"""A spreadsheet or text file as rows of text. What cannot be read says why and what to save it as instead."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

from charset_normalizer import from_bytes

from siji.courses.roster.rules import Line
from siji.problems import Refusal, refusal_on

LARGEST_FILE = 5 * 2**20
LARGEST_UNPACKED = 20 * 2**20
"""5,000 rows of ten columns unpack to about 2 MB."""
MOST_ROWS = 5_000
LAST_LINE = 20_000
"""A stray cell a million lines down would have every empty line before it read."""
MOST_COLUMNS = 40


def read_table(filename: str, data: bytes) -> list[Line]:
    """The lines that hold anything. Raises Refusal (422): too large, not a table, too many rows."""
    if len(data) > LARGEST_FILE:
        raise _unreadable("文件超过 5 MB，请只保留名单一张表。", "The file is larger than 5 MB: keep the roster sheet alone.")
    is_zip = data[:4] == b"PK\x03\x04"
    if not is_zip and filename.lower().endswith((".xls", ".xlsx")):
        raise _unreadable("这是旧版或加密的 Excel 文件，请另存为 .xlsx 或 .csv。", "Save it as .xlsx or .csv without a password.")
    lines = []
    for line in _spreadsheet(data) if is_zip else _text(data):
        if any(line.cells):
            lines.append(line)
        if len(lines) > MOST_ROWS + 1 or line.number > LAST_LINE:
            raise _unreadable(f"超过 {MOST_ROWS} 行，请分成几个文件。", f"More than {MOST_ROWS} rows: split the file.")
    return lines


def _spreadsheet(data: bytes) -> Iterator[Line]:
    # Here: with numpy it is 15 MB and a quarter of a second, which only a process that reads spreadsheets should pay.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_bomb(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
            formulas = frozenset(place for place, cell in enumerate(row) if cell.data_type == "f")
            yield Line(number, tuple(_as_text(cell.value) for cell in row), formulas)
    except (InvalidFileException, KeyError, IndexError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise _unreadable("表格文件已损坏，请重新保存为 .xlsx 或 .csv。", "The spreadsheet is damaged: save it again.") from error


def _refuse_bomb(data: bytes) -> None:
    """What the archive declares is summed before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _unreadable("表格文件已损坏，请重新保存为 .xlsx 或 .csv。", "The spreadsheet is damaged: save it again.") from error
    if unpacked > LARGEST_UNPACKED:
        raise _unreadable(
            "表格展开后过大，请只保留名单一张表。", "Unpacked, the spreadsheet is too large: keep the roster alone."
        )


def _as_text(value: object) -> str:
    """A student number typed as a number comes back as 2024001.0 or 2024001: both read 2024001."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _text(data: bytes) -> Iterator[Line]:
    text = _decoded(data)
    if "\x00" in text:
        raise _unreadable("这不是表格文件，请上传 .xlsx 或 .csv。", "This is not a table: upload .xlsx or .csv.")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), start=1):
            yield Line(number, tuple(cell.strip() for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise _unreadable("文本表格无法读取，请另存为 .xlsx。", "The text table cannot be read: save it as .xlsx.") from error


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark; else what a Chinese Excel writes; else the best guess."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise _unreadable("文件的文字编码无法识别，请另存为 UTF-8 的 .csv 或 .xlsx。", "Unknown text encoding: save it as UTF-8.")
    return str(best)


def _unreadable(zh: str, en: str) -> Refusal:
    return refusal_on("file", "unreadable", zh=zh, en=en)
