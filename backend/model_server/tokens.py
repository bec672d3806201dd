"""Text in pieces, and what of a prompt the prefix cache knows already."""

from __future__ import annotations

import re

PIECES = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\u3000-\u9fff\uff00-\uffef]{1,4}", re.DOTALL)
BLOCK = 64


def tokens(text: str) -> list[str]:
    """About as a real tokenizer cuts: a Chinese character each, four of anything else. Never more than there are bytes."""
    return PIECES.findall(text)


class PrefixCache:
    """Whole blocks of tokens that stood at the beginning of an earlier prompt are hits, as DeepSeek counts them."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def hits(self, pieces: list[str]) -> int:
        ends = range(BLOCK, len(pieces) + 1, BLOCK)
        keys = [hash(tuple(pieces[:end])) for end in ends]
        count = next((number for number, key in enumerate(keys) if key not in self._known), len(keys))
        self._known.update(keys)
        return count * BLOCK
