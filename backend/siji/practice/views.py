"""An attempt as its page sees it: state, clock, and only what may be seen now."""

from __future__ import annotations

from datetime import datetime

from siji.accounts.models import User
from siji.bank.reading import Reveal, section_views
from siji.bank.schemas import Section, SectionKey
from siji.courses.reading import withheld_out
from siji.courses.secrecy import Wait
from siji.practice import clock
from siji.practice.audio import audio_out
from siji.practice.keys import sections_of
from siji.practice.models import Attempt, AttemptMode
from siji.practice.schemas import AnswerOut, AttemptClock, AttemptOut, AttemptRow, ModeName, PartOut, StateName, SubmissionOut
from siji.practice.timing import elapsed_ms, sheet_of
from siji.practice.withholding import practice_withheld_from
from siji.problems import Words


def state_of(attempt: Attempt, now: datetime) -> StateName:
    sheet, elapsed = sheet_of(attempt), elapsed_ms(attempt, now)
    if attempt.closed_at is not None:
        return "closed" if attempt.marked_at is None else "marked"
    if not sheet.is_timed:
        return "practising"
    if elapsed is None:
        return "created"
    part = clock.open_part(sheet, elapsed)
    return "closed" if part is None else part.key  # type: ignore[return-value]  # part keys are states


def clock_view(attempt: Attempt, reader: User, now: datetime) -> AttemptClock:
    return _clock(attempt, practice_withheld_from(reader, attempt, now), now)


def _clock(attempt: Attempt, wait: Wait | None, now: datetime) -> AttemptClock:
    return AttemptClock(
        state=state_of(attempt, now),
        server_time=now,
        remaining_ms=remaining_ms(attempt, now),
        parts=_parts(attempt, now),
        audio=audio_out(attempt, now, is_free=_is_practising(attempt) and wait is None),
    )


def attempt_view(attempt: Attempt, reader: User, now: datetime) -> AttemptOut:
    assignment = attempt.assignment
    wait = practice_withheld_from(reader, attempt, now)
    answers = attempt.answers.order_by("pk")
    newest_late = attempt.late_answers.order_by("slot", "-seq", "-pk").distinct("slot")
    return AttemptOut(
        **_clock(attempt, wait, now).model_dump(),
        id=attempt.pk,
        paper=attempt.paper_id,
        paper_title=title_of(attempt),
        mode=_mode(attempt),
        assignment=attempt.assignment_id,
        course=assignment.course_id if assignment else None,
        course_name=assignment.course.name if assignment else "",
        number=attempt.number,
        sections=_visible_sections(attempt, wait, now),
        withheld=withheld_out(wait) if wait else None,
        all_sections=all_sections(attempt),
        answers=[AnswerOut(item=a.slot, seq=a.seq, value=a.value, saved_at=a.saved_at) for a in answers],
        late_answers=[AnswerOut(item=a.slot, seq=a.seq, value=a.value, saved_at=a.saved_at) for a in newest_late],
        is_late_start=attempt.is_late_start,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        closed_at=attempt.closed_at,
        marked_at=attempt.marked_at,
    )


def row_view(attempt: Attempt, now: datetime) -> AttemptRow:
    """One line of a list; needs paper, assignment and course, asks nothing more."""
    assignment = attempt.assignment
    is_closed = attempt.closed_at is not None
    estimate = attempt.result.get("estimate")
    return AttemptRow(
        id=attempt.pk,
        paper=attempt.paper_id,
        paper_title=title_of(attempt),
        mode=_mode(attempt),
        assignment=attempt.assignment_id,
        assignment_title=assignment.title if assignment else "",
        course_name=assignment.course.name if assignment else "",
        number=attempt.number,
        state=state_of(attempt, now),
        sections=all_sections(attempt),
        created_at=attempt.created_at,
        submitted_at=attempt.submitted_at,
        raw=attempt.result["raw"] if is_closed else None,
        raw_of=attempt.result["raw_of"] if is_closed else None,
        estimate=estimate["total"]["middle"] if estimate else None,
    )


def submission_view(attempt: Attempt, now: datetime) -> SubmissionOut:
    """Of a closed attempt; what its clock ended was handed in at its lock."""
    if attempt.closed_at is None:
        raise ValueError("an open attempt has no submission")
    return SubmissionOut(
        id=attempt.pk,
        state=state_of(attempt, now),
        submitted_at=attempt.submitted_at or attempt.closed_at,
        closed_at=attempt.closed_at,
    )


def title_of(attempt: Attempt) -> Words:
    return Words(zh=attempt.paper.title_zh, en=attempt.paper.title_en)


def all_sections(attempt: Attempt) -> list[SectionKey]:
    return sections_of(attempt.paper, sheet_of(attempt).slots)


def _mode(attempt: Attempt) -> ModeName:
    return "exam" if attempt.mode == AttemptMode.EXAM else "practice"


def _is_practising(attempt: Attempt) -> bool:
    return attempt.mode == AttemptMode.PRACTICE


def remaining_ms(attempt: Attempt, now: datetime) -> int | None:
    sheet, elapsed = sheet_of(attempt), elapsed_ms(attempt, now)
    if not sheet.is_timed or elapsed is None:
        return None
    return 0 if attempt.closed_at is not None else clock.remaining_ms(sheet, elapsed)


def _parts(attempt: Attempt, now: datetime) -> list[PartOut]:
    is_closed = attempt.closed_at is not None
    return [
        PartOut(
            key=at.part.key,  # type: ignore[arg-type]  # the clock's parts are the interface's
            state=at.standing,
            slots=list(at.part.slots),
            starts_in_ms=at.starts_in_ms,
            remaining_ms=at.remaining_ms,
            duration_ms=at.part.duration_ms,
        )
        for at in clock.parts_now(sheet_of(attempt), elapsed_ms(attempt, now), is_closed=is_closed)
    ]


def _visible_sections(attempt: Attempt, wait: Wait | None, now: datetime) -> list[Section]:
    """The open part of an exam; all of a practice, transcripts included. What is closed is looked at in the report.

    A practice whose paper is set as an exam meanwhile goes on without what only practice shows.
    """
    if attempt.closed_at is not None:
        return []
    if _is_practising(attempt):
        reveal = Reveal.PRACTICE if wait is None else Reveal.EXAM
        return section_views(attempt.paper, sections=all_sections(attempt), reveal=reveal)
    elapsed = elapsed_ms(attempt, now)
    part = None if elapsed is None else clock.open_part(sheet_of(attempt), elapsed)
    return [] if part is None else section_views(attempt.paper, sections=part.sections, reveal=Reveal.EXAM)
