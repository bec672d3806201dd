"""One batch of answers, judged: the rules of the protocol without a database."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from siji.practice.clock import Standing
from siji.practice.protocol import Kept, Sent, after_lost_race, clean, judge

OPEN: dict[str, Standing] = {"1": "open"}
LOCKED: dict[str, Standing] = {"1": "locked"}
KEPT = {"1": Kept(5, "B")}


def verdict(seq: int, value: str, standing: dict[str, Standing], kept: dict[str, Kept]) -> tuple[str, Kept | None, int]:
    found = judge([Sent("1", seq, value)], kept, standing)
    return found.verdicts[0].status, found.verdicts[0].current, len(found.writes) + len(found.late)


def test_an_open_item() -> None:
    assert verdict(1, "A", OPEN, {}) == ("saved", None, 1)
    assert verdict(6, "C", OPEN, KEPT) == ("saved", None, 1)
    assert verdict(5, "B", OPEN, KEPT) == ("saved", None, 0)
    assert verdict(5, "C", OPEN, KEPT) == ("superseded", Kept(5, "B"), 0)
    assert verdict(4, "B", OPEN, KEPT) == ("superseded", Kept(5, "B"), 0)


def test_a_locked_item() -> None:
    assert verdict(6, "C", LOCKED, KEPT) == ("late", Kept(5, "B"), 1)
    assert verdict(1, "A", LOCKED, {}) == ("late", None, 1)
    assert verdict(5, "B", LOCKED, KEPT) == ("saved", None, 0)
    assert verdict(4, "B", LOCKED, KEPT) == ("saved", None, 0)
    assert verdict(4, "A", LOCKED, KEPT) == ("superseded", Kept(5, "B"), 0)
    assert verdict(5, "A", LOCKED, KEPT) == ("superseded", Kept(5, "B"), 0)


def test_a_checked_item_takes_no_newer_value() -> None:
    checked = {"1": Kept(5, "B", is_checked=True)}
    assert verdict(6, "C", OPEN, checked) == ("superseded", Kept(5, "B", is_checked=True), 0)
    assert verdict(5, "B", OPEN, checked) == ("saved", None, 0)


def test_repeats_within_a_batch_go_in_order() -> None:
    batch = [Sent("1", 1, "A"), Sent("1", 3, "C"), Sent("1", 2, "B"), Sent("1", 3, "C"), Sent("1", 3, "D")]
    found = judge(batch, {}, OPEN)
    assert [v.status for v in found.verdicts] == ["saved", "saved", "superseded", "saved", "superseded"]
    assert found.writes == {"1": Sent("1", 3, "C")}


sent = st.builds(Sent, st.just("1"), st.integers(1, 6), st.sampled_from("ABC"))


@given(st.lists(sent, max_size=12))
def test_the_highest_seq_wins_whatever_the_order(batch: list[Sent]) -> None:
    found = judge(batch, {}, OPEN)
    if batch:
        top = max(s.seq for s in batch)
        first = next(s for s in batch if s.seq == top)
        assert found.writes["1"] == first
    for found_verdict, s in zip(found.verdicts, batch, strict=True):
        assert found_verdict.sent == s


@given(st.lists(sent, max_size=8))
def test_sending_twice_changes_nothing(batch: list[Sent]) -> None:
    first = judge(batch, {}, OPEN)
    kept = {slot: Kept(s.seq, s.value) for slot, s in first.writes.items()}
    assert judge(batch, kept, OPEN).writes == {}


@given(st.lists(sent, max_size=8), st.lists(sent, max_size=8))
def test_a_lock_freezes_what_was_on_time(on_time: list[Sent], after: list[Sent]) -> None:
    kept = {slot: Kept(s.seq, s.value) for slot, s in judge(on_time, {}, OPEN).writes.items()}
    found = judge(after, kept, LOCKED)
    assert found.writes == {}
    assert [v.sent for v in found.verdicts if v.status == "late"] == found.late


def test_a_lost_race_takes_the_second_judgement_for_that_slot_only() -> None:
    both: dict[str, Standing] = {"1": "open", "2": "open"}
    first = judge([Sent("1", 1, "A"), Sent("2", 1, "A")], {}, both)
    again = judge([Sent("1", 1, "A")], {"1": Kept(9, "Z")}, both)
    merged = after_lost_race(first, {"1"}, again)
    assert [(v.sent.slot, v.status, v.current) for v in merged.verdicts] == [
        ("1", "superseded", Kept(9, "Z")),
        ("2", "saved", None),
    ]
    assert merged.writes == {"2": Sent("2", 1, "A")}


def test_what_the_database_cannot_keep_is_mended_not_refused() -> None:
    assert clean("a\x00b") == "ab"
    assert clean("half \ud83d") == "half �"
    assert clean("\U0001f600 好") == "\U0001f600 好"


@given(st.text(alphabet=st.characters(codec=None)))
def test_every_text_becomes_one_that_can_be_kept(text: str) -> None:
    mended = clean(text)
    assert "\x00" not in mended
    assert mended.encode().decode() == mended
    assert clean(mended) == mended
