"""Every fault of a script as a mark in its text, and how heavily they weigh together."""

from __future__ import annotations

import math
from collections.abc import Sequence

from siji.language.grammar.checking import check
from siji.language.marking.provisional import Both, Inline
from siji.language.measuring import prose
from siji.language.spelling import misspelt
from siji.language.tokens import Sentence

SERIOUS = 2.0
READ = 8_000
"""Characters of a script that are read: eight times what is asked for. The rest would cost seconds and change no mark."""


def faults(text: str, sentences: Sequence[Sentence]) -> tuple[Inline, ...]:
    """In the order of the text, none over another; a misspelt word only where no rule speaks."""
    found = [
        Inline(each.kind, each.quote, each.start, each.end, Both(each.zh, each.en), each.better, each.serious)
        for each in check(text, sentences=sentences)
    ]
    for word in misspelt(sentences):
        token = word.token
        if all(token.end <= other.start or token.start >= other.end for other in found):
            found.append(_spelling(text, token.start, token.end, word.meant))
    return tuple(sorted(found, key=lambda each: each.start))


def _spelling(text: str, start: int, end: int, meant: str | None) -> Inline:
    zh = f"拼写可能有误，是不是想写 {meant}？" if meant else "词典里没有这个词，请检查拼写。"
    en = f"Perhaps misspelt: {meant}?" if meant else "No dictionary has this word: check its spelling."
    return Inline("spelling", text[start:end], start, end, Both(zh, en), meant, False)


def accuracy(found: Sequence[Inline], words: int) -> float:
    """Less is worse: the logarithm of weighted faults in a hundred words, since the tenth fault says less than the first."""
    weighted = sum(SERIOUS if each.is_serious else 1.0 for each in found)
    return -math.log1p(100 * weighted / max(words, 30))


def clean_share(found: Sequence[Inline], sentences: Sequence[Sentence]) -> float:
    """The share of the sentences in which nothing was found; of long ones it says more than of many short ones, so by words."""
    lines = prose(sentences)
    words = sum(len(sentence.words) for sentence in lines)
    clean = sum(
        len(sentence.words) for sentence in lines if not any(sentence.start <= each.start < sentence.end for each in found)
    )
    return clean / words if words else 0.0
