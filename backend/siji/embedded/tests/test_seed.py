"""Made-up people are consistent with every rule of the product, and the same each time."""

from __future__ import annotations

import pytest

from siji.accounts.models import User
from siji.bank.models import Item, Paper
from siji.conftest import Person
from siji.courses.models import Course, Enrollment, Progress
from siji.courses.tallies import drifted
from siji.embedded.seed import loading
from siji.embedded.seed.scales import SCALES, Scale, students_of
from siji.practice.models import Answer, Attempt, Mark, Script

pytestmark = pytest.mark.django_db

TINY = Scale("T", courses=8, teachers=3, students=40, enrollments=80, items=30, sat_courses=60)


@pytest.fixture
def seeded(paper: Paper) -> Scale:
    loading.load(TINY, say=lambda _: None)
    return TINY


def test_the_numbers_are_those_of_the_scale_and_none_has_drifted(seeded: Scale) -> None:
    assert User.objects.filter(username__startswith="seed-").count() == 43
    assert (Course.objects.count(), Enrollment.objects.count()) == (8, 80)
    assert Progress.objects.count() == 160
    assert Item.objects.filter(lineage__startswith="seed/").count() == 30
    assert drifted() == ([], [])
    assert loading.is_there()


def test_progress_is_what_the_completed_work_says(seeded: Scale) -> None:
    for row in Enrollment.objects.all():
        done = Progress.objects.filter(assignment__course=row.course_id, student=row.student_id, status="completed").exists()
        assert row.progress == (100 if done else 0)
    assert Attempt.objects.count() == Progress.objects.filter(status="completed").count() > 0


def test_every_sitting_has_its_answers_its_scripts_and_their_marks(seeded: Scale) -> None:
    for attempt in Attempt.objects.all():
        assert Answer.objects.filter(attempt=attempt).count() >= 50
        scripts = Script.objects.filter(attempt=attempt)
        assert {script.slot for script in scripts} == {"W", "T"}
        assert Mark.objects.filter(script__in=scripts).count() == (2 if attempt.marked_at else 0)


def test_a_made_up_student_reads_a_report_and_a_teacher_the_results(seeded: Scale) -> None:
    attempt = Attempt.objects.select_related("student", "assignment__course__teacher").first()
    assert attempt is not None
    assert attempt.assignment is not None
    report = Person(attempt.student).get(f"/attempts/{attempt.pk}/report")
    assert report.status_code == 200
    assert report.json()["raw_of"] > 0
    teacher = Person(attempt.assignment.course.teacher)
    assert teacher.get(f"/courses/{attempt.assignment.course_id}/results").status_code == 200
    assert teacher.get("/search?q=passage").json()["items"]


def test_the_same_scale_is_the_same_school() -> None:
    large = SCALES["L"]
    assert large.class_size == 50
    for course in (0, 1, 19_999):
        people = list(students_of(large, course))
        assert len(set(people)) == 50
        assert people == list(students_of(large, course))
