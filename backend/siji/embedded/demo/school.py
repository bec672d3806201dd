"""Two teachers, sixty students, two courses with work behind them and work to do. Loaded once; loading again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from siji.accounts.actions import create_person, one_time_password
from siji.accounts.models import Role, User
from siji.bank.content import content_of
from siji.bank.models import Paper
from siji.courses import actions, assigning
from siji.courses.models import Assignment, Course
from siji.embedded.demo.accounts import remember
from siji.embedded.demo.people import Pupil, pupils
from siji.embedded.demo.sitting import Sitter, anchor_for, move_to_the_past, sit
from siji.embedded.home import write_json
from siji.practice.marking import mark_script
from siji.practice.models import Attempt
from siji.storage.cache.manager import cache_manager

STUDENTS = 60
DAYS_AGO = 6
COMMENTS = {
    14: "思路清楚，语言自然，细节再具体一些会更好。",
    11: "切题、连贯，有少量语法错误，注意时态和冠词。",
    8: "基本切题，句子之间衔接不够，主谓一致错误较多。",
    5: "意思没有说清楚，先写短句，保证每句话正确。",
    2: "请先背熟几个基本句型，再练习成段表达。",
}


@dataclass(frozen=True, slots=True)
class Account:
    user: User
    password: str

    def shown(self) -> dict[str, str]:
        return {"username": self.user.username, "password": self.password}


def load_demo(file: Path) -> bool:
    """False where the school is there already. Writes the accounts to ``file``, readable for its owner only.

    All or nothing: a demo school that was cut short is not there. Raises LookupError when no content is loaded.
    """
    papers = list(Paper.objects.filter(is_published=True).current().order_by("slug"))
    if len(papers) < 2:
        raise LookupError("the demo school needs the two shipped papers: load the content first")
    if User.objects.filter(username="teacher01").exists():
        return False
    with transaction.atomic():
        accounts = _school(papers)
        write_json(file, accounts)
        cache_manager.forget_everything()  # some of it was moved to the past without the actions
    return True


def _school(papers: Sequence[Paper]) -> dict[str, Any]:
    children = pupils(STUDENTS)
    admin = _account("admin", "系统管理员", Role.ADMIN)
    teachers = [_account("teacher01", "林老师", Role.TEACHER), _account("teacher02", "周老师", Role.TEACHER)]
    students = [_pupil(child) for child in children]
    sitters = [
        Sitter(account.user, child.ability, Random(child.number)) for account, child in zip(students, children, strict=True)
    ]
    _first_course(teachers[0].user, papers, sitters[:40])
    _second_course(teachers[1].user, papers, sitters[30:])
    remember(account.user for account in [admin, *teachers, *students])
    return {
        "teacher": teachers[0].shown(),
        "student": students[0].shown(),
        "admin": admin.shown(),
        "teachers": [teacher.shown() for teacher in teachers],
        "students": [student.shown() for student in students],
    }


def _account(username: str, name: str, role: str) -> Account:
    password = one_time_password()
    user, _ = create_person(by=None, password=password, username=username, name=name, role=role)
    return Account(user, password)


def _pupil(child: Pupil) -> Account:
    password = one_time_password()
    user, _ = create_person(
        by=None,
        password=password,
        username=child.username,
        name=child.name,
        student_number=child.number,
        administrative_class=child.group,
    )
    return Account(user, password)


def _first_course(teacher: User, papers: Sequence[Paper], sitters: Sequence[Sitter]) -> None:
    """A mock exam behind them (most of it marked), a practice half done, the next exam to come, a room to start."""
    course = _course(teacher, "大学英语四级强化（秋季班）", "每周一套题，先模考，再讲评，再练弱项。", sitters)
    exam = _set(teacher, course, papers[0], title="第一次模考", mode="exam")
    attempts = [(sitter, sit(sitter, exam, mode="exam")) for sitter in sitters[:36]]
    _mark(teacher, attempts[:30])
    practice = _set(teacher, course, papers[0], title="仔细阅读专项", mode="practice", sections=["reading-c"], is_required=False)
    assigning.change_assignment(by=teacher, assignment=exam, changes={"closes_at": timezone.now()})
    done = [sit(sitter, practice, mode="practice") for sitter in sitters[1:22]]
    week = {"opens_at": timezone.now(), "closes_at": timezone.now() + timedelta(days=7)}
    _set(teacher, course, papers[1], title="第二次模考", mode="exam", **week)
    _set(
        teacher,
        course,
        papers[1],
        title="听力随堂测（统一开考）",
        mode="exam",
        start="room",
        is_required=False,
        sections=LISTENING,
    )
    for _, attempt in attempts:
        move_to_the_past(attempt, DAYS_AGO)
    for attempt in done:
        move_to_the_past(attempt, 1)
    back = timedelta(days=DAYS_AGO - 1)
    Assignment.objects.filter(pk=exam.pk).update(closes_at=F("closes_at") - back, created_at=F("created_at") - 2 * back)


LISTENING = ["listening-a", "listening-b", "listening-c"]


def _second_course(teacher: User, papers: Sequence[Paper], sitters: Sequence[Sitter]) -> None:
    """Writing and translation alone, all marked, keys released."""
    course = _course(teacher, "四级写译工作坊", "写作与翻译，每次当面讲评。", sitters)
    work = _set(
        teacher, course, papers[0], title="写译测验", mode="exam", sections=["writing", "translation"], key_release="by_teacher"
    )
    attempts = [(sitter, sit(sitter, work, mode="exam")) for sitter in sitters[:24]]
    _mark(teacher, attempts)
    assigning.release_keys(by=teacher, assignment=work)
    assigning.change_assignment(by=teacher, assignment=work, changes={"closes_at": timezone.now()})
    for _, attempt in attempts:
        move_to_the_past(attempt, 3)


def _course(teacher: User, name: str, description: str, sitters: Sequence[Sitter]) -> Course:
    fields = {"name": name, "description": description, "category": "四级", "level": "CET-4", "status": "active"}
    course = actions.create_course(teacher=teacher, **fields)
    for sitter in sitters:
        actions.enrol(course=course, student=sitter.student, by=teacher)
    return course


def _set(teacher: User, course: Course, paper: Paper, **fields: Any) -> Assignment:
    return assigning.create_assignment(by=teacher, course=course, fields={"paper": paper.pk, **fields})


def _mark(teacher: User, attempts: Sequence[tuple[Sitter, Attempt]]) -> None:
    """Each script gets the band of its anchor, give or take one."""
    for sitter, attempt in attempts:
        for script in attempt.scripts.all():
            body = content_of(attempt.paper).items[script.slot].body
            band = anchor_for(sitter.ability, body.anchors).band  # type: ignore[union-attr]  # only scripts are marked
            value = band + sitter.random.choice((-1, 0, 0, 1))
            mark_script(script=script, value=value, comment=COMMENTS[band], by=teacher)
