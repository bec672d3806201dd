"""While a paper is set to a student as an exam, its keys, transcripts and free listening are closed to them. Pure.

One rule for every way to a key: practice, an exam of one's own, the report of the exam itself. An exam counts as set from the
moment it is assigned until nobody can sit it any more: every window is over, exceptions included; no room waits for its start;
nobody who has not sat it may still come late; nobody is writing. A teacher's release opens the keys sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Standing = Literal["not_sat", "writing", "handed_in"]
ReleaseName = Literal["on_submission", "after_window", "by_teacher"]
Reason = Literal["you_write", "by_teacher", "not_sat", "room", "window", "late_starts", "others_write"]


@dataclass(frozen=True, slots=True)
class SetExam:
    """An exam as it stands for one student now. Windows are half open: at ``closes_at`` they are over; None has no end."""

    assignment: int
    title: str
    paper: str
    """Slug: every version of a paper is the same secret."""
    mine: Standing
    release: ReleaseName
    is_released: bool
    closes_at: datetime | None
    """This student's window, their exception counted in."""
    last_closes_at: datetime | None
    """The last window of anybody."""
    awaits_room: bool
    may_come_late: bool
    """Late starts are taken, and somebody of the course has not sat it."""
    others_write: bool
    is_course_active: bool = True
    """In a course that is over nobody begins; who writes may finish."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What keys wait for. ``until``: not before then; None where it is not a matter of time alone."""

    reason: Reason
    assignment: int
    title: str
    until: datetime | None = None


def longest_wait(exams: Iterable[SetExam], at: datetime) -> Wait | None:
    """The one that ends last; None where the keys may be seen."""
    waits = [wait for exam in exams if (wait := wait_for(exam, at)) is not None]
    return max(waits, key=lambda wait: (wait.until is None, wait.until or at, wait.assignment), default=None)


def wait_for(exam: SetExam, at: datetime) -> Wait | None:
    found = _reason(exam, at)
    return None if found is None else Wait(found[0], exam.assignment, exam.title, found[1])


_Found = tuple[Reason, datetime | None] | None


def _reason(exam: SetExam, at: datetime) -> _Found:
    """Who waits in a room that never starts is not writing for ever: the release ends that too."""
    if exam.mine == "writing" and not (exam.is_released and exam.awaits_room):
        return "you_write", None
    if exam.is_released:
        return _until_sat(exam, at)
    if exam.release == "by_teacher":
        return "by_teacher", None
    if exam.release == "on_submission" and exam.mine == "handed_in":
        return None
    return _until_over(exam, at)


def _until_sat(exam: SetExam, at: datetime) -> _Found:
    """The keys are out, so they are closed only to who may still sit the exam within a window."""
    if exam.mine == "handed_in" or not exam.is_course_active or not _is_open(exam.closes_at, at):
        return None
    return "not_sat", exam.closes_at


def _until_over(exam: SetExam, at: datetime) -> _Found:
    if exam.is_course_active:
        if exam.awaits_room:
            return "room", None
        if _is_open(exam.last_closes_at, at):
            return "window", exam.last_closes_at
        if exam.may_come_late:
            return "late_starts", None
    return ("others_write", None) if exam.others_write else None


def _is_open(closes_at: datetime | None, at: datetime) -> bool:
    return closes_at is None or at < closes_at
