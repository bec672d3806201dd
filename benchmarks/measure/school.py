"""Who comes to the load: run in the environment of a seeded product, prints what the generator has to know as JSON.

Accounts, courses and past exams are the seed's. Added are the day's exams: in rooms of fifty, which their teachers start at one
moment, one assignment for each round of the measurement, half of them written papers and half listening alone, so that at any
moment half of the examinees hear the track.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

ROOM = 50
KINDS = ("written", "heard")
ROWS = ("written", "browsing", "heard", "browsing", "teaching", "written", "browsing", "heard", "browsing", "written")
"""Ten people: any number of users is cut from the front of this pattern, so every step has the same mix."""
HEARD = "listening"
PRACTISED: Final = "reading-c"


def roles(users: int) -> list[str]:
    return [ROWS[place % len(ROWS)] for place in range(users)]


def make(users: int, rounds: int) -> dict[str, Any]:
    from siji.embedded.seed.loading import PASSWORD

    wanted = roles(users)
    students = _students()
    teachers = _teachers(wanted.count("teaching"))
    examinees = {kind: [next(students) for _ in range(wanted.count(kind))] for kind in KINDS}
    rooms = [room for kind in KINDS for room in _rooms(kind, examinees[kind], teachers, rounds)]
    browsing = _browsing(students, wanted.count("browsing"))
    people: dict[str, list[Any]] = {
        "teaching": teachers,
        "browsing": browsing,
        **{kind: [_examinee(person, kind, rooms, place) for place, person in enumerate(examinees[kind])] for kind in KINDS},
    }
    queues = {role: iter(own) for role, own in people.items()}
    return {"password": PASSWORD, "people": [{"role": role, **card(next(queues[role]))} for role in wanted], "rooms": rooms}


def _students() -> Any:
    from siji.accounts.models import User

    return User.objects.filter(username__startswith="seed-s").order_by("username").iterator(chunk_size=500)


def _teachers(number: int) -> list[Any]:
    from siji.accounts.models import User

    found = list(User.objects.filter(username__startswith="seed-t").order_by("username")[: max(number, 1)])
    return [found[place % len(found)] for place in range(max(number, 1))]


def _rooms(kind: str, people: list[Any], teachers: list[Any], rounds: int) -> list[dict[str, Any]]:
    from siji.bank.models import Paper
    from siji.courses.models import Assignment, Course, CourseStatus, Enrollment, Progress
    from siji.practice.keys import slots_by_section

    paper = Paper.objects.filter(is_published=True).current().order_by("slug").first()
    assert paper is not None
    heard: list[str] = [key for key in slots_by_section(paper) if key.startswith(HEARD)]
    rooms = []
    for number, start in enumerate(range(0, len(people), ROOM)):
        inside, teacher = people[start : start + ROOM], teachers[number % len(teachers)]
        course = Course.objects.create(
            name=f"大学英语模考（{kind} {number:02}）",
            teacher=teacher,
            status=CourseStatus.ACTIVE,
            code=secrets.token_hex(6).upper(),
        )
        Enrollment.objects.bulk_create(Enrollment(course=course, student=person) for person in inside)
        exams = [
            Assignment.objects.create(
                course=course, paper=paper, title=f"模考 {n + 1}", start="room", sections=heard if kind == "heard" else [],
                created_by=teacher,
            )
            for n in range(rounds)
        ]  # fmt: skip
        Progress.objects.bulk_create(Progress(assignment=exam, student=person) for exam in exams for person in inside)
        rooms.append(
            {
                "kind": kind,
                "course": course.pk,
                "paper": paper.pk,
                "exams": [exam.pk for exam in exams],
                "teacher": teacher.username,
                "teacher_id": teacher.pk,
            }
        )
    return rooms


def _examinee(person: Any, kind: str, rooms: list[dict[str, Any]], place: int) -> tuple[Any, dict[str, Any]]:
    own = [number for number, room in enumerate(rooms) if room["kind"] == kind]
    return person, {"room": own[place // ROOM]}


def _browsing(students: Any, number: int) -> list[tuple[Any, dict[str, Any]]]:
    """Who may practise some paper, since none of their courses has set it as an exam still to come."""
    from siji.bank.models import Paper
    from siji.courses import window
    from siji.courses.models import Course
    from siji.practice.keys import slots_by_section
    from siji.practice.timing import database_now
    from siji.problems import Refusal

    papers = list(Paper.objects.filter(is_published=True).current().order_by("slug"))
    slots = {paper.pk: slots_by_section(paper)[PRACTISED] for paper in papers}
    now, found = database_now(), list[tuple[Any, dict[str, Any]]]()
    for person in students:
        if len(found) == number:
            break
        if not Course.objects.visible_to(person).exists():
            continue
        for paper in papers:
            try:
                window.refuse_if_set(paper=paper, student=person, at=now)
            except Refusal:
                continue
            found.append((person, {"paper": paper.pk, "slots": list(slots[paper.pk])}))
            break
    if len(found) < number:
        raise SystemExit(f"only {len(found)} of {number} students may practise: seed a larger scale")
    return found


def card(who: Any) -> dict[str, Any]:
    """What a person knows of themselves, to recognise an answer that is somebody else's."""
    from siji.courses.models import Course

    person, more = who if isinstance(who, tuple) else (who, {})
    courses = Course.objects.visible_to(person).values_list("pk", flat=True)
    return {
        **more,
        "id": person.pk,
        "username": person.username,
        "name": person.name,
        "courses": sorted(courses),
    }


def main() -> None:
    import django

    django.setup()
    order = json.load(sys.stdin)
    json.dump(make(order["users"], order["rounds"]), sys.stdout)


if __name__ == "__main__":
    main()
