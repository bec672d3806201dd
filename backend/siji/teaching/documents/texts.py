"""TXT and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from charset_normalizer import from_bytes

from siji.teaching.documents.blocks import Document, Writer, cells_of, paragraphs_of, sentences_joined
from siji.teaching.documents.headings import level_of
from siji.teaching.documents.troubles import Unreadable

ASKED = ["gb18030", "big5", "utf_16_le", "utf_16_be", "cp1252"]
MARKS = "，。、；：？！（）“”《》—…·"
ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
UNDERLINE = re.compile(r"^(=+|-{2,})$")
RULE = re.compile(r"^[|\s:+-]+$")
ITEM = re.compile(r"^([-*+]|\d{1,3}[.)、]|[（(]\d{1,2}[）)]|[①-⑳])\s*")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")


def read_text(path: Path, *, is_markdown: bool) -> Document:
    text = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    writer = Writer("md" if is_markdown else "txt")
    if is_markdown:
        text = FRONT.sub("", text)
    pages = text.split("\f")
    for writer.page, page in enumerate(pages, start=1):
        _read_page(writer, page.split("\n"), is_markdown=is_markdown)
    return writer.finished(pages=len(pages), is_paged=len(pages) > 1)


def decoded(data: bytes) -> str:
    """UTF-8 if it is that; else what the bytes are most like. Raises Unreadable (``encoding``)."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    chinese = _as_chinese(data)
    if chinese is not None:
        return chinese
    best = from_bytes(data, cp_isolation=ASKED).best()
    if best is None:
        raise Unreadable("encoding")
    return str(best)


def _as_chinese(data: bytes) -> str | None:
    """GB18030 takes almost any bytes: only where what comes out is what people write, common characters for the most part."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    high = [sign for sign in text if ord(sign) > 127]
    common = sum(sign in MARKS or _is_everyday(sign) for sign in high)
    return text if high and common / len(high) > 0.7 else None


def _is_everyday(sign: str) -> bool:
    """The 3,755 everyday characters of GB 2312 lie in its rows 16 to 55."""
    try:
        raw = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return 0xB0 <= raw[0] <= 0xD7


def _read_page(writer: Writer, lines: list[str], *, is_markdown: bool) -> None:
    for run in paragraphs_of(lines):
        _Run(writer, is_markdown=is_markdown).read(run)


class _Run:
    """Lines without an empty one between: headings and rows stand for themselves, items begin, the rest goes on."""

    def __init__(self, writer: Writer, *, is_markdown: bool) -> None:
        self._writer, self._is_markdown = writer, is_markdown
        self._waiting: list[str] = []

    def read(self, lines: list[str]) -> None:
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            cells = cells_of(line)
            if cells is not None:
                self._row(line, cells)
            else:
                self._line(line.strip(), below.strip())
        self._flush()

    def _row(self, line: str, cells: list[str]) -> None:
        self._flush()
        if not RULE.match(line):
            self._writer.row([self._plain(cell) for cell in cells])

    def _line(self, line: str, below: str) -> None:
        level, text = self._heading(line, below)
        if level:
            self._flush()
            self._writer.heading(self._plain(text), level)
        elif not (self._is_markdown and UNDERLINE.match(line)):
            if ITEM.match(line) or not self._is_markdown:
                self._flush()
            self._waiting.append(self._plain(line))

    def _heading(self, line: str, below: str) -> tuple[int, str]:
        if not self._is_markdown:
            return level_of(line), line
        if found := ATX.match(line):
            return len(found[1]), found[2]
        if UNDERLINE.match(below) and not UNDERLINE.match(line):
            return (1 if below[0] == "=" else 2), line
        return 0, line

    def _flush(self) -> None:
        if self._waiting:
            self._writer.paragraph(sentences_joined(self._waiting))
            self._waiting = []

    def _plain(self, text: str) -> str:
        return EMPHASIS.sub(r"\2", text) if self._is_markdown else text
