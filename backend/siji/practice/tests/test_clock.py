"""The clock at every boundary: a part is open from its first millisecond and locked at exactly its last."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.practice import clock
from siji.practice.clock import MINUTE, Plan, Sheet
from siji.practice.tests.sheets import CLOCK, SECTIONS, SLOTS, exam_sheet, sections_sheet

some = st.lists(st.sampled_from(SECTIONS), min_size=1, unique=True).map(lambda chosen: sorted(chosen, key=SECTIONS.index))
percents = st.integers(0, 200)
extensions = st.lists(st.tuples(st.integers(0, 200 * MINUTE), st.integers(1, 120)), max_size=4)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any timetable that can come about: whole or sections, extra time, extensions given while it ran."""
    percent = draw(percents)
    sheet = exam_sheet(percent) if draw(st.booleans()) else sections_sheet(*draw(some), extra_percent=percent)
    for at, minutes in draw(extensions):
        part = clock.part_to_extend(sheet, at)
        if part is not None:
            sheet = clock.extended(sheet, key=part.key, milliseconds=minutes * MINUTE)
    return sheet


def test_the_day_is_130_minutes_with_three_real_locks() -> None:
    sheet = exam_sheet()
    ends = {part.key: part.end_ms // MINUTE for part in sheet.parts}
    assert ends == {"writing": 30, "listening": 55, "collection": 60, "reading": 130}
    assert len(sheet.slots) == len(set(sheet.slots)) == 57


def test_broken_minutes_end_on_whole_milliseconds() -> None:
    minutes = {"writing": 0.6, "listening": 0.7, "collection": 0.15, "reading": 2.00001}
    whole = Plan.of(CLOCK)
    parts = tuple(replace(part, minutes=minutes[part.key]) for part in whole.parts)
    plan = Plan(parts, dict.fromkeys(SECTIONS, 0.1))
    assert [part.end_ms for part in clock.whole_paper(plan, SLOTS).parts] == [36_000, 78_000, 87_000, 207_001]
    assert clock.some_sections(plan, ["listening-a", "listening-b", "listening-c"], SLOTS).end_ms == 18_000


@given(sheets())
def test_every_boundary_to_the_millisecond(sheet: Sheet) -> None:
    for part in sheet.parts:
        around = {at: clock.standing_of(part, at) for at in (part.start_ms - 1, part.start_ms, part.end_ms - 1, part.end_ms)}
        assert list(around.values()) == ["pending", "open", "open", "locked"]
        for slot in part.slots:
            assert clock.standings(sheet, part.end_ms - 1, is_closed=False)[slot] == "open"
            assert clock.standings(sheet, part.end_ms, is_closed=False)[slot] == "locked"
    assert not clock.is_over(sheet, sheet.end_ms - 1)
    assert clock.is_over(sheet, sheet.end_ms)


@given(sheets(), st.integers(0, 400 * MINUTE))
def test_parts_follow_without_gap_and_exactly_one_is_open_until_the_end(sheet: Sheet, at: int) -> None:
    assert sheet.parts[0].start_ms == 0
    for before, after in pairwise(sheet.parts):
        assert before.end_ms == after.start_ms
    running = [part for part in sheet.parts if clock.standing_of(part, at) == "open"]
    assert len(running) == (0 if clock.is_over(sheet, at) else 1)
    assert clock.open_part(sheet, at) == (running[0] if running else None)


@given(sheets(), st.integers(0, 400 * MINUTE))
def test_what_the_browser_counts_down_is_what_the_locks_do(sheet: Sheet, at: int) -> None:
    for now in clock.parts_now(sheet, at, is_closed=False):
        assert (now.starts_in_ms == 0) == (now.standing != "pending")
        assert (now.remaining_ms == 0) == (now.standing == "locked")
        later = at + now.starts_in_ms + now.remaining_ms
        if now.standing != "locked":
            assert clock.standing_of(now.part, later - 1) == "open"
            assert clock.standing_of(now.part, later) == "locked"
    change = clock.next_change_ms(sheet, at)
    if change is not None:
        assert clock.open_part(sheet, at + change - 1) == clock.open_part(sheet, at)
        assert clock.open_part(sheet, at + change) != clock.open_part(sheet, at)
    assert clock.remaining_ms(sheet, at) == max(sheet.end_ms - at, 0)


@given(sheets(), st.integers(0, 300 * MINUTE), st.integers(1, 120))
def test_an_extension_opens_no_lock_and_moves_all_that_follows(sheet: Sheet, at: int, minutes: int) -> None:
    part = clock.part_to_extend(sheet, at)
    if part is None:
        assert not [p for p in sheet.parts if p.end_ms > at and p.slots]
        return
    longer = clock.extended(sheet, key=part.key, milliseconds=minutes * MINUTE)
    for old, new in zip(sheet.parts, longer.parts, strict=True):
        if clock.standing_of(old, at) == "locked":
            assert new == old
        assert new.duration_ms == old.duration_ms + (minutes * MINUTE if old.key == part.key else 0)
    assert longer.end_ms == sheet.end_ms + minutes * MINUTE
    assert longer.slots == sheet.slots


@given(some, percents)
def test_sections_run_their_own_minutes_and_collect_only_between_two_sheets(chosen: list[str], percent: int) -> None:
    sheet = sections_sheet(*chosen, extra_percent=percent)
    assert list(sheet.slots) == [slot for section in chosen for slot in SLOTS[section]]
    keys = [part.key for part in sheet.parts]
    first_sheet = any(section.startswith(("writing", "listening")) for section in chosen)
    second_sheet = any(section.startswith(("reading", "translation")) for section in chosen)
    assert ("collection" in keys) == (first_sheet and second_sheet)


def test_all_sections_one_by_one_take_the_time_of_the_whole() -> None:
    assert sections_sheet(*SECTIONS) == exam_sheet()


def test_sections_of_one_part_share_its_block() -> None:
    sheet = sections_sheet("listening-b", "reading-c", "translation")
    assert [(part.key, part.duration_ms // MINUTE) for part in sheet.parts] == [
        ("listening", 7),
        ("collection", 5),
        ("reading", 48),
    ]


def test_extra_time_lengthens_only_what_may_be_lengthened() -> None:
    durations = {part.key: part.duration_ms / MINUTE for part in exam_sheet(extra_percent=25).parts}
    assert durations == {"writing": 37.5, "listening": 25, "collection": 5, "reading": 87.5}


def test_during_the_collection_more_time_goes_to_the_part_that_follows() -> None:
    part = clock.part_to_extend(exam_sheet(), 57 * MINUTE)
    assert part is not None
    assert part.key == "reading"


def test_after_the_end_there_is_nothing_to_extend() -> None:
    assert clock.part_to_extend(exam_sheet(), 130 * MINUTE) is None


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        sections_sheet("listening-z")


@given(sheets())
def test_a_sheet_reads_back_as_it_was_written(sheet: Sheet) -> None:
    assert Sheet.of(sheet.as_json()) == sheet


@given(sheets())
def test_before_a_room_starts_nothing_is_open(sheet: Sheet) -> None:
    assert set(clock.standings(sheet, None, is_closed=False).values()) <= {"pending"}
    waiting = clock.parts_now(sheet, None, is_closed=False)
    assert [(now.starts_in_ms, now.remaining_ms) for now in waiting] == [(p.start_ms, p.duration_ms) for p in sheet.parts]


@given(sheets(), st.one_of(st.none(), st.integers(0, 300 * MINUTE)))
def test_closing_locks_everything(sheet: Sheet, at: int | None) -> None:
    assert set(clock.standings(sheet, at, is_closed=True).values()) == {"locked"}
    assert {now.standing for now in clock.parts_now(sheet, at, is_closed=True)} == {"locked"}


def test_practice_has_no_clock() -> None:
    sheet = Sheet(free=("1", "2"))
    assert clock.standings(sheet, 10**9, is_closed=False) == {"1": "open", "2": "open"}
    assert clock.standings(sheet, 10**9, is_closed=True) == {"1": "locked", "2": "locked"}
    assert not clock.is_over(sheet, 10**9)


@given(sheets(), st.integers(0, 300 * MINUTE))
def test_a_slot_is_locked_from_its_lock_on_and_not_before(sheet: Sheet, closed_ms: int) -> None:
    for slot in sheet.slots:
        lock = clock.lock_ms(sheet, slot, closed_ms=closed_ms)
        assert clock.standings(sheet, lock, is_closed=lock >= closed_ms)[slot] == "locked"
        if lock > 0:
            assert clock.standings(sheet, lock - 1, is_closed=False)[slot] != "locked"


def test_practice_is_locked_when_it_is_closed() -> None:
    assert clock.lock_ms(Sheet(free=("W", "1")), "1", closed_ms=7) == 7
