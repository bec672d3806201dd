"""Windows open and close, parts are locked, rooms end: with nobody writing anything, what is kept ends at these moments.

The time is moved by moving everything else: an entry is made shortly before the moment and asked for shortly after it, and
compared with the answer that is made then.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from siji.conftest import Person
from siji.courses.models import Assignment, AssignmentException
from siji.practice.dashboard.reading import moments_of
from siji.practice.models import Attempt
from siji.practice.timing import MILLISECOND
from siji.practice.timing import moments_of as moments_of_attempt
from siji.storage.cache.manager import cache_manager
from siji.storage.now import database_now
from siji.tests.asking import person
from siji.tests.kept import Commits, commits
from siji.tests.world import World

__all__ = ["commits"]

SOON = timedelta(seconds=0.6)


def _opens(world: World, at: datetime) -> None:
    Assignment.objects.filter(pk=world.work.room.pk).update(opens_at=at)


def _closes(world: World, at: datetime) -> None:
    Assignment.objects.filter(pk=world.work.room.pk).update(closes_at=at)


def _closes_for_one(world: World, at: datetime) -> None:
    AssignmentException.objects.create(
        assignment=world.work.room, student=world.people.student, closes_at=at, created_by=world.people.teacher
    )


def _part_ends(world: World, at: datetime) -> None:
    """The essay of the exam that the student sits."""
    attempt = Attempt.objects.get(pk=world.attempts.sitting)
    first = attempt.sheet["parts"][0]["end_ms"]
    _start(attempt, at - first * MILLISECOND)


def _time_is_over(world: World, at: datetime) -> None:
    attempt = Attempt.objects.get(pk=world.attempts.sitting)
    _start(attempt, at - attempt.sheet["parts"][-1]["end_ms"] * MILLISECOND)


def _start(attempt: Attempt, at: datetime) -> None:
    length = attempt.sheet["parts"][-1]["end_ms"] * MILLISECOND
    Attempt.objects.filter(pk=attempt.pk).update(started_at=at, closes_at=at + length)


def _is_near(world: World, at: datetime) -> None:
    Assignment.objects.filter(pk=world.work.room.pk).update(opens_at=at + timedelta(days=1))


def _ends_soon(world: World, at: datetime) -> None:
    Assignment.objects.filter(pk=world.work.room.pk).update(closes_at=at + timedelta(days=3))


MOMENTS: list[tuple[Callable[[World, datetime], None], str, str]] = [
    (_opens, "student", "/me/assignments"),
    (_closes, "student", "/me/assignments"),
    (_closes, "teacher", "/me/dashboard"),
    (_closes_for_one, "student", "/me/assignments"),
    (_part_ends, "student", "/me/assignments"),
    (_time_is_over, "student", "/me/assignments"),
    (_part_ends, "teacher", "/courses/{course}/results"),
    (_time_is_over, "teacher", "/courses/{course}/results"),
    (_time_is_over, "teacher", "/me/dashboard"),
    (_is_near, "teacher", "/me/dashboard"),
    (_ends_soon, "teacher", "/me/dashboard"),
]


@pytest.mark.parametrize(("moment", "who", "path"), MOMENTS)
def test_at_its_moment_it_is_made_again(
    world: World, commits: Commits, moment: Callable[[World, datetime], None], who: str, path: str
) -> None:
    reader, path = person(who, world), path.format(course=world.course.pk)
    at = database_now() + SOON
    moment(world, at)
    before = _read(reader, path)
    assert database_now() < at, "the machine was too slow to look before the moment"
    time.sleep((at - database_now()).total_seconds() + 0.005)
    kept = _read(reader, path)
    with commits.made_anew():
        assert kept == _read(reader, path)
    assert kept != before, "this moment changes the answer"


def _read(reader: Person, path: str) -> Any:
    body = reader.get(path).json()
    body.pop("server_time", None)
    return body


def test_the_keys_wait_as_the_clock_says_and_not_as_what_is_kept_says(world: World, commits: Commits) -> None:
    """Before its window ends the paper is withheld, after it is not, and the other way round: a list made in one state and kept
    is never the answer in the other."""
    reader = person("student", world)
    Assignment.objects.exclude(pk=world.work.exam.pk).update(mode="practice")
    Attempt.objects.filter(assignment=world.work.exam).delete()
    world.work.exam.progress.all().update(status="not_started", writing_since=None)
    at = database_now() + SOON
    Assignment.objects.filter(pk=world.work.exam.pk).update(closes_at=at)
    assert _is_withheld(reader, world)
    time.sleep((at - database_now()).total_seconds() + 0.005)
    assert not _is_withheld(reader, world)
    Assignment.objects.filter(pk=world.work.exam.pk).update(closes_at=database_now() + timedelta(hours=1))
    assert _is_withheld(reader, world), "not even where nobody has said that anything changed"
    assert cache_manager.totals()["papers"]["hit"] >= 2


def _is_withheld(reader: Person, world: World) -> bool:
    (paper,) = [one for one in reader.get("/papers").json()["items"] if one["id"] == world.papers.exam.pk]
    (alone,) = [reader.get(f"/papers/{world.papers.exam.pk}").json()]
    assert alone["withheld"] == paper["withheld"]
    return bool(paper["withheld"])


def test_no_kept_answer_of_a_student_holds_a_key(world: World, commits: Commits) -> None:
    """What shows keys is never kept for a student, so none can be seen early for having been made under another state."""
    reader = person("student", world)
    for path in ("/me/assignments", "/papers", "/courses", f"/courses/{world.course.pk}", "/me/progress"):
        reader.get(path)
    for attempt in (world.attempts.handed_in, world.attempts.own_exam):
        reader.get(f"/attempts/{attempt}/report")
    bodies = cache_manager.link.run(lambda redis: [redis.get(key) for key in redis.scan_iter("siji:c:*")])
    assert bodies
    for body in bodies:
        assert body is not None
        assert b"proof" not in body.lower()
        assert b'"key":' not in body.lower()


def test_each_moment_of_the_dashboard_lies_ahead(world: World) -> None:
    now = database_now()
    _closes(world, now)
    assert now not in moments_of(world.people.teacher, now)
    later = moments_of(world.people.teacher, now - timedelta(microseconds=1))
    assert now in later


def test_a_closed_attempt_has_no_moments_and_an_open_one_those_of_its_parts(world: World) -> None:
    open_one, closed = (Attempt.objects.get(pk=pk) for pk in (world.attempts.sitting, world.attempts.handed_in))
    assert moments_of_attempt(closed) == []
    assert open_one.started_at is not None
    parts = open_one.sheet["parts"]
    assert set(moments_of_attempt(open_one)) == {
        open_one.started_at + ms * MILLISECOND for part in parts for ms in (part["start_ms"], part["end_ms"])
    }
