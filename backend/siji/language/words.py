"""Words of Chinese and English text, as a search sees them. Pure.

Chinese has no spaces: a segmenter finds the words, the long ones and the short ones inside them, so that 模拟考试 is found by
考试 too. English is left to the database's stemmer; here it is only taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

LATIN = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
HAN = re.compile(r"[㐀-䶿一-鿿]+")
PIECE = re.compile(f"{HAN.pattern}|{LATIN.pattern}")

# On the Zipf scale, log10 of the uses in a billion words; a common misspelling stands at about 2.5.
KNOWN_ENOUGH = 3.5
GUESSABLE = 3.0
MORE_LIKELY = 1.0
"""A word is taken for a slip of another that is at least ten times as frequent."""


def index_words(text: str) -> str:
    """What the ``simple`` index holds of a text: Chinese words and lower-case English ones, a space between each."""
    return " ".join(_all_words(text))


def _all_words(text: str) -> Iterator[str]:
    for piece in PIECE.findall(text):
        if HAN.fullmatch(piece):
            yield from rjieba.cut_for_search(piece)
            yield from piece if len(piece) <= 2 else ()
        else:
            yield piece.lower().replace("’", "'").split("'")[0]


@dataclass(frozen=True, slots=True)
class Query:
    """``words``: what must be there; the last of them may be the beginning of one, since somebody is still typing."""

    words: tuple[str, ...]
    is_open: bool

    @classmethod
    def of(cls, text: str, *, most: int = 8) -> Query:
        """The first ``most`` words. Punctuation and what no index holds are passed over."""
        words: list[str] = []
        for piece in PIECE.findall(text):
            words += _cut(piece) if HAN.fullmatch(piece) else [piece.lower().replace("’", "'").split("'")[0]]
        distinct = tuple(dict.fromkeys(words))[:most]
        return cls(distinct, bool(distinct) and bool(PIECE.search(text[-1:])))


def _cut(piece: str) -> list[str]:
    found: list[str] = rjieba.cut(piece)
    return found


def corrected(words: Iterable[str]) -> tuple[str, ...] | None:
    """The same words with each unlikely English one exchanged for the most frequent one a slip away; None where nothing changes.

    A slip is a letter left out, put in, exchanged, or two that changed places (Damerau 1964: four of five misspellings).
    """
    given = tuple(words)
    mended = tuple(_mended(word) for word in given)
    return None if mended == given else mended


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    from wordfreq import zipf_frequency  # here and below: a quarter of a second, which only a mistyped search should cost

    if not word.isascii() or not word.isalpha() or len(word) < 4 or zipf_frequency(word, "en") >= KNOWN_ENOUGH:
        return word
    slips = {other: slips for other in _alike(word) if (slips := _slips_between(word, other)) <= 2}
    nearest = min(slips.values(), default=0)
    near = [other for other, number in slips.items() if number == nearest]
    best = max(near, key=lambda other: (zipf_frequency(other, "en"), other), default=word)
    return best if zipf_frequency(best, "en") >= zipf_frequency(word, "en") + MORE_LIKELY else word


@lru_cache(maxsize=1)
def _known_words() -> tuple[tuple[str, int], ...]:
    """With the letters of each as bits."""
    from wordfreq import top_n_list, zipf_frequency

    known = (word for word in top_n_list("en", 40_000) if word.isascii() and word.isalpha())
    return tuple((word, _letters(word)) for word in known if zipf_frequency(word, "en") >= GUESSABLE)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _alike(word: str) -> list[str]:
    """Known words that two slips may lead to: a slip changes the length by at most one, and the letters used by at most two.

    Whatever is typed costs the same few milliseconds; trying all slips of a long word took half a minute.
    """
    length, letters = len(word), _letters(word)
    return [
        other
        for other, bits in _known_words()
        if other != word and -2 <= len(other) - length <= 2 and (bits ^ letters).bit_count() <= 4
    ]


def _slips_between(one: str, other: str) -> int:
    """Optimal string alignment distance, given up (3) once it is above two."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            least = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                least = min(least, before[column - 2] + 1)
            now.append(least)
        if min(now) > 2 and min(last) > 2:
            return 3
        before, last = last, now
    return last[-1]


def excerpt(text: str, words: Iterable[str], *, length: int = 120) -> tuple[str, list[tuple[int, int]]]:
    """A part of the text around the first word found, and where the words stand in it (start, end), in order and apart.

    An English word is found where one begins with its stem, so that *studies* marks what *study* finds.
    """
    flat = " ".join(text.split())
    spots = _spots(flat, words)
    start = max(0, spots[0][0] - length // 3) if spots else 0
    if start:
        start = flat.rfind(" ", 0, start) + 1 or start
    end = min(len(flat), start + length)
    part = f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"
    shift = (1 if start else 0) - start
    return part, [(a + shift, b + shift) for a, b in spots if a >= start and b <= end]


def _spots(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    patterns = [_pattern(word) for word in sorted(set(words), key=len, reverse=True) if word]
    if not patterns:
        return []
    return [match.span() for match in re.finditer("|".join(patterns), text, re.IGNORECASE)]


def _pattern(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    stem = word if len(word) < 5 else re.sub(r"(?:ies|es|ing|ed|s|y|e)$", "", word)
    return rf"\b{re.escape(stem)}[A-Za-z]*"
