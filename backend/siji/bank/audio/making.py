"""Making one track with whoever can speak here: the configured endpoint first, espeak-ng otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass

from django.conf import settings

from siji.bank.audio import espeak, mp3
from siji.bank.audio.script import Line, SpokenPassage, script_of
from siji.bank.audio.track import Progress, make_track
from siji.bank.audio.voices import CannotSpeak, Voices
from siji.bank.bodies import ListeningChoice, ScriptPassage
from siji.bank.content import PaperContent
from siji.bank.facts import ListeningRules
from siji.bank.timeline import Segment

FORMAT = "48 kbit/s, 24 kHz, 1"
"""Raise the last number when the same lines should sound different, so that tracks are made again."""


@dataclass(frozen=True, slots=True)
class Maker:
    """``engine`` names everything that changes the sound: program, release, model, voices."""

    origin: str
    engine: str
    voices: Callable[[], AbstractContextManager[Voices]]


@dataclass(frozen=True, slots=True)
class Made:
    """An mp3 with its times. ``refused`` says why a better speaker could not be had, "" where the first one spoke."""

    maker: Maker
    data: bytes
    duration_ms: int
    timeline: list[Segment]
    words_a_minute: dict[str, float]
    refused: str


def makers() -> list[Maker]:
    """In the order in which they are tried; empty where nothing can speak."""
    found: list[Maker] = []
    if settings.SPEECH_URL:
        # Here, since the client costs every process half a second and 40 MB that nobody else needs.
        from siji.ai.speech import Endpoint
        from siji.bank.audio.endpoint import endpoint_maker

        endpoint = Endpoint(settings.SPEECH_URL, settings.SPEECH_KEY, settings.SPEECH_MODEL)
        woman, man, announcer = settings.SPEECH_VOICES
        found.append(endpoint_maker(endpoint, (woman, man, announcer)))
    if release := espeak.engine():
        described = json.dumps([release, espeak.VOICES, espeak.NATURAL_SPEED], sort_keys=True)
        found.append(Maker("espeak-ng", described, espeak.espeak))
    return found


def lines_of(content: PaperContent) -> list[Line]:
    """Empty for a paper without listening."""
    passages: dict[str, Sequence[SpokenPassage]] = {}
    for section in content.blueprint.sections:
        placed = [(passage, passage.body) for passage in content.passages(section.key)]
        passages[section.key] = [
            SpokenPassage(passage.name, body, _questions(content, passage.slots))
            for passage, body in placed
            if isinstance(body, ScriptPassage)
        ]
    return script_of(content.blueprint, passages)


def _questions(content: PaperContent, slots: Sequence[str]) -> list[tuple[str, ListeningChoice]]:
    bodies = ((slot, content.items[slot].body) for slot in slots)
    return [(slot, body) for slot, body in bodies if isinstance(body, ListeningChoice)]


def track_key(lines: Sequence[Line], engine: str) -> str:
    """The same for the same words spoken the same way, so a track is made once however many papers and versions share it."""
    described = json.dumps([FORMAT, engine, [asdict(line) for line in lines]], sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()


def make(lines: Sequence[Line], rules: ListeningRules, *, candidates: Sequence[Maker], progress: Progress) -> Made:
    """By the first who can. Raises CannotSpeak with every reason when nobody can."""
    reasons: list[CannotSpeak] = []
    for maker in candidates:
        try:
            return _made_by(maker, lines, rules, progress, refused="; ".join(map(str, reasons)))
        except CannotSpeak as reason:
            reasons.append(reason)
    said = "; ".join(map(str, reasons)) or "no speech program is installed and no speech endpoint is configured"
    raise CannotSpeak(said, permanent=all(reason.permanent for reason in reasons))


def _made_by(maker: Maker, lines: Sequence[Line], rules: ListeningRules, progress: Progress, *, refused: str) -> Made:
    with maker.voices() as voices:
        track = make_track(lines, voices, rules=rules, progress=progress)
    minutes = track.duration_ms / 60_000
    if minutes > rules.track_minutes:
        raise CannotSpeak(
            f"{maker.origin}: the track takes {minutes:.1f} minutes, but there are {rules.track_minutes}", permanent=True
        )
    data = mp3.encode(track.pieces, sample_rate=track.sample_rate)
    duration = mp3.examine(data).duration_ms
    return Made(maker, data, duration, track.timeline, track.words_a_minute, refused)
