"""When keys are free: the rule by properties, over every combination of what an exam can be to a student."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siji.courses.secrecy import SetExam, Wait, longest_wait, wait_for

NOON = datetime(2026, 6, 13, 12, 0, tzinfo=UTC)
MOMENTS = st.integers(-3, 3).map(lambda minutes: NOON + timedelta(minutes=minutes))
EXAMS = st.builds(
    SetExam,
    assignment=st.integers(1, 9),
    title=st.just("模考"),
    paper=st.just("siji-01"),
    mine=st.sampled_from(["not_sat", "writing", "handed_in"]),
    release=st.sampled_from(["on_submission", "after_window", "by_teacher"]),
    is_released=st.booleans(),
    closes_at=st.none() | MOMENTS,
    last_closes_at=st.none() | MOMENTS,
    awaits_room=st.booleans(),
    may_come_late=st.booleans(),
    others_write=st.booleans(),
    is_course_active=st.booleans(),
)


def is_over(exam: SetExam, at: datetime) -> bool:
    """Nobody can sit it any more, said in one line."""
    may_begin = exam.last_closes_at is None or at < exam.last_closes_at or exam.awaits_room or exam.may_come_late
    return not exam.others_write and not (exam.is_course_active and may_begin)


@given(EXAMS, MOMENTS)
def test_who_is_writing_sees_no_key_whatever_is_released(exam: SetExam, at: datetime) -> None:
    if exam.mine == "writing" and not exam.awaits_room:
        assert wait_for(exam, at) is not None


@given(EXAMS, MOMENTS)
def test_what_the_teacher_releases_waits_for_the_teacher(exam: SetExam, at: datetime) -> None:
    wait = wait_for(replace(exam, release="by_teacher", is_released=False, mine="handed_in"), at)
    assert wait == Wait("by_teacher", exam.assignment, exam.title)


@given(EXAMS, MOMENTS)
def test_keys_after_the_window_come_exactly_when_nobody_can_sit_it_any_more(exam: SetExam, at: datetime) -> None:
    for mine in ("not_sat", "handed_in"):
        waiting = wait_for(replace(exam, release="after_window", is_released=False, mine=mine), at)
        assert (waiting is None) == is_over(exam, at)


@given(EXAMS, MOMENTS)
def test_keys_on_submission_are_theirs_who_have_handed_in_and_of_nobody_before(exam: SetExam, at: datetime) -> None:
    exam = replace(exam, release="on_submission", is_released=False)
    assert wait_for(replace(exam, mine="handed_in"), at) is None
    assert (wait_for(replace(exam, mine="not_sat"), at) is None) == is_over(exam, at)


@given(EXAMS, MOMENTS)
def test_a_release_opens_to_who_has_handed_in_and_closes_only_to_who_may_still_sit_it(exam: SetExam, at: datetime) -> None:
    exam = replace(exam, is_released=True)
    assert wait_for(replace(exam, mine="handed_in"), at) is None
    may_sit = exam.is_course_active and (exam.closes_at is None or at < exam.closes_at)
    assert (wait_for(replace(exam, mine="not_sat"), at) is not None) == may_sit


@given(EXAMS, MOMENTS, MOMENTS)
def test_time_alone_never_takes_keys_back(exam: SetExam, at: datetime, later: datetime) -> None:
    if later >= at and wait_for(exam, at) is None:
        assert wait_for(exam, later) is None


@given(EXAMS, MOMENTS)
def test_more_that_is_going_on_never_opens_anything(exam: SetExam, at: datetime) -> None:
    if wait_for(exam, at) is not None:
        for more in (replace(exam, others_write=True), replace(exam, may_come_late=True)):
            assert wait_for(more, at) is not None


@given(EXAMS, MOMENTS)
def test_the_moment_named_is_still_to_come_and_no_key_is_free_before_it(exam: SetExam, at: datetime) -> None:
    wait = wait_for(exam, at)
    if wait is not None and wait.until is not None:
        assert wait.until > at
        assert wait_for(exam, wait.until - timedelta(microseconds=1)) is not None


@given(st.lists(EXAMS, max_size=4), MOMENTS)
def test_of_several_exams_the_last_to_end_is_named(exams: list[SetExam], at: datetime) -> None:
    waits = [wait for exam in exams if (wait := wait_for(exam, at)) is not None]
    longest = longest_wait(exams, at)
    assert (longest is None) == (not waits)
    if longest is not None:
        assert longest in waits
        assert longest.until is None or all(wait.until is not None and wait.until <= longest.until for wait in waits)


@given(st.lists(st.none() | MOMENTS, min_size=1, max_size=4), MOMENTS)
def test_of_several_windows_the_last_is_named(closings: list[datetime | None], at: datetime) -> None:
    open_now = [closes_at for closes_at in closings if closes_at is None or closes_at > at]
    longest = longest_wait([_window(number, closes_at) for number, closes_at in enumerate(closings)], at)
    if not open_now:
        assert longest is None
        return
    assert longest is not None
    assert longest.until == (None if None in open_now else max(moment for moment in open_now if moment is not None))


def _window(assignment: int, closes_at: datetime | None) -> SetExam:
    return SetExam(
        assignment=assignment,
        title="模考",
        paper="siji-01",
        mine="handed_in",
        release="after_window",
        is_released=False,
        closes_at=closes_at,
        last_closes_at=closes_at,
        awaits_room=False,
        may_come_late=False,
        others_write=False,
    )
