"""``cached_result`` and ``cached_response``: typed values, None among them, and answers with a tag."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from siji.schema import Schema
from siji.storage.cache.manager import cache_manager
from siji.storage.cache.responses import cached_response
from siji.storage.cache.results import cached_result

pytestmark = pytest.mark.django_db(transaction=True)

made: list[str] = []


class Standing(Schema):
    name: str
    share: Decimal
    at: datetime | None = None


@cached_result(namespaces=lambda course, *, page=1: [f"course:{course}"])
def standing(course: int, *, page: int = 1) -> Standing | None:
    """Of one course."""
    made.append(f"{course}/{page}")
    return None if course == 0 else Standing(name="大学英语", share=Decimal("33.33"), at=datetime(2026, 1, 1, tzinfo=UTC))


@cached_result(namespaces=lambda user: [f"user:{user}"], owner=lambda user: user)
def own(user: int) -> list[int]:
    made.append(f"own {user}")
    return [user]


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    made.clear()


def test_a_value_comes_back_as_its_type() -> None:
    first, again = standing(1), standing(1)
    assert first == again
    assert isinstance(again, Standing)
    assert again.share == Decimal("33.33")
    assert made == ["1/1"]


def test_none_is_a_value() -> None:
    assert [standing(0), standing(0)] == [None, None]
    assert made == ["0/1"]


def test_a_default_and_the_same_value_given_are_one() -> None:
    standing(1)
    standing(course=1, page=1)
    standing(1, page=2)
    assert made == ["1/1", "1/2"]


def test_a_change_of_one_namespace_leaves_the_others() -> None:
    standing(1)
    standing(2)
    cache_manager.invalidate("course:1")
    standing(1)
    standing(2)
    assert made == ["1/1", "2/1", "1/1"]


def test_each_person_has_their_own() -> None:
    assert [own(1), own(2), own(1)] == [[1], [2], [1]]
    assert made == ["own 1", "own 2"]


def ask(owner: int, **headers: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", headers=headers)
    return cached_response(
        request,
        name="test.standing",
        shape=Standing,
        make=lambda: Standing(name=f"{len(made)} of {owner}", share=Decimal(1)),
        namespaces=[f"user:{owner}"],
        owner=owner,
    )


def test_an_answer_is_private_and_tagged_and_not_sent_twice() -> None:
    first = ask(1)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = ask(1, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    compressed = ask(1, **{"If-None-Match": f'"other", W/{first.headers["ETag"]}'})
    assert compressed.status_code == 304


def test_a_changed_answer_has_another_tag() -> None:
    first = ask(1)
    made.append("something")
    cache_manager.invalidate("user:1")
    again = ask(1, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_two_people_never_share_an_answer() -> None:
    assert ask(1).content != ask(2).content
