"""Where a quote stands: the paragraph (or turn) and the sentence that prove an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siji.language.text import in_one_line, sentences


@dataclass(frozen=True, slots=True)
class Place:
    """Both count from 0; ``paragraph`` is the turn of a script."""

    paragraph: int
    sentence: int


class QuoteNotFound(ValueError):
    """The text holds the quote nowhere."""


class QuoteNotUnique(ValueError):
    """The text holds the quote more than once."""


def locate(quote: str, texts: Sequence[str]) -> Place:
    """The sentence in which the quote begins. Raises QuoteNotFound or QuoteNotUnique."""
    wanted = in_one_line(quote)
    found = [(number, text.find(wanted)) for number, text in enumerate(map(in_one_line, texts)) if wanted in text]
    if not found or not wanted:
        raise QuoteNotFound(wanted)
    if len(found) > 1 or in_one_line(texts[found[0][0]]).count(wanted) > 1:
        raise QuoteNotUnique(wanted)
    paragraph, offset = found[0]
    return Place(paragraph, _sentence_at(offset, texts[paragraph]))


def _sentence_at(offset: int, text: str) -> int:
    end = 0
    parts = sentences(text)
    for number, part in enumerate(parts):
        end += len(part) + 1
        if offset < end:
            return number
    return len(parts) - 1
