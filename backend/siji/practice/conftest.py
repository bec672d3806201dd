"""Papers and assignments for the stories of practice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, Course
from siji.practice.tests.acting import Sitting
from siji.practice.tests.papers import make_paper


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SIJI_HOME", tmp_path)


@pytest.fixture
def paper(db: None) -> Paper:
    return make_paper()


Setter = Callable[..., Assignment]


@pytest.fixture
def set_exam(course: Course, teacher: Person) -> Setter:
    """Sets a paper for the course; keyword arguments as the model has them."""

    def setting(paper: Paper, **fields: Any) -> Assignment:
        fields = {"title": "期末模拟", "mode": "exam"} | fields
        return Assignment.objects.create(course=course, paper=paper, created_by=teacher.user, **fields)

    return setting


@pytest.fixture
def exam(paper: Paper, set_exam: Setter) -> Assignment:
    return set_exam(paper)


@pytest.fixture
def sitting(student: Person, exam: Assignment) -> Sitting:
    """The student in the first minute of the exam."""
    return Sitting.begin(student, exam.paper_id, assignment=exam.pk)


@pytest.fixture
def practising(student: Person, paper: Paper) -> Sitting:
    return Sitting.begin(student, paper.pk, "practice")
