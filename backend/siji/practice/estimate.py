"""The 710 estimate: an 80 % range with percentile and the chance of 425. Pure, no Django. Never an official score.

The mapping from raw marks to reported scores is not public. The practice estimate used here is the plain one: a section's
share of raw marks reached × the section's reported maximum (about 7.1 reported points a raw mark). What the range covers is
the score that a student of this ability would reach on average over papers like this one; its error model, stated in full:

- Objective items: in each section of the paper the number of right answers is binomial about the student's true proportion
  there. Wilson's score interval gives each section's share of the error; it stays honest when all or none is right.
- A marked script: the mark given is the true mark −1, 0 or +1, each as likely (examiners agree within one mark): variance 2/3.
- A script that only an engine has marked: its mark, with the deviation that it states, at least an examiner's. Provisional.
- A script without any mark: any whole mark from 0 to 15, by a normal curve with the mean and spread that the norm table gives for
  writing and translation together, shared equally by the two. Such an estimate is provisional.

Independent errors add as squares, each side on its own since Wilson's intervals lean (MOVER: Newcombe 2001, Zou and Donner 2008).
A simulation in the tests checks that the range holds the true score in 75–85 % of cases.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist
from typing import Any

from siji.practice.scoring import SectionResult

Z80 = NormalDist().inv_cdf(0.9)
"""Ten per cent beyond on either side."""
FARTHEST_Z = 8.0
HIGHEST_MARK = 15
SCRIPT_ERROR_VARIANCE = 2 / 3


@dataclass(frozen=True, slots=True)
class NormSection:
    key: str
    highest: int
    sections: tuple[str, ...]
    below: tuple[tuple[float, float], ...]
    """(reported score, per cent of the norm group below it), rising."""


@dataclass(frozen=True, slots=True)
class Norm:
    """A published norm table (``content/norms``)."""

    highest: int
    pass_line: int
    below: tuple[tuple[float, float], ...]
    sections: tuple[NormSection, ...]

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Norm:
        total = body["total"]
        sections = tuple(
            NormSection(key, int(s["highest"]), tuple(s["sections"]), _table(s["below"])) for key, s in body["sections"].items()
        )
        return cls(int(total["highest"]), int(total["pass_convention"]), _table(total["below"]), sections)


def _table(below: Mapping[Any, Any]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted((float(score), float(percent)) for score, percent in below.items()))


@dataclass(frozen=True, slots=True)
class Range:
    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class SectionEstimate:
    key: str
    range: Range
    highest: int
    percentile: Range


@dataclass(frozen=True, slots=True)
class Estimate:
    total: Range
    percentile: Range
    chance_of_pass: float
    sections: tuple[SectionEstimate, ...]
    is_provisional: bool


def estimate(norm: Norm, results: Sequence[SectionResult]) -> Estimate | None:
    """None unless every section that the norm table counts was sat."""
    by_key = {result.key: result for result in results}
    if any(key not in by_key for section in norm.sections for key in section.sections):
        return None
    sections = []
    everything: list[_Term] = []
    for section in norm.sections:
        terms = _terms(section, [by_key[key] for key in section.sections])
        everything += terms
        spread = _range(terms, section.highest)
        sections.append(SectionEstimate(section.key, spread, section.highest, _percentiles(section.below, spread)))
    total = _range(everything, norm.highest)
    return Estimate(
        total,
        _percentiles(norm.below, total),
        round(chance_of_reaching(norm.pass_line, everything), 3),
        tuple(sections),
        any(result.raw is None for result in by_key.values()),
    )


@dataclass(frozen=True, slots=True)
class _Items:
    """Reported points of a section of objective items; ``points`` if all are right."""

    points: float
    correct: int
    items: int

    @property
    def middle(self) -> float:
        return self.points * self.correct / self.items

    def reach(self, z: float) -> tuple[float, float]:
        low, high = wilson(self.correct, self.items, z)
        return self.middle - self.points * low, self.points * high - self.middle


@dataclass(frozen=True, slots=True)
class _Script:
    """Reported points of a script; ``mark`` and ``deviation`` in raw marks."""

    points_a_mark: float
    mark: float
    deviation: float

    @property
    def middle(self) -> float:
        return self.points_a_mark * self.mark

    def reach(self, z: float) -> tuple[float, float]:
        down = min(z * self.deviation, self.mark)
        up = min(z * self.deviation, HIGHEST_MARK - self.mark)
        return self.points_a_mark * down, self.points_a_mark * up


_Term = _Items | _Script


def _terms(section: NormSection, results: Sequence[SectionResult]) -> list[_Term]:
    a_mark = section.highest / sum(result.raw_of for result in results)
    return [_term(section, result, a_mark, len(results)) for result in results]


def _term(section: NormSection, result: SectionResult, a_mark: float, scripts: int) -> _Term:
    if not result.is_script:
        return _Items(a_mark * result.raw_of, result.correct, result.items)
    if result.raw is not None:
        return _Script(a_mark, result.raw, math.sqrt(SCRIPT_ERROR_VARIANCE))
    if result.provisional is not None:
        return _Script(a_mark, result.provisional, max(result.deviation, math.sqrt(SCRIPT_ERROR_VARIANCE)))
    mean, deviation = mark_prior(section, scripts)
    return _Script(a_mark, mean, deviation)


def mark_prior(section: NormSection, scripts: int) -> tuple[float, float]:
    """Mean and standard deviation, in raw marks, of a script nobody has marked: the norm group's, as whole marks 0–15."""
    a_mark = section.highest / (HIGHEST_MARK * scripts)
    middle = score_at(section.below, 50) / a_mark / scripts
    sigmas = (score_at(section.below, 84) - score_at(section.below, 16)) / 2
    curve = NormalDist(middle, sigmas / a_mark / math.sqrt(scripts))
    weights = [curve.pdf(mark) for mark in range(HIGHEST_MARK + 1)]
    whole = sum(weights)
    mean = sum(mark * weight for mark, weight in enumerate(weights)) / whole
    variance = sum((mark - mean) ** 2 * weight for mark, weight in enumerate(weights)) / whole
    return mean, math.sqrt(variance)


