"""Which track a paper has. A ready row is never changed: another track is another row, and the paper points to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from siji.bank.audio.files import has_file, write_track
from siji.bank.audio.making import Made, lines_of, make, makers, track_key
from siji.bank.audio.track import Progress, no_progress
from siji.bank.audio.voices import CannotSpeak
from siji.bank.content import content_of
from siji.bank.models import Audio, AudioState, Paper
from siji.jobs.actions import enqueue
from siji.jobs.models import Job, JobState
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager

KIND = "bank.audio"
RECORDING = "recording"
FALLBACK = " (fallback)"
NOBODY = "nobody can speak here"


def ensure_audio(*, paper: Paper) -> Job | None:
    """Give the paper its track: at once where it exists, by a job where it must be made.

    A recording stays, also where its file is lost: it cannot be made again, and whoever uploaded it decides. A track in service
    stays until the better one is ready. Doing it twice changes nothing; what failed is tried again.
    """
    if paper.audio and paper.audio.origin == RECORDING:
        return None
    lines = lines_of(content_of(paper))
    if not lines:
        return None
    audio, _ = Audio.objects.get_or_create(key=track_key(lines, _best_engine()))
    if audio.state == AudioState.READY and has_file(audio):
        _point(paper, audio)
        return None
    Audio.objects.filter(pk=audio.pk).update(state=AudioState.BUILDING, error="")
    cache_manager.invalidate(spaces.PAPERS)
    if paper.audio is None or paper.audio.state != AudioState.READY:
        _point(paper, audio)
    return _enqueue_once(paper, audio)


def _best_engine() -> str:
    """Part of the key: once somebody can speak, the key is another and the track is made."""
    return next((maker.engine for maker in makers()), NOBODY)


def _point(paper: Paper, audio: Audio) -> None:
    paper.audio = audio
    paper.save(update_fields=["audio"])
    cache_manager.invalidate(spaces.PAPERS)


def _enqueue_once(paper: Paper, audio: Audio) -> Job:
    """One job at a time for this track; a new one when the last has ended."""
    name = f"{KIND}:{paper.pk}:{audio.key}"
    ended = Job.objects.filter(key__startswith=name, state__in=[JobState.DONE, JobState.FAILED]).count()
    return enqueue(kind=KIND, key=f"{name}:{ended}", payload={"paper": paper.pk, "audio": audio.pk})


def make_audio(*, paper: Paper, audio: Audio, progress: Progress = no_progress) -> dict[str, Any]:
    """Make the track and put it into service; returns what was made, in figures. May run twice.

    Raises CannotSpeak after saying so in the row: practice then offers the browser's voices, and nothing else changes.
    """
    content = content_of(paper)
    lines = lines_of(content)
    try:
        made = make(lines, content.blueprint.listening, candidates=makers(), progress=progress)
    except CannotSpeak as reason:
        fail_audio(audio_id=audio.pk, reason=str(reason))
        raise
    if made.refused:
        fail_audio(audio_id=audio.pk, reason=made.refused)
        audio, _ = Audio.objects.get_or_create(key=track_key(lines, made.maker.engine + FALLBACK))
    _put_into_service(paper, audio, made, path=write_track(audio.key, made.data))
    return {
        "audio": audio.pk,
        "origin": audio.origin,
        "duration_ms": made.duration_ms,
        "words_a_minute": {name: round(pace) for name, pace in made.words_a_minute.items()},
    }


def fail_audio(*, audio_id: int, reason: str) -> None:
    """What has become ready in the meantime stays ready."""
    Audio.objects.filter(pk=audio_id).exclude(state=AudioState.READY).update(state=AudioState.FAILED, error=reason)
    cache_manager.invalidate(spaces.PAPERS)


def _put_into_service(paper: Paper, audio: Audio, made: Made, *, path: str) -> None:
    audio.state, audio.error = AudioState.READY, made.refused
    audio.origin = made.maker.origin + (FALLBACK if made.refused else "")
    audio.path, audio.size_bytes, audio.duration_ms = path, len(made.data), made.duration_ms
    audio.timeline = [segment.model_dump(exclude_none=True) for segment in made.timeline]
    with transaction.atomic():
        audio.save()
        Paper.objects.filter(pk=paper.pk).exclude(audio__origin=RECORDING).update(audio=audio)
        cache_manager.invalidate(spaces.PAPERS)


def inherit_recording(*, paper: Paper, previous: Paper | None) -> None:
    """A new version with the same words to be heard keeps the teacher's recording."""
    if previous is None or previous.audio is None or previous.audio.origin != RECORDING:
        return
    if lines_of(content_of(paper)) == lines_of(content_of(previous)):
        _point(paper, previous.audio)
