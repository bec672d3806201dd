"""What marking needs of a paper: for each slot its key, its marks, and what a wrong choice says of the student."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from siji.bank.bodies import Essay, Translation
from siji.bank.content import PAPERS_KEPT, PlacedItem, content_of
from siji.bank.facts import ItemKindKey
from siji.bank.models import Paper
from siji.bank.traps import all_traps


@dataclass(frozen=True, slots=True)
class KeyRow:
    """``key`` is "" for an essay or a translation. ``traps``: letter → name in traps.yaml, every wrong letter."""

    kind: ItemKindKey
    key: str
    marks: float
    section: str
    skills: tuple[str, ...]
    traps: dict[str, str]


def answer_key(paper: Paper) -> dict[str, KeyRow]:
    """By slot, in the order of the paper. Kept in the process: do not change it."""
    return _answer_key(paper.pk)


@lru_cache(maxsize=PAPERS_KEPT)
def _answer_key(paper_id: int) -> dict[str, KeyRow]:
    return {slot: _row(item) for slot, item in content_of(Paper(pk=paper_id)).items.items()}


def _row(item: PlacedItem) -> KeyRow:
    key, traps = "", {}
    if not isinstance(item.body, Essay | Translation):
        passage = item.passage.body if item.passage else None
        key, traps = item.body.key, {letter: trap.trap for letter, trap in all_traps(item.body, passage).items()}
    return KeyRow(item.body.kind, key, item.marks, item.section, item.skills, traps)
