"""An attempt's audio: what state it is in for this attempt now, and the bytes that may be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from siji.bank.audio.files import path_of
from siji.bank.audio.troubles import lost_track
from siji.bank.models import Audio, AudioState
from siji.practice import listening
from siji.practice.keys import plan_of, sections_of, slots_by_section
from siji.practice.listening import Track
from siji.practice.models import Attempt, AttemptMode, AudioGap, AudioGrant
from siji.practice.schemas import AudioOut, ReplayOut
from siji.practice.timing import MILLISECOND, elapsed_ms, milliseconds_between, sheet_of
from siji.problems import Refusal

Heard = Literal["none", "missing", "building", "failed", "untimed", "withheld", "pending", "playing", "over", "free"]
LONGEST_PIECE = 1024 * 1024
"""Of a track that is heard freely: a request holds a thread for this much, the next range follows."""


@dataclass(frozen=True, slots=True)
class Listening:
    """One attempt's listening at one moment."""

    state: Heard
    audio: Audio | None = None
    track: Track | None = None
    position_ms: int = 0
    starts_in_ms: int = 0


def listening_of(attempt: Attempt, now: datetime, *, is_free: bool) -> Listening:
    """``is_free``: the whole track is heard, as often as one likes (``withholding.may_hear_freely``)."""
    slots = _listening_slots(attempt)
    audio = attempt.audio or attempt.paper.audio
    if not slots:
        return Listening("none")
    if audio is None or audio.state != AudioState.READY:
        return Listening("missing" if audio is None else _unready(audio), audio)
    if attempt.mode == AttemptMode.PRACTICE and not is_free:
        return Listening("withheld", audio)
    track = _track(attempt, audio, slots, is_free=is_free)
    if track is None:
        return Listening("untimed", audio)
    if is_free:
        return Listening("free", audio, track)
    return _live(attempt, audio, track, now)


def _track(attempt: Attempt, audio: Audio, slots: tuple[str, ...], *, is_free: bool) -> Track | None:
    parts = [part.sections for part in plan_of(attempt.paper).parts if part.key == "listening"]
    whole = {slot for sections in parts for slot in _slots_in(attempt, sections)}
    is_whole = is_free or whole <= set(slots)
    return listening.track(
        [] if is_whole else audio.timeline,  # not loaded with the attempt
        slots,
        sections_of(attempt.paper, slots),
        size=audio.size_bytes,
        bytes_per_second=audio.bytes_per_second,
        is_whole=is_whole,
    )


def refuse_untimed(attempt: Attempt) -> None:
    """Before an exam begins. Raises Refusal 409 ``recording_untimed``: its sections cannot be played without the others."""
    audio = attempt.audio
    slots = _listening_slots(attempt)
    if attempt.mode == AttemptMode.EXAM and audio is not None and slots and _track(attempt, audio, slots, is_free=False) is None:
        raise Refusal(
            "recording_untimed",
            zh="这份录音没有标出各节从哪里开始，不能只放这次考的部分。请老师先在试卷页填写各节的开始时间。",
            en="Nobody has said where the sections of this recording begin: your teacher enters that on the paper's page first.",
        )


def _listening_slots(attempt: Attempt) -> tuple[str, ...]:
    sheet = sheet_of(attempt)
    if sheet.is_timed:
        part = sheet.part("listening")
        return part.slots if part is not None else ()
    heard = {
        slot for part in plan_of(attempt.paper).parts if part.key == "listening" for slot in _slots_in(attempt, part.sections)
    }
    return tuple(slot for slot in sheet.free if slot in heard)


def _slots_in(attempt: Attempt, sections: tuple[str, ...]) -> list[str]:
    return [slot for section, own in slots_by_section(attempt.paper).items() if section in sections for slot in own]


def _unready(audio: Audio) -> Heard:
    return {AudioState.BUILDING: "building", AudioState.FAILED: "failed"}.get(AudioState(audio.state), "missing")  # type: ignore[return-value]


def _live(attempt: Attempt, audio: Audio, track: Track, now: datetime) -> Listening:
    part = sheet_of(attempt).part("listening")
    elapsed = elapsed_ms(attempt, now)
    if part is None or attempt.closed_at is not None:
        return Listening("over", audio, track, track.duration_ms)
    if elapsed is None or elapsed < part.start_ms:
        return Listening("pending", audio, track, starts_in_ms=part.start_ms - (elapsed or 0))
    position = elapsed - part.start_ms
    if position >= min(track.duration_ms, part.duration_ms):
        return Listening("over", audio, track, track.duration_ms)
    return Listening("playing", audio, track, position)


def audio_out(attempt: Attempt, now: datetime, *, is_free: bool) -> AudioOut:
    heard = listening_of(attempt, now, is_free=is_free)
    return AudioOut(
        state=heard.state,
        url=f"/api/v1/attempts/{attempt.pk}/audio",
        origin=heard.audio.origin if heard.audio else "",
        position_ms=heard.position_ms,
        starts_in_ms=heard.starts_in_ms,
        duration_ms=heard.track.duration_ms if heard.track else 0,
        bytes_per_second=heard.track.bytes_per_second if heard.track else 0,
        size_bytes=heard.track.size if heard.track else 0,
        replay=replay_out(attempt, heard, now),
    )


