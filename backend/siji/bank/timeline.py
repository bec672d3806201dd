"""The times of a track: which passage, which sentence, which section lies where. Milliseconds from the track's start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from pydantic import TypeAdapter

from siji.bank.bodies import Body
from siji.bank.models import Audio, AudioState

SegmentKind = Literal["directions", "announcement", "sentence", "question", "pause", "recording"]


class Segment(Body):
    """A stretch of the track. ``passage`` is its name in the paper; ``turn`` and ``sentence`` count from 0."""

    kind: SegmentKind
    start_ms: int
    end_ms: int
    section: str = ""
    slot: str | None = None
    passage: str | None = None
    turn: int | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    start_ms: int
    end_ms: int

    def joined(self, other: Span) -> Span:
        return Span(min(self.start_ms, other.start_ms), max(self.end_ms, other.end_ms))


@dataclass(frozen=True, slots=True)
class Times:
    """``passages``: each with its announcement and questions. ``sentences``: by passage, turn and sentence."""

    sections: dict[str, Span] = field(default_factory=dict)
    passages: dict[str, Span] = field(default_factory=dict)
    sentences: dict[tuple[str, int, int], Span] = field(default_factory=dict)


def section_starts(raw: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Section → where it begins, of a stored timeline; empty for a recording of which nobody has said so."""
    starts: dict[str, int] = {}
    for segment in raw:
        if section := segment.get("section"):
            starts[section] = min(int(segment["start_ms"]), starts.get(section, int(segment["start_ms"])))
    return starts


_SEGMENTS = TypeAdapter(list[Segment])
NO_TIMES = Times()


def parse_timeline(raw: list[dict[str, object]]) -> list[Segment]:
    return _SEGMENTS.validate_python(raw)


def times_in(segments: list[Segment]) -> Times:
    times = Times()
    for segment in segments:
        span = Span(segment.start_ms, segment.end_ms)
        _extend(times.sections, segment.section, span)
        _extend(times.passages, segment.passage or "", span)
        if segment.kind == "sentence" and segment.turn is not None and segment.sentence is not None:
            times.sentences[segment.passage or "", segment.turn, segment.sentence] = span
    return times


def _extend(spans: dict[str, Span], name: str, span: Span) -> None:
    if name:
        spans[name] = spans[name].joined(span) if name in spans else span


def ready_track(audio: Audio | None) -> int | None:
    """Its key where it may be played, else None."""
    return audio.pk if audio is not None and audio.state == AudioState.READY else None


@lru_cache(maxsize=64)
def times_of(track: int | None) -> Times:
    """Of a ready track; empty for none. Of a recording at most the sections are known: nobody has timed its sentences."""
    if track is None:
        return NO_TIMES
    return times_in(parse_timeline(Audio.objects.values_list("timeline", flat=True).get(pk=track)))
