"""Hours over sessions: exact, by largest remainder, around what is locked. Pure; counted in ticks of any length.

Every topic gets a tick before any gets a second; where there are fewer ticks than topics, neighbours share one. Topics keep their
order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    need: float


@dataclass(frozen=True, slots=True)
class Block:
    """A row: some topics for so many ticks. ``name`` is the locked row's, "" of one that was worked out."""

    topics: tuple[str, ...]
    ticks: int
    name: str = ""


class Overfull(ValueError):
    """More is locked into a session than it has; ``session`` counts from 0."""

    def __init__(self, session: int) -> None:
        super().__init__(f"session {session + 1}")
        self.session = session


def session_sizes(total: int, size: int) -> list[int]:
    """Sessions of ``size``; what is left over is a shorter last one."""
    full, rest = divmod(total, size)
    return [size] * full + ([rest] if rest else [])


def largest_remainder(weights: Sequence[float], total: int) -> list[int]:
    """Whole numbers that add up to ``total``, each within one of its share; equal where nothing weighs (Hamilton's method)."""
    known = [weight if math.isfinite(weight) and weight > 0 else 0.0 for weight in weights]
    highest = max(known, default=0.0)
    scaled = [weight / highest for weight in known] if highest else [1.0] * len(known)
    whole = math.fsum(scaled)
    exact = [total * weight / whole for weight in scaled]
    parts = [math.floor(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def solve(topics: Sequence[Topic], sizes: Sequence[int], locked: dict[int, list[Block]]) -> list[list[Block]]:
    """The rows of each session, whose ticks add up to its size. Raises Overfull; ValueError without topics."""
    if not topics:
        raise ValueError("no topics")
    free = _free(sizes, locked)
    held: dict[str, int] = {}
    for block in (block for blocks in locked.values() for block in blocks):
        for key in block.topics:
            held[key] = held.get(key, 0) + block.ticks
    queue = _shared_out(topics, held, sum(free), sum(sizes))
    return [[*locked.get(at, []), *_take(queue, room)] for at, room in enumerate(free)]


def _free(sizes: Sequence[int], locked: dict[int, list[Block]]) -> list[int]:
    free = list(sizes)
    for at, blocks in locked.items():
        if at >= len(free) or sum(block.ticks for block in blocks) > free[at]:
            raise Overfull(at)
        free[at] -= sum(block.ticks for block in blocks)
    return free


def _shared_out(topics: Sequence[Topic], held: dict[str, int], free: int, whole: int) -> list[Block]:
    """What is free, in the order of the topics; a topic's share counts what is locked for it."""
    if not free:
        return []
    shares = largest_remainder([topic.need for topic in topics], whole)
    open_topics = [
        (topic, share) for topic, share in zip(topics, shares, strict=True) if topic.key not in held or share > held[topic.key]
    ] or list(zip(topics, shares, strict=True))
    groups = _neighbours([topic.key for topic, _ in open_topics], free)
    wanted = {topic.key: max(share - held.get(topic.key, 0), 0) for topic, share in open_topics}
    beyond = [float(max(sum(wanted[key] for key in group) - 1, 0)) for group in groups]
    more = largest_remainder(beyond, free - len(groups))
    return [Block(group, 1 + extra) for group, extra in zip(groups, more, strict=True)]


def _neighbours(keys: Sequence[str], most: int) -> list[tuple[str, ...]]:
    number = min(len(keys), most)
    sizes = largest_remainder([1.0] * number, len(keys))
    groups, at = [], 0
    for size in sizes:
        groups.append(tuple(keys[at : at + size]))
        at += size
    return groups


def _take(queue: list[Block], room: int) -> list[Block]:
    """From the front, the last one cut where the session ends."""
    taken = []
    while room and queue:
        block = queue.pop(0)
        part = min(room, block.ticks)
        taken.append(Block(block.topics, part))
        room -= part
        if block.ticks > part:
            queue.insert(0, Block(block.topics, block.ticks - part))
    return taken
