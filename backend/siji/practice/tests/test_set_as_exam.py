"""A paper set as an exam is secret to its students whichever way they reach it, until nobody can sit it any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, AssignmentException
from siji.practice.conftest import Setter
from siji.practice.models import Attempt
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.timing import database_now

SECRETS = ("Because the passage says so", "因为原文这样说", "The secret reference", "The secret transcript", '"proof": {')
QUESTIONS = ("Write about libraries", "Choice A of", "Question 46?", "Statement 36", "茶馆是人们见面的地方")
HOUR = timedelta(hours=1)


@pytest.fixture
def paper(db: None) -> Paper:
    return make_paper(with_audio=True)


def texts_of(sitting: Sitting) -> str:
    """All that this student can be told of this attempt."""
    replies = [sitting.get(rest) for rest in ("", "/clock", "/checks", "/report")]
    return "".join(reply.content.decode() for reply in replies)


def is_secret(sitting: Sitting) -> bool:
    """No text of a key or a transcript, and no sound that was not heard in its time."""
    told = any(secret in texts_of(sitting) for secret in SECRETS)
    return not told and sitting.get("/audio", Range="bytes=0-100").status_code in (409, 416)


def change(exam: Assignment, **fields: object) -> None:
    Assignment.objects.filter(pk=exam.pk).update(**fields)


def sits(person: Person, exam: Assignment) -> Sitting:
    return Sitting.begin(person, exam.paper_id, assignment=exam.pk)


def test_a_practice_begun_before_goes_on_without_transcripts_keys_and_free_listening(
    practising: Sitting, paper: Paper, set_exam: Setter
) -> None:
    practising.saves(("46", 1, "B"))
    ok(practising.post("/checks", {"items": ["46", "T"]}))
    assert ok(practising.get())["withheld"] is None
    assert practising.get("/audio", Range="bytes=0-100").status_code == 206
    closes_at = (database_now() + HOUR).replace(microsecond=0)
    exam = set_exam(paper, closes_at=closes_at)

    assert is_secret(practising)
    shown = ok(practising.get())
    assert (shown["withheld"]["reason"], shown["withheld"]["title"]) == ("window", exam.title)
    assert datetime.fromisoformat(shown["withheld"]["until"]) == closes_at
    assert shown["audio"]["state"] == ok(practising.get("/clock"))["audio"]["state"] == "withheld"
    assert [section["key"] for section in shown["sections"]] == shown["all_sections"]
    checks = ok(practising.get("/checks"))
    assert {(one["item"], one["is_correct"], one["key"]) for one in checks["checked"]} == {("46", None, None), ("T", None, None)}
    assert (checks["references"], checks["withheld"]) == ({}, shown["withheld"])
    refused(practising.post("/checks", {"items": ["47"]}), 409, "paper_is_set")
    assert exam.title in refused(practising.get("/audio"), 409, "paper_is_set")["message"]["zh"]
    assert practising.saves(("47", 1, "A"), ("46", 2, "A")) == ["saved", "superseded"], "what was looked at stays frozen"

    change(exam, closes_at=database_now())
    assert "The secret transcript" in practising.get().content.decode()
    assert {one["item"] for one in ok(practising.get("/checks"))["checked"] if one["key"]} == {"46", "T"}
    assert practising.get("/audio", Range="bytes=0-100").status_code == 206


@pytest.mark.parametrize("mode", ["practice", "exam"])
def test_a_report_of_before_closes_while_the_paper_is_set(student: Person, paper: Paper, set_exam: Setter, mode: str) -> None:
    own = Sitting.begin(student, paper.pk, mode)
    own.submits()
    assert ok(own.get("/report"))["keys"] == "shown"
    exam = set_exam(paper, closes_at=database_now() + HOUR)
    assert is_secret(own)
    report = ok(own.get("/report"))
    assert (report["keys"], report["withheld"]["assignment"], report["content"]) == ("after_window", exam.pk, [])
    change(exam, closes_at=database_now())
    assert ok(own.get("/report"))["keys"] == "shown"


def test_another_version_of_the_paper_is_the_same_secret(student: Person, paper: Paper, set_exam: Setter) -> None:
    own = Sitting.begin(student, paper.pk, "practice")
    newer = make_paper()
    Paper.objects.filter(pk=newer.pk).update(slug=paper.slug, version=2)
    set_exam(Paper.objects.get(pk=newer.pk))
    assert is_secret(own)


def test_who_is_not_in_the_course_is_not_concerned(stranger: Person, paper: Paper, set_exam: Setter) -> None:
    own = Sitting.begin(stranger, paper.pk, "practice")
    set_exam(paper)
    assert not is_secret(own)


def test_a_report_of_who_hands_in_early_has_no_question_to_pass_on(student: Person, paper: Paper, set_exam: Setter) -> None:
    sitting = sits(student, set_exam(paper, closes_at=database_now() + HOUR)).at_minute(31)
    sitting.saves(("1", 1, "A"))
    sitting.submits()
    text = sitting.get("/report").content.decode()
    assert not any(question in text for question in QUESTIONS)
    items = {item["item"]["slot"]: item for item in ok(sitting.get("/report"))["items"]}
    assert len(items) == 57
    assert (items["1"]["answer"], items["1"]["is_correct"]) == ("A", None)
    assert {(item["item"]["prompt"], len(item["item"]["choices"])) for item in items.values()} == {("", 0)}
    assert is_secret(sitting)


def test_keys_wait_for_a_classmate_who_came_late(
    student: Person, classmate: Person, practising: Sitting, paper: Paper, set_exam: Setter
) -> None:
    exam = set_exam(paper, closes_at=database_now() + HOUR, late_policy="flag")
    mine = sits(student, exam)
    mine.submits()
    change(exam, closes_at=database_now())
    assert ok(mine.get("/report"))["withheld"]["reason"] == "late_starts"
    late = sits(classmate, exam)
    assert late.row.is_late_start
    assert (is_secret(mine), is_secret(practising)) == (True, True)
    late.submits()
    assert ok(mine.get("/report"))["keys"] == "shown"
    assert not is_secret(practising)


def test_keys_wait_for_who_began_in_time_and_still_writes(
    student: Person, classmate: Person, paper: Paper, set_exam: Setter
) -> None:
    exam = set_exam(paper, closes_at=database_now() + HOUR)
    mine, theirs = sits(student, exam), sits(classmate, exam)
    mine.submits()
    change(exam, closes_at=database_now())
    assert ok(mine.get("/report"))["withheld"]["reason"] == "others_write"
    refused(student.post("/attempts", {"paper": paper.pk, "mode": "practice"}), 409, "paper_is_set")
    theirs.submits()
    assert ok(mine.get("/report"))["keys"] == "shown"


def test_keys_wait_for_the_window_of_an_exception(
    student: Person, classmate: Person, teacher: Person, paper: Paper, set_exam: Setter
) -> None:
    exam = set_exam(paper, closes_at=database_now() + HOUR)
    mine = sits(student, exam)
    mine.submits()
    change(exam, closes_at=database_now())
    later = (database_now() + 2 * HOUR).replace(microsecond=0)
    AssignmentException.objects.create(assignment=exam, student=classmate.user, closes_at=later, created_by=teacher.user)
    withheld = ok(mine.get("/report"))["withheld"]
    assert (withheld["reason"], datetime.fromisoformat(withheld["until"])) == ("window", later)
    assert is_secret(mine)
    AssignmentException.objects.update(closes_at=database_now())
    assert not is_secret(mine)


def test_a_room_that_has_not_begun_keeps_the_paper_closed(
    student: Person, practising: Sitting, paper: Paper, set_exam: Setter
) -> None:
    room = set_exam(paper, start="room", closes_at=database_now())
    assert is_secret(practising)
    assert ok(practising.get())["withheld"]["reason"] == "room"
    change(room, room_started_at=database_now())
    assert not is_secret(practising), "nobody waits in it and its window is over"


def test_the_teachers_release_opens_every_way_at_once(
    student: Person, teacher: Person, practising: Sitting, paper: Paper, set_exam: Setter
) -> None:
    exam = set_exam(paper, key_release="by_teacher", attempts_allowed=2)
    mine = sits(student, exam)
    mine.submits()
    change(exam, closes_at=database_now())
    assert ok(mine.get("/report"))["keys"] == "by_teacher"
    assert (is_secret(mine), is_secret(practising)) == (True, True)
    ok(teacher.post(f"/assignments/{exam.pk}/key-release"))
    assert (is_secret(mine), is_secret(practising)) == (False, False)


def test_keys_on_submission_close_again_during_a_retake(student: Person, paper: Paper, set_exam: Setter) -> None:
    exam = set_exam(paper, key_release="on_submission", attempts_allowed=2)
    first = sits(student, exam)
    first.submits()
    assert ok(first.get("/report"))["keys"] == "shown"
    retake = sits(student, exam)
    assert ok(first.get("/report"))["withheld"]["reason"] == "you_write"
    assert is_secret(first)
    retake.submits()
    assert ok(first.get("/report"))["keys"] == "shown"


def test_the_teacher_sees_all_meanwhile(student: Person, teacher: Person, paper: Paper, set_exam: Setter) -> None:
    practice = set_exam(paper, mode="practice")
    begun = Sitting.begin(student, paper.pk, "practice", practice.pk)
    exam = set_exam(paper, closes_at=database_now() + HOUR)
    mine = sits(student, exam)
    mine.submits()
    ok(begun.get())
    for sitting in (begun, mine):
        seen = Sitting(teacher, sitting.id)
        assert is_secret(sitting)
        assert not is_secret(seen)
        assert seen.get("/audio", Range="bytes=0-100").status_code == 206
    assert ok(Sitting(teacher, begun.id).get())["withheld"] is None
    assert ok(Sitting(teacher, mine.id).get("/report"))["keys"] == "shown"


@pytest.mark.parametrize("size", [1, 6])
def test_looking_costs_one_query_and_only_where_something_could_be_shown(
    student: Person,
    practising: Sitting,
    paper: Paper,
    set_exam: Setter,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
) -> None:
    exams = [set_exam(paper) for _ in range(size)]
    exam = sits(student, exams[0])
    for sitting in (practising, exam):
        ok(sitting.get())
    # who, the attempt with the time, what is set, answers, late answers
    with zeal_context(), django_assert_num_queries(5):
        ok(practising.get())
    with zeal_context(), django_assert_num_queries(4):
        ok(exam.get())
    with zeal_context(), django_assert_num_queries(2):
        ok(exam.get("/clock"))
    exam.at_minute(31)
    with zeal_context(), django_assert_num_queries(2):
        assert exam.get("/audio").status_code == 206
    assert Attempt.objects.filter(student=student.user).count() == 2
