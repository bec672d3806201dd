"""What a search gives."""

from __future__ import annotations

from typing import Literal

from siji.bank.models import ItemKind
from siji.courses.models import CourseStatus
from siji.schema import Schema

KindName = Literal["course", "paper", "item"]
StatusName = Literal["draft", "active", "completed", "archived"]
ItemKindName = Literal["essay", "listening_choice", "banked_cloze", "paragraph_matching", "careful_reading", "translation"]
assert set(ItemKindName.__args__) == set(ItemKind.values)  # type: ignore[attr-defined]
assert set(StatusName.__args__) == set(CourseStatus.values)  # type: ignore[attr-defined]


class Piece(Schema):
    """A part of a text; ``found``: it is what was searched for."""

    text: str
    found: bool


class CourseHit(Schema):
    id: int
    name: list[Piece]
    excerpt: list[Piece]
    teacher_name: str
    category: str
    level: str
    status: StatusName


class PaperHit(Schema):
    id: int
    title_zh: list[Piece]
    title_en: list[Piece]


class ItemHit(Schema):
    """``paper`` and ``slot``: where it stands; null in none that the reader sees."""

    id: int
    kind: ItemKindName
    text: list[Piece]
    passage_title: str
    paper: int | None
    slot: str | None


class SearchOut(Schema):
    """``corrected``: what was searched for instead, where nothing was found for what was typed."""

    corrected: str | None
    courses: list[CourseHit]
    papers: list[PaperHit]
    items: list[ItemHit]
