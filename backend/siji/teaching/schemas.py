"""What the interface says of syllabi."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from siji.problems import Words
from siji.schema import Schema
from siji.teaching.documents.blocks import Block, Document
from siji.teaching.documents.troubles import said
from siji.teaching.models import Syllabus


class SyllabusIn(Schema):
    upload: UUID
    title: Annotated[str, Field(max_length=120)] = ""
    """Empty: the name of the file, or of the edition before."""


class SyllabusOut(Schema):
    id: int
    course: int
    series: UUID
    edition: int
    title: str
    filename: str
    size: int
    state: Literal["reading", "ready", "failed"]
    job: int | None
    """To follow while it is being read."""
    pages: int
    characters: int
    trouble: Words | None
    created_at: datetime

    @classmethod
    def of(cls, syllabus: Syllabus) -> SyllabusOut:
        return cls(
            id=syllabus.pk,
            course=syllabus.course_id,
            series=syllabus.series,
            edition=syllabus.edition,
            title=syllabus.title,
            filename=syllabus.upload.filename,
            size=syllabus.upload.length,
            state=syllabus.state,  # type: ignore[arg-type]  # its choices
            job=syllabus.job_id,
            pages=syllabus.pages,
            characters=syllabus.characters,
            trouble=_trouble(syllabus),
            created_at=syllabus.created_at,
        )


def _trouble(syllabus: Syllabus) -> Words | None:
    if not syllabus.trouble:
        return None
    zh, en = said(syllabus.trouble, syllabus.found)
    return Words(zh=zh, en=en)


class BlockOut(Schema):
    kind: Literal["heading", "paragraph", "row"]
    text: str
    start: int
    end: int
    level: int
    cells: list[str]

    @classmethod
    def of(cls, block: Block) -> BlockOut:
        return cls(kind=block.kind, text=block.text, start=block.start, end=block.end, level=block.level, cells=list(block.cells))


PageTrouble = Literal["", "without_text", "garbled"]


class PageOut(Schema):
    number: int
    blocks: list[BlockOut]
    trouble: PageTrouble


class SyllabusText(Schema):
    kind: Literal["pdf", "docx", "txt", "md"]
    is_paged: bool
    """False where the file does not say where its pages end: all stands on page 1."""
    pages: list[PageOut]

    @classmethod
    def of(cls, document: Document) -> SyllabusText:
        blocks: dict[int, list[BlockOut]] = {number: [] for number in range(1, document.pages + 1)}
        for block in document.blocks:
            blocks[block.page].append(BlockOut.of(block))
        troubles: dict[int, PageTrouble] = {}
        for number in document.without_text:
            troubles[number] = "without_text"
        for number in document.garbled:
            troubles[number] = "garbled"
        pages = [PageOut(number=number, blocks=ones, trouble=troubles.get(number, "")) for number, ones in blocks.items()]
        return cls(kind=document.kind, is_paged=document.is_paged, pages=pages)  # type: ignore[arg-type]  # one of the kinds
