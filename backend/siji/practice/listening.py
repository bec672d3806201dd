"""The listening track as an attempt may hear it. Pure, no Django.

An attempt of some sections hears only their stretches, one after another: to the browser that is one track with its own length.
In an exam the server's position runs from the start of the listening part and never back; only what lies between it and ten
seconds ahead is served, in short ranges. The track has a constant bitrate, so time = bytes ÷ bytes a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AHEAD_MS = 10_000
FRAME_MS = 24
"""An mp3 frame of the tracks made here; stretches are cut between frames, so that a decoder finds its feet at once."""

Stretch = tuple[int, int]
"""First and last-plus-one, in milliseconds or bytes."""


@dataclass(frozen=True, slots=True)
class Track:
    stretches: tuple[Stretch, ...]
    """Bytes of the file, in the order in which they are heard."""
    bytes_per_second: int

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.stretches)

    @property
    def duration_ms(self) -> int:
        return self.size * 1000 // self.bytes_per_second

    def byte_at(self, milliseconds: int, *, up: bool) -> int:
        """The frame's first byte at or before (``up``: at or after) a moment, within the track."""
        exact = milliseconds * self.bytes_per_second
        frame = frame_bytes(self.bytes_per_second)
        unit = 1000 * frame
        count = -(-exact // unit) if up else exact // unit
        return min(max(count * frame, 0), self.size)

    def pieces(self, first: int, end: int) -> list[Stretch]:
        """Where bytes ``first`` … ``end`` - 1 of what is heard lie in the file."""
        found, at = [], 0
        for start, stop in self.stretches:
            low, high = max(first - at, 0), min(end - at, stop - start)
            if low < high:
                found.append((start + low, start + high))
            at += stop - start
        return found


def frame_bytes(bytes_per_second: int) -> int:
    whole, rest = divmod(bytes_per_second * FRAME_MS, 1000)
    return whole if rest == 0 else 1


def track(
    timeline: Sequence[Mapping[str, Any]],
    slots: Iterable[str],
    sections: Iterable[str],
    *,
    size: int,
    bytes_per_second: int,
    is_whole: bool = False,
) -> Track | None:
    """What somebody who sits these slots, which are whole sections, hears of a file.

    None where the timeline does not tell: a recording of which nobody has said where its sections begin.
    """
    if is_whole:
        return Track(((0, size),), bytes_per_second)
    by_slot = _owners(timeline)
    owners, wanted = (by_slot, set(slots)) if by_slot else (_sections(timeline), set(sections))
    if not wanted <= {owner for owner, _, _ in owners}:
        return None
    frame = frame_bytes(bytes_per_second)
    stretches: list[Stretch] = []
    for owner, start_ms, end_ms in owners:
        if owner not in wanted:
            continue
        start, end = (ms * bytes_per_second // (1000 * frame) * frame for ms in (start_ms, end_ms))
        if stretches and stretches[-1][1] == start:
            start = stretches.pop()[0]
        stretches.append((start, min(end, size)))
    return Track(tuple(stretches), bytes_per_second)


def _sections(timeline: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """A recording's sections, where its teacher has said where they begin."""
    return [(str(one["section"]), int(one["start_ms"]), int(one["end_ms"])) for one in timeline if one.get("section")]


def _owners(timeline: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int]]:
    """Each question's share of the track: what leads up to it (directions, the passage), itself, and the pause to answer."""
    shares: list[tuple[str, int, int]] = []
    waiting: int | None = None
    for segment in timeline:
        start, end, slot = int(segment["start_ms"]), int(segment["end_ms"]), segment.get("slot")
        if slot is not None:
            shares.append((str(slot), start if waiting is None else waiting, end))
            waiting = None
        elif segment["kind"] == "pause" and shares and waiting is None:
            owner, first, _ = shares[-1]
            shares[-1] = (owner, first, end)
        elif waiting is None:
            waiting = start
    return shares


def merged(spans: Iterable[Stretch], *, until_ms: int) -> list[Stretch]:
    """In order and apart from each other; nothing of what lies after ``until_ms``, since that was not heard yet."""
    found: list[Stretch] = []
    for first, end in sorted((max(first, 0), min(end, until_ms)) for first, end in spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif first < end:
            found.append((first, end))
    return found


def part_of(heard: Track, spans: Iterable[Stretch]) -> Track:
    """These spans of what is heard, one after another, as a track of its own: whole frames, and nothing beside them."""
    stretches: list[Stretch] = []
    for first, end in spans:
        stretches += heard.pieces(heard.byte_at(first, up=False), heard.byte_at(end, up=True))
    return Track(tuple(stretches), heard.bytes_per_second)


@dataclass(frozen=True, slots=True)
class NotServed(Exception):
    """``size`` for the Content-Range of a 416."""

    size: int


def asked_range(header: str | None, size: int) -> Stretch | None:
    """One range of a Range header as first and last-plus-one; None without one. Raises NotServed for what is not in the file."""
    if header is None:
        return None
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if match is None or match.group(0) == "bytes=-":
        raise NotServed(size)
    first, last = match.groups()
    if not first:
        return _within(max(size - int(last), 0), size, size)
    return _within(int(first), int(last) + 1 if last else size, size)


def _within(first: int, end: int, size: int) -> Stretch:
    end = min(end, size)
    if first >= end:
        raise NotServed(size)
    return first, end


def served_live(track: Track, asked: Stretch | None, position_ms: int) -> Stretch:
    """What of the range asked for may be heard now: nothing before the server's position, nothing beyond ten seconds after it.

    Raises NotServed where nothing is left of it.
    """
    first, end = asked or (0, track.size)
    low = track.byte_at(position_ms, up=True)
    high = track.byte_at(position_ms + AHEAD_MS, up=False)
    first, end = max(first, low), min(end, high)
    if first >= end:
        raise NotServed(track.size)
    return first, end
