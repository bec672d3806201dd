"""Whether an attempt may begin: the rule by properties, and what a paper that is set as an exam closes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses import progress
from siji.courses.models import Assignment, AssignmentException, Course, KeyRelease
from siji.courses.opening import Permission, Terms, decide
from siji.courses.secrecy import Wait
from siji.courses.window import exams_set_to, may_start, wait_for_keys, waits_by_paper
from siji.problems import Refusal

NOON = datetime(2026, 6, 13, 12, 0, tzinfo=UTC)
MOMENTS = st.integers(-5, 5).map(lambda minutes: NOON + timedelta(minutes=minutes))
TERMS = st.builds(
    Terms,
    opens_at=st.none() | MOMENTS,
    closes_at=st.none() | MOMENTS,
    attempts=st.integers(0, 3),
    takes_late=st.booleans(),
    extra_percent=st.integers(0, 50),
)


@given(TERMS, st.integers(0, 4), MOMENTS)
def test_an_attempt_begins_only_after_the_opening_and_while_some_are_left(terms: Terms, made: int, at: datetime) -> None:
    if isinstance(decide(terms, made=made, at=at), Permission):
        assert terms.opens_at is None or at >= terms.opens_at
        assert made < terms.attempts


@given(TERMS, st.integers(0, 4), MOMENTS)
def test_late_is_flagged_where_it_is_taken_and_refused_elsewhere(terms: Terms, made: int, at: datetime) -> None:
    decided = decide(terms, made=made, at=at)
    is_over = terms.closes_at is not None and at >= terms.closes_at
    if isinstance(decided, Permission):
        assert decided.is_late == is_over
        assert terms.takes_late or not is_over
        assert decided.extra_percent == terms.extra_percent
    assert decided != "window_closed" or (is_over and not terms.takes_late)


@given(TERMS, st.integers(0, 4), MOMENTS)
def test_no_reason_is_given_that_does_not_hold(terms: Terms, made: int, at: datetime) -> None:
    decided = decide(terms, made=made, at=at)
    assert decided != "not_open_yet" or (terms.opens_at is not None and at < terms.opens_at)
    assert decided != "no_attempts_left" or made >= terms.attempts


@pytest.fixture
def exam(course: Course, paper: Paper, teacher: Person) -> Assignment:
    """Open since an hour, for another hour."""
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    return Assignment.objects.create(course=course, paper=paper, title="模考", created_by=teacher.user, **times)


def close(exam: Assignment) -> None:
    exam.closes_at = timezone.now() - timedelta(seconds=1)
    exam.save(update_fields=["closes_at"])


def is_set(student: Person, exam: Assignment) -> bool:
    said = student.get(f"/papers/{exam.paper_id}").json()
    assert said["is_set_as_exam"] == (said["withheld"] is not None) == bool(waits_by_paper(student.user))
    return bool(said["is_set_as_exam"])


def waits(student: Person, exam: Assignment, at: datetime) -> str | None:
    wait = wait_for_keys(paper=exam.paper, student=student.user, at=at)
    assert wait is None or (wait.assignment, wait.title) == (exam.pk, exam.title)
    return None if wait is None else wait.reason


@pytest.mark.django_db
def test_a_paper_stays_closed_while_it_is_written_even_after_the_window(student: Person, exam: Assignment) -> None:
    progress.mark_started(assignment=exam, student=student.user)
    close(exam)
    assert is_set(student, exam)
    progress.mark_completed(assignment=exam, student=student.user)
    assert not is_set(student, exam)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("release", "is_closed"), [(KeyRelease.ON_SUBMISSION, False), (KeyRelease.AFTER_WINDOW, True), (KeyRelease.BY_TEACHER, True)]
)
def test_who_has_handed_in_may_practise_once_the_keys_are_theirs_to_see(
    student: Person, classmate: Person, exam: Assignment, release: str, is_closed: bool
) -> None:
    Assignment.objects.update(key_release=release)
    progress.mark_completed(assignment=exam, student=student.user)
    assert is_set(student, exam) == is_closed
    assert is_set(classmate, exam)
    Assignment.objects.update(keys_released_at=timezone.now())
    assert not is_set(student, exam)
    assert is_set(classmate, exam)


@pytest.mark.django_db
def test_keys_after_the_window_wait_for_those_who_are_still_writing(student: Person, classmate: Person, exam: Assignment) -> None:
    now, over = timezone.now(), timezone.now() + timedelta(hours=1, minutes=1)
    progress.mark_completed(assignment=exam, student=student.user)
    progress.mark_started(assignment=exam, student=classmate.user)
    expected = Wait("window", exam.pk, exam.title, exam.closes_at)
    assert wait_for_keys(paper=exam.paper, student=student.user, at=now) == expected
    assert waits(student, exam, over) == "others_write"
    progress.mark_completed(assignment=exam, student=classmate.user)
    assert waits(student, exam, now) == "window"
    assert waits(student, exam, over) is None


@pytest.mark.django_db
def test_a_retake_is_writing_too(student: Person, classmate: Person, exam: Assignment) -> None:
    for person in (student, classmate):
        progress.mark_completed(assignment=exam, student=person.user)
    close(exam)
    assert not is_set(student, exam)
    progress.mark_started(assignment=exam, student=classmate.user)
    assert waits(student, exam, timezone.now()) == "others_write"
    assert waits(classmate, exam, timezone.now()) == "you_write"
    assert is_set(student, exam)


@pytest.mark.django_db
def test_late_starts_keep_it_set_while_somebody_may_come(
    student: Person, classmate: Person, teacher: Person, exam: Assignment
) -> None:
    Assignment.objects.update(late_policy="flag")
    close(exam)
    progress.mark_completed(assignment=exam, student=student.user)
    assert waits(student, exam, timezone.now()) == "late_starts"
    excused = AssignmentException.objects.create(
        assignment=exam, student=classmate.user, is_excused=True, created_by=teacher.user
    )
    assert waits(student, exam, timezone.now()) is None
    excused.delete()
    progress.mark_started(assignment=exam, student=classmate.user)
    assert waits(student, exam, timezone.now()) == "late_starts"
    progress.mark_completed(assignment=exam, student=classmate.user)
    assert waits(student, exam, timezone.now()) is None


@pytest.mark.django_db
def test_the_last_window_of_anybody_counts(student: Person, classmate: Person, teacher: Person, exam: Assignment) -> None:
    progress.mark_completed(assignment=exam, student=student.user)
    close(exam)
    later = timezone.now() + timedelta(hours=3)
    AssignmentException.objects.create(assignment=exam, student=classmate.user, closes_at=later, created_by=teacher.user)
    assert wait_for_keys(paper=exam.paper, student=student.user, at=timezone.now()) == Wait("window", exam.pk, exam.title, later)
    exam.course.enrollments.filter(student=classmate.user).update(is_active=False)
    assert waits(student, exam, timezone.now()) is None, "who is not in the course any more does not come"


@pytest.mark.django_db
def test_a_room_keeps_it_set_until_it_has_been_sat_or_the_keys_are_released(student: Person, exam: Assignment) -> None:
    close(exam)
    Assignment.objects.update(start="room")
    assert waits(student, exam, timezone.now()) == "room"
    progress.mark_started(assignment=exam, student=student.user)
    assert waits(student, exam, timezone.now()) == "you_write"
    Assignment.objects.update(keys_released_at=timezone.now())
    assert waits(student, exam, timezone.now()) is None, "who waits in a room that never started is not kept for ever"
    Assignment.objects.update(room_started_at=timezone.now())
    assert waits(student, exam, timezone.now()) == "you_write"


@pytest.mark.django_db
def test_who_sat_an_exam_stays_under_its_release_wherever_they_go(student: Person, stranger: Person, exam: Assignment) -> None:
    Assignment.objects.update(key_release=KeyRelease.BY_TEACHER)
    progress.mark_completed(assignment=exam, student=student.user)
    close(exam)
    exam.course.enrollments.update(is_active=False)
    Course.objects.update(status="archived")
    assert waits(student, exam, timezone.now()) == "by_teacher"
    assert waits(stranger, exam, timezone.now()) is None
    Assignment.objects.update(keys_released_at=timezone.now())
    assert not is_set(student, exam)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 6])
def test_all_exams_are_read_in_one_query(
    student: Person,
    teacher: Person,
    course: Course,
    exam: Assignment,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    for number in range(size - 1):
        Assignment.objects.create(course=course, paper=exam.paper, title=f"模考 {number}", created_by=teacher.user)
    with zeal_context(), django_assert_num_queries(1):
        assert len(exams_set_to(student.user)) == size


@pytest.mark.django_db
def test_an_exception_counts_in_window_and_attempts(
    student: Person, classmate: Person, exam: Assignment, teacher: Person
) -> None:
    late = timezone.now() + timedelta(hours=2)
    own = {"closes_at": late + timedelta(hours=1), "extra_attempts": 1, "extra_percent": 25}
    AssignmentException.objects.create(assignment=exam, student=student.user, created_by=teacher.user, **own)
    assert may_start(assignment=exam, student=student.user, at=late, made=1) == Permission(extra_percent=25, is_late=False)
    with pytest.raises(Refusal, match="window_closed") as refused:
        may_start(assignment=exam, student=classmate.user, at=late, made=0)
    assert f"{timezone.localtime(exam.closes_at):%H:%M}" in refused.value.zh


@pytest.mark.django_db
def test_a_course_that_is_over_starts_nothing(student: Person, exam: Assignment) -> None:
    exam.course.status = "completed"
    with pytest.raises(Refusal, match="course_not_active"):
        may_start(assignment=exam, student=student.user, at=timezone.now(), made=0)
