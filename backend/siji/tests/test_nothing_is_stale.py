"""Whatever is written, by whichever operation, job or command: who reads after it reads what is so now.

Every operation of the interface that writes is taken from the table of who may do what, which has a row for each.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from siji.bank.audio.actions import ensure_audio, fail_audio
from siji.bank.models import Paper
from siji.courses import tallies
from siji.courses.actions import remove_student
from siji.embedded.demo.accounts import close_demo, remember
from siji.jobs import work
from siji.jobs.models import Job, JobState
from siji.practice.clock import MINUTE
from siji.practice.closing import close_due
from siji.practice.tests.acting import set_elapsed
from siji.storage.cache.bumping import Bumps
from siji.storage.cache.manager import cache_manager
from siji.tests.asking import DOCUMENT, ask, person
from siji.tests.kept import (
    WITH_A_TAG,
    WITH_THE_TIME,
    Commits,
    Place,
    Seen,
    Shelf,
    Tables,
    commits,
    made_from,
    read_all,
    readers,
    shelf,
)
from siji.tests.rows import Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

__all__ = ["commits", "shelf"]

WRITES = [row for row in TABLE if row.method != "GET" and any(isinstance(got, str) for got in row.gets.values())]


def test_every_operation_that_writes_is_tried() -> None:
    assert {row.operation for row in WRITES} == {operation for operation in DOCUMENT if not operation.startswith("GET ")}


@pytest.mark.parametrize("row", WRITES, ids=str)
def test_after_an_operation(
    world: World,
    commits: Commits,
    shelf: Shelf,
    row: Row,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    writer = person(row.first_allowed, world)
    before, tables = shelf.fill(world), dict(shelf.tables)
    with Tables() as asked, django_capture_on_commit_callbacks(execute=True):
        outcome = ask(writer, row, world)
    assert 200 <= outcome.status < 300, outcome.reply.content.decode()
    now = before | _read_as_it_is(world, commits, before, made_from(asked.written, tables), tables)
    with Tables() as worked, django_capture_on_commit_callbacks(execute=True):
        _work_off()
    _read_as_it_is(world, commits, now, made_from(worked.written, tables), tables)


def _work_off() -> None:
    """The jobs that the operation left for the worker."""
    for job in list(Job.objects.filter(state=JobState.QUEUED)):
        work.run(job.pk)


def _read_as_it_is(
    world: World,
    commits: Commits,
    before: Seen,
    only: set[Place] | None = None,
    tables: dict[Place, frozenset[str]] | None = None,
) -> Seen:
    """By people who have just signed in: some operations end everybody's sessions. Returns what is so now.

    What is as ``before`` cannot be read wrongly: it is kept as it was, or made anew.
    """
    if only is not None and not only:
        return {}
    people = readers(world)
    with commits.made_anew():
        made = read_all(people, world, only=only, tables=tables)
    kept = read_all(people, world, only={where for where, body in made.items() if body != before[where]})
    assert {where: body for where, body in kept.items() if body != made[where]} == {}
    return made


def _the_beat_closes_what_is_due(world: World) -> None:
    close_due()


def _nobody_can_speak(world: World) -> None:
    ensure_audio(paper=world.papers.free)
    paper = Paper.objects.select_related("audio").get(pk=world.papers.free.pk)
    assert paper.audio is not None
    fail_audio(audio_id=paper.audio.pk, reason="no voice")


def _stored_numbers_are_put_right(world: World) -> None:
    assert tallies.recount() != (0, 0)


def _the_demo_is_removed(world: World) -> None:
    assert close_demo() > 0


OTHERS = [_the_beat_closes_what_is_due, _nobody_can_speak, _stored_numbers_are_put_right, _the_demo_is_removed]


@pytest.mark.parametrize("writes", OTHERS)
def test_after_what_no_request_did(
    world: World,
    commits: Commits,
    writes: Callable[[World], None],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    set_elapsed(world.attempts.sitting, 300 * MINUTE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_coursetally SET student_count = 99 WHERE course_id = %s", [world.course.pk])
    remember([world.people.teacher])
    before = read_all(readers(world), world)
    with django_capture_on_commit_callbacks(execute=True):
        writes(world)
    assert _read_as_it_is(world, commits, before) != before


def test_this_would_find_what_is_stale(world: World, commits: Commits, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody says that a course has changed, the old one is read: the comparison above compares something."""
    monkeypatch.setattr(Bumps, "on_commit", lambda *_, **__: None)
    before = shelf.fill(world)
    rename = next(row for row in WRITES if row.operation == "PATCH /courses/{course_id}")
    ask(person("teacher", world), rename, world)
    with pytest.raises(AssertionError):
        _read_as_it_is(world, commits, before)


def test_an_operation_is_known_to_change_nothing_that_is_read_or_something(world: World, shelf: Shelf) -> None:
    """Which is how most of the answers above need no second reading."""
    shelf.fill(world)
    every = frozenset[str]().union(*shelf.tables.values())
    assert {"courses_course", "courses_enrollment", "courses_coursetally", "practice_attempt", "bank_paper"} <= every
    with Tables() as enrolling:
        remove_student(by=world.people.teacher, course=world.course, student=world.people.classmate)
    assert {"courses_enrollment", "courses_coursetally"} <= enrolling.written
    student = person("student", world)
    with Tables() as beacon:
        ask(student, next(row for row in WRITES if row.operation == "POST /beacons"), world)
    assert made_from(beacon.written, shelf.tables) == set()
    assert ("teacher", "GET /papers") in made_from(frozenset({"bank_paper"}), shelf.tables)
    assert ("teacher", "GET /papers") not in made_from(enrolling.written, shelf.tables)


def test_each_of_these_reads_is_found_ready(world: World, commits: Commits) -> None:
    people = readers(world)
    read_all(people, world)
    before = _hits()
    read_all(people, world)
    found = {name for name, number in _hits().items() if number > before.get(name, 0)}
    # One list of papers serves two, and which courses somebody is in is one more.
    assert len(found) == len(WITH_A_TAG | WITH_THE_TIME), found


def _hits() -> dict[str, int]:
    return {name: counts.get("hit", 0) for name, counts in cache_manager.totals().items()}
