"""The examination's own facts, as typed data with a version and a source: blueprint, clock, norm table, rubric, names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from siji.bank.bodies import Body, Text
from siji.problems import Words


class Fact(Body):
    """``source`` says where it comes from and when that was checked."""

    key: Text
    version: int = Field(ge=1)
    source: Text

    @property
    def name(self) -> str:
        return f"{self.key}@{self.version}"


Bounds = tuple[int, int]
PartKey = Literal["writing", "listening", "reading", "translation"]
SectionKey = Literal["writing", "listening-a", "listening-b", "listening-c", "reading-a", "reading-b", "reading-c", "translation"]
ItemKindKey = Literal["essay", "listening_choice", "banked_cloze", "paragraph_matching", "careful_reading", "translation"]
PassageKindKey = Literal["news", "conversation", "talk", "cloze", "long", "reading"]


class BlueprintPart(Body):
    key: PartKey
    title: Words
    sections: list[SectionKey]


class BlueprintSection(Body):
    """Bounds are lowest and highest, both allowed. ``groups``: the ways in which the slots may be shared among the passages."""

    key: SectionKey
    title: Words
    directions: Words
    kind: ItemKindKey
    slots: list[str]
    marks_each: float
    passage_kind: PassageKindKey | None = None
    groups: list[list[int]] = []
    passage_words: Bounds | None = None
    bank_words: int | None = None
    paragraphs: Bounds | None = None
    words: Bounds | None = None
    source_characters: Bounds | None = None
    advised_minutes: int | None = None


class ListeningRules(Body):
    track_minutes: int
    words_a_minute: Bounds
    pause_after_question_seconds: int


class BlueprintBody(Fact):
    minutes: int
    items: int
    raw_marks: float
    parts: list[BlueprintPart]
    sections: list[BlueprintSection]
    listening: ListeningRules

    def section(self, key: str) -> BlueprintSection:
        return next(section for section in self.sections if section.key == key)

    def part_of(self, section: str) -> PartKey:
        return next(part.key for part in self.parts if section in part.sections)

    def slots(self) -> Iterator[tuple[BlueprintSection, str]]:
        """Every slot with its section, in the order of the paper."""
        return ((section, slot) for section in self.sections for slot in section.slots)


Minutes = Annotated[float, Field(gt=0, allow_inf_nan=False)]
"""Of a clock: a short trial of the day breaks them, so that each part passes within seconds."""


class ClockPart(Body):
    key: Literal["writing", "listening", "collection", "reading"]
    minutes: Minutes
    sections: list[str]
    is_extensible: bool


class ClockBody(Fact):
    parts: list[ClockPart]
    section_minutes: dict[str, Minutes]


class NormalFit(Body):
    mean: float
    sd: float


class NormTotal(Body):
    """``below``: per cent of the norm group below a reported score."""

    highest: int
    reported_from: int
    pass_convention: int
    normal_fit: NormalFit
    below: dict[int, int]


class NormSection(Body):
    highest: int
    sections: list[str]
    below: dict[int, int]


class NormBody(Fact):
    total: NormTotal
    sections: dict[str, NormSection]


class Band(Body):
    anchor: int
    lowest: int
    highest: int
    about: Words


class RubricBody(Fact):
    highest: int
    short_script_penalty: dict[int, int] | None
    bands: list[Band]


class Named(Body):
    zh: Text
    en: Text
    about: str = ""


class VocabularyBody(Fact):
    """A list of names that content may use: the traps or the skills."""

    names: dict[str, Named]
