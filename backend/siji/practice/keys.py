"""A paper as the clock and the scoring need it: slots by section, keys by slot. Parsed by the bank once a process."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from siji.bank.content import PAPERS_KEPT, content_of, content_of_id
from siji.bank.facts import SectionKey
from siji.bank.keys import KeyRow, answer_key
from siji.bank.models import Paper
from siji.courses.models import Assignment
from siji.practice.clock import Plan
from siji.practice.estimate import Norm
from siji.practice.scoring import Keyed


def slots_by_section(paper: Paper) -> Mapping[SectionKey, Sequence[str]]:
    """Section → its slots, both in the order of the paper."""
    return _slots(paper.pk)


@lru_cache(maxsize=PAPERS_KEPT)
def _slots(paper_id: int) -> Mapping[SectionKey, Sequence[str]]:
    content = content_of_id(paper_id)
    found = {
        section.key: tuple(slot for slot, item in content.items.items() if item.section == section.key)
        for section in content.blueprint.sections
    }
    return MappingProxyType(found)


def sections_of(paper: Paper, slots: Collection[str]) -> list[SectionKey]:
    """The sections that these slots belong to, in the order of the paper."""
    return [section for section, own in slots_by_section(paper).items() if own and own[0] in slots]


def assigned_slots(assignment: Assignment) -> set[str]:
    """The slots that an assignment sets: those of its sections, of the whole paper where it names none."""
    sections = slots_by_section(assignment.paper)
    return {slot for key, own in sections.items() if key in (assignment.sections or sections) for slot in own}


def plan_of(paper: Paper) -> Plan:
    return _plan(paper.pk)


@lru_cache(maxsize=PAPERS_KEPT)
def _plan(paper_id: int) -> Plan:
    return Plan.of(content_of_id(paper_id).clock.model_dump())


def norm_of(paper: Paper) -> Norm:
    return Norm.of(content_of(paper).norm.model_dump())


def keyed_items(paper: Paper, slots: Collection[str]) -> list[Keyed]:
    """The slots named, in the order of the paper, each with what decides it."""
    return [keyed(slot, row) for slot, row in answer_key(paper).items() if slot in slots]


def keyed(slot: str, row: KeyRow) -> Keyed:
    return Keyed(slot, row.section, row.marks, row.key or None, row.skills, row.traps)


def written_slots(paper: Paper, slots: Collection[str]) -> dict[str, int]:
    """Slots that are answered by a script, each with the id of the rubric it is marked by."""
    items = content_of(paper).items
    return {slot: item.rubric_id for slot, item in items.items() if slot in slots and item.rubric_id is not None}
