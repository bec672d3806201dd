"""What a page of an attempt costs: the same whether much or little was answered."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.conftest import Person
from siji.practice.tests.acting import Sitting, ok


@pytest.mark.counts("GET /attempts/{attempt_id}")
@pytest.mark.counts("GET /attempts/{attempt_id}/clock")
@pytest.mark.parametrize("size", [1, 25])
def test_a_page_of_an_attempt(sitting: Sitting, django_assert_num_queries: DjangoAssertNumQueries, size: int) -> None:
    sitting.at_minute(31)
    sitting.saves(*((str(slot), 1, "A") for slot in range(1, size + 1)))
    with zeal_context(), django_assert_num_queries(4):  # who, the attempt with the time, answers, late answers
        assert len(ok(sitting.get())["answers"]) == size
    with zeal_context(), django_assert_num_queries(2):
        ok(sitting.get("/clock"))


@pytest.mark.counts("GET /attempts/{attempt_id}/report")
@pytest.mark.parametrize("size", [1, 25])
def test_a_report(sitting: Sitting, django_assert_num_queries: DjangoAssertNumQueries, size: int) -> None:
    sitting.at_minute(31)
    sitting.saves(*((str(slot), 1, "A") for slot in range(1, size + 1)), *(("W", seq, "late") for seq in range(1, size + 1)))
    sitting.submits()
    ok(sitting.get("/report"))
    with zeal_context(), django_assert_num_queries(11):
        ok(sitting.get("/report"))


@pytest.mark.counts("GET /attempts/{attempt_id}/checks")
@pytest.mark.parametrize("size", [1, 25])
def test_what_was_checked(practising: Sitting, django_assert_num_queries: DjangoAssertNumQueries, size: int) -> None:
    ok(practising.post("/checks", {"items": [str(slot) for slot in range(1, size + 1)]}))
    with zeal_context(), django_assert_num_queries(4):  # who, the attempt with the time, what is set, what was checked
        assert len(ok(practising.get("/checks"))["checked"]) == size


@pytest.mark.counts("GET /attempts/{attempt_id}/audio-gaps")
@pytest.mark.parametrize("size", [1, 40])
def test_what_was_missed(sitting: Sitting, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int) -> None:
    for second in range(size):
        ok(sitting.post("/audio-gaps", {"from_ms": second * 2000, "to_ms": second * 2000 + 1000}), 204)
    desk = Sitting(teacher, sitting.id)
    ok(desk.get("/audio-gaps"))
    with zeal_context(), django_assert_num_queries(4):  # who, the attempt with the time, gaps, grants
        assert len(ok(desk.get("/audio-gaps"))["gaps"]) == size
