"""Stored numbers are true after anything that happens, at once and in any order; what has drifted is found and put right."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siji.accounts.models import Role, User
from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses import actions, assigning, progress
from siji.courses.models import Assignment, Course, CourseStatus, Enrollment
from siji.courses.tallies import drifted, recount

NOTHING: tuple[list[int], list[int]] = ([], [])

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["make", "move", "hand over", "delete", "enrol", "raise", "leave", "erase"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=20,
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_drifts_whatever_writes(steps: list[tuple[str, int, int]]) -> None:
    Course.objects.all().delete()
    teachers = [User.objects.get_or_create(username=f"t{n}", role=Role.TEACHER)[0] for n in range(2)]
    people = [User.objects.get_or_create(username=f"p{n}")[0] for n in range(4)]
    for number, (what, a, b) in enumerate(steps):
        courses = list(Course.objects.order_by("pk"))
        if what == "make":
            Course.objects.create(name="c", teacher=teachers[a % 2], code=f"C{number}", status=list(CourseStatus)[b])
        elif courses:
            _write(what, courses[a % len(courses)], people[b], teachers[b % 2], list(CourseStatus)[b])
    assert drifted() == NOTHING
    for course in Course.objects.with_stats():
        active = list(course.enrollments.active().values_list("progress", flat=True))
        assert course.student_count == len(active)
        assert float(course.avg_progress) == pytest.approx(float(sum(active)) / len(active) if active else 0, abs=0.005)


def _write(what: str, course: Course, person: User, teacher: User, status: CourseStatus) -> None:
    """As code, an import or a person at psql might, past every action."""
    here = Enrollment.objects.filter(course=course)
    match what:
        case "move":
            Course.objects.filter(pk=course.pk).update(status=status)
        case "hand over":
            Course.objects.filter(pk=course.pk).update(teacher=teacher)
        case "delete":
            course.delete()
        case "enrol":
            Enrollment.objects.update_or_create(course=course, student=person, defaults={"is_active": True})
        case "raise":
            here.update(progress=random.Random(person.pk).randint(0, 100))
        case "leave":
            here.filter(student=person).update(is_active=False)
        case "erase":
            here.filter(student=person).delete()


def _together(works: list[Callable[[], None]]) -> list[Exception]:
    wrong: list[Exception] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        gate.wait(timeout=20)
        try:
            work()
        except Exception as error:  # noqa: BLE001  # looked at by the test
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return wrong


@pytest.mark.django_db(transaction=True)
def test_enrolling_completing_and_leaving_at_once_are_all_counted(teacher: Person, course: Course, paper: Paper) -> None:
    work = [
        assigning.create_assignment(
            by=teacher.user, course=course, fields={"paper": paper.pk, "title": f"{n}", "is_required": True}
        )
        for n in range(3)
    ]
    people = [make_user(f"p{n}") for n in range(8)]
    for person in people[:6]:
        actions.enrol(course=course, student=person, by=teacher.user)
    at_once: list[Callable[[], None]] = [
        *(partial(_complete, work, person) for person in people[:4]),
        *(partial(_leave, course, person) for person in people[4:6]),
        *(partial(_enrol, course, person) for person in people[6:]),
        partial(_add_work, course, paper),
    ]
    assert _together(at_once) == []
    assert drifted() == NOTHING
    found = Course.objects.with_stats().get(pk=course.pk)
    assert (found.student_count, found.assignment_count, float(found.avg_progress)) == (6, 4, 50)


def _complete(work: list[Assignment], person: User) -> None:
    for one in work:
        progress.mark_completed(assignment=one, student=person)


def _leave(course: Course, person: User) -> None:
    actions.remove_student(by=course.teacher, course=course, student=person)


def _enrol(course: Course, person: User) -> None:
    actions.enrol(course=course, student=person, by=course.teacher)


def _add_work(course: Course, paper: Paper) -> None:
    fields = {"paper": paper.pk, "title": "同时布置", "is_required": True}
    assigning.create_assignment(by=course.teacher, course=course, fields=fields)


@pytest.mark.django_db(transaction=True)
def test_statements_over_the_same_courses_in_any_order_do_not_wait_in_a_circle(teacher: Person) -> None:
    courses = [Course.objects.create(name=f"{n}", teacher=teacher.user, code=f"C{n}") for n in range(6)]
    people = [make_user(f"p{n}") for n in range(6)]

    def enrol_everywhere(person: User, order: list[Course]) -> None:
        Enrollment.objects.bulk_create(Enrollment(course=course, student=person, progress=10) for course in order)

    orders = [random.Random(n).sample(courses, len(courses)) for n in range(len(people))]
    wrong = _together([partial(enrol_everywhere, person, order) for person, order in zip(people, orders, strict=True)])
    assert not [error for error in wrong if isinstance(error, OperationalError)]
    assert drifted() == NOTHING
    assert Course.objects.with_stats().first().student_count == 6  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_recounting_while_people_come_and_go_ends_true(teacher: Person, course: Course) -> None:
    people = [make_user(f"p{n}") for n in range(10)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_coursetally SET student_count = 99 WHERE course_id = %s", [course.pk])
        cursor.execute("UPDATE courses_coursecount SET number = 99")
    assert drifted() == ([course.pk], [teacher.user.pk])
    assert _together([recount_once, *(partial(_enrol, course, person) for person in people)]) == []
    assert drifted() == NOTHING


def recount_once() -> None:
    recount()


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_counted(course: Course, student: Person) -> None:
    def enrol_twice() -> None:
        with transaction.atomic():
            Enrollment.objects.create(course=course, student=make_user("p1"))
            Enrollment.objects.create(course=course, student=student.user)

    with pytest.raises(IntegrityError):
        enrol_twice()
    assert drifted() == NOTHING
