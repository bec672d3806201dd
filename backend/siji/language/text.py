"""Words, sentences and characters, counted as an examiner counts them.

A contraction is one word, a hyphenated word is one, a number is one with its separators, sign and unit (``1,000``, ``3.5%``,
``20th``), an abbreviation with dots is one (``U.S.``). Dashes, slashes and Chinese punctuation separate; Chinese characters are
not English words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_UNIT = rf"(?:(?:[{_LETTER}]\.){{2,}}|\d+(?:[.,:]\d+)*[{_LETTER}]*|[{_LETTER}][{_LETTER}\d]*)"
_WORD = re.compile(rf"{_UNIT}(?:[-‐‑'’]{_UNIT})*")
_CHINESE = re.compile("[㐀-䶿一-鿿豈-﫿]")
_SPACES = re.compile(r"\s+")

_CLOSERS = "\"'”’)]"
_STOP = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*(?=\s)")
_BEFORE_NAME = re.compile(r"mr|mrs|ms|dr|prof|st|mt|sr|jr|gen|col|capt|lt|sgt|rev|hon|vs|cf|e\.g|i\.e", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"no|nos|fig|vol|pp", re.IGNORECASE)
_NAME_THEN_SAID = re.compile(
    r"(?:[A-Z][\w'’-]*\s+){1,3}"
    r"(?:said|says|asked|asks|replied|replies|answered|added|adds|explained|explains|wrote|told|cried|shouted|laughed)\b"
)


def words(text: str) -> list[str]:
    """The English words and numbers of a text, in order."""
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words stand: start and end of each, in order."""
    return [found.span() for found in _WORD.finditer(text)]


def count_words(text: str) -> int:
    return len(words(text))


def count_chinese(text: str) -> int:
    """Chinese characters, punctuation not counted."""
    return len(_CHINESE.findall(text))


def in_one_line(text: str) -> str:
    """Every run of white space as one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def sentences(text: str) -> list[str]:
    """The sentences of an English text; joined with single spaces they are the text again, white space apart.

    A stop inside quotation marks ends a sentence unless the speaker follows (``"Why?" she asked.``); abbreviations and
    initials do not end one.
    """
    line = in_one_line(text)
    return [part for part in _cut(line) if part]


def _cut(line: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(line):
        if _ends_sentence(line[start : stop.end()], line[stop.end() + 1 :], stop.group()):
            yield line[start : stop.end()]
            start = stop.end() + 1
    yield line[start:]


def _ends_sentence(sentence: str, rest: str, stop: str) -> bool:
    follows = rest.lstrip("\"'“‘([")
    if not follows or follows[0].islower():
        return False
    if stop == "." and _is_unfinished(sentence[:-1].rpartition(" ")[2].lstrip("\"'“‘(["), follows):
        return False
    return not (stop[-1] in _CLOSERS and _NAME_THEN_SAID.match(rest))


def _is_unfinished(last: str, follows: str) -> bool:
    """An abbreviation that stands before its word or number, or a person's initial; ``I`` ends sentences."""
    if _BEFORE_NUMBER.fullmatch(last):
        return follows[0].isdigit()
    return _BEFORE_NAME.fullmatch(last) is not None or (len(last) == 1 and last.isupper() and last != "I")
