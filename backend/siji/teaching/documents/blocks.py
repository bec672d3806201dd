"""What a document is to everybody else: blocks of text one after another, each with its page and its place in the whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from siji.teaching.documents.troubles import Unreadable

BlockKind = Literal["heading", "paragraph", "row"]
MOST_CHARACTERS = 400_000
MOST_BLOCKS = 20_000
MOST_PAGES = 500
FEWEST_CHARACTERS = 20
MOST_GARBLED = 0.15
"""Share of signs that are no text: above it a page's fonts do not say which characters they draw."""
PRIVATE_OR_UNASSIGNED = ("Cc", "Co", "Cn", "Cs")


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str
    """Of a row its cells, with " | " between."""
    page: int
    """From 1."""
    start: int
    """Where it begins in the whole text, counted in code points; blocks are one line break apart."""
    level: int = 0
    """Of a heading, from 1."""
    cells: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Document:
    kind: str
    blocks: list[Block]
    pages: int
    is_paged: bool
    """False where the file does not say where its pages end (a text, a Word file that no program has laid out)."""
    without_text: list[int] = field(default_factory=list)
    """Pages of pictures only."""
    garbled: list[int] = field(default_factory=list)
    """Pages whose signs are no text."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def parsed(cls, data: dict[str, Any]) -> Document:
        blocks = [Block(**{**block, "cells": tuple(block["cells"])}) for block in data["blocks"]]
        return cls(**{**data, "blocks": blocks})

    @property
    def characters(self) -> int:
        return self.blocks[-1].end if self.blocks else 0


class Writer:
    """Blocks as a reader meets them. Raises Unreadable (``too_long``)."""

    def __init__(self, kind: str) -> None:
        self._document = Document(kind, [], pages=1, is_paged=False)
        self._at = 0
        self.page = 1

    def heading(self, text: str, level: int) -> None:
        self._add("heading", clean(text), level=min(max(level, 1), 6))

    def paragraph(self, text: str) -> None:
        self._add("paragraph", clean(text))

    def row(self, cells: list[str]) -> None:
        said = tuple(clean(cell) for cell in cells)
        if any(said):
            self._add("row", " | ".join(said), cells=said)

    def _add(self, kind: BlockKind, text: str, *, level: int = 0, cells: tuple[str, ...] = ()) -> None:
        if not text:
            return
        self._document.blocks.append(Block(kind, text, self.page, self._at, level, cells))
        self._at += len(text) + 1
        if self._at > MOST_CHARACTERS or len(self._document.blocks) > MOST_BLOCKS:
            raise Unreadable("too_long")

    def miss(self, trouble: Literal["without_text", "garbled"]) -> None:
        getattr(self._document, trouble).append(self.page)

    def finished(self, *, pages: int, is_paged: bool) -> Document:
        """Raises Unreadable: nothing that can be read was found."""
        document = self._document
        document.pages, document.is_paged = pages, is_paged
        if sum(len(block.text) for block in document.blocks) < FEWEST_CHARACTERS:
            if document.garbled:
                raise Unreadable("garbled")
            raise Unreadable("scanned" if document.without_text else "no_text")
        return document


def clean(text: str) -> str:
    """One line without control characters, compatibility signs of PDF fonts put back to the characters they stand for."""
    kept = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_text(sign))
    return " ".join(_mended(kept).split())


def _mended(text: str) -> str:
    """Kangxi radicals and ligatures look like the characters that were typed, and no search finds them."""
    return "".join(unicodedata.normalize("NFKC", sign) if _is_stand_in(sign) else sign for sign in text)


def _is_stand_in(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u2fdf" or "\uf900" <= sign <= "\ufaff" or "\ufb00" <= sign <= "\ufb06"


def is_garbled(text: str) -> bool:
    visible = [sign for sign in text if not sign.isspace()]
    bad = sum(not _is_text(sign) or sign == "\ufffd" for sign in visible)
    return bool(visible) and bad / len(visible) > MOST_GARBLED


def _is_text(sign: str) -> bool:
    return unicodedata.category(sign) not in PRIVATE_OR_UNASSIGNED


def sentences_joined(lines: list[str]) -> str:
    """Lines of one paragraph; between Chinese characters a line break stands for nothing."""
    joined = ""
    for line in lines:
        gap = "" if not joined or (_is_wide(joined[-1]) and _is_wide(line[:1])) else " "
        joined += gap + line
    return joined


def _is_wide(sign: str) -> bool:
    return bool(sign) and unicodedata.east_asian_width(sign) in "WF"


def cells_of(line: str) -> list[str] | None:
    """The cells of a line that is a table's: between bars, or between tabs. None for any other."""
    bare = line.strip()
    if bare.count("|") >= 2 and bare.startswith("|"):
        return [cell.strip() for cell in bare.strip("|").split("|")]
    cells = [cell.strip() for cell in line.split("\t")]
    return cells if len([cell for cell in cells if cell]) >= 2 else None


def paragraphs_of(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines that are not empty."""
    run: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            run.append(line)
        elif run:
            yield run
            run = []
