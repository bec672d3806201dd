"""What a call costs, in micro-yuan and whole numbers. Pure.

Prices are micro-yuan for a million tokens: 2 yuan a million is 2_000_000. A call is rounded up, so the sum of many is never below
the bill.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

YUAN = 1_000_000
MILLION = 1_000_000
PER_MESSAGE = 16
"""Tokens that the chat format puts around each message, generously."""


@dataclass(frozen=True, slots=True)
class Usage:
    prompt: int
    hit: int
    """Of ``prompt``, what the provider's prefix cache knew."""
    completion: int


@dataclass(frozen=True, slots=True)
class Prices:
    miss: int
    hit: int
    output: int


def cost(usage: Usage, prices: Prices) -> int:
    hit = min(max(usage.hit, 0), usage.prompt)
    total = (usage.prompt - hit) * prices.miss + hit * prices.hit + usage.completion * prices.output
    return -(-total // MILLION)


def most(texts: Iterable[str], max_tokens: int, prices: Prices) -> int:
    """The most that one try can cost: a token is at least a byte, and nothing may be known to the cache."""
    prompt = sum(len(text.encode()) + PER_MESSAGE for text in texts)
    dearest = Prices(max(prices.miss, prices.hit), 0, prices.output)
    return cost(Usage(prompt, 0, max_tokens), dearest)
