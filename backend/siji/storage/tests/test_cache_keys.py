"""Names of cached entries: readable in front, never the same for two things."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.courses.models import CourseStatus
from siji.storage.cache.keys import get_cache_key

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.decimals(allow_nan=False) | st.uuids() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def told_apart(value: Any) -> Any:
    """Equal for two values only if they are the same value of the same type (True is not 1, a tuple is a list)."""
    if isinstance(value, dict):
        return ("dict", frozenset((key, told_apart(part)) for key, part in value.items()))
    if isinstance(value, list):
        return ("list", tuple(told_apart(part) for part in value))
    return (type(value).__name__, str(value))


@given(PLAIN, PLAIN)
def test_two_values_share_a_key_only_if_they_are_the_same(one: Any, other: Any) -> None:
    assert (get_cache_key("courses.list", one) == get_cache_key("courses.list", other)) == (told_apart(one) == told_apart(other))


def test_what_looks_alike_is_told_apart() -> None:
    alike: list[Any] = [
        1,
        "1",
        True,
        None,
        "None",
        Decimal(1),
        1.0,
        [1],
        ["1"],
        {"1": 1},
        UUID(int=1),
        date(2026, 1, 1),
        "2026-01-01",
    ]
    assert len({get_cache_key("x", value) for value in alike}) == len(alike)
    assert get_cache_key("x", "a", "b") != get_cache_key("x", ["a", "b"]) != get_cache_key("x", "ab")


def test_the_order_of_named_parts_does_not_matter() -> None:
    assert get_cache_key("x", page=1, status=CourseStatus.ACTIVE) == get_cache_key("x", status="active", page=1)


def test_a_key_is_readable_and_short() -> None:
    key = get_cache_key("courses.reading.course_list", "x" * 10_000)
    assert re.fullmatch(r"siji:c:courses\.reading\.course_list:[0-9a-f]{32}", key)


def test_an_object_without_a_spelling_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be part of a cache key"):
        get_cache_key("x", object())
