"""A student writes a marked text anew: it begins with the first, is marked the same way, and shows what changed."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.automarking.work import BUILTIN
from siji.practice.conftest import Setter
from siji.practice.models import Attempt
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.test_marking_desk import script_of
from siji.practice.tests.test_provisional_marks import ESSAY, report_script, work_off

BETTER = ESSAY.replace("more and more student like", "more and more students like").replace(
    "it open our eyes", "it opens our eyes"
)


@pytest.fixture
def first(student: Person, paper: Paper) -> Sitting:
    """Practice of one's own, marked."""
    sitting = Sitting.begin(student, paper.pk, "practice", sections=["writing"])
    sitting.saves(("W", 1, ESSAY))
    sitting.submits()
    work_off(BUILTIN)
    return sitting


def rewrite(sitting: Sitting, status: int = 201) -> Sitting:
    body = ok(sitting.person.post(f"/scripts/{script_of(sitting, 'W')}/rewrites"), status)
    return Sitting(sitting.person, body["id"])


def hand_in_again(sitting: Sitting, text: str) -> dict[str, Any]:
    sitting.saves(("W", 2, text))
    sitting.submits()
    work_off(BUILTIN)
    found: dict[str, Any] = report_script(sitting)["rewriting"]
    return found


def test_it_begins_with_the_first_text_and_is_one_however_often_pressed(first: Sitting) -> None:
    assert report_script(first)["rewriting"]["may_rewrite"] is True
    second = rewrite(first)
    page = ok(second.get())
    assert [(answer["item"], answer["value"]) for answer in page["answers"]] == [("W", ESSAY)]
    assert (page["mode"], page["assignment"], page["all_sections"]) == ("practice", None, ["writing"])
    second.saves(("W", 2, "Begun"))
    assert rewrite(first, 200).id == second.id
    assert second.kept() == {"W": (2, "Begun")}


def test_it_stands_beside_ordinary_practice_of_the_same_section(first: Sitting, student: Person, paper: Paper) -> None:
    practice = Sitting.begin(student, paper.pk, "practice", sections=["writing"])
    assert rewrite(first).id != practice.id
    again = ok(student.post("/attempts", {"paper": paper.pk, "mode": "practice", "sections": ["writing"]}))
    assert (again["id"], again["answers"]) == (practice.id, [])


def test_the_report_shows_the_difference_both_marks_and_what_improved(first: Sitting) -> None:
    found = hand_in_again(rewrite(first), BETTER)
    assert found["this"] == 2
    assert [one["number"] for one in found["versions"]] == [1, 2]
    assert all(one["mark"]["by"] == "builtin" and one["mark"]["is_provisional"] for one in found["versions"])
    assert all(one["builtin"] == one["mark"]["value"] for one in found["versions"])
    compared = found["compared"]
    changed = [(piece["change"], piece["text"].strip()) for piece in compared["pieces"] if piece["change"] != "same"]
    assert changed == [("gone", "student"), ("new", "students"), ("gone", "open"), ("new", "opens")]
    before, after = (report_script(one)["feedback"] for one in (first, Sitting(first.person, found["versions"][1]["attempt"])))
    assert len(compared["faults_gone"]) + len(compared["faults_left"]) == len(before["inline"])
    assert len(compared["faults_new"]) + len(compared["faults_left"]) == len(after["inline"])
    assert len(compared["faults_gone"]) >= 2
    assert [one["words"] for one in compared["advice"]] == before["next"]
    assert [one["is_done"] for one in compared["advice"]] == [words not in after["next"] for words in before["next"]]


def test_a_rewrite_of_a_rewrite_is_of_the_first_text(first: Sitting) -> None:
    second = rewrite(first)
    hand_in_again(second, BETTER)
    third = rewrite(second)
    assert ok(third.get())["answers"][0]["value"] == BETTER
    found = hand_in_again(third, BETTER + " It is quiet.")
    assert [one["attempt"] for one in found["versions"]] == [first.id, second.id, third.id]
    assert "".join(piece["text"] for piece in found["compared"]["pieces"] if piece["change"] == "new").endswith("It is quiet.")
    assert report_script(first)["rewriting"]["this"] == 1
    assert report_script(first)["rewriting"]["compared"] is None


@pytest.mark.parametrize("size", [1, 4])
def test_a_report_costs_the_same_however_often_it_was_rewritten(
    first: Sitting, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        last = rewrite(first)
        hand_in_again(last, f"{BETTER} Version {number}.")
    ok(last.get("/report"))
    with zeal_context(), django_assert_num_queries(13):
        assert len(report_script(last)["rewriting"]["versions"]) == size + 1


def test_what_has_no_mark_or_no_text_is_not_rewritten(student: Person, paper: Paper) -> None:
    for text in ("", ESSAY):
        sitting = Sitting.begin(student, paper.pk, "practice", sections=["writing"])
        sitting.saves(("W", 1, text))
        sitting.submits()
        assert report_script(sitting)["rewriting"] is None
        refused(student.post(f"/scripts/{script_of(sitting, 'W')}/rewrites"), 409, "not_marked_yet")


def test_while_the_paper_is_set_as_an_exam_nothing_is_rewritten_or_compared(first: Sitting, exam: Assignment) -> None:
    assert exam.paper_id == first.row.paper_id
    refused(first.person.post(f"/scripts/{script_of(first, 'W')}/rewrites"), 409, "paper_is_set")
    assert report_script(first)["rewriting"] is None
    assert Attempt.objects.filter(rewrite_of__isnull=False).count() == 0


def test_nothing_of_it_is_in_the_course(student: Person, teacher: Person, paper: Paper, set_exam: Setter) -> None:
    practice = set_exam(paper, mode="practice")
    sitting = Sitting.begin(student, practice.paper_id, "practice", assignment=practice.pk)
    sitting.saves(("W", 1, ESSAY))
    sitting.submits()
    work_off(BUILTIN)
    before = [ok(teacher.get(path)) for path in (f"/courses/{practice.course_id}/results", "/scripts")]
    second = rewrite(sitting)
    hand_in_again(second, BETTER)
    assert [ok(teacher.get(path)) for path in (f"/courses/{practice.course_id}/results", "/scripts")] == before
    refused(teacher.get(f"/attempts/{second.id}/report"), 404, "not_found")
    assert report_script(Sitting(teacher, sitting.id))["rewriting"] is None
