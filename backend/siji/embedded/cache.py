"""``siji cache``: how often what is read often was found ready, since Redis was last emptied."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from json import dumps

from siji.embedded.words import CannotStart
from siji.storage.cache.counting import ANSWERED, hit_rate
from siji.storage.cache.link import Unavailable
from siji.storage.cache.manager import cache_manager


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind of entry, or of all together, since Redis was last emptied."""

    name: str
    reads: int
    hits: int
    recomputed: int
    """Missed or stale: made again while somebody waited. ``early``, made again before its end, is a hit."""
    stale: int
    """Of these, found but made from what has changed since: ended by a write."""
    errors: int
    """Redis did not answer."""
    hit_rate: float | None


def figures() -> list[Figures]:
    """By name, and the sum of all last. Raises Unavailable."""
    counted = cache_manager.totals()
    together: dict[str, int] = {}
    for counts in counted.values():
        for outcome, number in counts.items():
            together[outcome] = together.get(outcome, 0) + number
    return [*(_of(name, counted[name]) for name in sorted(counted)), _of("all", together)]


def _of(name: str, counts: dict[str, int]) -> Figures:
    return Figures(
        name=name,
        reads=sum(counts.values()),
        hits=sum(number for outcome, number in counts.items() if outcome in ANSWERED),
        recomputed=counts.get("miss", 0) + counts.get("stale", 0),
        stale=counts.get("stale", 0),
        errors=counts.get("error", 0),
        hit_rate=hit_rate(counts),
    )


def shown(*, as_json: bool) -> str:
    """Raises CannotStart where Redis does not answer."""
    try:
        found = figures()
    except Unavailable as error:
        raise CannotStart(
            f"读不到缓存的统计：缓存 Redis 没有应答（{error}）。页面仍然正常，只是慢一些。",
            f"The cache's Redis does not answer ({error}): its figures cannot be read. Pages are right, and slower.",
        ) from error
    if as_json:
        return dumps([asdict(one) for one in found])
    lines = [f"{'':<22}{'reads':>10}{'hits':>10}{'made':>10}{'stale':>10}{'errors':>10}{'hit rate':>10}"]
    return "\n".join([*lines, *(_line(one) for one in found)])


def _line(one: Figures) -> str:
    rate = "-" if one.hit_rate is None else f"{one.hit_rate:.1%}"
    return f"{one.name:<22}{one.reads:>10,}{one.hits:>10,}{one.recomputed:>10,}{one.stale:>10,}{one.errors:>10,}{rate:>10}"
