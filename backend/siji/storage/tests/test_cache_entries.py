"""A stored entry: written and read again, current or not, made again before its end."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.storage.cache.entries import Entry, Unreadable, etag_of

NAMES = st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8), max_size=3)


@given(st.binary(), NAMES, st.none() | st.integers(min_value=1), st.floats(0, 100), st.integers(0, 2_000_000_000))
def test_what_is_written_is_read_again(body: bytes, versions: dict[str, str], owner: int | None, cost: float, end: int) -> None:
    entry = Entry.of(body, versions=versions, owner=owner, cost=round(cost, 6), expires=float(end))
    assert Entry.read(entry.as_bytes()) == entry


@given(st.binary())
def test_anything_else_is_unreadable_or_an_entry(stored: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(Entry.read(stored), Entry)


def test_an_entry_is_current_with_just_its_versions_until_its_end() -> None:
    entry = Entry.of(b"x", versions={"course:1": "a"}, owner=None, cost=0, expires=100)
    assert entry.is_current({"course:1": "a"}, now=99.9)
    assert not entry.is_current({"course:1": "b"}, now=99.9)
    assert not entry.is_current({}, now=99.9)
    assert not entry.is_current({"course:1": "a", "user:1": "a"}, now=99.9)
    assert not entry.is_current({"course:1": "a"}, now=100)


def test_the_dearer_the_earlier_it_is_made_again() -> None:
    cheap = Entry.of(b"x", versions={}, owner=None, cost=0.001, expires=100)
    dear = Entry.of(b"x", versions={}, owner=None, cost=2.0, expires=100)
    assert not cheap.wants_early(now=98, chance=0.1)
    assert dear.wants_early(now=98, chance=0.1)
    assert not dear.wants_early(now=98, chance=0.9)


def test_tags_follow_the_bytes() -> None:
    assert etag_of(b"a") != etag_of(b"b")
    assert etag_of(b"a").startswith('"')


def test_an_unreadable_entry_says_so() -> None:
    with pytest.raises(Unreadable):
        Entry.read(b'{"v": {}}\nbody')
