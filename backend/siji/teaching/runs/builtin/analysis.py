"""Objectives and knowledge points by the structure of a syllabus: module, topic, detail, each with its passage. Pure.

A topic weighs by the hours the syllabus gives it, else as much as its neighbours; a detail by its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from siji.teaching.documents.blocks import Block, Document
from siji.teaching.runs.bodies import Analysis, Area, Objective, Passage, Point
from siji.teaching.runs.builtin.structure import (
    Section,
    area_of,
    content_sections,
    head_of,
    hours_in,
    objective_sections,
    passage_of,
    plain,
    rows_and_text,
    sections_of,
)

LISTED = re.compile(r"([一-鿿A-Za-z]{2,12})\s*(\d+(?:\.\d+)?)(?=\s*[，,。；;])")
LEAD = re.compile(r"^(?:\d+[.、]\s*)?([^，。；：:（(]{2,24})[（(](\d+(?:\.\d+)?)\s*(?:学时|课时)[）)][。：:，\s]*")
CLAUSE = re.compile(r"[^。；;！？]+[。；;！？]?")
COLUMN_TOPIC, COLUMN_CONTENT = "主题|单元|章节|模块|topic", "内容|重点|要求|content"
COLUMN_HOURS, COLUMN_ABLE = "学时|课时|合计|hours", "能做到|目标|要求|outcome|objective"
DIFFICULT: tuple[tuple[str, float], ...] = (
    ("难点", 0.9),
    ("重点", 0.7),
    ("推断|态度|独立|复述|转述|议论|文化|四字|分析", 0.65),
    ("理解|判断|识别|定位|训练|练习", 0.5),
    ("了解|认识|说明|导入|总结|小结", 0.3),
)
USUAL = 0.5
SHORTEST = 4
NOTED = 1.6
"""How much more what a teacher's note names weighs."""


@dataclass(slots=True)
class _Topic:
    title: str
    passage: Passage
    hours: float | None
    details: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class _Module:
    title: str
    passage: Passage
    hours: float | None
    topics: list[_Topic] = field(default_factory=list)


def analyse(document: Document, *, note: str = "") -> Analysis:
    sections = sections_of(document)
    modules = _modules(content_sections(sections))
    objectives = _objectives(objective_sections(sections)) or _from_modules(modules)
    return Analysis(objectives=objectives, points=_weighed(modules, note))


# Objectives


def _objectives(sections: Sequence[Section]) -> list[Objective]:
    found = []
    for section in sections:
        column = _column(head_of(section), COLUMN_ABLE)
        for block in rows_and_text(section):
            text = plain((_cell(block, column) if block.kind == "row" else passage_of(block)).quote)
            found.append((text, area_of(text, section.title), passage_of(block)))
    return [Objective(key=f"O{at}", text=text[:2000], area=area, passages=[one]) for at, (text, area, one) in enumerate(found, 1)]


def _from_modules(modules: Sequence[_Module]) -> list[Objective]:
    """Of a syllabus that names none: what each module teaches."""
    return [
        Objective(key=f"O{at}", text=module.title, area=area_of(module.title), passages=[module.passage])
        for at, module in enumerate(modules, 1)
    ]


# Modules, topics, details


def _modules(sections: Sequence[Section]) -> list[_Module]:
    modules: dict[str, _Module] = {}
    for section in sections:
        head = head_of(section)
        for block in rows_and_text(section):
            if block.kind == "row":
                _add_row(modules, section, head, block)
            else:
                module = modules.setdefault(section.title or "内容", _module(section, block))
                _add_text(module, block)
    return [module for module in modules.values() if module.topics]


def _module(section: Section, block: Block) -> _Module:
    heading = section.headings[-1] if section.headings else block
    return _Module(section.title or "内容", passage_of(heading), hours_in(heading.text))


def _add_row(modules: dict[str, _Module], section: Section, head: Block | None, block: Block) -> None:
    topic_cell = _cell(block, _column(head, COLUMN_TOPIC))
    content = _cell(block, _column(head, COLUMN_CONTENT))
    named, _, rest = topic_cell.quote.partition("：")
    name = named if rest else section.title or "内容"
    module = modules.setdefault(name, _Module(name, passage_of(block) if rest else _module(section, block).passage, None))
    hours = _cell(block, _column(head, COLUMN_HOURS)).quote
    number = float(hours) if re.fullmatch(r"\d+(\.\d+)?", hours) else hours_in(block.text)
    details = [_within(content, found.start(), found.end()) for found in CLAUSE.finditer(content.quote)]
    module.topics.append(_Topic(plain(rest or topic_cell.quote), passage_of(block), number, _long_enough(details)))


