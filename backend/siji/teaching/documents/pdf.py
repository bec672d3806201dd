"""PDF: text by pages. A PDF knows neither paragraphs nor tables, so lines are put together by how they end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError

from siji.teaching.documents.blocks import MOST_PAGES, Document, Writer, is_garbled, sentences_joined
from siji.teaching.documents.headings import level_of
from siji.teaching.documents.troubles import Unreadable

Progress = Callable[[int, int], None]
BEGINS = re.compile(r"^([-•●·*]|\d{1,3}[.)、．]|[（(]\d{1,2}[）)]|[①-⑳])")
ENDS = tuple("。；！？.;!?：:")
FULL = 0.8
"""A line shorter than this share of the page's longest was ended by its author."""
FEW = 10


def read_pdf(path: Path, progress: Progress) -> Document:
    reader = PdfReader(path)
    if reader.is_encrypted and not _is_opened(reader):
        raise Unreadable("password")
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise Unreadable("too_long")
    return _read(reader, pages, progress)


def _is_opened(reader: PdfReader) -> bool:
    """Protected against changes only, a file opens with the empty password; for the newer ciphers a library is missing here."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _read(reader: PdfReader, pages: int, progress: Progress) -> Document:
    writer = Writer("pdf")
    for writer.page, page in enumerate(reader.pages, start=1):
        progress(writer.page - 1, pages)
        text = page.extract_text()
        visible = len("".join(text.split()))
        if visible >= FEW and is_garbled(text):
            writer.miss("garbled")
            continue
        if visible < FEW and _has_picture(page):
            writer.miss("without_text")
        _read_page(writer, [line.strip() for line in text.split("\n") if line.strip()])
    return writer.finished(pages=pages, is_paged=True)


def _read_page(writer: Writer, lines: list[str]) -> None:
    for run in _paragraphs(lines):
        level = level_of(run[0]) if len(run) == 1 else 0
        if level:
            writer.heading(run[0], level)
        else:
            writer.paragraph(sentences_joined(run))


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    longest = max((len(line) for line in lines), default=0)
    run: list[str] = []
    for line in lines:
        if run and (BEGINS.match(line) or level_of(line)):
            yield run
            run = []
        run.append(line)
        if level_of(line) or (line.endswith(ENDS) and len(line) < longest) or len(line) < FULL * longest:
            yield run
            run = []
    if run:
        yield run


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(one.get_object().get("/Subtype") in ("/Image", "/Form") for one in objects.get_object().values())
