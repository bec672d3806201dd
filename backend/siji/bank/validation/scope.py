"""What every rule looks at, and how it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from siji.bank.bodies import Essay, KeyedItem, Translation
from siji.bank.facts import BlueprintBody, BlueprintSection
from siji.bank.findings import Finding, Severity
from siji.bank.sources import Content, ItemSource, PaperSource, PassageSource, SectionSource


@dataclass(frozen=True, slots=True)
class Scope:
    paper: PaperSource
    content: Content
    blueprint: BlueprintBody

    def sections(self) -> Iterator[tuple[BlueprintSection, SectionSource]]:
        """The sections that are there, each with what the blueprint asks of it."""
        for wanted in self.blueprint.sections:
            if section := self.paper.sections.get(wanted.key):
                yield wanted, section

    def passages(self) -> Iterator[tuple[BlueprintSection, PassageSource]]:
        for wanted, section in self.sections():
            for passage in section.passages:
                yield wanted, passage

    def keyed_items(self) -> Iterator[tuple[PassageSource, ItemSource, KeyedItem]]:
        """Every item with a key, with the passage that proves it."""
        for _, passage in self.passages():
            for item in passage.items:
                if not isinstance(item.body, Essay | Translation):
                    yield passage, item, item.body


def about(
    source: ItemSource | PassageSource | SectionSource, code: str, *, zh: str, en: str, severity: Severity = "error"
) -> Finding:
    """A finding at its slot, passage or file."""
    if isinstance(source, ItemSource):
        place = source.slot
    elif isinstance(source, PassageSource):
        place = source.name
    else:
        place = ""
    return Finding(source.file, place, code, zh, en, severity)
