"""Setting work: assignments, what is different for single students, the start of a room, the release of keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.functions import Now

from siji.accounts import audit, notices
from siji.accounts.models import User
from siji.bank.audio.recordings import lacks_times
from siji.bank.models import Paper
from siji.bank.reading import papers_for
from siji.courses import progress, telling
from siji.courses.actions import subject
from siji.courses.changed import course_changed
from siji.courses.models import Assignment, AssignmentException, AssignmentMode, Course, Enrollment, ProgressStatus, StartKind
from siji.courses.window import window_of
from siji.problems import Refusal, not_found, refusal_on
from siji.storage.streams import publish

FIXED_ONCE_BEGUN = {"paper", "sections", "mode", "start"}


def create_assignment(*, by: User, course: Course, fields: dict[str, Any]) -> Assignment:
    """Raises Refusal (422): a paper that cannot be chosen, sections it lacks, a window that closes before it opens."""
    return assign_paper(by=by, course=course, paper=_paper(by, fields.pop("paper")), fields=fields)


def assign_paper(*, by: User, course: Course, paper: Paper, fields: dict[str, Any]) -> Assignment:
    """Also of a paper that only this assignment leads to. Raises Refusal as ``create_assignment``."""
    _check(paper, fields)
    fields["sections"] = in_paper_order(paper, fields.get("sections", []))
    with transaction.atomic():
        progress.lock_course(course.pk)
        row = Assignment.objects.create(course=course, paper=paper, created_by=by, **fields)
        progress.make_rows(course.pk)
        progress.recount(course.pk)
        audit.record(actor=by, action="assignment.created", subject=subject(course), detail={"assignment": row.pk})
        telling.tell_assigned(row)
        course_changed(course)
    row.refresh_from_db()
    return row


def change_assignment(*, by: User, assignment: Assignment, changes: dict[str, Any]) -> Assignment:
    """Raises Refusal: 409 ``begun`` for what is fixed once somebody has begun, 422 as ``create_assignment``."""
    with transaction.atomic():
        progress.lock_course(assignment.course_id)
        assignment = _held(assignment.pk)
        if FIXED_ONCE_BEGUN & _really_changed(assignment, changes) and has_begun(assignment):
            raise Refusal(
                "begun",
                zh="已经有学生开始作答，试卷、部分、方式和开考方式不能再改。可以另建一个作业。",
                en="Somebody has begun: paper, sections, mode and start are fixed. Create another assignment instead.",
            )
        if "closes_at" in _really_changed(assignment, changes):
            telling.forget_date(assignment.pk)
        if "paper" in changes:
            changes["paper"] = _paper(by, changes["paper"])
        for name, value in changes.items():
            setattr(assignment, name, value)
        _check(assignment.paper, _fields(assignment))
        assignment.sections = in_paper_order(assignment.paper, assignment.sections)
        assignment.save(update_fields={*changes, "sections"})
        progress.recount(assignment.course_id)
        audit.record(actor=by, action="assignment.changed", subject=f"assignment:{assignment.pk}", detail=_plain(changes))
        course_changed(assignment.course)
    return assignment


def _really_changed(assignment: Assignment, changes: dict[str, Any]) -> set[str]:
    now = {**_fields(assignment), "paper": assignment.paper_id}
    return {name for name, value in changes.items() if now.get(name) != value}


def _fields(assignment: Assignment) -> dict[str, Any]:
    names = ("sections", "mode", "start", "opens_at", "closes_at")
    return {name: getattr(assignment, name) for name in names}


def _plain(changes: dict[str, Any]) -> dict[str, Any]:
    """As JSON can hold it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else getattr(value, "pk", value) for name, value in changes.items()
    }


def _paper(by: User, paper_id: int) -> Paper:
    paper = papers_for(by).filter(pk=paper_id).first()
    if paper is None:
        raise refusal_on("paper", "invalid", zh="没有这套试卷。", en="There is no such paper.")
    return paper


def _check(paper: Paper, fields: dict[str, Any]) -> None:
    known = set(paper.slots.values_list("section", flat=True))
    if unknown := [section for section in fields.get("sections", []) if section not in known]:
        names = ", ".join(unknown)
        raise refusal_on("sections", "invalid", zh=f"试卷没有这些部分：{names}。", en=f"Not in this paper: {names}.")
    _check_window(fields.get("opens_at"), fields.get("closes_at"))
    if fields.get("mode", AssignmentMode.EXAM) == AssignmentMode.EXAM and lacks_times(paper, fields.get("sections", [])):
        zh = "这套试卷用的是老师上传的录音，还没有填各节的开始时间，不能只考听力的一部分。请先在试卷页填写。"
        en = "Nobody has said where the sections of this paper's recording begin: enter that on the paper's page first."
        raise refusal_on("sections", "recording_untimed", zh=zh, en=en)
    if fields.get("start") == StartKind.ROOM and fields.get("mode") == AssignmentMode.PRACTICE:
        zh, en = "练习不计时，不能统一开考。", "Practice has no clock to start."
        raise refusal_on("start", "invalid", zh=zh, en=en)


def _check_window(opens_at: datetime | None, closes_at: datetime | None) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        zh, en = "截止时间要晚于开放时间。", "The closing must be after the opening."
        raise refusal_on("closes_at", "invalid", zh=zh, en=en)


