"""What a text written anew changed against the first. Pure, no Django.

Words and signs are compared, white space is not. A fault is the same one where kind and words are the same, wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]

_TOKEN = re.compile(r"\s+|(?:\w+(?:['’\-]\w+)*|[^\w\s])\s*")
MOST_PAIRS = 100_000
"""Of equal words, one in each text: an essay has some thousands. Beyond that the texts are shown one after the other."""


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """``same`` and ``new`` joined are ``after``; ``same`` and ``gone`` are ``before``, but for white space."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    mine, its = [token.strip() for token in old], [token.strip() for token in new]
    if _pairs(mine, its) > MOST_PAIRS and mine != its:
        return [Piece("gone", before), Piece("new", after)]
    return [Piece(change, text) for change, text in _pieces(old, new, SequenceMatcher(None, mine, its, autojunk=False)) if text]


def _pieces(old: Sequence[str], new: Sequence[str], matcher: SequenceMatcher[str]) -> Iterator[tuple[Change, str]]:
    for tag, start, end, its_start, its_end in matcher.get_opcodes():
        if tag == "equal":
            yield "same", "".join(new[its_start:its_end])
        else:
            yield "gone", "".join(old[start:end])
            yield "new", "".join(new[its_start:its_end])


def _pairs(old: Iterable[str], new: Iterable[str]) -> int:
    """What looking for equal words costs at the most in one round."""
    counted = Counter(new)
    return sum(counted[token] for token in old)


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    quote: str
    better: str | None = None

    @property
    def same_as(self) -> Hashable:
        return self.kind, " ".join(self.quote.lower().split())


@dataclass(frozen=True, slots=True)
class Faults:
    """Each fault of either text in one of the three; what is in both counts once."""

    gone: tuple[Fault, ...]
    left: tuple[Fault, ...]
    new: tuple[Fault, ...]


def faults_between(before: Iterable[Fault], after: Iterable[Fault]) -> Faults:
    theirs, mine = list(after), list(before)
    gone, _ = _apart(mine, theirs)
    new, left = _apart(theirs, mine)
    return Faults(gone, left, new)


def _apart(faults: Iterable[Fault], others: Iterable[Fault]) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """Those without a like among the others, each of which is the like of one; then those with."""
    likes = Counter(fault.same_as for fault in others)
    alone: list[Fault] = []
    paired: list[Fault] = []
    for fault in faults:
        is_paired = likes[fault.same_as] > 0
        likes[fault.same_as] -= is_paired
        (paired if is_paired else alone).append(fault)
    return tuple(alone), tuple(paired)