def wilson(correct: int, items: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of a proportion (1927): the proportions from which ``correct`` is at most z deviations off."""
    share, square = correct / items, z * z
    centre = (share + square / (2 * items)) / (1 + square / items)
    half = z / (1 + square / items) * math.sqrt(share * (1 - share) / items + square / (4 * items * items))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _bounds(terms: Sequence[_Term], z: float) -> tuple[float, float, float]:
    middle = sum(term.middle for term in terms)
    reaches = [term.reach(z) for term in terms]
    return middle - math.hypot(*(down for down, _ in reaches)), middle, middle + math.hypot(*(up for _, up in reaches))


def _range(terms: Sequence[_Term], highest: int) -> Range:
    low, middle, high = _bounds(terms, Z80)
    return Range(max(round(low), 0), round(middle), min(round(high), highest))


def chance_of_reaching(line: float, terms: Sequence[_Term]) -> float:
    """The confidence at which the range just ends at the line, found by halving."""
    middle = _bounds(terms, 0.0)[1]
    is_above = middle >= line
    near, far = 0.0, FARTHEST_Z
    for _ in range(20):
        z = (near + far) / 2
        low, _middle, high = _bounds(terms, z)
        near, far = (near, z) if (low <= line if is_above else high >= line) else (z, far)
    chance = NormalDist().cdf(near)
    return chance if is_above else 1 - chance


def percent_below(table: Sequence[tuple[float, float]], score: float) -> float:
    """Per cent of the norm group below a score, on straight lines between the table's points; flat outside them."""
    if score <= table[0][0]:
        return 0.0 if score < table[0][0] else table[0][1]
    for (left, low), (right, high) in pairwise(table):
        if score <= right:
            return low + (high - low) * (score - left) / (right - left)
    return table[-1][1]


def score_at(table: Sequence[tuple[float, float]], percent: float) -> float:
    """The score below which so many per cent of the norm group lie; the inverse of ``percent_below`` inside the table."""
    for (left, low), (right, high) in pairwise(table):
        if low <= percent <= high:
            return left + (right - left) * (percent - low) / (high - low)
    return table[0][0] if percent < table[0][1] else table[-1][0]


def _percentiles(table: Sequence[tuple[float, float]], spread: Range) -> Range:
    low, middle, high = (round(percent_below(table, score)) for score in (spread.low, spread.middle, spread.high))
    return Range(low, middle, high)