def _add_text(module: _Module, block: Block) -> None:
    if lead := LEAD.match(block.text):
        module.topics.append(_Topic(lead[1].strip(), passage_of(block), float(lead[2]), _details(block, lead.end())))
        return
    first = block.text.split("。")[0] + "。"
    listed = list(LISTED.finditer(first))
    if len(listed) >= 2:
        for found in listed:
            module.topics.append(_Topic(found[1], passage_of(block, *found.span()), float(found[2])))
        _share(module.topics[-len(listed) :], _details(block, len(first)))
    elif module.topics:
        _share(module.topics, _details(block, 0))
    else:
        module.topics.append(_Topic(module.title, passage_of(block), module.hours, _details(block, 0)))


def _share(topics: Sequence[_Topic], details: Sequence[Passage]) -> None:
    """A detail goes to the topic it names, else to the one with the most hours."""
    heaviest = max(topics, key=lambda topic: topic.hours or 0)
    for detail in details:
        named = next((topic for topic in topics if topic.title in detail.quote), heaviest)
        named.details.append(detail)


def _details(block: Block, start: int) -> list[Passage]:
    return _long_enough(
        [passage_of(block, *_trimmed(block.text, found.start(), found.end())) for found in CLAUSE.finditer(block.text, start)]
    )


def _long_enough(details: list[Passage]) -> list[Passage]:
    return [detail for detail in details if len(detail.quote.strip("。；;！？ ")) >= SHORTEST]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _column(head: Block | None, pattern: str) -> int | None:
    if head is None:
        return None
    return next((at for at, cell in enumerate(head.cells) if re.search(pattern, cell, re.IGNORECASE)), None)


def _cell(block: Block, column: int | None) -> Passage:
    """A cell; of a table without a head the longest. The whole row where that cell is empty."""
    at = (
        column
        if column is not None and column < len(block.cells)
        else max(range(len(block.cells)), key=lambda n: len(block.cells[n]))
    )
    start = sum(len(cell) + 3 for cell in block.cells[:at])
    return passage_of(block, start, start + len(block.cells[at])) if block.cells[at] else passage_of(block)


def _within(passage: Passage, start: int, end: int) -> Passage:
    start, end = _trimmed(passage.quote, start, end)
    quote = passage.quote[start:end]
    return Passage(page=passage.page, start=passage.start + start, end=passage.start + end, quote=quote)


# Weights


def _weighed(modules: Sequence[_Module], note: str) -> list[Point]:
    loads = [module.hours or sum(topic.hours or 0 for topic in module.topics) for module in modules]
    usual = _mean([load for load in loads if load]) or 1.0
    shares = _shares([(load or usual) * _stress(module.title, note) for load, module in zip(loads, modules, strict=True)])
    return [_point(module, f"P{at}", share, note) for at, (module, share) in enumerate(zip(modules, shares, strict=True), 1)]


def _point(module: _Module, key: str, weight: float, note: str) -> Point:
    known = _mean([topic.hours for topic in module.topics if topic.hours]) or 1.0
    shares = _shares([(topic.hours or known) * _stress(topic.title, note) for topic in module.topics])
    area = area_of(module.title)
    children = [
        _topic_point(topic, f"{key}.{at}", weight * share, area)
        for at, (topic, share) in enumerate(zip(module.topics, shares, strict=True), 1)
    ]
    return _joined(key, module.title, weight, module.passage, area, children)


def _topic_point(topic: _Topic, key: str, weight: float, module_area: Area) -> Point:
    details = topic.details or [topic.passage]
    shares = _shares([float(len(detail.quote)) for detail in details])
    area = module_area if module_area != "other" else area_of(topic.title)
    children = [
        Point(
            key=f"{key}.{at}",
            title=plain(detail.quote),
            area=area,
            weight=weight * share,
            difficulty=_difficulty(detail.quote),
            passages=[detail],
        )
        for at, (detail, share) in enumerate(zip(details, shares, strict=True), 1)
    ]
    return _joined(key, topic.title, weight, topic.passage, area, children)


def _joined(key: str, title: str, weight: float, passage: Passage, area: Area, children: list[Point]) -> Point:
    hard = sum(child.difficulty * child.weight for child in children) / weight if weight else USUAL
    return Point(
        key=key, title=title, area=area, weight=weight, difficulty=round(min(hard, 1.0), 3), passages=[passage], children=children
    )


def _stress(title: str, note: str) -> float:
    return NOTED if is_named(title, note) else 1.0


def is_named(title: str, note: str) -> bool:
    """Whether a note speaks of this: by any two neighbouring characters of the title."""
    return any(pair in note for pair in _pairs(title))


def _pairs(title: str) -> Iterator[str]:
    bare = re.sub(r"[^一-鿿]", "", title)
    return (bare[at : at + 2] for at in range(len(bare) - 1) if bare[at : at + 2] not in ("模块", "理解", "综合", "内容"))


def _difficulty(text: str) -> float:
    return next((value for pattern, value in DIFFICULT if re.search(pattern, text)), USUAL)


def _shares(values: Sequence[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
