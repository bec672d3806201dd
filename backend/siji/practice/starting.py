"""Starting an attempt: who may, under which timetable, and only once however often the button is pressed.

A paper that is set as an exam opens in no other way while it is set: neither for practice nor as an exam of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from siji.accounts.models import User
from siji.bank.models import Audio, AudioState, Paper
from siji.courses import progress, window
from siji.courses.models import Assignment, StartKind
from siji.practice import clock
from siji.practice.audio import refuse_untimed
from siji.practice.clock import Sheet
from siji.practice.closing import up_to_date
from siji.practice.keys import plan_of, slots_by_section
from siji.practice.models import AssignmentExtension, Attempt, AttemptMode, Script
from siji.practice.rooms import with_its_extensions
from siji.practice.timing import database_now, end_of, is_due
from siji.practice.topics import forget_what_was_made_of, tell_room
from siji.problems import Refusal, Words, forbidden


def start_attempt(
    *,
    student: User,
    paper: Paper,
    mode: str,
    assignment: Assignment | None,
    sections: Sequence[str] = (),
    rewrite_of: Script | None = None,
) -> tuple[Attempt, bool]:
    """The open attempt if there is one, else a new one (True). ``rewrite_of``: the script that this practice writes anew.

    Raises Refusal: 403 for anybody but a student; 422 where paper or mode are not the assignment's or a section is not in the
    paper; 409 ``paper_is_set``; 409 where the assignment's window, attempts or room do not allow it.
    """
    if not student.is_student:
        raise forbidden()
    _refuse_mismatch(paper, mode, assignment, sections)
    with transaction.atomic():
        _one_start_at_a_time(student)
        attempt = _open_attempt(student, paper, mode, assignment, sections, rewrite_of)
        if attempt is not None:
            return attempt, False
        return _create(student, paper, mode, assignment, sections, rewrite_of), True


def _one_start_at_a_time(student: User) -> None:
    """A second press waits here, then finds the first one's attempt. The table's constraints say the same, as the last word."""
    User.objects.select_for_update(no_key=True).get(pk=student.pk)


def _refuse_mismatch(paper: Paper, mode: str, assignment: Assignment | None, sections: Sequence[str]) -> None:
    wrong: dict[str, Words] = {}
    if assignment is not None:
        if paper.pk != assignment.paper_id:
            wrong["paper"] = Words(zh="不是这个作业的试卷。", en="Not the paper of this assignment.")
        if mode != assignment.mode:
            wrong["mode"] = Words(zh="和作业设置的方式不同。", en=f"The assignment is set as {assignment.mode}.")
    if sections and (assignment is not None or mode == AttemptMode.EXAM):
        wrong["sections"] = Words(zh="只有自己练习时才能选题型。", en="Only practice of one's own chooses sections.")
    if wrong:
        raise Refusal(
            "mismatch",
            zh="和作业的设置不一致，请从作业页重新进入。",
            en="Not as it was set: open it from the assignment.",
            status=422,
            fields=wrong,
        )


def _open_attempt(
    student: User,
    paper: Paper,
    mode: str,
    assignment: Assignment | None,
    sections: Sequence[str],
    rewrite_of: Script | None,
) -> Attempt | None:
    """What is open and not due; what is due is closed on the way."""
    mine = Attempt.objects.filter(student=student, closed_at__isnull=True).with_everything()
    if assignment is None:
        mine = mine.filter(paper=paper, mode=mode, assignment__isnull=True, sections=list(sections), rewrite_of=rewrite_of)
    else:
        mine = mine.filter(assignment=assignment)
    found = mine.first()
    if found is None:
        return None
    attempt = up_to_date(found)
    return attempt if attempt.closed_at is None else None


def _create(
    student: User,
    paper: Paper,
    mode: str,
    assignment: Assignment | None,
    sections: Sequence[str],
    rewrite_of: Script | None,
) -> Attempt:
    now = database_now()
    attempt = Attempt(student=student, paper=paper, mode=mode, assignment=assignment, sections=list(sections))
    attempt.rewrite_of = rewrite_of
    attempt.number = _next_number(student, paper, mode, assignment)
    extra_percent = 0
    if assignment is None or mode == AttemptMode.PRACTICE:
        window.refuse_if_set(paper=paper, student=student, at=now)
    if assignment is not None:
        start = window.may_start(assignment=assignment, student=student, at=now, made=attempt.number - 1)
        extra_percent, attempt.is_late_start = start.extra_percent, start.is_late
        attempt.sections = list(assignment.sections)
    sheet = _with_the_room(attempt, _sheet(attempt, extra_percent))
    attempt.sheet = sheet.as_json()
    attempt.audio = _ready_track(paper)
    refuse_untimed(attempt)
    _set_start(attempt, sheet, now)
    attempt.save(force_insert=True)
    if assignment is not None:
        progress.mark_started(assignment=assignment, student=student)
        tell_room(attempt)
        forget_what_was_made_of([attempt])
    return attempt


def _next_number(student: User, paper: Paper, mode: str, assignment: Assignment | None) -> int:
    mine = Attempt.objects.filter(student=student)
    mine = mine.filter(assignment=assignment) if assignment else mine.filter(paper=paper, mode=mode, assignment__isnull=True)
    highest: int | None = mine.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _sheet(attempt: Attempt, extra_percent: int) -> Sheet:
    slots = {str(section): own for section, own in slots_by_section(attempt.paper).items()}
    missing = [section for section in attempt.sections if section not in slots]
    if missing:
        raise Refusal(
            "no_such_section",
            zh="这套试卷没有这个部分。",
            en="This paper has no such section.",
            status=422,
            fields=dict.fromkeys(missing, Words(zh="试卷没有这个部分。", en="Not in this paper.")),
        )
    if attempt.mode == AttemptMode.PRACTICE:
        return Sheet(free=tuple(slot for key, own in slots.items() if key in (attempt.sections or slots) for slot in own))
    plan = plan_of(attempt.paper)
    if not attempt.sections:
        return clock.whole_paper(plan, slots, extra_percent=extra_percent)
    return clock.some_sections(plan, attempt.sections, slots, extra_percent=extra_percent)


def _with_the_room(attempt: Attempt, sheet: Sheet) -> Sheet:
    """Under the assignment's lock: who is given more time at this moment is either seen here or sees this attempt."""
    room = attempt.assignment
    if room is None or room.start != StartKind.ROOM or room.room_started_at is None or not sheet.is_timed:
        return sheet
    progress.share_assignment(room.pk)
    return with_its_extensions(sheet, AssignmentExtension.objects.filter(assignment=room), room.room_started_at)


def _set_start(attempt: Attempt, sheet: Sheet, now: datetime) -> None:
    """A room shares one start: who comes late has what is left, who comes early waits."""
    is_room = attempt.assignment is not None and attempt.assignment.start == StartKind.ROOM
    attempt.started_at = attempt.assignment.room_started_at if attempt.assignment is not None and is_room else now
    if attempt.started_at is not None and sheet.is_timed:
        attempt.closes_at = end_of(attempt.started_at, sheet)
    if is_due(attempt, now):
        raise Refusal("room_is_over", zh="这场考试已经结束。", en="This exam is over.")


def _ready_track(paper: Paper) -> Audio | None:
    return paper.audio if paper.audio is not None and paper.audio.state == AudioState.READY else None
