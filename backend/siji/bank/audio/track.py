"""Speech and silence put together into one track, with the time of everything in it.

The pace is fitted passage by passage: speak, measure the words a minute from the first word to the last, speak again faster or
slower. The pace that one passage needed is the first guess for the next, so an expensive speaker is rarely asked twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from siji.bank.audio.script import Line
from siji.bank.audio.voices import Spoken, Voices
from siji.bank.facts import ListeningRules
from siji.bank.timeline import Segment
from siji.language.text import count_words

MOST_TRIES = 4
NEAR_ENOUGH = 3
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For callers that nobody watches."""


@dataclass(slots=True)
class Track:
    """``pieces``: 16-bit mono samples. ``words_a_minute`` by passage."""

    sample_rate: int = 0
    pieces: list[bytes] = field(default_factory=list)
    timeline: list[Segment] = field(default_factory=list)
    words_a_minute: dict[str, float] = field(default_factory=dict)
    samples: int = 0

    @property
    def duration_ms(self) -> int:
        return self.samples * 1000 // self.sample_rate if self.sample_rate else 0

    def add(self, piece: bytes) -> tuple[int, int]:
        """Where it lies, in milliseconds."""
        start = self.duration_ms
        self.pieces.append(piece)
        self.samples += len(piece) // 2
        return start, self.duration_ms

    def silence(self, milliseconds: int) -> tuple[int, int]:
        return self.add(b"\0\0" * (milliseconds * self.sample_rate // 1000))


def make_track(lines: Sequence[Line], voices: Voices, *, rules: ListeningRules, progress: Progress = no_progress) -> Track:
    """Passages in the middle of the pace asked for; all faster, within the bounds, where the track were too long otherwise.

    Raises CannotSpeak.
    """
    low, high = rules.words_a_minute
    track = Track()
    for target in ((low + high) / 2, high - NEAR_ENOUGH):
        track = _spoken(lines, voices, target, progress)
        if track.duration_ms <= rules.track_minutes * 60_000:
            break
    return track


def _spoken(lines: Sequence[Line], voices: Voices, target: float, progress: Progress) -> Track:
    track, speed = Track(), 1.0
    groups = [(key, list(group)) for key, group in groupby(lines, key=lambda line: (line.kind == "sentence", line.passage))]
    for done, ((is_passage, name), group) in enumerate(groups):
        if is_passage and name:
            spoken, speed, track.words_a_minute[name] = _at_pace(group, voices, speed, target)
        else:
            spoken = voices.speak([Spoken(line.voice, line.text) for line in group])
        track.sample_rate = voices.sample_rate
        for line, piece in zip(group, spoken, strict=True):
            _append(track, line, piece)
        progress(done + 1, len(groups))
    return track


def _at_pace(group: Sequence[Line], voices: Voices, speed: float, target: float) -> tuple[list[bytes], float, float]:
    words = sum(count_words(line.text) for line in group)
    for left in reversed(range(MOST_TRIES)):
        spoken = voices.speak([Spoken(line.voice, line.text, speed) for line in group])
        speech = sum(len(piece) for piece in spoken) / 2 / voices.sample_rate
        silence = sum(line.silence_ms for line in group[:-1]) / 1000
        measured = words * 60 / (speech + silence)
        if abs(measured - target) <= NEAR_ENOUGH or not left:
            break
        speed *= speech / max(words * 60 / target - silence, speech / 2)
    return spoken, speed, measured


def _append(track: Track, line: Line, piece: bytes) -> None:
    start, end = track.add(piece)
    spoken = Segment(
        kind=line.kind,
        start_ms=start,
        end_ms=end,
        section=line.section,
        slot=line.slot,
        passage=line.passage,
        turn=line.turn,
        sentence=line.sentence,
    )
    track.timeline.append(spoken)
    if line.answer_ms:
        start, end = track.silence(line.answer_ms)
        track.timeline.append(spoken.model_copy(update={"kind": "pause", "start_ms": start, "end_ms": end}))
    track.silence(line.silence_ms)
