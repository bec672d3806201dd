"""Everything of a scale, in the order of its references: people, courses, work, sittings with answers and marks, items."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from siji.bank.models import Paper
from siji.embedded.seed import texts
from siji.embedded.seed.scales import Scale, has_sat, is_sat, mixed, students_of
from siji.embedded.seed.sittings import SatPaper, Sitting, sat_paper
from siji.embedded.seed.writing import copy, first_free, move_sequence, run
from siji.language.words import index_words
from siji.storage.cache.manager import cache_manager

PASSWORD = "Seed-password-4"  # noqa: S105  # of made-up people; never loaded in production
BEGINNING = datetime(2025, 9, 1, 8, tzinfo=UTC)
COURSES_BEGIN_WITHIN = 400
"""Days from the beginning."""
WAITING_EVERY = 25
"""One script in so many waits for its teacher."""
LETTERS = "ABCD"

Say = Callable[[str], None]


class Numbers:
    """The first id of each kind: number 0 of a kind has it, the others follow."""

    def __init__(self, scale: Scale) -> None:
        self.teacher = first_free("accounts_user")
        self.student = self.teacher + scale.teachers
        self.course = first_free("courses_course")
        self.assignment = first_free("courses_assignment")


def is_there() -> bool:
    return bool(run("SELECT EXISTS (SELECT 1 FROM accounts_user WHERE username = 'seed-t00000')"))


def load(scale: Scale, *, say: Say) -> None:
    """Adds the scale to what is there, all or nothing. Raises LookupError without a published paper."""
    papers = list(Paper.objects.filter(is_published=True).current().order_by("slug"))
    if not papers:
        raise LookupError("load the content first")
    sat = [sat_paper(paper) for paper in papers]
    steps: Sequence[tuple[str, Callable[[Scale, Numbers, list[SatPaper]], int]]] = (
        ("people", _people),
        ("courses", _courses),
        ("enrolments", _enrollments),
        ("assignments", _assignments),
        ("progress", _progress),
        ("attempts", _attempts),
        ("answers", _answers),
        ("scripts", _scripts),
        ("marks", _marks),
        ("items", _items),
    )
    with transaction.atomic():
        numbers = Numbers(scale)
        for name, step in steps:
            began = time.monotonic()
            rows = step(scale, numbers, sat)
            say(f"{rows:>12,} {name} ({time.monotonic() - began:.1f} s)")
        cache_manager.forget_everything()
    run("ANALYZE")


def _people(scale: Scale, numbers: Numbers, _: list[SatPaper]) -> int:
    hashed = make_password(PASSWORD)
    columns = ["id", "username", "name", "email", "role", "student_number", "administrative_class", "password"]
    columns += ["is_active", "must_change_password", "session_salt"]

    def rows() -> Iterator[Sequence[Any]]:
        for n in range(scale.teachers):
            name = texts.person(n)[0] + "老师"
            yield numbers.teacher + n, f"seed-t{n:05}", name, "", "teacher", "", "", hashed, True, False, ""
        for n in range(scale.students):
            own = f"S{n:07}", texts.group(n)
            yield numbers.student + n, f"seed-s{n:06}", texts.person(n), "", "student", *own, hashed, True, False, ""

    written = copy("accounts_user", columns, rows())
    move_sequence("accounts_user")
    return written


def course_begins(course: int) -> datetime:
    return BEGINNING + timedelta(minutes=mixed(10, course) % (COURSES_BEGIN_WITHIN * 1440))


def _courses(scale: Scale, numbers: Numbers, _: list[SatPaper]) -> int:
    run("CREATE TEMP TABLE seed_course (LIKE courses_course) ON COMMIT DROP")
    run("ALTER TABLE seed_course ADD words text, ALTER is_code_open SET DEFAULT true")
    columns = ["id", "name", "description", "category", "level", "status", "code", "created_at", "teacher_id", "words"]

    def rows() -> Iterator[Sequence[Any]]:
        for n in range(scale.courses):
            name, about = texts.course_name(n), texts.course_description(n)
            category, level = texts.CATEGORIES[n % len(texts.CATEGORIES)], texts.LEVELS[n % len(texts.LEVELS)]
            status = ("draft", "archived", "completed", *["active"] * 17)[mixed(11, n) % 20]
            teacher = numbers.teacher + n % scale.teachers
            words = index_words(name) + " " + index_words(about)
            yield numbers.course + n, name, about, category, level, status, f"SEED{n:06}", course_begins(n), teacher, words

    copy("seed_course", columns, rows())
    written = run(
        "WITH made AS (INSERT INTO courses_course "
        "(id, name, description, category, level, status, code, is_code_open, created_at, teacher_id, search) "
        "SELECT id, name, description, category, level, status, code, true, created_at, teacher_id, "
        "setweight(to_tsvector('simple', words), 'A') || setweight(to_tsvector('english', description), 'B') "
        "FROM seed_course ORDER BY id RETURNING 1) SELECT count(*) FROM made"
    )
    move_sequence("courses_course")
    return int(written)


def _enrollments(scale: Scale, numbers: Numbers, _: list[SatPaper]) -> int:
    """Of two assignments one is required, so who has sat it is at 100 %."""

    def rows() -> Iterator[Sequence[Any]]:
        for course in range(scale.courses):
            joined = course_begins(course) + timedelta(days=1)
            for student in students_of(scale, course):
                progress = 100 if has_sat(scale, course, student) else 0
                yield numbers.course + course, numbers.student + student, mixed(12, course, student) % 50 != 0, progress, joined

    return copy("courses_enrollment", ["course_id", "student_id", "is_active", "progress", "joined_at"], rows())


def _assignments(scale: Scale, numbers: Numbers, sat: list[SatPaper]) -> int:
    """Number 2n of a course n is its exam, 2n + 1 its practice."""
    columns = ["id", "course_id", "paper_id", "title", "sections", "is_required", "mode", "start", "opens_at", "closes_at"]
    columns += ["late_policy", "attempts_allowed", "key_release", "created_by_id", "created_at"]

    def rows() -> Iterator[Sequence[Any]]:
        for n in range(scale.courses):
            paper, teacher, set_at = sat[n % len(sat)].paper.pk, numbers.teacher + n % scale.teachers, course_begins(n)
            closes = exam_day(n) + timedelta(days=1) if is_sat(scale, n) else None
            first = numbers.assignment + 2 * n
            yield (
                *(first, numbers.course + n, paper, "期中模考", "[]", True, "exam", "personal", set_at, closes),
                *("refuse", 1, "after_window", teacher, set_at),
            )
            yield (
                *(
                    first + 1,
                    numbers.course + n,
                    paper,
                    "仔细阅读练习",
                    '["reading-c"]',
                    False,
                    "practice",
                    "personal",
                    None,
                    None,
                ),
                *("refuse", 5, "on_submission", teacher, set_at),
            )

    written = copy("courses_assignment", columns, rows())
    move_sequence("courses_assignment")
    return written


def exam_day(course: int) -> datetime:
    return course_begins(course) + timedelta(days=30)


def _progress(scale: Scale, numbers: Numbers, _: list[SatPaper]) -> int:
    def rows() -> Iterator[Sequence[Any]]:
        for course in range(scale.courses):
            first, begins = numbers.assignment + 2 * course, course_begins(course)
            for student in students_of(scale, course):
                person, has = numbers.student + student, has_sat(scale, course, student)
                yield first, person, "completed" if has else "not_started", 100 if has else 0, exam_day(course) if has else begins
                yield first + 1, person, "not_started", 0, begins

    return copy("courses_progress", ["assignment_id", "student_id", "status", "progress_percentage", "updated_at"], rows())


def _sat(scale: Scale, sat: list[SatPaper]) -> Iterator[tuple[int, int, uuid.UUID, SatPaper, Sitting, bool]]:
    """course, student, attempt, paper, sitting, whether both scripts are marked."""
    for course in range(scale.courses):
        if not is_sat(scale, course):
            continue
        paper = sat[course % len(sat)]
        for student in students_of(scale, course):
            if has_sat(scale, course, student):
                chance = mixed(13, course, student)
                yield (
                    *(course, student, _attempt_id(course, student), paper),
                    *(paper.sittings[chance % len(paper.sittings)], chance // 64 % WAITING_EVERY != 0),
                )


def _attempt_id(course: int, student: int) -> uuid.UUID:
    """Of version 7: its first 48 bits are the start in milliseconds."""
    milliseconds = int(_started(course, student).timestamp() * 1000)
    low = mixed(14, course, student) << 20 | student & 0xFFFFF
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | (course & 0xFFF) << 64 | 2 << 62 | low)


def _started(course: int, student: int) -> datetime:
    return exam_day(course) + timedelta(seconds=mixed(15, course, student) % 3600)


def _attempts(scale: Scale, numbers: Numbers, sat: list[SatPaper]) -> int:
    columns = ["id", "student_id", "paper_id", "assignment_id", "mode", "number", "sections", "sheet", "is_late_start"]
    columns += ["created_at", "started_at", "closes_at", "submitted_at", "closed_at", "marked_at", "result"]

    def rows() -> Iterator[Sequence[Any]]:
        for course, student, attempt, paper, sitting, is_marked in _sat(scale, sat):
            start = _started(course, student)
            end = start + timedelta(milliseconds=paper.length_ms)
            yield (
                *(attempt, numbers.student + student, paper.paper.pk, numbers.assignment + 2 * course, "exam", 1, "[]"),
                *(paper.sheet, False, start, start, end, None, end, end if is_marked else None),
                sitting.result if is_marked else sitting.result_unmarked,
            )

    return copy("practice_attempt", columns, rows())


def _answers(scale: Scale, _: Numbers, sat: list[SatPaper]) -> int:
    def rows() -> Iterator[Sequence[Any]]:
        for course, student, attempt, _paper, sitting, _marked in _sat(scale, sat):
            saved = _started(course, student) + timedelta(minutes=20)
            for slot, value in sitting.answers.items():
                yield attempt, slot, 1, value, saved

    return copy("practice_answer", ["attempt_id", "slot", "seq", "value", "saved_at"], rows())


def _scripts(scale: Scale, _: Numbers, sat: list[SatPaper]) -> int:
    def rows() -> Iterator[Sequence[Any]]:
        for course, student, attempt, paper, sitting, is_marked in _sat(scale, sat):
            end = _started(course, student) + timedelta(milliseconds=paper.length_ms)
            for slot in paper.rubrics:
                text, state = sitting.answers.get(slot, ""), "marked" if is_marked else "waiting"
                yield attempt, slot, text, sitting.words[slot], state, end

    return copy("practice_script", ["attempt_id", "slot", "text", "words", "state", "created_at"], rows())


def _marks(scale: Scale, numbers: Numbers, sat: list[SatPaper]) -> int:
    """In the database, since a mark needs its script's id."""
    run("CREATE TEMP TABLE seed_mark (attempt_id uuid, slot text, value int, marker_id bigint, rubric_id bigint) ON COMMIT DROP")

    def rows() -> Iterator[Sequence[Any]]:
        for course, _student, attempt, paper, sitting, is_marked in _sat(scale, sat):
            if is_marked:
                teacher = numbers.teacher + course % scale.teachers
                for slot, rubric in paper.rubrics.items():
                    yield attempt, slot, sitting.marks[slot], teacher, rubric

    copy("seed_mark", ["attempt_id", "slot", "value", "marker_id", "rubric_id"], rows())
    written = run(
        "WITH made AS (INSERT INTO practice_mark (script_id, value, kind, marker_id, rubric_id, comment, created_at) "
        "SELECT script.id, seed.value, 'teacher', seed.marker_id, seed.rubric_id, '', script.created_at "
        "FROM seed_mark AS seed JOIN practice_script AS script USING (attempt_id, slot) RETURNING 1) SELECT count(*) FROM made"
    )
    return int(written)


