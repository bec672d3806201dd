"""A text in figures: length, range and level of words, readability, variety of sentences, connectives, paragraphs. Pure.

Frequency stands on the Zipf scale (log10 of the uses in a billion words, wordfreq): 5 and above is everyday, 4 is what a CET-4
candidate should know, 3 is educated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, pstdev

import simplemma
from wordfreq import zipf_frequency

from siji.language import connectives
from siji.language.tokens import Sentence

WINDOW = 50
EVERYDAY, CET4, EDUCATED = 5.0, 4.0, 3.0
FUNCTION = frozenset(
    """
    a an the and or but so if as at by for from in into of off on out over to up with about after before than then that this these
    those there here i me my we us our you your he him his she her it its they them their who whom whose which what when where why
    how is am are was were be been being have has had do does did will would can could shall should may might must not no nor too
    very just also only all any both each few more most much many some such own same other another again once because while until
    during through between under above below against don't doesn't didn't can't won't i'm it's let's am one
    """.split()
)
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Measures:
    """``range``: mean share of different words in windows of 50 (MATTR, Covington and McFall 2010). ``level``: share of the
    content words below everyday frequency. ``grade``: Flesch and Kincaid's (1975) school year. ``openers``: share of different
    first words. ``depth``: subordinating words a sentence. ``spread``: standard deviation of sentence length over its mean."""

    words: int
    sentences: int
    paragraphs: int
    range: float
    level: float
    grade: float
    sentence_length: float
    spread: float
    openers: float
    depth: float
    connectives: int
    relations: int


def measure(text: str, sentences: Sequence[Sentence]) -> Measures:
    words = [token.lower for sentence in sentences for token in sentence.words]
    lengths = [len(sentence.words) for sentence in prose(sentences)] or [0]
    joined = connectives.found(text)
    return Measures(
        words=len(words),
        sentences=len(lengths) if words else 0,
        paragraphs=sum(any(letter.isalnum() for letter in line) for line in text.splitlines()),
        range=word_range(words),
        level=word_level(words),
        grade=_grade(words, lengths),
        sentence_length=fmean(lengths),
        spread=pstdev(lengths) / fmean(lengths) if any(lengths) else 0.0,
        openers=_openers(prose(sentences)),
        depth=sum(word in connectives.SUBORDINATING for word in words) / len(lengths),
        connectives=len({phrase for phrase, _, _ in joined}),
        relations=len({relation for _, relation, _ in joined}),
    )


def prose(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Without titles, greetings and signatures: short lines that no stop ends say nothing of how somebody builds sentences."""
    return [
        each
        for each in sentences
        if len(each.words) >= 10 or (each.words and each.text.rstrip("\"'”’)").endswith((".", "!", "?")))
    ]


def word_range(words: Sequence[str]) -> float:
    if not words:
        return 0.0
    windows = [words[at : at + WINDOW] for at in range(max(1, len(words) - WINDOW + 1))]
    # A short text repeats less by its shortness alone: it counts as if the missing words repeated.
    return fmean(len(set(window)) / max(WINDOW, len(window)) for window in windows)


def word_level(words: Sequence[str]) -> float:
    content = set(content_lemmas(words))
    return sum(EDUCATED - 1 <= zipf_frequency(word, "en") < EVERYDAY for word in content) / len(content) if content else 0.0


def level_counts(words: Sequence[str]) -> dict[str, int]:
    """How many different content words are everyday, at CET-4's level, above it, rare."""
    zipfs = [zipf_frequency(word, "en") for word in set(content_lemmas(words))]
    names = Counter(
        "everyday" if z >= EVERYDAY else "cet4" if z >= CET4 else "educated" if z >= EDUCATED else "rare" for z in zipfs
    )
    return {name: names[name] for name in ("everyday", "cet4", "educated", "rare")}


def content_lemmas(words: Sequence[str]) -> list[str]:
    return [lemmatised(word) for word in words if word.isalpha() and word not in FUNCTION]


@lru_cache(maxsize=65_536)
def lemmatised(word: str) -> str:
    return str(simplemma.lemmatize(word, "en")).lower()


def syllables(word: str) -> int:
    """By the groups of vowels, a silent e left out: right for nine words of ten, enough for a mean."""
    groups = len(_VOWELS.findall(word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def _grade(words: Sequence[str], lengths: Sequence[int]) -> float:
    if not words:
        return 0.0
    return 0.39 * fmean(lengths) + 11.8 * fmean(syllables(word) for word in words) - 15.59


def _openers(sentences: Sequence[Sentence]) -> float:
    first = [sentence.words[0].lower for sentence in sentences if sentence.words]
    return len(set(first)) / len(first) if first else 0.0
