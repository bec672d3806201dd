"""DOCX: paragraphs and tables in their order.

Cells are read as they stand in the file: a span that claims a million columns costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from siji.teaching.documents.blocks import Document, Writer
from siji.teaching.documents.headings import level_of

Progress = Callable[[int, int], None]
STYLE = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
EVERY = 200


def read_word(path: Path, progress: Progress) -> Document:
    document = docx.Document(str(path))
    writer = Writer("docx")
    mark = _page_mark(document.element.body)
    parts = list(document.iter_inner_content())
    for place, part in enumerate(parts):
        if place % EVERY == 0:
            progress(place, len(parts))
        if isinstance(part, Table):
            _table(writer, part, mark)
        else:
            _paragraph(writer, part, mark)
    return writer.finished(pages=writer.page, is_paged=writer.page > 1)


def _page_mark(body: Any) -> str:
    """Where pages ended when the file was last laid out; else where its author put an end. Both together would count twice."""
    laid_out = next(body.iter(qn("w:lastRenderedPageBreak")), None)
    return "laid out" if laid_out is not None else "by hand"


def _pages_ended(element: Any, mark: str) -> int:
    if mark == "laid out":
        return sum(1 for _ in element.iter(qn("w:lastRenderedPageBreak")))
    return sum(1 for one in element.iter(qn("w:br")) if one.get(qn("w:type")) == "page")


def _paragraph(writer: Writer, paragraph: Paragraph, mark: str) -> None:
    """A page that ends inside it counts for what comes after, unless it ends before the first word."""
    ended = _pages_ended(paragraph._p, mark)
    begins = ended > 0 and _breaks_first(paragraph._p, mark)
    writer.page += ended if begins else 0
    text = paragraph.text
    level = _level(paragraph) or level_of(text)
    if level:
        writer.heading(text, level)
    else:
        writer.paragraph(text)
    writer.page += 0 if begins else ended


def _breaks_first(element: Any, mark: str) -> bool:
    name = "w:lastRenderedPageBreak" if mark == "laid out" else "w:br"
    for one in element.iter(qn(name), qn("w:t")):
        if one.tag == qn(name):
            return True
        if one.text and one.text.strip():
            return False
    return False


def _level(paragraph: Paragraph) -> int:
    style = paragraph.style.name if paragraph.style is not None else ""
    if style == "Title":
        return 1
    found = STYLE.match(style or "")
    return int(found[1]) if found else 0


def _table(writer: Writer, table: Table, mark: str) -> None:
    for row in table._tbl.tr_lst:
        writer.row([_text(cell) for cell in row.tc_lst])
        writer.page += _pages_ended(row, mark)


def _text(cell: Any) -> str:
    lines = ("".join(node.text or "" for node in line.iter(qn("w:t"))) for line in cell.iter(qn("w:p")))
    return " ".join(line for line in lines if line.strip())
