"""How alike two texts are: by shingles for near-duplicates, by chrF for translations. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF

_PIECE = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)?|[一-鿿]")
PERMUTATIONS = 128


def shingles(text: str, *, size: int = 3) -> frozenset[str]:
    """Every run of ``size`` words (Chinese: characters), in lower case; of a shorter text the text itself."""
    pieces = pieces_of(text)
    if len(pieces) < size:
        return frozenset({" ".join(pieces)} if pieces else ())
    return frozenset(" ".join(pieces[at : at + size]) for at in range(len(pieces) - size + 1))


def pieces_of(text: str) -> list[str]:
    return [piece.lower() for piece in _PIECE.findall(text.replace("’", "'"))]


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """The shared part of all; two empty ones share nothing that could be compared: 0."""
    return len(a & b) / len(a | b) if a or b else 0.0


def minhash(text: str, *, size: int = 3) -> tuple[int, ...]:
    """128 numbers whose equal share estimates ``jaccard`` (Broder 1997): kept beside a text, they stand for it in comparisons."""
    digests = [hashlib.blake2b(each.encode(), digest_size=16).digest() for each in shingles(text, size=size)]
    if not digests:
        return (0,) * PERMUTATIONS
    numbers = [(int.from_bytes(digest[:8]), int.from_bytes(digest[8:]) | 1) for digest in digests]
    return tuple(min((a + at * b) & 0xFFFFFFFFFFFFFFFF for a, b in numbers) for at in range(PERMUTATIONS))


def alike(a: Sequence[int], b: Sequence[int]) -> float:
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def duplicates(texts: Sequence[str], *, least: float = 0.6) -> list[tuple[int, int, float]]:
    """Pairs of places whose texts share at least ``least`` of their shingles, likest first."""
    sets = [shingles(text) for text in texts]
    pairs = [(i, j, jaccard(sets[i], sets[j])) for i in range(len(texts)) for j in range(i + 1, len(texts))]
    return sorted((pair for pair in pairs if pair[2] >= least), key=lambda pair: -pair[2])


def copied_share(text: str, source: str, *, run: int = 5) -> float:
    """The share of the text's words that stand in runs of at least ``run`` words taken from the source."""
    words = pieces_of(text)
    known = shingles(source, size=run)
    taken = {at + step for at in range(len(words) - run + 1) if " ".join(words[at : at + run]) in known for step in range(run)}
    return len(taken) / len(words) if words else 0.0


def repeated_share(text: str, *, run: int = 5) -> float:
    """The share of the runs of ``run`` words that stood in the text before."""
    words = pieces_of(text)
    runs = [" ".join(words[at : at + run]) for at in range(len(words) - run + 1)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def chrf(text: str, references: Iterable[str]) -> float:
    """chrF++ (Popović 2017) against the nearest reference, 0 to 1."""
    return float(_chrf().sentence_score(text, list(references)).score) / 100


@lru_cache(maxsize=1)
def _chrf() -> CHRF:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(word_order=2)
