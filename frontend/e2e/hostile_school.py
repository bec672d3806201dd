"""Runs inside the product (see ``product.py``): everything a model or a person has written, replaced by texts of ``payloads.py``.

Written past the actions, into the rows: what a page does with a text must not lean on what the way into it lets through.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Any

from payloads import PAYLOADS
from story_school import make_school
from tour_school import _copy, _run, _syllabus

from siji.accounts.models import Notice, User
from siji.courses.models import Assignment, Course
from siji.embedded.demo.sitting import Sitter, sit
from siji.jobs import work
from siji.jobs.models import Job
from siji.practice.marking import mark_script
from siji.practice.models import MachineMark, Mark, Script
from siji.teaching.models import Draft, StageRound

WRITTEN = ("text", "text_title", "title", "quote", "zh", "en", "stem", "proof", "better", "says", "source", "script", "best")
LONG = ("text", "quote", "stem")
IN_A_LONG_ONE = 8
ENGINES = ("bank", "engine", "model")
"""The source of a question is one of these; that of a sentence is its text."""


def make_hostile(key: str) -> dict[str, Any]:
    school = make_school(key)
    course = Course.objects.select_related("teacher").get(pk=school["course"])
    student = User.objects.get(username=school["student"]["username"])
    attempt = sit(
        Sitter(student, 0.0, Random(key), skips=0), _copy(Assignment.objects.get(pk=school["exam"]["id"]), "sat"), mode="exam"
    )
    scripts = list(Script.objects.filter(attempt=attempt))
    _until_marked(scripts)
    run = _run(course, _syllabus(course))
    texts = cycle(PAYLOADS)
    _of_scripts(scripts, course.teacher, texts)
    for row in (*Draft.objects.filter(stage__run=run), *StageRound.objects.filter(stage__run=run)):
        row.body = replaced(row.body, texts)
        row.save(update_fields=["body"])
    _of_names(course, student, texts)
    return {**school, "ids": {"run": run.pk, "report": str(attempt.pk), "script": scripts[0].pk, "course": course.pk}}


def replaced(value: Any, texts: Iterator[str], name: str = "") -> Any:
    """The same JSON with other words: what is a key, a number or a choice among names stays."""
    if isinstance(value, dict):
        return {key: replaced(one, texts, "text" if name == "choices" else key) for key, one in value.items()}
    if isinstance(value, list):
        return [replaced(one, texts, name) for one in value]
    if not isinstance(value, str) or name not in WRITTEN or value in ENGINES:
        return value
    return "\n".join(next(texts) for _ in range(IN_A_LONG_ONE if name in LONG else 1))


def _until_marked(scripts: list[Script]) -> None:
    """By whoever takes the jobs first: after a start the product's worker marks the demo school's scripts before these."""
    for job in Job.objects.filter(kind="marking.builtin", payload__script__in=[script.pk for script in scripts]):
        work.run(job.pk)
    deadline = time.monotonic() + 60
    while MachineMark.objects.filter(script__in=scripts).values("script").distinct().count() < len(scripts):
        assert time.monotonic() < deadline, "the product's worker has not marked the scripts"
        time.sleep(0.2)


def _of_scripts(scripts: list[Script], teacher: User, texts: Iterator[str]) -> None:
    for script in scripts:
        for row in MachineMark.objects.filter(script=script):
            row.evidence, row.feedback = replaced(row.evidence, texts), replaced(row.feedback, texts)
            row.save(update_fields=["evidence", "feedback"])
        mark_script(script=script, value=7, comment="x", by=teacher)
        Mark.objects.filter(script=script).update(comment="\n".join(PAYLOADS))
        Script.objects.filter(pk=script.pk).update(text="\n".join(PAYLOADS))


def _of_names(course: Course, student: User, texts: Iterator[str]) -> None:
    User.objects.filter(pk=student.pk).update(name=next(texts)[:100], administrative_class=next(texts)[:80])
    Course.objects.filter(pk=course.pk).update(name=next(texts)[:100], description="\n".join(PAYLOADS))
    for exam in Assignment.objects.filter(course=course):
        Assignment.objects.filter(pk=exam.pk).update(title=next(texts)[:100])
    for notice in Notice.objects.filter(person__in=[student, course.teacher]):
        notice.data = {**notice.data, "title": next(texts), "course_name": next(texts)}
        notice.save(update_fields=["data"])
    for number, text in enumerate(PAYLOADS):
        data = {"title": text, "course_name": text, "course": course.pk}
        Notice.objects.create(person=student, kind="assigned", cause=f"hostile:{course.pk}:{number}", data=data)
