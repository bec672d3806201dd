"""A published paper, parsed: what reading, marking and the clock ask of it.

A version never changes, so each process parses a paper once and keeps it: after the first call nothing here queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from siji.bank.bodies import (
    ClozePassage,
    Essay,
    KeyedItem,
    LongPassage,
    ReadingPassage,
    ScriptPassage,
    Translation,
    parse_item,
    parse_passage,
)
from siji.bank.facts import BlueprintBody, BlueprintSection, ClockBody, NormBody, RubricBody, VocabularyBody
from siji.bank.models import Paper, PaperItem, Passage, Vocabulary
from siji.problems import Words

PAPERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """``name`` is what the audio's timeline calls it, for example ``news-1``."""

    id: int
    name: str
    section: str
    body: ScriptPassage | ClozePassage | LongPassage | ReadingPassage
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedItem:
    id: int
    slot: str
    section: str
    marks: float
    body: KeyedItem | Essay | Translation
    skills: tuple[str, ...]
    passage: PlacedPassage | None
    rubric: RubricBody | None
    rubric_id: int | None


@dataclass(frozen=True, slots=True)
class PaperContent:
    """``items`` by slot, in the order of the paper. ``traps`` and ``skills``: the names of what content may use."""

    blueprint: BlueprintBody
    clock: ClockBody
    norm: NormBody
    items: dict[str, PlacedItem]
    traps: dict[str, Words]
    skills: dict[str, Words]

    def section(self, key: str) -> tuple[BlueprintSection, list[PlacedItem]]:
        return self.blueprint.section(key), [item for item in self.items.values() if item.section == key]

    def passages(self, key: str) -> list[PlacedPassage]:
        """Those of one section, in the order of the paper."""
        placed = {item.passage.id: item.passage for item in self.items.values() if item.passage and item.section == key}
        return list(placed.values())


def blueprint_of(paper: Paper) -> BlueprintBody:
    """No query where the blueprint came with the paper (``select_related``) or was parsed before."""
    if paper.blueprint_id not in _blueprints:
        _blueprints[paper.blueprint_id] = BlueprintBody.model_validate(paper.blueprint.body)
    return _blueprints[paper.blueprint_id]


_blueprints: dict[int, BlueprintBody] = {}


def content_of(paper: Paper) -> PaperContent:
    return content_of_id(paper.pk)


@lru_cache(maxsize=PAPERS_KEPT)
def content_of_id(paper_id: int) -> PaperContent:
    paper = Paper.objects.select_related("blueprint", "clock", "norm").get(pk=paper_id)
    slots = list(paper.slots.select_related("item__passage", "rubric"))
    blueprint = blueprint_of(paper)
    passages = _placed_passages(slots)
    return PaperContent(
        blueprint=blueprint,
        clock=ClockBody.model_validate(paper.clock.body),
        norm=NormBody.model_validate(paper.norm.body),
        items={slot.slot: _placed_item(slot, blueprint, passages) for slot in slots},
        traps=_names("traps"),
        skills=_names("skills"),
    )


def _placed_passages(slots: list[PaperItem]) -> dict[int, PlacedPassage]:
    found: dict[int, tuple[Passage, str, list[str]]] = {}
    for slot in slots:
        if passage := slot.item.passage:
            found.setdefault(passage.pk, (passage, slot.section, []))[2].append(slot.slot)
    return {
        key: PlacedPassage(key, passage.lineage.rpartition("/")[2], section, parse_passage(passage.body), tuple(names))
        for key, (passage, section, names) in found.items()
    }


def _placed_item(slot: PaperItem, blueprint: BlueprintBody, passages: dict[int, PlacedPassage]) -> PlacedItem:
    item = slot.item
    return PlacedItem(
        id=item.pk,
        slot=slot.slot,
        section=slot.section,
        marks=blueprint.section(slot.section).marks_each,
        body=parse_item(item.body),
        skills=tuple(item.skills),
        passage=passages[item.passage_id] if item.passage_id else None,
        rubric=RubricBody.model_validate(slot.rubric.body) if slot.rubric else None,
        rubric_id=slot.rubric_id,
    )


def _names(key: str) -> dict[str, Words]:
    newest = Vocabulary.objects.filter(key=key).order_by("-version").first()
    if newest is None:
        return {}
    names = VocabularyBody.model_validate(newest.body).names
    return {name: Words(zh=words.zh, en=words.en) for name, words in names.items()}