def replay_out(attempt: Attempt, heard: Listening, now: datetime) -> ReplayOut | None:
    """Null once its time has passed or the listening part is locked. ``attempt`` comes with its newest grant."""
    grant = attempt.audio_grant
    if grant is None or heard.track is None or not is_listening_open(attempt, now):
        return None
    track = listening.part_of(heard.track, spans_of(grant))
    standing = standing_of(grant, track, now)
    if standing == "expired":
        return None
    return ReplayOut(
        id=grant.pk,
        state=standing,
        url=f"/api/v1/attempts/{attempt.pk}/audio-grants/{grant.pk}/audio",
        ends_in_ms=max((grant.until - now) // MILLISECOND, 0),
        position_ms=position_in(grant, track, now),
        duration_ms=track.duration_ms,
        bytes_per_second=track.bytes_per_second,
        size_bytes=track.size,
    )


def is_listening_open(attempt: Attempt, now: datetime) -> bool:
    """Whether what is heard can still be answered: its questions are seen and its answers taken."""
    part, elapsed = sheet_of(attempt).part("listening"), elapsed_ms(attempt, now)
    return attempt.closed_at is None and part is not None and elapsed is not None and part.start_ms <= elapsed < part.end_ms


Replay = Literal["waiting", "playing", "over", "expired"]


def spans_of(grant: AudioGrant) -> list[listening.Stretch]:
    return [(first, end) for first, end in grant.spans]


def standing_of(grant: AudioGrant, track: Track, now: datetime) -> Replay:
    if grant.started_at is None:
        return "waiting" if now < grant.until else "expired"
    return "playing" if position_in(grant, track, now) < track.duration_ms else "over"


def position_in(grant: AudioGrant, track: Track, now: datetime) -> int:
    return min(max(milliseconds_between(grant.started_at, now) or 0, 0), track.duration_ms)


@dataclass(frozen=True, slots=True)
class Served:
    """Bytes ``first`` … ``end`` - 1 of a track of ``size``."""

    content: bytes
    first: int
    end: int
    size: int


def serve(attempt: Attempt, now: datetime, *, is_free: bool, range_header: str | None) -> Served:
    """The bytes asked for, as far as they may be heard now.

    Raises NotServed (416) where nothing of them may be; Refusal 409 ``no_audio`` where there is no track to hear.
    """
    heard = listening_of(attempt, now, is_free=is_free)
    if heard.audio is None or heard.track is None:
        raise _no_audio()
    size = heard.track.size
    asked = listening.asked_range(range_header, size)
    if heard.state == "free":
        first, end = asked or (0, size)
        end = min(end, first + LONGEST_PIECE)
    elif heard.state == "playing":
        first, end = listening.served_live(heard.track, asked, heard.position_ms)
    else:
        raise listening.NotServed(size)
    return Served(_read(attempt, heard.audio, heard.track.pieces(first, end)), first, end, size)


def serve_replay(attempt: Attempt, grant: AudioGrant, now: datetime, *, range_header: str | None) -> Served:
    """As ``serve``, of the granted spans alone and only while they are being heard."""
    heard = listening_of(attempt, now, is_free=False)
    if heard.audio is None or heard.track is None:
        raise _no_audio()
    track = listening.part_of(heard.track, spans_of(grant))
    if not is_listening_open(attempt, now) or standing_of(grant, track, now) != "playing":
        raise listening.NotServed(track.size)
    asked = listening.asked_range(range_header, track.size)
    first, end = listening.served_live(track, asked, position_in(grant, track, now))
    return Served(_read(attempt, heard.audio, track.pieces(first, end)), first, end, track.size)


def _no_audio() -> Refusal:
    return Refusal("no_audio", zh="这次作答没有可以播放的听力音频。", en="This attempt has no audio to play.")


def _read(attempt: Attempt, audio: Audio, pieces: list[listening.Stretch]) -> bytes:
    """Raises Refusal: 503 where the file was lost and is being made again, 409 where it cannot be."""
    try:
        with path_of(audio).open("rb") as file:
            found = []
            for start, end in pieces:
                file.seek(start)
                found.append(file.read(end - start))
    except FileNotFoundError:
        raise lost_track(paper=attempt.paper, audio=audio) from None
    return b"".join(found)


MOST_GAPS = 500
"""An attempt's gaps are rows a browser makes: more than this says nothing new."""


def report_gap(*, attempt: Attempt, from_ms: int, to_ms: int, reason: str) -> None:
    """Keep what a lost network missed; the same gap twice is one row. Raises Refusal (422) for a stretch without length."""
    if to_ms <= from_ms or attempt.mode != AttemptMode.EXAM:
        raise Refusal(
            "not_a_gap",
            zh="漏播区间的终点必须在起点之后，而且只在考试里记录。",
            en="A gap ends after it begins, and only exams have gaps.",
            status=422,
        )
    with transaction.atomic():
        if attempt.audio_gaps.count() < MOST_GAPS:
            AudioGap.objects.bulk_create(
                [AudioGap(attempt=attempt, from_ms=from_ms, to_ms=to_ms, reason=reason)], ignore_conflicts=True
            )
