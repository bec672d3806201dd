"""Runs inside the product (see ``product.py``): a small school for one story, and what its database says afterwards.

The day of the examination takes 130 minutes. The stories sit the same paper under a clock of its own, whose parts pass within
seconds: everything but the length of the parts is as in the real one.
"""

from __future__ import annotations

from typing import Any

from siji.accounts.actions import create_person
from siji.accounts.models import User
from siji.bank.keys import answer_key
from siji.bank.models import Audio, AudioState, Clock, Paper, PaperItem
from siji.courses.actions import create_course, enrol
from siji.courses.assigning import create_assignment
from siji.courses.models import Course
from siji.monitoring.gateway_actions import BEGINNING, set_gateway
from siji.practice.models import Answer

PASSWORD = "Story-time-4"
SLUG = "story"


def tracks_are_made() -> bool:
    tracks = Audio.objects.all()
    return tracks.exists() and not tracks.exclude(state=AudioState.READY).exists()


def make_school(
    key: str, minutes: dict[str, float] | None = None, sections: list[str] | None = None, mode: str = "exam"
) -> dict[str, Any]:
    """A teacher, a student and an exam set for them; all names end with ``key``, so that stories do not meet."""
    teacher = person(f"he-{key}", "何老师", role="teacher")
    student = person(f"siyuan-{key}", "陈思源", student_number=f"88{key}", administrative_class="故事班")
    course = create_course(teacher=teacher, name=f"故事课 {key}", description="", category="四级", level="CET-4", status="active")
    enrol(course=course, student=student, by=teacher)
    title = f"故事考试 {key}"
    paper = short_paper(key, minutes or {})
    fields = {"paper": paper.pk, "title": title, "mode": mode, "sections": sections or [], "key_release": "on_submission"}
    assignment = create_assignment(by=teacher, course=course, fields=fields)
    return {
        "name": key,
        "teacher": account(teacher),
        "student": account(student),
        "course": course.pk,
        "course_name": course.name,
        "code": course.code,
        "exam": {"id": assignment.pk, "title": title},
        "key": {slot: row.key for slot, row in answer_key(paper).items() if row.key},
    }


def use_model(endpoint: str) -> bool:
    """From now on scripts are marked by what answers there. The environment must allow it (``MODEL_ENDPOINTS``)."""
    values = BEGINNING.model_copy(update={"endpoint": endpoint, "model": "deepseek-v4-flash", "dialect": "plain"})
    set_gateway(by=person("gateway", "管理员", role="admin"), key="secret-key", values=values.dict())
    return True


def answers_of(attempt: str) -> dict[str, str]:
    return dict(Answer.objects.filter(attempt=attempt).values_list("slot", "value"))


def add_classmate(name: str, course: int) -> dict[str, str]:
    """One more student in the course of ``make_school``."""
    classmate = person(f"xiaohe-{name}", "林小荷", student_number=f"89{name}", administrative_class="故事班")
    found = Course.objects.select_related("teacher").get(pk=course)
    enrol(course=found, student=classmate, by=found.teacher)
    return account(classmate)


def add_newcomer(name: str) -> dict[str, str]:
    """A student who is in no course yet."""
    return account(person(f"xinlai-{name}", "周新来", student_number=f"87{name}", administrative_class="故事班"))


def account(person: User) -> dict[str, str]:
    return {"username": person.username, "name": person.name, "password": PASSWORD}


def person(username: str, name: str, **fields: str) -> User:
    return create_person(by=None, password=PASSWORD, username=username, name=name, **fields)[0]


def short_paper(key: str, minutes: dict[str, float]) -> Paper:
    """The first shipped paper with its items and its track, under a clock of these minutes."""
    shipped = Paper.objects.current().filter(slug="siji-01").select_related("clock").get()
    body = shipped.clock.body
    parts = [{**part, "minutes": minutes.get(part["key"], part["minutes"])} for part in body["parts"]]
    name = f"{SLUG}-{key}"
    clock = Clock.objects.create(
        key=name,
        version=1,
        source="the browser stories",
        body={**body, "key": name, "source": "the browser stories", "parts": parts},
    )
    items = list(PaperItem.objects.filter(paper=shipped))
    paper = Paper.objects.get(pk=shipped.pk)
    paper.pk, paper.slug, paper.version, paper.clock, paper.fingerprint = None, name, 1, clock, name
    paper.title_zh, paper.title_en = f"故事卷 {key}", f"Story paper {key}"
    paper.save(force_insert=True)
    for item in items:
        item.pk, item.paper = None, paper
    PaperItem.objects.bulk_create(items)
    return paper
