"""The bank's long work, by kind."""

from __future__ import annotations

from siji.bank.audio.actions import KIND, make_audio
from siji.bank.audio.voices import CannotSpeak
from siji.bank.models import Audio, Paper
from siji.jobs.registry import Result, handler
from siji.jobs.work import Permanent, Work


@handler(KIND, max_attempts=3)
def make_track(work: Work) -> Result:
    paper = Paper.objects.select_related("audio").get(pk=work.payload["paper"])
    audio = Audio.objects.get(pk=work.payload["audio"])
    try:
        return make_audio(paper=paper, audio=audio, progress=work.progress)
    except CannotSpeak as reason:
        if reason.permanent:
            raise Permanent(str(reason)) from reason
        raise
