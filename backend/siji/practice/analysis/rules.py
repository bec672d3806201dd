"""Figures of a test and of its items: pure, no Django.

Facility is the share of those who sat an item that got it right; a blank is wrong. Discrimination is told in two ways. The
*upper-lower index* is facility among the best 27 % less facility among the last 27 % by objective marks; where several students
share the mark at the edge of a group, each of them belongs to it in part, which is the mean over every order they could be put
in. The *point-biserial* is the correlation of right or wrong with the marks in all other items, so that an item is not compared
with itself. Sources: Kelley 1939 for the 27 %; Ebel 1979 for the bands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, pstdev
from typing import Literal

from siji.practice.scoring import Keyed, is_correct, letter, trap_of

GROUP = 0.27
FEWEST = 10
"""Below this a group is two students or fewer, and no index is given."""
ENOUGH = 30
"""Below this an index is given with a warning."""
HARD, EASY, WEAK = 0.3, 0.9, 0.2
BINS = 10

Sheet = Mapping[str, str]
"""One student's answers by slot."""
Flag = Literal["hard", "easy", "weak", "negative", "trap"]
"""weak, negative: discrimination below 0.2, below 0. trap: one wrong choice drew more than the key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``letter`` "" is a blank. What was never offered stands as it was sent."""

    letter: str
    count: int
    is_key: bool
    trap: str | None


@dataclass(frozen=True, slots=True)
class ItemFigures:
    slot: str
    section: str
    students: int
    correct: int
    choices: tuple[Choice, ...]
    """Most chosen first, the blank last."""
    discrimination: float | None
    """Upper-lower, -1 to 1; None where there are fewer than ten students."""
    point_biserial: float | None
    """None as well where everybody, or nobody, was right, or all have the same marks in the other items."""
    flags: tuple[Flag, ...]

    @property
    def facility(self) -> float:
        return self.correct / self.students if self.students else 0.0

    @property
    def top_wrong(self) -> Choice | None:
        """The wrong choice that drew most; of two that drew as many, the first by letter."""
        return next((choice for choice in self.choices if choice.letter and not choice.is_key), None)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a class is spread over 0–100 per cent."""

    students: int
    mean: float | None
    median: float | None
    deviation: float | None
    lowest: float | None
    highest: float | None
    bins: tuple[int, ...]
    """Ten counts: 0–10 %, 10–20 % … 90–100 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """Right answers of all answers asked for."""

    correct: int
    answers: int

    @property
    def percent(self) -> float:
        return 100 * self.correct / self.answers if self.answers else 0.0


def spread_of(percents: Sequence[float]) -> Spread:
    bins = [0] * BINS
    for percent in percents:
        bins[min(max(int(percent * BINS / 100), 0), BINS - 1)] += 1
    if not percents:
        return Spread(0, None, None, None, None, None, tuple(bins))
    return Spread(
        students=len(percents),
        mean=fmean(percents),
        median=median(percents),
        deviation=pstdev(percents),
        lowest=min(percents),
        highest=max(percents),
        bins=tuple(bins),
    )


def skill_shares(items: Sequence[Keyed], sheets: Sequence[Sheet]) -> dict[str, Share]:
    """By skill, over every student and every item that trains it."""
    right, asked = Counter[str](), Counter[str]()
    for item in items:
        if item.key is None:
            continue
        correct = sum(is_correct(item, sheet.get(item.slot, "")) for sheet in sheets)
        for skill in item.skills:
            right[skill] += correct
            asked[skill] += len(sheets)
    return {skill: Share(right[skill], asked[skill]) for skill in sorted(asked)}


def item_figures(items: Sequence[Keyed], sheets: Sequence[Sheet]) -> list[ItemFigures]:
    """One for each item with a key, in the order given; every sheet is of somebody who sat all of them."""
    keyed = [item for item in items if item.key is not None]
    table = [[is_correct(item, sheet.get(item.slot, "")) for item in keyed] for sheet in sheets]
    marks = [sum(item.marks for item, right in zip(keyed, row, strict=True) if right) for row in table]
    groups = _groups(marks) if len(sheets) >= FEWEST else None
    return [
        _figures(item, sheets, [row[place] for row in table], marks, groups)  # a column of the table
        for place, item in enumerate(keyed)
    ]


def _figures(
    item: Keyed, sheets: Sequence[Sheet], rights: Sequence[bool], marks: Sequence[float], groups: _Groups | None
) -> ItemFigures:
    others = [total - item.marks * right for total, right in zip(marks, rights, strict=True)]
    discrimination = None if groups is None else groups.share(groups.upper, rights) - groups.share(groups.lower, rights)
    choices = _choices(item, sheets)
    return ItemFigures(
        slot=item.slot,
        section=item.section,
        students=len(sheets),
        correct=sum(rights),
        choices=choices,
        discrimination=discrimination,
        point_biserial=None if groups is None else correlation([float(right) for right in rights], others),
        flags=_flags(sum(rights), len(sheets), discrimination, choices),
    )


def _choices(item: Keyed, sheets: Sequence[Sheet]) -> tuple[Choice, ...]:
    counts = Counter(letter(sheet.get(item.slot, "")) for sheet in sheets)
    order = sorted(counts, key=lambda chosen: (chosen == "", -counts[chosen], chosen))
    return tuple(Choice(chosen, counts[chosen], chosen == item.key, trap_of(item, chosen)) for chosen in order)


def _flags(correct: int, students: int, discrimination: float | None, choices: Sequence[Choice]) -> tuple[Flag, ...]:
    if not students:
        return ()
    facility = correct / students
    found: list[Flag] = []
    if facility < HARD:
        found.append("hard")
    elif facility > EASY:
        found.append("easy")
    if discrimination is not None and discrimination < 0:
        found.append("negative")
    elif discrimination is not None and discrimination < WEAK and facility <= EASY:  # what nearly all can do divides nobody
        found.append("weak")
    if any(choice.count > correct for choice in choices if choice.letter and not choice.is_key):
        found.append("trap")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Groups:
    """For each student, how much of them belongs to the best and to the last: 0 to 1."""

    upper: Sequence[float]
    lower: Sequence[float]
    size: int

    def share(self, weights: Sequence[float], rights: Sequence[bool]) -> float:
        return sum(weight for weight, right in zip(weights, rights, strict=True) if right) / self.size


def group_size(students: int) -> int:
    return max(1, round(GROUP * students))


def _groups(marks: Sequence[float]) -> _Groups:
    size = group_size(len(marks))
    lowest_first = sorted(marks)
    return _Groups(
        upper=_weights(marks, edge=lowest_first[-size], size=size, sign=1),
        lower=_weights(marks, edge=lowest_first[size - 1], size=size, sign=-1),
        size=size,
    )


def _weights(marks: Sequence[float], *, edge: float, size: int, sign: int) -> list[float]:
    """1 beyond the edge of the group, 0 short of it; those on it share the places that are left."""
    beyond = sum(sign * mark > sign * edge for mark in marks)
    on_edge = sum(mark == edge for mark in marks)
    part = (size - beyond) / on_edge
    return [1.0 if sign * mark > sign * edge else part if mark == edge else 0.0 for mark in marks]


def correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Pearson's; None where either does not vary."""
    mean_one, mean_other = fmean(ones), fmean(others)
    across = sum((a - mean_one) * (b - mean_other) for a, b in zip(ones, others, strict=True))
    squares = sum((a - mean_one) ** 2 for a in ones) * sum((b - mean_other) ** 2 for b in others)
    return across / sqrt(squares) if squares > 1e-12 else None
