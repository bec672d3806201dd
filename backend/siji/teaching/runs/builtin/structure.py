"""A syllabus as its sections: which say what is to be reached, which what is taught, and which neither. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from siji.teaching.documents.blocks import Block, Document
from siji.teaching.runs.bodies import Area, Passage

OBJECTIVES = re.compile("目标|应当会|应该会|学完后|能力要求|教学要求与|objective|outcome|goal", re.IGNORECASE)
CONTENT = re.compile("教学内容|内容与|课程内容|主要内容|每周安排|教学安排|content|topics", re.IGNORECASE)
SCHEDULE = re.compile("进度|日程|schedule|calendar|week", re.IGNORECASE)
APART = re.compile(
    "考核|成绩|评价|教材|资料|资源|说明|其他|注意|附录|方法|性质|任务$|目的|作业|常见问题|答疑|学时分配|课时分配|材料"
    "|assess|grading|textbook|reference|policy|policies|method",
    re.IGNORECASE,
)
NUMBERING = re.compile(
    r"^\s*(第\s*[一二三四五六七八九十百\d]+\s*[章编篇部分节单元讲周]+|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+(\.\d+)*[.、)]?|[-*•])\s*"
)
HOURS = re.compile(r"[，,（(\s]*(?:共\s*)?(\d+(?:\.\d+)?)\s*(?:学时|课时|hours?)[）)]?", re.IGNORECASE)
HEADERS = re.compile("周次|主题|内容|学时|编号|模块|章节|单元|week|topic|hours", re.IGNORECASE)
AREAS: tuple[tuple[Area, re.Pattern[str]], ...] = (
    ("listening", re.compile("听|新闻|对话|复述|listening", re.IGNORECASE)),
    ("translation", re.compile("译|translation", re.IGNORECASE)),
    ("writing", re.compile("写作|写出|作文|^写|段落写|短文写|议论文|应用文|writing|essay", re.IGNORECASE)),
    ("reading", re.compile("阅读|选词|长文|匹配|^读|长难句|reading", re.IGNORECASE)),
    ("vocabulary", re.compile("词汇|单词|搭配|语法|从句|vocabulary|grammar", re.IGNORECASE)),
)


@dataclass(slots=True)
class Section:
    """``headings``: from the outermost to its own."""

    headings: tuple[Block, ...]
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        return plain(self.headings[-1].text) if self.headings else ""

    def is_about(self, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(heading.text) for heading in self.headings[-2:])


def sections_of(document: Document) -> list[Section]:
    found = [Section(())]
    for block in document.blocks:
        if block.kind == "heading":
            outer = tuple(heading for heading in found[-1].headings if heading.level < block.level)
            found.append(Section((*outer, block)))
        else:
            found[-1].blocks.append(block)
    return [section for section in found if section.blocks]


def objective_sections(sections: Sequence[Section]) -> list[Section]:
    return [section for section in sections if section.is_about(OBJECTIVES)]


def content_sections(sections: Sequence[Section]) -> list[Section]:
    """What says it is the content; else the timetable; else all that is not about something else."""
    left = [section for section in sections if not section.is_about(OBJECTIVES) and not _is_apart(section)]
    for pattern in (CONTENT, SCHEDULE):
        if found := [section for section in left if section.is_about(pattern)]:
            return found
    return [section for section in left if section.headings] or left or list(sections)


def _is_apart(section: Section) -> bool:
    return any(APART.search(heading.text) for heading in section.headings[1:] or section.headings)


def taught_blocks(document: Document) -> list[Block]:
    """What an analysis has to cover: objectives and content, without the heads of tables."""
    sections = sections_of(document)
    chosen = [*objective_sections(sections), *content_sections(sections)]
    blocks = {block.start: block for section in chosen for block in rows_and_text(section)}
    return [blocks[start] for start in sorted(blocks)]


def rows_and_text(section: Section) -> Iterator[Block]:
    head = head_of(section)
    return (block for block in section.blocks if block is not head and not _is_sum(block))


def head_of(section: Section) -> Block | None:
    first = next((block for block in section.blocks if block.kind == "row"), None)
    return first if first is not None and sum(bool(HEADERS.search(cell)) for cell in first.cells) >= 2 else None


def _is_sum(block: Block) -> bool:
    return block.kind == "row" and block.cells[0].strip() in ("合计", "总计", "Total")


def plain(text: str) -> str:
    """Without its number, its hours and its stop."""
    bare = HOURS.sub("", NUMBERING.sub("", text)).strip(" 。：:，,；;")
    return bare[:200] or text.strip()[:200]


def hours_in(text: str) -> float | None:
    found = HOURS.search(text)
    return float(found[1]) if found else None


def area_of(*texts: str) -> Area:
    """By the first text that says one."""
    for text in texts:
        for area, pattern in AREAS:
            if pattern.search(text):
                return area
    return "other"


def passage_of(block: Block, start: int = 0, end: int | None = None) -> Passage:
    """A part of a block, counted within it."""
    stop = len(block.text) if end is None else end
    quote = block.text[start:stop]
    return Passage(page=block.page, start=block.start + start, end=block.start + stop, quote=quote)
