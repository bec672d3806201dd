"""Results as tables for the school's own books: a course's gradebook, and one assignment in detail.

As on the page of results, what counts is each active student's latest closed attempt. Students are read in steps, so that the
memory does not grow with the class.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from django.db.models import FloatField, IntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone

from siji.bank.content import content_of
from siji.courses.models import Assignment, AssignmentMode, Course, Enrollment
from siji.locale import Locale, said
from siji.practice.exports.words import MAKERS, MEANWHILE_MAKERS, STATES, Word, word
from siji.practice.reporting import ESTIMATE_NOTE
from siji.practice.results import latest_attempts, written_marks
from siji.practice.schemas import StateName, WrittenMark
from siji.practice.timing import database_now
from siji.practice.views import state_of
from siji.problems import Words
from siji.storage.spreadsheets import Cell, Column, Sheet, write_book

STEP = 200
WRITTEN = ("writing", "translation")
MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Sat:
    """What one attempt adds to a row."""

    raw: float | None = None
    low: int | None = None
    high: int | None = None
    sections: Mapping[str, float | None] = field(default_factory=dict)
    """Marks by section; None while its script waits."""
    written: Mapping[str, WrittenMark] = field(default_factory=dict)
    """By section, provisional ones too."""
    state: StateName | None = None
    number: int | None = None
    submitted_at: datetime | None = None

    def maker(self, section: str, locale: Locale) -> str:
        mark = self.written.get(section)
        if mark is None:
            return ""
        if not mark.is_provisional:
            return said(MAKERS[mark.by], locale)
        return f"{said(MEANWHILE_MAKERS[mark.by], locale)} {word(Word.MEANWHILE, locale).format(value=f'{mark.value:g}')}".strip()

    def estimate(self, work: SetWork) -> list[Cell]:
        return [self.low, self.high] if work.has_estimate else []


NOTHING = Sat()


@dataclass(frozen=True, slots=True)
class SetWork:
    """An assignment as the columns have it. ``sections``: what is set of the paper with its marks, in the paper's order."""

    id: int
    title: str
    sections: Mapping[str, float]
    names: Mapping[str, Words]
    has_estimate: bool

    @classmethod
    def of(cls, assignment: Assignment) -> SetWork:
        content = content_of(assignment.paper)
        names = {section.key: section.title for section in content.blueprint.sections}
        marks: dict[str, float] = {}
        for item in content.items.values():
            if not assignment.sections or item.section in assignment.sections:
                marks[item.section] = marks.get(item.section, 0) + item.marks
        has_estimate = assignment.mode == AssignmentMode.EXAM and not assignment.sections
        return cls(assignment.pk, assignment.title, marks, {str(key): name for key, name in names.items()}, has_estimate)

    @property
    def most(self) -> float:
        return sum(self.sections.values())

    @property
    def written(self) -> list[str]:
        return [key for key in WRITTEN if key in self.sections]


def gradebook(*, course: Course, locale: Locale) -> BinaryIO:
    """Students × assignments: marks, the estimate's range, writing and translation, and how far each student is."""
    works = [SetWork.of(one) for one in Assignment.objects.filter(course=course).select_related("paper").order_by("pk")]
    columns = [*_person_columns(locale), Column(word(Word.PROGRESS, locale), 10)]
    columns += [column for work in works for column in _short_columns(work, locale)]
    rows = (
        [*_person(seat), float(seat.progress), *(cell for work in works for cell in _short(work, sat.get(work.id), locale))]
        for seat, sat in _seats(course.pk, works)
    )
    return write_book([Sheet(word(Word.GRADEBOOK, locale), columns, rows, frozen=3), _notes(locale)])


def _person_columns(locale: Locale) -> list[Column]:
    widths = {Word.STUDENT_NUMBER: 16, Word.NAME: 14, Word.CLASS: 18}
    return [Column(word(which, locale), width) for which, width in widths.items()]


def _person(seat: Enrollment) -> list[Cell]:
    return [seat.student.student_number, seat.student.name, seat.student.administrative_class]


def _short_columns(work: SetWork, locale: Locale) -> list[Column]:
    """Each heading names its assignment, so that the table can be sorted and filtered by one line of headings."""
    columns = [Column(_of(f"{work.title} {word(Word.RAW, locale)}", work.most), 16)]
    if work.has_estimate:
        columns += [Column(f"{work.title} {word(which, locale)}", 14) for which in (Word.LOW, Word.HIGH)]
    named = {key: said(work.names[key], locale) for key in work.written}
    for key, name in named.items():
        columns.append(Column(_of(f"{work.title} {name}", work.sections[key]), 14))
        columns.append(Column(f"{work.title} {name} {word(Word.MARKED_BY, locale)}", 22))
    return columns


