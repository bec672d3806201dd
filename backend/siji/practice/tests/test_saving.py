"""Saving answers: nothing that was acknowledged is lost, nothing late counts, nothing is refused for being late."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.models import Attempt
from siji.practice.protocol import Sent
from siji.practice.saving import save_answers
from siji.practice.tests.acting import Sitting, ok, refused


def test_an_answer_is_kept_and_acknowledged_with_the_servers_time(sitting: Sitting) -> None:
    reply = ok(sitting.sends(("W", 1, "Dear")))
    assert reply["acknowledged"] == [{"item": "W", "seq": 1, "status": "saved", "current": None}]
    assert reply["server_time"]
    assert sitting.kept() == {"W": (1, "Dear")}


def test_sending_twice_changes_nothing(sitting: Sitting) -> None:
    assert sitting.saves(("W", 1, "Dear")) == sitting.saves(("W", 1, "Dear")) == ["saved"]
    assert sitting.kept() == {"W": (1, "Dear")}


def test_an_older_tab_cannot_undo_a_newer_answer(sitting: Sitting) -> None:
    sitting.saves(("W", 2, "newer"))
    (old,) = ok(sitting.sends(("W", 1, "older")))["acknowledged"]
    assert (old["status"], old["current"]) == ("superseded", {"seq": 2, "value": "newer"})
    (same,) = ok(sitting.sends(("W", 2, "another")))["acknowledged"]
    assert (same["status"], same["current"]) == ("superseded", {"seq": 2, "value": "newer"})
    assert sitting.kept() == {"W": (2, "newer")}


def test_a_late_answer_is_kept_beside_the_frozen_one(sitting: Sitting) -> None:
    sitting.saves(("W", 1, "on time"))
    sitting.at_minute(31)
    (late,) = ok(sitting.sends(("W", 2, "too late")))["acknowledged"]
    assert (late["status"], late["current"]) == ("late", {"seq": 1, "value": "on time"})
    assert sitting.saves(("W", 2, "too late"), ("W", 1, "on time"), ("W", 1, "other")) == ["late", "saved", "superseded"]
    assert sitting.kept() == {"W": (1, "on time")}
    assert sitting.late() == [("W", 2, "too late")]


def test_two_late_values_with_one_seq_are_both_kept(sitting: Sitting) -> None:
    sitting.at_minute(31)
    assert sitting.saves(("W", 5, "from the phone"), ("W", 5, "from the laptop")) == ["late", "late"]
    assert len(sitting.late()) == 2


def test_each_item_of_a_batch_is_judged_by_its_own_part(sitting: Sitting) -> None:
    sitting.at_minute(40)
    assert sitting.saves(("W", 1, "late"), ("7", 1, "A")) == ["late", "saved"]


def test_a_part_that_has_not_begun_takes_nothing_and_the_batch_keeps_nothing(sitting: Sitting) -> None:
    body = refused(sitting.sends(("W", 1, "x"), ("1", 1, "A"), ("T", 1, "y")), 409, "not_open_yet")
    assert set(body["fields"]) == {"1", "T"}
    assert sitting.kept() == {}


def test_an_unknown_item_is_named_and_the_batch_keeps_nothing(sitting: Sitting) -> None:
    body = refused(sitting.sends(("W", 1, "x"), ("99", 1, "A")), 422, "unknown_item")
    assert set(body["fields"]) == {"99"}
    assert sitting.kept() == {}


def test_after_the_submission_everything_is_late(sitting: Sitting) -> None:
    sitting.saves(("W", 1, "handed in"))
    sitting.submits()
    assert sitting.saves(("W", 2, "afterthought"), ("1", 1, "A")) == ["late", "late"]
    assert sitting.kept() == {"W": (1, "handed in")}


def test_repeats_in_a_batch_go_in_order(sitting: Sitting) -> None:
    assert sitting.saves(("W", 1, "a"), ("W", 3, "c"), ("W", 2, "b")) == ["saved", "saved", "superseded"]
    assert sitting.kept() == {"W": (3, "c")}


def test_what_postgresql_cannot_keep_is_mended(sitting: Sitting) -> None:
    assert sitting.saves(("W", 1, "a\x00b\ud83d")) == ["saved"]
    assert sitting.saves(("W", 1, "a\x00b\ud83d")) == ["saved"]
    assert sitting.kept() == {"W": (1, "ab\ufffd")}
    save_answers(attempt_id=sitting.row_id, student=sitting.person.user, batch=[Sent("W", 2, "a\x00b\ud83d")])
    assert sitting.kept() == {"W": (2, "ab\ufffd")}


def test_an_empty_batch_is_no_error(sitting: Sitting) -> None:
    assert sitting.saves() == []


@pytest.mark.parametrize("body", [{}, {"answers": "x"}, {"answers": [{"item": "W", "seq": 0, "value": ""}]}])
def test_what_is_not_a_batch_is_refused_in_words(sitting: Sitting, body: object) -> None:
    refused(sitting.person.put(f"/attempts/{sitting.id}/answers", body), 422, "invalid")


def test_answers_are_the_students_own(sitting: Sitting, classmate: Person, stranger: Person, teacher: Person) -> None:
    for person, status in ((classmate, 404), (stranger, 404), (teacher, 403)):
        assert Sitting(person, sitting.id).sends(("W", 1, "x")).status_code == status
    path = f"/api/v1/attempts/{sitting.id}/answers"
    assert Client().put(path, data='{"answers": []}', content_type="application/json").status_code == 401
    assert sitting.kept() == {}


@pytest.mark.parametrize("size", [1, 50])
def test_a_save_costs_two_queries_at_any_size(
    student: Person, paper: Paper, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    attempt = Sitting.begin(student, paper.pk, "practice").row
    batch = [Sent(str(slot), 1, "A") for slot in range(1, size + 1)]
    with django_assert_num_queries(4) as queries:  # the savepoint's two; the lock with the clock and what is kept, the upsert
        save_answers(attempt_id=attempt.pk, student=student.user, batch=batch)
    assert sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries) == 2
    assert attempt.answers.count() == size


def test_the_whole_request_costs_one_more(practising: Sitting, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """Who asks; the session comes from the cache."""
    practising.saves(("1", 1, "A"))
    with django_assert_max_num_queries(10) as queries:
        practising.saves(*((str(slot), 2, "B") for slot in range(1, 51)))
    assert sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries) == 3


def test_a_late_save_costs_no_more(sitting: Sitting, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    attempt_id = sitting.at_minute(31).row.pk
    with django_assert_num_queries(5):  # no answer is on time: the late rows take the upsert's place
        save_answers(attempt_id=attempt_id, student=sitting.person.user, batch=[Sent("W", 1, "x"), Sent("W", 2, "y")])


def test_the_next_tab_learns_where_each_item_stands(sitting: Sitting) -> None:
    sitting.saves(("W", 4, "draft"))
    sitting.at_minute(31)
    sitting.saves(("W", 7, "late draft"))
    shown = ok(sitting.get())
    assert [(a["item"], a["seq"], a["value"]) for a in shown["answers"]] == [("W", 4, "draft")]
    assert [(a["item"], a["seq"], a["value"]) for a in shown["late_answers"]] == [("W", 7, "late draft")]


def test_an_attempt_of_sections_knows_only_its_slots(student: Person, paper: Paper, exam: Assignment) -> None:
    Assignment.objects.filter(pk=exam.pk).update(sections=["reading-c", "translation"])
    sitting = Sitting.begin(student, paper.pk, assignment=exam.pk)
    assert sitting.saves(("46", 1, "B"), ("T", 1, "Tea")) == ["saved", "saved"]
    refused(sitting.sends(("1", 1, "B")), 422, "unknown_item")
    assert Attempt.objects.get(pk=sitting.id).sections == ["reading-c", "translation"]
