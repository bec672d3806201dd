"""Keys, transcripts and later parts are in no response before they may be seen: every response is searched for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.timing import database_now

KEYS = ("Because the passage says so", "因为原文这样说", "The secret reference", '"key":"', '"key": "B"')
TRANSCRIPT = "The secret transcript"
BEFORE = {
    0: ["writing"],
    31: ["listening-a", "listening-b", "listening-c"],
    56: [],
    61: ["reading-a", "reading-b", "reading-c", "translation"],
}


@pytest.mark.parametrize("minute", BEFORE)
def test_an_open_exam_shows_the_open_part_only(sitting: Sitting, minute: int) -> None:
    sitting.at_minute(minute)
    reply = sitting.get()
    assert [section["key"] for section in ok(reply)["sections"]] == BEFORE[minute]
    for text in (*KEYS[:3], TRANSCRIPT):
        assert text not in reply.content.decode()
    for section in ok(reply)["sections"]:
        assert all(item["key"] is None for item in section["items"])
        if section["part"] == "listening":
            assert all(item["prompt"] == "" for item in section["items"])


def test_an_open_exam_answers_nothing_else(sitting: Sitting) -> None:
    refused(sitting.get("/report"), 409, "not_closed")
    refused(sitting.get("/checks"), 409, "not_practice")
    refused(sitting.post("/checks", {"items": ["W"]}), 409, "not_practice")


@pytest.mark.parametrize("release", ["after_window", "by_teacher"])
def test_a_closed_exam_keeps_its_keys_until_they_are_released(
    sitting: Sitting, teacher: Person, exam: Assignment, release: str
) -> None:
    closes = database_now() + timedelta(hours=1)
    Assignment.objects.filter(pk=exam.pk).update(key_release=release, closes_at=closes)
    sitting.at_minute(40).saves(("1", 1, "A"))
    sitting.submits()
    reply = sitting.get("/report")
    report = ok(reply)
    assert report["keys"] == release
    assert report["withheld"]["reason"] == ("window" if release == "after_window" else release)
    assert (report["withheld"]["until"] is not None) == (release == "after_window")
    assert (report["content"], report["traps"]) == ([], [])
    for text in (*KEYS[:3], TRANSCRIPT):
        assert text not in reply.content.decode()
    assert {(item["is_correct"], item["trap"] is None, item["item"]["key"] is None) for item in report["items"]} == {
        (None, True, True)
    }
    assert ok(Sitting(teacher, sitting.id).get("/report"))["keys"] == "shown"
    if release == "after_window":
        Assignment.objects.filter(pk=exam.pk).update(closes_at=database_now())
    else:
        Assignment.objects.filter(pk=exam.pk).update(keys_released_at=database_now())
    report = ok(sitting.get("/report"))
    assert report["keys"] == "shown"
    assert report["items"][1]["is_correct"] is False
    assert report["items"][1]["trap"]["en"] == "Heard word"
    assert report["traps"] == [{"trap": "heard_word", "name": {"zh": "听到原词", "en": "Heard word"}, "times": 1}]
    assert TRANSCRIPT in sitting.get("/report").content.decode()


def test_practice_shows_transcripts_and_only_the_keys_one_has_looked_at(practising: Sitting) -> None:
    shown = practising.get().content.decode()
    assert TRANSCRIPT in shown
    assert KEYS[0] not in shown
    practising.saves(("46", 1, "B"))
    (checked,) = ok(practising.post("/checks", {"items": ["46"]}))["checked"]
    assert (checked["item"], checked["value"], checked["is_correct"], checked["key"]["key"]) == ("46", "B", True, "B")
    assert [check["item"] for check in ok(practising.get("/checks"))["checked"]] == ["46"]


def test_a_checked_item_is_frozen_as_it_stands(practising: Sitting) -> None:
    practising.saves(("46", 1, "A"))
    ok(practising.post("/checks", {"items": ["46", "47", "T"]}))
    (answer, blank) = ok(practising.sends(("46", 2, "B"), ("47", 1, "B")))["acknowledged"]
    assert (answer["status"], answer["current"]) == ("superseded", {"seq": 1, "value": "A"})
    assert (blank["status"], blank["current"]) == ("superseded", {"seq": 0, "value": ""})
    assert ok(practising.get("/checks"))["references"] == {"T": ["The secret reference."]}
    practising.submits()
    assert practising.row.result["raw"] == 0


def test_a_practice_begun_before_the_exam_was_set_shows_no_more_keys(practising: Sitting, exam: Assignment) -> None:
    refused(practising.post("/checks", {"items": ["46"]}), 409, "paper_is_set")
    assert ok(practising.get("/checks"))["checked"] == []


def test_looking_twice_changes_nothing(practising: Sitting) -> None:
    practising.saves(("46", 1, "A"))
    first = ok(practising.post("/checks", {"items": ["46"]}))
    assert ok(practising.post("/checks", {"items": ["46", "46"]})) == first


def test_what_is_not_in_the_practice_cannot_be_looked_at(student: Person, paper: Paper) -> None:
    sitting = Sitting.begin(student, paper.pk, "practice", sections=["reading-c"])
    body = refused(sitting.post("/checks", {"items": ["46", "1"]}), 422, "unknown_item")
    assert set(body["fields"]) == {"1"}
    assert ok(sitting.get("/checks"))["checked"] == []
    sitting.submits()
    refused(sitting.post("/checks", {"items": ["46"]}), 409, "closed")
    assert ok(sitting.get("/report"))["keys"] == "shown"


def test_an_exam_of_ones_own_shows_its_keys_once_it_is_closed(student: Person, paper: Paper) -> None:
    sitting = Sitting.begin(student, paper.pk)
    sitting.submits()
    report = ok(sitting.get("/report"))
    assert report["keys"] == "shown"
    assert len(report["content"]) == 8
    assert report["estimate"]["note"]["en"].startswith("An estimate")
