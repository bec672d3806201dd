"""Runs inside the product: the demo school's pages have work behind them, these have what it has not. See ``places.py``."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from story_school import account, make_school, person

from siji.accounts.actions import create_person
from siji.accounts.models import User
from siji.bank.keys import answer_key
from siji.bank.models import Paper
from siji.courses.assigning import create_assignment
from siji.courses.models import Assignment, Course
from siji.embedded.demo.sitting import Sitter, sit
from siji.jobs import work
from siji.practice.models import Attempt, Script
from siji.practice.protocol import Sent
from siji.practice.saving import save_answers
from siji.practice.starting import start_attempt
from siji.teaching.models import Draft, Run, RunStage, StageState, Syllabus
from siji.teaching.runs.actions import approve, decide_questions, newest_draft, start_run
from siji.teaching.syllabi import add_syllabus
from siji.uploads.actions import Received, Wish, append, create_upload

APPROVED = 6
"""Of a run's questions."""
A_RUN_IS_MADE = 1_704_001
"""An advisory lock that nothing else takes."""
MINUTES_IN = {"writing": 2.0, "listening": 31.0, "collection": 55.2, "reading": 61.0}


def make_tour(key: str) -> dict[str, Any]:
    """People and the ids that addresses are made of: an exam in each of its parts, reports of each kind, people without work."""
    school = make_school(key)
    student = User.objects.get(username=school["student"]["username"])
    course = Course.objects.select_related("teacher").get(pk=school["course"])
    exam = Assignment.objects.get(pk=school["exam"]["id"])
    ids: dict[str, Any] = {"story_course": course.pk}
    for part, minutes in MINUTES_IN.items():
        ids[f"in_{part}"] = str(_sitting(student, _copy(exam, part), minutes).pk)
    ids["in_practice"] = str(_practising(student, course).pk)
    ids["waiting_room"] = str(_start(student, _copy(exam, "room", start="room")).pk)
    sitter = Sitter(student, 0.0, Random(key), skips=0)
    ids["report_unmarked"] = str(sit(sitter, _copy(exam, "unmarked"), mode="exam").pk)
    ids["report_without_keys"] = str(sit(sitter, _copy(exam, "keys", key_release="by_teacher"), mode="exam").pk)
    newcomers = {role: account(person(f"new-{role}-{key}", "新来的人", role=role)) for role in ("student", "teacher")}
    return {**school, "ids": {**ids, **_in_the_demo_school()}, "newcomers": newcomers, "initial": _never_signed_in(key)}


def _never_signed_in(key: str) -> dict[str, str]:
    user, password = create_person(by=None, username=f"initial-{key}", name="初次登录")
    return {**account(user), "password": password}


def _in_the_demo_school() -> dict[str, Any]:
    first = Course.objects.filter(teacher__username="teacher01").earliest("pk")
    with _one_at_a_time():
        syllabus = _syllabus(first)
        run = _run(first, syllabus)
    scripts = Script.objects.filter(attempt__assignment__course=first)
    of_student = Attempt.objects.filter(student__username="student01", closed_at__isnull=False)
    return {
        "course": first.pk,
        "exam": first.assignments.filter(mode="exam").earliest("pk").pk,
        "room": first.assignments.filter(start="room").earliest("pk").pk,
        "paper": Paper.objects.current().filter(slug="siji-01").get().pk,
        "script_waiting": scripts.filter(marks__isnull=True).earliest("pk").pk,
        "script_marked": scripts.filter(marks__isnull=False).earliest("pk").pk,
        "report": str(of_student.earliest("pk").pk),
        "syllabus": syllabus.pk,
        "run": run.pk,
    }


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Whoever comes while another makes the run finds it made: nobody changes it, and it keeps the worker busy for long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [A_RUN_IS_MADE])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [A_RUN_IS_MADE])


