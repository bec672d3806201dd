"""The demo school is made through the product's own actions, once, and shows something true everywhere."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from siji.accounts.models import Role, User
from siji.bank.keys import answer_key
from siji.bank.loading import load_all
from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Course
from siji.embedded.demo import load_demo
from siji.embedded.demo.sitting import Sitter, answers_of
from siji.practice.models import Attempt, Script, ScriptState

pytestmark = pytest.mark.django_db


def test_without_content_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        load_demo(tmp_path / "accounts.json")
    assert not User.objects.exists()


def test_the_school(tmp_path: Path) -> None:
    load_all(settings.SIJI_CONTENT)
    file = tmp_path / "accounts.json"
    assert load_demo(file)
    accounts_are_usable_and_private(file)
    results_are_plausible()
    there_is_something_to_do(file)
    assert not load_demo(file)
    assert User.objects.filter(role=Role.STUDENT).count() == 60


def test_who_leaves_nothing_out_answers_every_item_and_writes_both_texts() -> None:
    load_all(settings.SIJI_CONTENT)
    for paper in Paper.objects.all():
        slots = set(answer_key(paper))
        assert {"W", "T"} <= slots
        for number in range(50):
            assert set(answers_of(Sitter(User(), 0.0, Random(number), skips=0), paper)) == slots
        assert answers_of(Sitter(User(), 0.0, Random(1), skips=1), paper) == {}


def accounts_are_usable_and_private(file: Path) -> None:
    accounts = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(accounts["students"]) == 60
    people = [accounts["admin"], *accounts["teachers"], *accounts["students"]]
    assert len({one["password"] for one in people}) == len(people)
    for one in (accounts["teacher"], accounts["student"], accounts["admin"], accounts["students"][-1]):
        user = User.objects.get(username=one["username"])
        assert user.check_password(one["password"])
        assert not user.must_change_password


def results_are_plausible() -> None:
    marked = Attempt.objects.exclude(marked_at=None).filter(sections=[], assignment__mode="exam")
    raws = [attempt.result["raw"] for attempt in marked]
    assert len(raws) >= 30
    assert 40 < sum(raws) / len(raws) < 75
    assert max(raws) - min(raws) > 25
    assert Script.objects.filter(state=ScriptState.WAITING).count() == 12


def there_is_something_to_do(file: Path) -> None:
    accounts = json.loads(file.read_text())
    teacher = Person(User.objects.get(username=accounts["teacher"]["username"]))
    course = Course.objects.get(teacher=teacher.user)
    shown = teacher.get(f"/courses/{course.pk}").json()
    assert (shown["student_count"], shown["assignment_count"]) == (40, 4)
    assert 0 < shown["avg_progress"] < 100
    results = teacher.get(f"/courses/{course.pk}/results").json()
    assert results["assignments"][0]["completed"] == 36
    student = Person(User.objects.get(username=accounts["student"]["username"]))
    assert {one["my_status"] for one in student.get(f"/courses/{course.pk}").json()["assignments"]} >= {
        "completed",
        "not_started",
    }
