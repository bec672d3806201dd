"""Redis emptied, frozen or dead, seen from the interface: slower, never wrong, never an error; and the race with a commit."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from django.db import connection, transaction

from siji.conftest import Person
from siji.courses import actions, reading
from siji.courses.models import Course
from siji.courses.schemas import CourseOut
from siji.embedded import cache as command
from siji.embedded.tests.own_redis import own_redis_in, until
from siji.embedded.words import CannotStart
from siji.storage.cache.manager import cache_manager

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[psutil.Process]:
    with own_redis_in(tmp_path) as process:
        yield process
    until(lambda: not cache_manager.bumps._owed)  # what is owed is told to the Redis of the other tests


def name_of(reader: Person, course: Course) -> str:
    """In the list and on its page, which must agree."""
    (listed,) = reader.get("/courses").json()["courses"]
    page = reader.get(f"/courses/{course.pk}").json()
    assert listed["name"] == page["name"]
    return str(page["name"])


def rename(teacher: Person, course: Course, name: str) -> None:
    assert teacher.patch(f"/courses/{course.pk}", {"name": name}).status_code == 200


def test_emptied(teacher: Person, student: Person, course: Course) -> None:
    for number in range(3):
        rename(teacher, course, f"四级 {number}")
        cache_manager.link.run(lambda redis: redis.flushdb())
        assert [name_of(reader, course) for reader in (teacher, student) for _ in range(2)] == [f"四级 {number}"] * 4


def test_frozen(own_redis: psutil.Process, teacher: Person, student: Person, course: Course) -> None:
    name_of(teacher, course)
    own_redis.suspend()
    began = time.monotonic()
    rename(teacher, course, "冻住时改的")
    assert [name_of(reader, course) for reader in (teacher, student) for _ in range(10)] == ["冻住时改的"] * 20
    assert time.monotonic() - began < 15
    own_redis.resume()
    until(lambda: not cache_manager.bumps._owed)
    assert [name_of(reader, course) for reader in (teacher, student) for _ in range(3)] == ["冻住时改的"] * 6
    until(lambda: _found_ready(teacher, course))
    assert name_of(teacher, course) == "冻住时改的"


def _found_ready(reader: Person, course: Course) -> bool:
    before = cache_manager.totals().get("course_page", {}).get("hit", 0)
    name_of(reader, course)
    return cache_manager.totals().get("course_page", {}).get("hit", 0) > before


def test_dead(own_redis: psutil.Process, teacher: Person, student: Person, course: Course) -> None:
    name_of(student, course)
    own_redis.kill()
    for number in range(3):
        rename(teacher, course, f"没有缓存 {number}")
        assert [name_of(reader, course) for reader in (teacher, student)] == [f"没有缓存 {number}"] * 2
    cache_manager.link.breaker.failed()
    with pytest.raises(CannotStart, match="Pages are right"):
        command.shown(as_json=False)


def test_who_read_before_a_commit_does_not_store_it_as_what_is_so_after_it(teacher: Person, course: Course) -> None:
    """On three connections: a writer, a reader who read before the commit and is slow, one who comes after it."""
    read, go = threading.Event(), threading.Event()
    made = reading.course_page

    def slowly(*given: object) -> CourseOut:
        page = made(*given)  # type: ignore[arg-type]
        read.set()
        assert go.wait(10)
        return page

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            actions.change_course(by=teacher.user, course=course, changes={"name": "提交以后"})
            patch.setattr(reading, "course_page", slowly)
            early = pool.submit(_asked, teacher, course)
            assert read.wait(10)
            patch.setattr(reading, "course_page", made)
        go.set()
        assert early.result() == "大学英语四级", "it read before the commit"
        assert [pool.submit(_asked, teacher, course).result() for _ in range(3)] == ["提交以后"] * 3


def _asked(reader: Person, course: Course) -> str:
    try:
        return str(reader.get(f"/courses/{course.pk}").json()["name"])
    finally:
        connection.close()


def test_what_is_rolled_back_ends_nothing(teacher: Person, course: Course) -> None:
    name_of(teacher, course)
    before = cache_manager.totals()["course_page"]
    with pytest.raises(LookupError):
        _change_and_roll_back(teacher, course)
    assert name_of(teacher, course) == "大学英语四级"
    after = cache_manager.totals()["course_page"]
    assert after["hit"] == before.get("hit", 0) + 1


def _change_and_roll_back(teacher: Person, course: Course) -> None:
    with transaction.atomic():
        actions.change_course(by=teacher.user, course=course, changes={"name": "不算数"})
        raise LookupError


def test_how_often_it_was_found_ready_is_told(teacher: Person, course: Course) -> None:
    cache_manager.totals()  # with what other tests have not sent yet
    cache_manager.link.run(lambda redis: redis.flushdb())
    for _ in range(4):
        name_of(teacher, course)
    rename(teacher, course, "新名字")
    name_of(teacher, course)
    (page,) = [one for one in json.loads(command.shown(as_json=True)) if one["name"] == "course_page"]
    assert (page["reads"], page["hits"], page["recomputed"], page["stale"], page["hit_rate"]) == (5, 3, 2, 1, 0.6)
    assert "60.0%" in command.shown(as_json=False)
    assert command.figures()[-1].name == "all"
