"""A teacher's own recording of the listening part: examined frame by frame, then put into the place of the made track."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import NoReturn
from uuid import UUID

from django.db import transaction

from siji.accounts.models import AuditEntry, User
from siji.bank.audio import mp3
from siji.bank.audio.actions import RECORDING, ensure_audio
from siji.bank.audio.files import write_track
from siji.bank.content import content_of
from siji.bank.models import Audio, AudioState, Paper
from siji.bank.timeline import Segment, section_starts
from siji.problems import Refusal, Words, refusal_on
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager
from siji.uploads import files as uploaded
from siji.uploads.actions import claim, discard_claimed

LARGEST = 40 * 1024 * 1024
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 30
EXPORT_ZH = "请在录音软件里导出为固定码率（CBR）的 MP3，例如 64 kbit/s、单声道，然后重新上传。"
EXPORT_EN = "Export it as a constant-bitrate (CBR) MP3, for example 64 kbit/s mono, and upload it again."


def take_upload(*, paper: Paper, upload_id: UUID, by: User) -> Paper:
    """As ``set_recording`` with what was uploaded, which is used up by it, also where it is refused for what it holds.

    Raises Refusal: 404, 410, 409 ``unfinished`` and ``in_use`` for the upload; 422 as there.
    """
    refused: Refusal | None = None
    with transaction.atomic():
        upload = claim(upload_id=upload_id, by=by, is_first=True)
        try:
            set_recording(paper=paper, data=uploaded.path_of(upload.pk).read_bytes(), by=by)
        except Refusal as refusal:
            refused = refusal
        discard_claimed(upload=upload)
    if refused is not None:
        raise refused
    return paper


def set_recording(*, paper: Paper, data: bytes, by: User) -> Paper:
    """The recording is the paper's track from now on. Raises Refusal (422) that says what to export."""
    found = _examined(data)
    sound = data[found.start : found.end]
    key = hashlib.sha256(sound).hexdigest()
    whole = Segment(kind="recording", start_ms=0, end_ms=found.duration_ms)
    path = write_track(key, sound)
    with transaction.atomic():
        audio, _ = Audio.objects.get_or_create(
            key=key,
            defaults={
                "state": AudioState.READY,
                "path": path,
                "origin": RECORDING,
                "size_bytes": len(sound),
                "bytes_per_second": found.bytes_per_second,
                "duration_ms": found.duration_ms,
                "timeline": [whole.model_dump(exclude_none=True)],
            },
        )
        _put_into_service(paper, audio, by=by, action="paper.recording.set")
    return paper


def set_sections(*, paper: Paper, starts: Mapping[str, int], by: User) -> Paper:
    """Say where each section of the recording begins, so that one may be sat without the others.

    Attempts that have begun keep the times they began with. Raises Refusal: 409 ``no_recording``; 422 ``wrong_times``.
    """
    audio = _recording_of(paper)
    _check_starts(paper, starts, audio.duration_ms)
    ends = [*list(starts.values())[1:], audio.duration_ms]
    segments = [
        Segment(kind="recording", start_ms=start, end_ms=end, section=section)
        for (section, start), end in zip(starts.items(), ends, strict=True)
    ]
    times = ",".join(f"{section}={start}" for section, start in starts.items())
    key = hashlib.sha256(f"{audio.path}:{times}".encode()).hexdigest()
    same = ("state", "path", "origin", "size_bytes", "bytes_per_second", "duration_ms")
    with transaction.atomic():
        timed, _ = Audio.objects.get_or_create(
            key=key,
            defaults={
                **{name: getattr(audio, name) for name in same},
                "timeline": [segment.model_dump(exclude_none=True) for segment in segments],
            },
        )
        _put_into_service(paper, timed, by=by, action="paper.recording.timed")
    return paper


def lacks_times(paper: Paper, sections: Collection[str]) -> bool:
    """Whether these sections are some but not all of listening, and the paper's recording does not tell where they begin."""
    audio, all_of_it = paper.audio, _listening_sections(paper)
    chosen = [section for section in all_of_it if section in sections]
    if audio is None or audio.origin != RECORDING or chosen in ([], all_of_it):
        return False
    return not section_starts(audio.timeline)


def _listening_sections(paper: Paper) -> list[str]:
    blueprint = content_of(paper).blueprint
    return [section.key for section in blueprint.sections if blueprint.part_of(section.key) == "listening"]


def _check_starts(paper: Paper, starts: Mapping[str, int], duration_ms: int) -> None:
    sections = _listening_sections(paper)
    wrong: dict[str, Words] = {}
    if list(starts) != sections:
        wrong["starts"] = Words(zh="、".join(sections), en=", ".join(sections))
    for section, before in zip(list(starts)[1:], starts, strict=False):
        if starts[section] <= starts[before]:
            wrong[section] = Words(zh=f"要晚于 {before}。", en=f"Must be later than {before}.")
    for section, start in starts.items():
        if start >= duration_ms:
            wrong[section] = Words(zh="超过了录音的长度。", en="Beyond the end of the recording.")
    if wrong:
        raise Refusal(
            "wrong_times",
            zh="请按顺序填写听力每一节的开始时间，一节比一节晚，并且都在录音之内。",
            en="Say where each listening section begins, one after another, all within the recording.",
            status=422,
            fields=wrong,
        )


def _recording_of(paper: Paper) -> Audio:
    if paper.audio is None or paper.audio.origin != RECORDING:
        raise Refusal("no_recording", zh="这份试卷没有上传过录音。", en="This paper has no recording.")
    return paper.audio


def remove_recording(*, paper: Paper, by: User) -> Paper:
    """Back to the made track, which is made again if it has to be. Raises Refusal (409) where there is no recording."""
    _recording_of(paper)
    with transaction.atomic():
        _put_into_service(paper, None, by=by, action="paper.recording.removed")
        ensure_audio(paper=paper)
    return paper


def _put_into_service(paper: Paper, audio: Audio | None, *, by: User, action: str) -> None:
    before = paper.audio.key if paper.audio else ""
    paper.audio = audio
    paper.save(update_fields=["audio"])
    cache_manager.invalidate(spaces.PAPERS)
    detail = {"from": before, "to": audio.key if audio else ""}
    AuditEntry.objects.create(actor=by, action=action, subject=f"paper:{paper.pk}", detail=detail)


def _examined(data: bytes) -> mp3.Examined:
    if len(data) > LARGEST:
        _refuse("too_large", zh="录音超过 40 MB。", en="The recording is over 40 MB.")
    try:
        found = mp3.examine(data)
    except mp3.NotConstant:
        _refuse("not_constant", zh="这个 MP3 的码率或采样率中途有变化。", en="The bitrate or sample rate of this MP3 changes.")
    except mp3.NotMp3:
        _refuse("not_mp3", zh="这个文件不是完整的 MP3。", en="This file is not MP3 from beginning to end.")
    minutes = found.duration_ms / 60_000
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        _refuse(
            "wrong_length",
            zh=f"录音长 {minutes:.1f} 分钟；听力部分应为 {SHORTEST_MINUTES} 到 {LONGEST_MINUTES} 分钟。",
            en=f"It takes {minutes:.1f} minutes; a listening part takes {SHORTEST_MINUTES} to {LONGEST_MINUTES}.",
        )
    return found


def _refuse(code: str, *, zh: str, en: str) -> NoReturn:
    raise refusal_on("file", code, zh=zh + EXPORT_ZH, en=f"{en} {EXPORT_EN}")
