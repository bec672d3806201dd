"""How far two lists of marks agree: the figures that a school sees before it trusts a marker. Pure.

Quadratic kappa after Cohen (1968): disagreement weighs with the square of its size, chance is what the two markers' own
distributions would give. 1 is agreement, 0 is chance.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ``given`` marks against ``wanted`` ones.

    ``squeeze``: spread of the given over that of the wanted; below 1 hugs the middle.
    """

    scripts: int
    exact: float
    within_one: float
    kappa: Interval
    bias: Interval
    squeeze: float


def agreement(given: Sequence[int], wanted: Sequence[int], *, draws: int = 2000, seed: int = 4) -> Agreement:
    """Intervals hold 95 % of ``draws`` samples of the scripts, drawn with replacement.

    Raises ValueError where the lists differ in length or are empty.
    """
    if len(given) != len(wanted) or not given:
        raise ValueError("Both markers must have marked the same scripts, at least one · 两次评分必须针对同一批作文，且至少一篇")
    pairs = list(zip(given, wanted, strict=True))
    spread = pstdev(wanted)
    return Agreement(
        scripts=len(pairs),
        exact=fmean(a == b for a, b in pairs),
        within_one=fmean(abs(a - b) <= 1 for a, b in pairs),
        kappa=_bootstrapped(quadratic_kappa, pairs, draws, seed),
        bias=_bootstrapped(_bias, pairs, draws, seed),
        squeeze=pstdev(given) / spread if spread else 1.0,
    )


def quadratic_kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """1.0 where both markers gave one and the same mark to all, since there is nothing to disagree on."""
    observed = fmean((a - b) ** 2 for a, b in pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(m * n * (a - b) ** 2 for a, m in left.items() for b, n in right.items()) / len(pairs) ** 2
    return 1 - observed / expected if expected else 1.0


def _bias(pairs: Sequence[tuple[int, int]]) -> float:
    return fmean(a - b for a, b in pairs)


def _bootstrapped(
    figure: Callable[[Sequence[tuple[int, int]]], float], pairs: Sequence[tuple[int, int]], draws: int, seed: int
) -> Interval:
    chance = random.Random(seed)
    drawn = sorted(figure(chance.choices(pairs, k=len(pairs))) for _ in range(draws))
    return Interval(figure(pairs), drawn[int(draws * 0.025)], drawn[min(draws - 1, int(draws * 0.975))])