def _held(assignment_id: int) -> Assignment:
    """The row as it is now. Attempts that are just being begun share it (``progress.mark_started``); after this they are seen."""
    held = Assignment.objects.select_for_update(of=("self",)).select_related("paper", "course")
    return held.get(pk=assignment_id)


def in_paper_order(paper: Paper, sections: list[str]) -> list[str]:
    """Each once, however they were ticked."""
    order = dict.fromkeys(paper.slots.values_list("section", flat=True)) if sections else {}
    return [section for section in order if section in sections]


def has_begun(assignment: Assignment) -> bool:
    return assignment.progress.exclude(status=ProgressStatus.NOT_STARTED).exists()


def delete_assignment(*, by: User, assignment: Assignment) -> None:
    """Raises Refusal (409 ``begun``) once somebody has begun."""
    begun = Refusal(
        "begun", zh="已经有学生开始作答，不能删除。可以把它改为非必做。", en="Somebody has begun: it cannot be deleted."
    )
    course_id, key = assignment.course_id, assignment.pk
    with transaction.atomic():
        progress.lock_course(course_id)
        _held(key)
        if has_begun(assignment):
            raise begun
        try:
            assignment.delete()
        except ProtectedError:
            raise begun from None
        progress.recount(course_id)
        notices.withdraw(cause=telling.cause_of(key))
        audit.record(actor=by, action="assignment.deleted", subject=f"course:{course_id}", detail={"assignment": key})
        course_changed(assignment.course)


def start_room(*, by: User, assignment: Assignment) -> Assignment:
    """The clock starts for the whole room, by the database's time. A second call finds the first start."""
    if assignment.start != StartKind.ROOM:
        raise Refusal("not_a_room", zh="这个作业由学生各自开始。", en="Students start this assignment for themselves.")
    with transaction.atomic():
        started = Assignment.objects.filter(pk=assignment.pk, room_started_at=None).update(room_started_at=Now())
        if started:
            audit.record(actor=by, action="room.started", subject=f"assignment:{assignment.pk}")
            telling.tell_room_started(assignment)
            publish(f"assignment:{assignment.pk}")
            course_changed(assignment.course)
    assignment.refresh_from_db()
    return assignment


def release_keys(*, by: User, assignment: Assignment) -> Assignment:
    with transaction.atomic():
        released = Assignment.objects.filter(pk=assignment.pk, keys_released_at=None).update(keys_released_at=Now())
        if released:
            audit.record(actor=by, action="keys.released", subject=f"assignment:{assignment.pk}")
            telling.tell_returned(assignment)
            course_changed(assignment.course)
    assignment.refresh_from_db()
    return assignment


def put_exception(*, by: User, assignment: Assignment, student_id: int, fields: dict[str, Any]) -> AssignmentException:
    """What is different for one student of the course; it replaces what was different before. Raises Refusal: 404, 409, 422."""
    own = AssignmentException(opens_at=fields.get("opens_at"), closes_at=fields.get("closes_at"))
    _check_window(*window_of(assignment, own))
    with transaction.atomic():
        progress.lock_course(assignment.course_id)
        if not Enrollment.objects.active().filter(course=assignment.course_id, student=student_id).exists():
            raise not_found()
        _refuse_time_that_comes_too_late(assignment, student_id, fields)
        before = _own_end(assignment, student_id)
        row, _ = AssignmentException.objects.update_or_create(
            assignment=assignment, student_id=student_id, defaults={**fields, "created_by": by}
        )
        progress.recount(assignment.course_id, student_id=student_id)
        if row.closes_at != before:
            telling.forget_date(assignment.pk, student_id=student_id)
        detail = {"student": student_id, **_plain(fields)}
        audit.record(actor=by, action="exception.set", subject=f"assignment:{assignment.pk}", detail=detail)
        course_changed(assignment.course)
    return row


def _own_end(assignment: Assignment, student_id: int) -> datetime | None:
    """The end of a window of this student's own, where there is one."""
    return assignment.exceptions.filter(student=student_id).values_list("closes_at", flat=True).first()


def _refuse_time_that_comes_too_late(assignment: Assignment, student_id: int, fields: dict[str, Any]) -> None:
    """A timetable is laid out when an attempt begins: a percentage given after that would silently change nothing."""
    before = assignment.exceptions.filter(student=student_id).values_list("extra_percent", flat=True).first() or 0
    if fields.get("extra_percent", before) == before or assignment.mode == AssignmentMode.PRACTICE:
        return
    if assignment.progress.filter(student=student_id, status=ProgressStatus.IN_PROGRESS).exists():
        raise Refusal(
            "is_writing",
            zh="这名学生正在作答，按百分比加时只对还没开始的作答有效。请在“作答情况与处理”里直接加时。",
            en="This student is writing: a percentage holds for attempts not yet begun. Give minutes to the running one instead.",
        )


def delete_exception(*, by: User, assignment: Assignment, student_id: int) -> None:
    with transaction.atomic():
        progress.lock_course(assignment.course_id)
        if _own_end(assignment, student_id) is not None:
            telling.forget_date(assignment.pk, student_id=student_id)
        gone, _ = assignment.exceptions.filter(student=student_id).delete()
        progress.recount(assignment.course_id, student_id=student_id)
        if gone:
            detail = {"student": student_id}
            audit.record(actor=by, action="exception.removed", subject=f"assignment:{assignment.pk}", detail=detail)
            course_changed(assignment.course)
