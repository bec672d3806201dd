"""What is wrong with a track, in words, and what can be done about a file that is lost."""

from __future__ import annotations

from django.db import transaction

from siji.accounts.models import AuditEntry, User
from siji.bank.audio.actions import RECORDING, ensure_audio
from siji.bank.audio.files import has_file
from siji.bank.models import Audio, AudioState, Paper
from siji.problems import Refusal, Words

NOBODY_SPEAKS = "no speech program is installed and no speech endpoint is configured"
MAKING_TAKES_SECONDS = 30


def trouble_with(audio: Audio | None) -> Words | None:
    """For whoever can do something about it; None where nothing is wrong."""
    if audio is None or audio.state not in (AudioState.FAILED, AudioState.READY):
        return None
    if audio.state == AudioState.FAILED:
        return _failed(audio.error)
    if has_file(audio):
        return None
    if audio.origin == RECORDING:
        return Words(
            zh="上传的录音文件在服务器上丢失了。请重新上传，或换回合成音频。",
            en="The uploaded recording's file is lost: upload it again, or go back to the made track.",
        )
    return Words(
        zh="音频文件在服务器上丢失了。请点“重新制作”。",
        en="The track's file is lost: press “make again”.",
    )


def _failed(error: str) -> Words:
    if NOBODY_SPEAKS in error:
        return Words(
            zh="这台服务器没有安装语音合成程序，也没有配置语音服务。请联系管理员，或上传录音。",
            en="No speech program and no speech service is set up here: ask an administrator, or upload a recording.",
        )
    return Words(
        zh=f"音频没有做成。可以重新制作，或上传录音。原因：{error}",
        en=f"The track could not be made: make it again, or upload a recording. Reason: {error}",
    )


def lost_track(*, paper: Paper, audio: Audio) -> Refusal:
    """To be raised where the file of a ready track is not there. What can be made again is on its way when this returns."""
    if audio.origin == RECORDING:
        return Refusal(
            "recording_is_lost",
            zh="这份录音的文件在服务器上丢失了，请告诉老师重新上传。",
            en="The file of this recording is lost: tell your teacher to upload it again.",
        )
    if ensure_audio(paper=paper) is None:
        return Refusal(
            "track_is_lost",
            zh="这次作答所用的听力音频已丢失，而且不能再做成同样的。请告诉老师。",
            en="The track of this attempt is lost and cannot be made the same again: tell your teacher.",
        )
    return Refusal(
        "track_is_being_made",
        zh="听力音频的文件丢失了，正在重新制作，请稍后再试。",
        en="The track's file was lost and is being made again: try again in a moment.",
        status=503,
        retry_after=MAKING_TAKES_SECONDS,
    )


def remake_audio(*, paper: Paper, by: User) -> None:
    """Try again what failed, make again what is lost. Raises Refusal (409) where a recording is in service: it cannot be made."""
    if paper.audio is not None and paper.audio.origin == RECORDING:
        raise Refusal(
            "recording_in_service",
            zh="现在用的是上传的录音，不能重新制作。请重新上传，或先换回合成音频。",
            en="A recording is in service and cannot be made: upload it again, or go back to the made track first.",
        )
    with transaction.atomic():
        job = ensure_audio(paper=paper)
        if job is not None:
            detail = {"job": job.pk}
            AuditEntry.objects.create(actor=by, action="paper.track.remade", subject=f"paper:{paper.pk}", detail=detail)
    if paper.audio is not None:
        paper.audio.refresh_from_db()
