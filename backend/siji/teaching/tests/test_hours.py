"""The hour solver by the thousand: sums are exact, locks are kept, nothing is left out that there is room for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.teaching.runs.hours import Block, Overfull, Topic, largest_remainder, session_sizes, solve

weights = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)
needs = weights.map(lambda values: [Topic(f"P{at}", value) for at, value in enumerate(values)])


@given(weights, st.integers(0, 500))
def test_the_parts_add_up_and_none_is_a_whole_one_off(values: list[float], total: int) -> None:
    parts = largest_remainder(values, total)
    assert sum(parts) == total
    whole = sum(values)
    if whole > 1e-3:
        assert all(abs(part - total * value / whole) < 1 + 1e-6 for part, value in zip(parts, values, strict=True))


@given(needs, st.integers(1, 200), st.sampled_from([2, 4, 8]))
def test_every_session_is_full_and_every_topic_has_its_place(topics: list[Topic], total: int, size: int) -> None:
    sizes = session_sizes(total, size)
    plan = solve(topics, sizes, {})
    assert [sum(block.ticks for block in blocks) for blocks in plan] == sizes
    assert {key for blocks in plan for block in blocks for key in block.topics} == {topic.key for topic in topics}
    assert [block.topics[0] for blocks in plan for block in blocks] == sorted(
        (block.topics[0] for blocks in plan for block in blocks), key=lambda key: int(key[1:])
    )


@given(needs, st.integers(2, 60), st.data())
def test_what_is_locked_stays_where_it_is(topics: list[Topic], sessions: int, data: st.DataObject) -> None:
    sizes = [4] * sessions
    places = data.draw(st.lists(st.integers(0, sessions - 1), max_size=8, unique=True))
    locked = {at: [Block((data.draw(st.sampled_from(topics)).key,), data.draw(st.integers(1, 4)), f"row {at}")] for at in places}
    plan = solve(topics, sizes, locked)
    assert [sum(block.ticks for block in blocks) for blocks in plan] == sizes
    assert all(plan[at][: len(blocks)] == blocks for at, blocks in locked.items())


def test_more_need_is_more_hours() -> None:
    [first, second] = [sum(b.ticks for b in blocks) for blocks in solve([Topic("a", 1), Topic("b", 3)], [2, 6], {})]
    assert (first, second) == (2, 6)


def test_too_much_in_one_session_is_refused() -> None:
    with pytest.raises(Overfull) as error:
        solve([Topic("a", 1)], [2, 2], {1: [Block(("a",), 3, "row")]})
    assert error.value.session == 1
