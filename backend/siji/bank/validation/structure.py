"""Counts: sections, slots, groups, names; and the blueprint against itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from siji.bank.facts import BlueprintBody, BlueprintSection
from siji.bank.findings import Finding
from siji.bank.sources import SectionSource
from siji.bank.validation.scope import Scope, about


def check_blueprint(blueprint: BlueprintBody) -> Iterator[Finding]:
    """Its items and marks add up to what it says, and each section is in one part."""
    file = f"blueprints/{blueprint.name}.yaml"
    slots = [slot for _, slot in blueprint.slots()]
    marks = sum(section.marks_each for section, _ in blueprint.slots())
    if len(slots) != blueprint.items or len(set(slots)) != len(slots):
        yield Finding(
            file,
            "",
            "blueprint_items",
            f"各部分共有 {len(slots)} 题，蓝图写的是 {blueprint.items} 题。",
            f"The sections hold {len(slots)} items; the blueprint says {blueprint.items}.",
        )
    if marks != blueprint.raw_marks:
        yield Finding(
            file,
            "",
            "blueprint_marks",
            f"各题分值之和为 {marks:g}，蓝图写的是 {blueprint.raw_marks:g}。",
            f"The items' marks add up to {marks:g}; the blueprint says {blueprint.raw_marks:g}.",
        )
    in_parts = [section for part in blueprint.parts for section in part.sections]
    if in_parts != [section.key for section in blueprint.sections]:
        yield Finding(
            file,
            "",
            "blueprint_parts",
            "每个 section 必须按顺序恰好属于一个 part。",
            "Each section belongs to exactly one part, in order.",
        )


def check_references(scope: Scope) -> Iterator[Finding]:
    """The clock, norm table and rubrics that the paper names exist, one rubric for each written slot."""
    paper, content = scope.paper.about, scope.content
    wanted: list[tuple[str, Container[str]]] = [(paper.clock, content.clocks), (paper.norm, content.norms)]
    wanted += [(rubric, content.rubrics) for rubric in paper.rubrics.values()]
    for name, known in wanted:
        if name not in known:
            yield Finding(scope.paper.file, "", "reference", f"没有 {name} 这个文件。", f"There is no {name}.")
    written = {slot for section, slot in scope.blueprint.slots() if section.kind in ("essay", "translation")}
    if set(paper.rubrics) != written:
        slots = ", ".join(sorted(written))
        yield Finding(scope.paper.file, "", "rubrics", f"rubrics 必须正好写 {slots}。", f"rubrics must name exactly {slots}.")


def check_sections(scope: Scope) -> Iterator[Finding]:
    """Every section is there with exactly the blueprint's slots, in order and of its kind."""
    for wanted in scope.blueprint.sections:
        section = scope.paper.sections.get(wanted.key)
        if section is None:
            yield Finding(scope.paper.file, "", "no_section", f"缺少 {wanted.key}.yaml。", f"{wanted.key}.yaml is missing.")
            continue
        yield from _check_slots(wanted, section)
        for item in section.items:
            if item.body.kind != wanted.kind:
                yield about(
                    item,
                    "kind",
                    zh=f"这一部分的题型是 {wanted.kind}，这里却是 {item.body.kind}。",
                    en=f"This section takes {wanted.kind}, not {item.body.kind}.",
                )


def _check_slots(wanted: BlueprintSection, section: SectionSource) -> Iterator[Finding]:
    slots = [item.slot for item in section.items]
    if slots == wanted.slots:
        return
    missing = ", ".join(slot for slot in wanted.slots if slot not in slots) or "—"
    extra = ", ".join(slot for slot, times in Counter(slots).items() if slot not in wanted.slots or times > 1) or "—"
    yield about(
        section,
        "slots",
        zh=f"题号应依次为 {wanted.slots[0]}–{wanted.slots[-1]}。缺少：{missing}；多余或重复：{extra}。",
        en=f"Slots should run {wanted.slots[0]}-{wanted.slots[-1]} in order. Missing: {missing}; extra or repeated: {extra}.",
    )


def check_groups(scope: Scope) -> Iterator[Finding]:
    """Items are shared among the passages in one of the ways allowed, for example 2 + 2 + 3."""
    for wanted, section in scope.sections():
        groups = [len(passage.items) for passage in section.passages]
        if wanted.groups and groups not in wanted.groups:
            ways = " / ".join("+".join(map(str, way)) for way in wanted.groups)
            found = "+".join(map(str, groups)) or "0"
            yield about(
                section,
                "groups",
                zh=f"各篇题数应为 {ways}，现在是 {found}。",
                en=f"The passages should have {ways} items; they have {found}.",
            )


def check_passages(scope: Scope) -> Iterator[Finding]:
    """Passage names are unique in the paper: timelines and later versions find a passage by its name."""
    names = Counter(passage.name for _, passage in scope.passages())
    for _, passage in scope.passages():
        if names[passage.name] > 1:
            yield about(passage, "passage_name", zh=f"名称 {passage.name} 用了两次。", en=f"The id {passage.name} is used twice.")
