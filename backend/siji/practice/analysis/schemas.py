"""What the interface says of how a class did: an assignment, one of its items, a whole course."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from siji.bank.schemas import ItemOut, PassageOut, SectionKey
from siji.problems import Words
from siji.schema import Schema

FlagName = Literal["hard", "easy", "weak", "negative", "trap"]
"""hard, easy: facility below 0.3, above 0.9. weak, negative: discrimination below 0.2, below 0. trap: a wrong choice drew more
than the key."""


class Analysed(Schema):
    """The assignment that the figures are of."""

    assignment: int
    title: str
    course: int
    course_name: str
    paper: int
    paper_title: Words
    mode: Literal["exam", "practice"]


class SpreadOut(Schema):
    """Per cent of the marks that could be reached in what is marked so far; null without anybody."""

    students: int
    mean: float | None
    median: float | None
    deviation: float | None
    lowest: float | None
    highest: float | None
    bins: list[int]
    """Ten counts: 0–10 %, 10–20 % … 90–100 %."""


class SectionFigures(Schema):
    key: SectionKey
    percent: float
    """Marks reached of marks that could be reached, over everybody whose section is marked."""
    mean_raw: float
    raw_of: float
    students: int


class SkillFigures(Schema):
    skill: str
    name: Words
    correct: int
    answers: int
    percent: float


class WrongChoice(Schema):
    letter: str
    count: int
    trap: Words | None
    """Null for a letter that was never offered."""


class ItemRow(Schema):
    slot: str
    section: SectionKey
    students: int
    correct: int
    blank: int
    facility: float
    """Share of right answers, 0–1; a blank is wrong."""
    discrimination: float | None
    """Facility among the best 27 % less that among the last 27 %, by objective marks; null with fewer than ten students."""
    point_biserial: float | None
    """Correlation with the marks in all other items; null too where nothing varies."""
    top_wrong: WrongChoice | None
    flags: list[FlagName]


class AssignmentAnalysis(Schema):
    """Over the latest closed attempt of each active student."""

    about: Analysed
    students: int
    """Active in the course."""
    sat: int
    waiting_scripts: int
    """Of those attempts: their marks are not in the figures yet."""
    caution: Words | None
    """What the number of students allows to be said; null from thirty on."""
    spread: SpreadOut
    sections: list[SectionFigures]
    skills: list[SkillFigures]
    items: list[ItemRow]


class Answerer(Schema):
    id: int
    name: str
    student_number: str
    attempt: UUID


class ChoiceFigures(Schema):
    letter: str
    """"" for a blank."""
    count: int
    is_key: bool
    trap: Words | None
    students: list[Answerer]


class ItemAnalysis(Schema):
    """One item with its passage, its key and what the class answered."""

    about: Analysed
    row: ItemRow
    item: ItemOut
    passage: PassageOut | None
    choices: list[ChoiceFigures]
    caution: Words | None
    before: str | None
    after: str | None
    """The slots of the items beside it; null at the ends."""


class CoursePoint(Schema):
    """One assignment on the line of a course, in the order they were set."""

    assignment: int
    title: str
    percent: float
    sat: int


class WeakItem(Schema):
    assignment: int
    title: str
    slot: str
    section: SectionKey
    students: int
    facility: float
    top_wrong: WrongChoice | None


class CourseAnalysis(Schema):
    """Over the latest closed attempt of each active student at each assignment."""

    course: int
    name: str
    students: int
    trend: list[CoursePoint]
    spread: SpreadOut
    """Of each student's mean over the assignments they have done."""
    sections: list[SectionFigures]
    skills: list[SkillFigures]
    weakest: list[WeakItem]
    """The items with the lowest facility, at most twelve, among those that at least five students sat."""
