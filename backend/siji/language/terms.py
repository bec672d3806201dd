"""The terms of a Chinese text, such as a syllabus, with what each weighs. Pure.

A term is a word, or a run of words that comes again and again (``听力`` + ``策略``). It weighs by its use here against its use in
Chinese at large: what is frequent here and rare elsewhere is what the text is about.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

import rjieba
from wordfreq import get_frequency_dict

_HAN = re.compile(r"[一-鿿]+")
_STOP = frozenset(
    """
    通过 进行 以及 根据 按照 我们 他们 可以 需要 应该 没有 由于 因此 要求 学生 能够 主要 相关 具有 包括 基本 一定 内容
    方面 情况 问题 教师 学习 课程 掌握 了解 理解 以下 不同 使用 运用
    """.split()
)
UNKNOWN_ZIPF = 2.0


@dataclass(frozen=True, slots=True)
class Term:
    text: str
    count: int
    weight: float


def terms(text: str, *, most: int = 50, least_count: int = 2) -> list[Term]:
    """The ``most`` heaviest terms, heaviest first; weights are of all terms found and add up to at most 1."""
    counts = Counter(_candidates(text))
    kept = {term: count for term, count in counts.items() if count >= least_count}
    for term in list(kept):
        if any(term != other and term in other and kept[other] == kept[term] for other in kept):
            del kept[term]
    weights = {term: count * _rarity(term) for term, count in kept.items()}
    total = sum(weights.values())
    heaviest = sorted(weights, key=lambda term: (-weights[term], term))[:most]
    return [Term(term, counts[term], weights[term] / total) for term in heaviest]


def _candidates(text: str) -> Iterator[str]:
    for piece in _HAN.findall(text):
        words: list[str] = rjieba.cut(piece)
        for at, word in enumerate(words):
            if len(word) > 1 and word not in _STOP:
                yield word
            pair = words[at : at + 2]
            if len(pair) == 2 and all(len(each) > 1 and each not in _STOP for each in pair):
                yield "".join(pair)


def _rarity(term: str) -> float:
    """How far from everyday, the longer the more; a run of words without a frequency of its own has the mean of its words."""
    known = _frequencies()
    parts = [term] if term in known else rjieba.cut(term)
    zipf = fmean(math.log10(known[part]) + 9 if part in known else UNKNOWN_ZIPF for part in parts)
    return (9 - zipf) / 9 * math.sqrt(len(term) / 2)


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    return get_frequency_dict("zh", wordlist="small")
