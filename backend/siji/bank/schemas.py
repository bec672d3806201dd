"""What the interface says of papers. ``Section`` is the one shape in which questions reach a page, for students and teachers.

Everything that a person may not see yet is null or absent: keys, transcripts, proofs, later parts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from siji.bank.facts import ItemKindKey
from siji.bank.facts import SectionKey as SectionKey
from siji.problems import Words
from siji.schema import Schema

ItemKindName = ItemKindKey
AudioStateName = Literal["missing", "building", "ready", "failed", "lost"]
"""lost: it was made or uploaded, and its file is gone."""


class Choice(Schema):
    letter: str
    text: str


class Turn(Schema):
    """One turn of a script, with its sentences' times in the track."""

    voice: str
    sentences: list[Sentence]


class Sentence(Schema):
    text: str
    start_ms: int | None
    end_ms: int | None


class PassageOut(Schema):
    id: int
    kind: Literal["news", "conversation", "talk", "cloze", "long", "reading"]
    slots: list[str]
    title: Words | None
    """Listening: null until the transcript may be seen."""
    paragraphs: list[str]
    """Cloze: blanks are ``{{26}}``. Long passage: in the order of ``letters``. Listening: empty."""
    letters: list[str]
    """Long passage: one letter a paragraph."""
    bank: list[Choice]
    """Cloze: the fifteen words."""
    script: list[Turn] | None
    """Listening: the transcript where it may be seen (practice, report)."""
    start_ms: int | None
    end_ms: int | None
    """Listening: where the passage with its questions lies in the track; null in an exam that is running."""


class Proof(Schema):
    """The sentence that proves the answer. ``paragraph`` and ``sentence`` count from 0 (listening: turn and sentence)."""

    quote: str
    paragraph: int
    sentence: int
    letter: str | None = None


class Trap(Schema):
    letter: str
    name: Words
    why: str


class KeyOut(Schema):
    """What is shown once the key may be seen."""

    key: str
    explanation: Words
    proof: Proof | None
    traps: list[Trap]


class ItemOut(Schema):
    slot: str
    kind: ItemKindName
    passage: int | None
    prompt: str
    """The question, statement, essay task or Chinese source text. Listening in an exam: "" (questions are spoken only)."""
    choices: list[Choice]
    """Single choice: four. Cloze and matching: empty, the passage holds them."""
    words_min: int | None
    words_max: int | None
    marks: float
    skills: list[str]
    key: KeyOut | None


class Section(Schema):
    key: SectionKey
    part: Literal["writing", "listening", "reading", "translation"]
    title: Words
    directions: Words
    passages: list[PassageOut]
    items: list[ItemOut]


class Withheld(Schema):
    """The paper is set to this student as an exam: its keys, transcripts and free listening are closed to them.

    ``reason``: you_write; by_teacher (the teacher releases); not_sat (released, but still to be sat); room (it waits for its
    start); window; late_starts (somebody may still come late); others_write. ``until``: not before then; null without a time.
    """

    reason: Literal["you_write", "by_teacher", "not_sat", "room", "window", "late_starts", "others_write"]
    assignment: int
    title: str
    until: datetime | None


class PaperOut(Schema):
    id: int
    slug: str
    version: int
    title: Words
    items: int
    minutes: int
    sections: list[SectionKey]
    audio: AudioStateName
    audio_ms: int
    audio_origin: str
    """espeak-ng, "espeak-ng (fallback)", speech-endpoint, recording or "".

    "" with ``missing`` or ``failed`` means that the browser's own voices are the only way.
    """
    audio_starts: dict[str, int]
    """Section → milliseconds into the track; empty for a recording of which nobody has said so yet (``recording-sections``)."""
    audio_trouble: Words | None
    """What is wrong with the track and what to do; null where nothing is, and for students."""
    is_set_as_exam: bool
    """True while an assignment of this person's courses sets it as an exam: practice is closed until then."""
    withheld: Withheld | None
    """Which exam that is, and what it waits for."""


class PaperList(Schema):
    items: list[PaperOut]


class PaperContent(Schema):
    """The whole paper with keys, for teachers."""

    paper: PaperOut
    sections: list[Section]
    references: dict[str, list[str]]
    """Slot T: the reference translations."""


class RubricBand(Schema):
    anchor: int
    lowest: int
    highest: int
    about: Words


class AnchorScript(Schema):
    band: int
    text: str
    why: str


class RubricOut(Schema):
    key: str
    version: int
    bands: list[RubricBand]


class SectionStart(Schema):
    section: SectionKey
    start_ms: int = Field(ge=0)


class RecordingWish(Schema):
    """``upload``: of the sender's own, whole."""

    upload: UUID


class RecordingSections(Schema):
    """Where each section of the listening part begins in the recording, all of them."""

    starts: list[SectionStart] = Field(min_length=1, max_length=10)


class RecordingOut(Schema):
    """The paper's track after an upload, its removal, or once it is being made again."""

    audio: AudioStateName
    audio_ms: int
    audio_origin: str
    audio_starts: dict[str, int]
    audio_trouble: Words | None


Turn.model_rebuild()
