"""The product's own counters of its cache (``siji.storage.cache.counting``), of all its processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redis import Redis

from measure.product import Product
from siji.storage.cache.counting import hit_rate, totals

Totals = Mapping[str, Mapping[str, int]]


def totals_of(product: Product) -> dict[str, dict[str, int]]:
    with Redis.from_url(product.environment["CACHE_URL"]) as redis:
        return totals(redis)


def hits_between(before: Totals, after: Totals) -> dict[str, Any] | None:
    """None where nothing was read through the cache."""
    grown = {
        name: {outcome: number - before.get(name, {}).get(outcome, 0) for outcome, number in counts.items()}
        for name, counts in after.items()
    }
    read = {name: counts for name, counts in grown.items() if sum(counts.values()) > 0}
    if not read:
        return None
    together: dict[str, int] = {}
    for counts in read.values():
        for outcome, number in counts.items():
            together[outcome] = together.get(outcome, 0) + number
    return {
        "hit_rate": _short(hit_rate(together)),
        "by_name": {name: _short(hit_rate(counts)) for name, counts in sorted(read.items())},
        "counts": dict(sorted(read.items())),
        "outcomes": together,
    }


def _short(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)
