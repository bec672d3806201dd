"""The bank's long work, by kind."""

from __future__ import annotations

from typing import Any

from siji.bank.audio.actions import KIND, fail_audio, make_audio
from siji.bank.audio.voices import CannotSpeak
from siji.bank.models import Audio, Paper
from siji.jobs.registry import Result, handler
from siji.jobs.work import Permanent, Work


def track_failed(payload: dict[str, Any], error: str) -> None:
    """Whatever ended the job: nobody works on the track any more, and its paper says so."""
    fail_audio(audio_id=payload["audio"], reason=error)


@handler(KIND, max_attempts=3, on_failure=track_failed)
def make_track(work: Work) -> Result:
    paper = Paper.objects.select_related("audio").get(pk=work.payload["paper"])
    audio = Audio.objects.get(pk=work.payload["audio"])
    try:
        return make_audio(paper=paper, audio=audio, progress=work.progress)
    except CannotSpeak as reason:
        if reason.permanent:
            raise Permanent(str(reason)) from reason
        raise