def _syllabus(course: Course) -> Syllabus:
    """A shipped one, uploaded and read. The product's worker may be quicker than we are."""
    source = Path(settings.SIJI_CONTENT) / "syllabi" / "formal.md"
    data = source.read_bytes()
    upload = create_upload(by=course.teacher, wish=Wish(f"tour-{course.pk}-formal", source.name, len(data)))
    if not upload.is_whole:
        append(upload_id=upload.pk, by=course.teacher, piece=Received(data, offset=0, checksum=None))
    syllabus = add_syllabus(by=course.teacher, course=course, upload_id=upload.pk, title="教学大纲")
    work.run(syllabus.job_id or 0)
    deadline = time.monotonic() + 30
    while Syllabus.objects.get(pk=syllabus.pk).state == "reading" and time.monotonic() < deadline:
        time.sleep(0.2)
    return Syllabus.objects.get(pk=syllabus.pk)


def _run(course: Course, syllabus: Syllabus) -> Run:
    """By the built-in engine, with a draft of every stage; the criteria wait for the teacher. Made once for a syllabus."""
    fields = {"hours": 32, "session_hours": 2, "starts_on": date(2027, 3, 1), "weekdays": [0, 2], "engine": "builtin"}
    run = course.runs.filter(syllabus=syllabus).first() or start_run(
        by=course.teacher, course=course, syllabus=syllabus, fields=fields
    )
    for name in ("analysis", "plan", "questions", "criteria"):
        stage = _reviewed(run, name)
        if stage.state == StageState.APPROVED or name == "criteria":
            continue
        draft = newest_draft(run, name)
        if name == "questions":
            draft = _decided(run, [one["key"] for one in draft.body["questions"]])
        approve(by=course.teacher, run=run, name=name, draft_id=draft.pk)
    return run


def _decided(run: Run, keys: list[str]) -> Draft:
    """A few approved, each by itself since nobody has proven them; the others refused together."""
    draft = newest_draft(run, "questions")
    for group, state in [*(([key], "approved") for key in keys[:APPROVED]), (keys[APPROVED:], "refused")]:
        draft = decide_questions(by=run.course.teacher, run=run, base=draft.version, keys=group, state=state)
    return draft


def _reviewed(run: Run, name: str) -> RunStage:
    """Once the product's worker has done it: after a start it marks the demo school's scripts first."""
    deadline = time.monotonic() + 150
    while (stage := run.stages.get(name=name)).state not in (StageState.REVIEW, StageState.APPROVED):
        assert time.monotonic() < deadline, f"{name} is {stage.state}"
        time.sleep(0.2)
    return stage


def _copy(exam: Assignment, name: str, **fields: Any) -> Assignment:
    fields = {"paper": exam.paper_id, "title": f"{exam.title} · {name}", "mode": "exam", "sections": [], **fields}
    return create_assignment(by=exam.course.teacher, course=exam.course, fields=fields)


def _start(student: User, assignment: Assignment) -> Attempt:
    return start_attempt(student=student, paper=assignment.paper, mode=assignment.mode, assignment=assignment)[0]


def _sitting(student: User, exam: Assignment, minutes: float) -> Attempt:
    """Begun so long ago, with an essay that was on time and one that came later."""
    attempt = _start(student, exam)
    _save(student, attempt, 1, {"W": "Dear editor, I should like to tell your readers about our library."})
    back = timedelta(minutes=minutes)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=F("started_at") - back, closes_at=F("closes_at") - back)
    if minutes > MINUTES_IN["writing"]:
        _save(student, attempt, 2, {"W": "Dear editor, this came too late."})
    if minutes >= MINUTES_IN["reading"]:
        key = {slot: row.key for slot, row in answer_key(exam.paper).items() if row.key}
        _save(student, attempt, 1, {slot: key[slot] for slot in ("26", "27", "36", "46")})
    return attempt


def _practising(student: User, course: Course) -> Attempt:
    """On a paper that nobody in this course sits as an exam."""
    paper = Paper.objects.current().filter(slug="siji-02").get()
    fields = {"paper": paper.pk, "title": "练习 · practice", "mode": "practice", "sections": []}
    return _start(student, create_assignment(by=course.teacher, course=course, fields=fields))


def _save(student: User, attempt: Attempt, seq: int, answers: dict[str, str]) -> None:
    save_answers(attempt_id=attempt.pk, student=student, batch=[Sent(slot, seq, value) for slot, value in answers.items()])
