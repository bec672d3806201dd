"""Whether an attempt may begin: the rule by properties, and what a paper that is set as an exam closes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses import progress
from siji.courses.models import Assignment, AssignmentException, Course, KeyRelease
from siji.courses.opening import Permission, Terms, decide
from siji.courses.window import KeysWait, keys_wait_for, may_start, set_as_exam
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
    exam.save()


def is_set(student: Person, exam: Assignment) -> bool:
    said = student.get(f"/papers/{exam.paper_id}").json()["is_set_as_exam"]
    assert said == set_as_exam(student=student.user, at=Now()).exists()
    return bool(said)


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
    over = timezone.now() + timedelta(hours=1, minutes=1)
    progress.mark_completed(assignment=exam, student=student.user)
    progress.mark_started(assignment=exam, student=classmate.user)
    waiting = KeysWait(KeyRelease.AFTER_WINDOW, exam.closes_at)
    assert keys_wait_for(assignment=exam, student=student.user, at=timezone.now()) == waiting
    assert keys_wait_for(assignment=exam, student=student.user, at=over) == KeysWait(KeyRelease.AFTER_WINDOW)
    progress.mark_completed(assignment=exam, student=classmate.user)
    assert keys_wait_for(assignment=exam, student=student.user, at=timezone.now()) == waiting
    assert keys_wait_for(assignment=exam, student=student.user, at=over) is None


@pytest.mark.django_db
def test_who_comes_after_the_window_takes_no_keys_back(student: Person, classmate: Person, exam: Assignment) -> None:
    progress.mark_completed(assignment=exam, student=student.user)
    close(exam)
    progress.mark_started(assignment=exam, student=classmate.user)
    assert keys_wait_for(assignment=exam, student=student.user, at=timezone.now()) is None


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
