"""What the hot reads cost in one process, made anew and found ready: milliseconds and queries, through the whole application.

``bin/siji with-services -- .venv/bin/python benchmarks/kept_reads.py``: a database of its own with one teacher, COURSES courses,
STUDENTS students in each and five assignments. Nothing but this process and its PostgreSQL and Redis; no network but loopback.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import django  # noqa: E402

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from own_database import own_database  # noqa: E402

COURSES, STUDENTS, ROUNDS = 60, 50, 200


def main() -> None:
    with own_database():
        _measure()


def _measure() -> None:
    from siji.accounts.models import Role
    from siji.conftest import Person, make_user
    from siji.courses import actions, assigning, progress
    from siji.courses.models import Enrollment
    from siji.practice.tests.papers import make_paper
    from siji.storage.cache.manager import cache_manager

    teacher, paper = make_user("teacher", Role.TEACHER), make_paper()
    pupils = [make_user(f"s{number}") for number in range(STUDENTS)]
    for number in range(COURSES):
        course = actions.create_course(teacher=teacher, name=f"四级 {number}", status="active")
        Enrollment.objects.bulk_create(Enrollment(course=course, student=pupil) for pupil in pupils)
        progress.make_rows(course.pk)
        if number == 0:
            first = course
        for title in "abcde" if number < 5 else "":
            assigning.create_assignment(by=teacher, course=course, fields={"title": title, "paper": paper.pk})
    cache.clear()
    paths = [
        (teacher, "/courses"),
        (teacher, f"/courses/{first.pk}"),
        (teacher, f"/courses/{first.pk}/results"),
        (teacher, f"/courses/{first.pk}/analysis"),
        (teacher, "/me/dashboard"),
        (teacher, "/me/assignments"),
        (pupils[0], "/courses"),
        (pupils[0], f"/courses/{first.pk}"),
        (pupils[0], "/me/assignments"),
        (pupils[0], "/papers"),
    ]
    print(f"{'':<34}{'made anew':>22}{'found ready':>22}{'304':>10}")
    for user, path in paths:
        asking = Person(user)
        anew = _figures(lambda a=asking, p=path: a.get(p), before=cache_manager.forget_everything)  # type: ignore[misc]
        ready = _figures(lambda a=asking, p=path: a.get(p))  # type: ignore[misc]
        tag = asking.get(path).headers.get("ETag", "")
        same = _figures(lambda a=asking, p=path, t=tag: a.get(p, **{"If-None-Match": t})) if tag else None  # type: ignore[misc]
        told = f"{same[0]:7.2f} ms" if same else "-"
        who = f"{user.role} {path.replace(str(first.pk), '{id}')}"
        print(f"{who:<34}{anew[0]:8.2f} ms {anew[1]:3} queries{ready[0]:8.2f} ms {ready[1]:3} queries{told:>10}")


def _figures(ask: Callable[[], object], *, before: Callable[[], object] = lambda: None) -> tuple[float, int]:
    """The median of ROUNDS, and the queries of one more."""
    took = []
    for _ in range(ROUNDS):
        before()
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    before()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return statistics.median(took), len(queries)


if __name__ == "__main__":
    main()
