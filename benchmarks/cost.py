"""Processor time of each operation of a school day in one process: milliseconds and queries, through the whole application.

``bin/siji with-services -- .venv/bin/python benchmarks/cost.py [OPERATION …]``: a database of its own with two courses, fifty
students and two papers. Processor time of this process alone, the mean of the quickest tenth of ROUNDS calls, so that what the
machine does besides disturbs little. ``--profile`` prints where one operation spends it.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ["RATE_PER_USER"] = "0"  # one person asks as fast as it goes
os.environ["SIJI_ENV"] = "development"  # what tests look for beside would be measured too

import django  # noqa: E402

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from own_database import own_database  # noqa: E402

STUDENTS, ROUNDS, SHOWN = 50, 200, 35
Call = Callable[[], Any]


def main() -> None:
    wanted = [word for word in sys.argv[1:] if not word.startswith("--")]
    with own_database():
        for name, call in _operations().items():
            if not wanted or name in wanted:
                _show(name, call, is_profiled="--profile" in sys.argv)


def _operations() -> dict[str, Call]:
    from siji.accounts.models import Role
    from siji.conftest import PASSWORD, Person, make_user
    from siji.courses import actions, assigning, progress
    from siji.courses.models import Enrollment
    from siji.practice.models import Script
    from siji.practice.tests.acting import Sitting
    from siji.practice.tests.papers import BYTES_PER_SECOND, make_paper

    teacher = make_user("teacher", Role.TEACHER)
    pupils = [make_user(f"s{number}") for number in range(STUDENTS)]
    papers = [make_paper(with_audio=True) for _ in range(3)]
    course = actions.create_course(teacher=teacher, name="四级", status="active")
    Enrollment.objects.bulk_create(Enrollment(course=course, student=pupil) for pupil in pupils)
    progress.make_rows(course.pk)
    exams = [
        assigning.create_assignment(by=teacher, course=course, fields={"title": paper.slug, "paper": paper.pk})
        for paper in papers[:2]
    ]
    student, staff = Person(pupils[0]), Person(teacher)
    written = Sitting.begin(student, papers[0].pk, assignment=exams[0].pk)
    heard = Sitting.begin(Person(pupils[1]), papers[0].pk, assignment=exams[0].pk).at_minute(33)
    done = Sitting.begin(Person(pupils[2]), papers[2].pk, mode="practice")
    done.saves(("W", 1, "An essay."), ("1", 1, "B"))
    done.submits()
    sat = Sitting.begin(Person(pupils[3]), papers[1].pk, assignment=exams[1].pk)
    sat.saves(("W", 1, "An essay."))
    sat.submits()
    script = Script.objects.filter(attempt=sat.id).first()
    assert script is not None
    cache.clear()
    numbers, stranger = count(1), Person(pupils[4], signed_in=False)
    began = time.monotonic()

    def hear() -> Any:
        first = int(181 + time.monotonic() - began) * BYTES_PER_SECOND  # three minutes into the listening part
        return heard.get("/audio", Range=f"bytes={first}-{first + 4 * BYTES_PER_SECOND}")

    return {
        "save": lambda: written.sends(("W", next(numbers), "students write")),
        "attempt": lambda: written.get(),
        "clock": lambda: written.get("/clock"),
        "audio": hear,
        "report": lambda: done.get("/report"),
        "my attempts": lambda: student.get("/attempts"),
        "me": lambda: student.get("/me"),
        "courses": lambda: student.get("/courses"),
        "course": lambda: student.get(f"/courses/{course.pk}"),
        "papers": lambda: student.get("/papers"),
        "agenda": lambda: student.get("/me/assignments"),
        "notices": lambda: student.get("/me/notices"),
        "progress": lambda: student.get("/me/progress"),
        "search": lambda: student.get("/search?q=reading"),
        "dashboard": lambda: staff.get("/me/dashboard"),
        "results": lambda: staff.get(f"/courses/{course.pk}/results"),
        "students": lambda: staff.get(f"/courses/{course.pk}/students"),
        "scripts": lambda: staff.get("/scripts?state=waiting"),
        "script": lambda: staff.get(f"/scripts/{script.pk}"),
        "sign-in": lambda: stranger.post("/session", {"username": "s4", "password": PASSWORD}),
    }


def _show(name: str, call: Call, *, is_profiled: bool) -> None:
    answer = call()
    if answer.status_code not in (200, 206):
        raise SystemExit(f"{name}: {answer.status_code} {answer.content[:500]!r}")
    rounds = ROUNDS if name != "sign-in" else ROUNDS // 10
    spent = sorted(_spent(call) for _ in range(rounds))
    with CaptureQueriesContext(connection) as queries:
        call()
    print(
        f"{name:<14}{statistics.fmean(spent[: rounds // 10]):8.2f} ms{len(queries):4} queries   median {spent[rounds // 2]:.2f}"
    )
    if is_profiled:
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(rounds):
            call()
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(SHOWN)


def _spent(call: Call) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