def _short(work: SetWork, sat: Sat | None, locale: Locale) -> list[Cell]:
    sat = sat or NOTHING
    marks = [cell for key in work.written for cell in (sat.sections.get(key), sat.maker(key, locale))]
    return [sat.raw, *sat.estimate(work), *marks]


def _of(heading: str, most: float) -> str:
    return f"{heading} / {most:g}"


def assignment_results(*, assignment: Assignment, locale: Locale) -> BinaryIO:
    """One row a student, with the marks of each section."""
    work = SetWork.of(assignment)
    rows = ([*_person(seat), *_detail(work, sat.get(work.id), locale)] for seat, sat in _seats(assignment.course_id, [work]))
    return write_book([Sheet(work.title, _detail_columns(work, locale), rows, frozen=3), _notes(locale)])


def _detail_columns(work: SetWork, locale: Locale) -> list[Column]:
    columns = [
        *_person_columns(locale),
        Column(word(Word.STATE, locale), 14),
        Column(word(Word.NUMBER, locale), 8),
        Column(word(Word.SUBMITTED, locale), 18, MOMENT),
        Column(_of(word(Word.RAW, locale), work.most), 14),
    ]
    if work.has_estimate:
        columns += [Column(word(which, locale), 12) for which in (Word.LOW, Word.HIGH)]
    columns += [Column(_of(said(work.names[key], locale), most), 16) for key, most in work.sections.items()]
    marked_by = word(Word.MARKED_BY, locale)
    return columns + [Column(f"{said(work.names[key], locale)} {marked_by}", 22) for key in work.written]


def _detail(work: SetWork, sat: Sat | None, locale: Locale) -> list[Cell]:
    state = STATES[sat.state if sat else None]
    sat = sat or NOTHING
    marks = (sat.sections.get(key) for key in work.sections)
    makers = (sat.maker(key, locale) for key in work.written)
    return [said(state, locale), sat.number, sat.submitted_at, sat.raw, *sat.estimate(work), *marks, *makers]


def _seats(course_id: int, works: Sequence[SetWork]) -> Iterator[tuple[Enrollment, dict[int, Sat]]]:
    """Active students in the order in which they came, each with what they sat by assignment."""
    active, after = Enrollment.objects.active().filter(course=course_id).select_related("student").order_by("pk"), 0
    while step := list(active.filter(pk__gt=after)[:STEP]):
        found = _sat([work.id for work in works], [seat.student_id for seat in step])
        yield from ((seat, found.get(seat.student_id, {})) for seat in step)
        after = step[-1].pk


def _sat(assignments: Sequence[int], students: Sequence[int]) -> dict[int, dict[int, Sat]]:
    now, found = database_now(), dict[int, dict[int, Sat]]()
    rows = latest_attempts(assignments, students).annotate(
        raw=Cast(KT("result__raw"), FloatField()),
        low=Cast(KT("result__estimate__total__low"), IntegerField()),
        high=Cast(KT("result__estimate__total__high"), IntegerField()),
        by_section=KT("result__sections"),
    )
    for attempt in rows:
        found.setdefault(attempt.student_id, {})[attempt.assignment_id or 0] = _one(attempt, now)
    return found


def _one(attempt: Any, now: datetime) -> Sat:
    """``attempt`` comes from ``_sat``. An open one has no marks yet."""
    sections = json.loads(attempt.by_section) if attempt.by_section else []
    return Sat(
        raw=attempt.raw,
        low=attempt.low,
        high=attempt.high,
        sections={section["key"]: section["raw"] for section in sections},
        written={mark.section: mark for mark in written_marks(sections)},
        state=state_of(attempt, now),
        number=attempt.number,
        submitted_at=attempt.submitted_at or attempt.closed_at,
    )


def _notes(locale: Locale) -> Sheet:
    lines: list[list[Cell]] = [[said(ESTIMATE_NOTE, locale)], [word(Word.NOTE_LATEST, locale)], [word(Word.NOTE_BLANK, locale)]]
    lines.append([word(Word.NOTE_MAKERS, locale)])
    lines.append([word(Word.NOTE_MADE, locale).format(at=timezone.localtime(database_now()).strftime("%Y-%m-%d %H:%M"))])
    return Sheet(word(Word.NOTES, locale), [Column(word(Word.NOTES, locale), 100)], lines)
