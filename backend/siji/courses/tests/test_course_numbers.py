"""The numbers of a course equal a brute-force count in every state, and cost the same at any size."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zeal import zeal_context

from siji.accounts.models import User
from siji.bank.models import Audio, Paper
from siji.conftest import Counting, Person, make_user
from siji.courses import actions, assigning, progress
from siji.courses.models import Assignment, Course, CourseStatus, Enrollment, Progress, ProgressStatus
from siji.problems import Refusal

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "remove", "complete", "set", "unset", "require", "excuse", "unexcuse"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=14,
)


def truth(course: Course, student: User) -> Decimal:
    """The definition, counted one by one."""
    excused = {
        one.assignment_id for work in course.assignments.all() for one in work.exceptions.filter(student=student, is_excused=True)
    }
    required = [work for work in course.assignments.filter(is_required=True) if work.pk not in excused]
    done = [work for work in required if work.progress.filter(student=student, status=ProgressStatus.COMPLETED).exists()]
    return round(Decimal(100) * len(done) / len(required), 2) if required else Decimal(0)


def set_work(course: Course, paper: Paper, *, required: bool = True) -> Assignment:
    fields = {"paper": paper.pk, "title": "作业", "is_required": required}
    return assigning.create_assignment(by=course.teacher, course=course, fields=fields)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_numbers_equal_a_brute_force_count_after_any_steps(
    course: Course, paper: Paper, steps: list[tuple[str, int, int]]
) -> None:
    Course.objects.exclude(pk=course.pk).delete()
    course.enrollments.all().delete()
    course.assignments.all().delete()
    people = [User.objects.get_or_create(username=f"p{n}", defaults={"name": f"p{n}"})[0] for n in range(4)]
    for what, a, b in steps:
        take_step(course, paper, people[a], what, b)
    active = list(course.enrollments.active())
    for row in active:
        assert row.progress == truth(course, row.student)
    found = Course.objects.with_stats().get(pk=course.pk)
    assert found.student_count == len(active)
    assert found.assignment_count == course.assignments.count()
    mean = sum((row.progress for row in active), Decimal(0)) / len(active) if active else Decimal(0)
    assert abs(found.avg_progress - mean) < Decimal("0.01")
    rows = Progress.objects.filter(assignment__course=course, student__in=[row.student for row in active])
    assert rows.count() == len(active) * course.assignments.count()


def take_step(course: Course, paper: Paper, person: User, what: str, b: int) -> None:
    works = list(course.assignments.order_by("pk"))
    work = works[b % len(works)] if works else None
    member = course.enrollments.active().filter(student=person).exists()
    match what:
        case "enrol":
            actions.enrol(course=course, student=person, by=course.teacher)
        case "remove":
            actions.remove_student(by=course.teacher, course=course, student=person)
        case "set":
            set_work(course, paper, required=b % 2 == 0)
        case "complete" if work and member:
            progress.mark_completed(assignment=work, student=person)
        case "require" if work:
            assigning.change_assignment(by=course.teacher, assignment=work, changes={"is_required": not work.is_required})
        case "excuse" | "unexcuse" if work and member:
            take_exception(work, person, what, is_excused=b % 2 == 0)
        case "unset" if work and not assigning.has_begun(work):
            assigning.delete_assignment(by=course.teacher, assignment=work)


def take_exception(work: Assignment, person: User, what: str, *, is_excused: bool) -> None:
    if what == "unexcuse":
        assigning.delete_exception(by=work.course.teacher, assignment=work, student_id=person.pk)
        return
    fields = {"is_excused": is_excused, "extra_percent": 25}
    assigning.put_exception(by=work.course.teacher, assignment=work, student_id=person.pk, fields=fields)


@pytest.mark.django_db(transaction=True)
def test_two_completions_at_once_are_both_counted(teacher: Person, course: Course, student: Person, paper: Paper) -> None:
    works = [set_work(course, paper) for _ in range(8)]
    both = threading.Barrier(len(works))

    def complete(work: Assignment) -> None:
        both.wait(timeout=10)
        progress.mark_completed(assignment=work, student=student.user)
        connection.close()

    together([partial(complete, work) for work in works])
    assert Enrollment.objects.get(course=course, student=student.user).progress == 100


@pytest.mark.django_db(transaction=True)
def test_completing_while_work_is_added_counts_right(course: Course, student: Person, paper: Paper) -> None:
    works = [set_work(course, paper) for _ in range(3)]

    def complete(work: Assignment) -> None:
        progress.mark_completed(assignment=work, student=student.user)
        connection.close()

    def add() -> None:
        set_work(Course.objects.get(pk=course.pk), paper)
        connection.close()

    together([*(partial(complete, work) for work in works), add, add])
    row = Enrollment.objects.get(course=course, student=student.user)
    assert row.progress == truth(course, student.user) == 60


def together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)


@pytest.mark.counts("GET /courses")
@pytest.mark.parametrize("size", [3, 60])
def test_the_course_list_costs_the_same_at_any_size(teacher: Person, size: int, django_assert_num_queries: Counting) -> None:
    people = [make_user(f"s{n}") for n in range(3)]
    for number in range(size):
        course = Course.objects.create(name=f"c{number}", teacher=teacher.user, status=CourseStatus.ACTIVE, code=f"C{number}")
        Enrollment.objects.bulk_create(Enrollment(course=course, student=person, progress=number % 100) for person in people)
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(2 + (size > 50)):  # person, page; the total where the page is not the last
        page = teacher.get("/courses?page_size=50").json()
    assert page["total_count"] == size
    assert page["courses"][0]["student_count"] == 3
    assert page["courses"][0]["avg_progress"] == (size - 1) % 100


@pytest.mark.counts("GET /courses")
@pytest.mark.parametrize("size", [3, 60])
def test_a_students_course_list_costs_the_same_at_any_size(
    stranger: Person, teacher: Person, size: int, django_assert_num_queries: Counting
) -> None:
    for number in range(size):
        course = Course.objects.create(name=f"c{number}", teacher=teacher.user, status=CourseStatus.ACTIVE, code=f"C{number}")
        Enrollment.objects.create(course=course, student=stranger.user, progress=number)
    stranger.get("/me")
    with zeal_context(), django_assert_num_queries(3):  # person, which courses, page
        page = stranger.get("/courses?page_size=100").json()
    assert sorted(course["my_progress"] for course in page["courses"]) == list(range(size))


@pytest.mark.counts("GET /papers")
@pytest.mark.parametrize("size", [1, 40])
def test_the_list_of_papers_costs_the_same_at_any_size(
    student: Person, teacher: Person, course: Course, paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    facts = {"blueprint": paper.blueprint, "clock": paper.clock, "norm": paper.norm}
    Paper.objects.exclude(pk=paper.pk).update(is_published=False)
    for number in range(1, size):
        audio = Audio.objects.create(key=f"a{number}")
        one = Paper.objects.create(slug=f"p{number:02}", version=1, title_zh="卷", title_en="Paper", audio=audio, **facts)
        set_work(course, one)
    # person, papers; for a student what is set, and the time where anything is
    for person, queries in ((student, 3 + (size > 1)), (teacher, 2)):
        person.get("/papers")
        with zeal_context(), django_assert_num_queries(queries):
            papers = person.get("/papers").json()["items"]
        assert len(papers) == size
        assert sum(one["is_set_as_exam"] for one in papers) == (size - 1 if person is student else 0)


@pytest.mark.counts("GET /courses/{course_id}")
@pytest.mark.parametrize("size", [2, 40])
def test_a_course_page_costs_the_same_at_any_size(
    student: Person, course: Course, paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    for number in range(size):
        Assignment.objects.create(course=course, paper=paper, title=f"a{number}", created_by=course.teacher)
        actions.enrol(course=course, student=make_user(f"s{number}"), by=course.teacher)
    student.get("/me")
    with zeal_context(), django_assert_num_queries(4):  # person, course, work, mates
        page = student.get(f"/courses/{course.pk}").json()
    assert len(page["assignments"]) == size
    assert len(page["classmates"]) == min(10, size)


@pytest.mark.counts("GET /courses/{course_id}/students")
@pytest.mark.parametrize("size", [2, 60])
def test_the_student_list_costs_the_same_at_any_size(
    teacher: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    for number in range(size):
        actions.enrol(course=course, student=make_user(f"s{number}"), by=teacher.user)
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(3):  # person, course, page
        page = teacher.get(f"/courses/{course.pk}/students?limit=50").json()
    assert len(page["items"]) == min(50, size)


@pytest.mark.counts("GET /assignments/{assignment_id}/exceptions")
@pytest.mark.parametrize("size", [2, 30])
def test_the_exceptions_cost_the_same_at_any_size(
    teacher: Person, course: Course, paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    work = set_work(course, paper)
    for number in range(size):
        one = make_user(f"s{number}")
        actions.enrol(course=course, student=one, by=teacher.user)
        assigning.put_exception(by=teacher.user, assignment=work, student_id=one.pk, fields={"extra_percent": 25})
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(3):  # person, assignment, exceptions
        assert len(teacher.get(f"/assignments/{work.pk}/exceptions").json()) == size


@pytest.mark.counts("GET /courses/{course_id}")
@pytest.mark.parametrize("size", [2, 30])
def test_a_teachers_course_page_costs_the_same_at_any_size(
    teacher: Person, course: Course, paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    elsewhere = Course.objects.create(name="别的课", teacher=teacher.user, code="OTHER", status=CourseStatus.ACTIVE)
    works = [set_work(course, paper) for _ in range(size)]
    for number in range(3):
        one = make_user(f"s{number}")
        actions.enrol(course=course, student=one, by=teacher.user)
        actions.enrol(course=elsewhere, student=one, by=teacher.user)
        progress.mark_completed(assignment=works[-1], student=one)
    actions.remove_student(by=teacher.user, course=course, student=one)
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(3):  # person, course, assignments
        page = teacher.get(f"/courses/{course.pk}").json()
    assert [work["completed_count"] for work in page["assignments"]] == [0] * (size - 1) + [2]


@pytest.mark.django_db(transaction=True)
def test_work_that_is_just_being_begun_is_not_deleted(student: Person, course: Course, paper: Paper) -> None:
    work = set_work(course, paper)
    begun, refused = threading.Event(), []

    def begin() -> None:
        with transaction.atomic():
            progress.mark_started(assignment=work, student=student.user)
            begun.set()
            threading.Event().wait(0.3)
        connection.close()

    def delete() -> None:
        begun.wait(timeout=5)
        try:
            assigning.delete_assignment(by=course.teacher, assignment=Assignment.objects.get(pk=work.pk))
        except Refusal as error:
            refused.append(error.code)
        connection.close()

    together([begin, delete])
    assert refused == ["begun"]
    assert Assignment.objects.filter(pk=work.pk).exists()


def test_work_that_was_changed_since_it_was_read_is_not_begun(student: Person, course: Course, paper: Paper) -> None:
    read = set_work(course, paper)
    assigning.change_assignment(by=course.teacher, assignment=Assignment.objects.get(pk=read.pk), changes={"mode": "practice"})
    with pytest.raises(Refusal, match="assignment_changed"):
        progress.mark_started(assignment=read, student=student.user)


def test_only_an_excuse_takes_work_out_of_the_count(student: Person, course: Course, paper: Paper) -> None:
    works = [set_work(course, paper) for _ in range(4)]
    progress.mark_completed(assignment=works[0], student=student.user)

    def counted(**fields: object) -> Decimal:
        assigning.put_exception(by=course.teacher, assignment=works[1], student_id=student.user.pk, fields=fields)
        return Enrollment.objects.get(course=course, student=student.user).progress

    assert counted(extra_percent=25) == 25
    assert counted(is_excused=True) == Decimal("33.33")
    assert counted(is_excused=False) == 25