def _items(scale: Scale, _: Numbers, __: list[SatPaper]) -> int:
    run("CREATE TEMP TABLE seed_item (lineage text, body jsonb, asked text, more text, words text) ON COMMIT DROP")

    def rows() -> Iterator[Sequence[Any]]:
        for number in range(scale.items):
            asked, choices = texts.question(number)
            body = {
                "kind": "careful_reading",
                "key": LETTERS[number % 4],
                "proof": choices[number % 4],
                "question": asked,
                "explanation": {"zh": "见原文。", "en": "See the passage."},
                "choices": dict(zip(LETTERS, choices, strict=True)),
            }
            yield f"seed/{number}", json.dumps(body, ensure_ascii=False), asked, " ".join(choices), index_words(asked)

    copy("seed_item", ["lineage", "body", "asked", "more", "words"], rows())
    written = run(
        "WITH made AS (INSERT INTO bank_item "
        "(lineage, version, kind, body, cell, skills, provenance, fingerprint, created_at, search) "
        "SELECT lineage, 1, 'careful_reading', body, 'reading-c', '[\"detail\"]', '{\"source\": \"seed\"}', md5(lineage), now(), "
        "setweight(to_tsvector('simple', words), 'A') || setweight(to_tsvector('english', asked), 'A') "
        "|| setweight(to_tsvector('english', more), 'B') FROM seed_item RETURNING 1) SELECT count(*) FROM made"
    )
    return int(written)
