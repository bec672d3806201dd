"""Speech by the endpoint that the administrator configured."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from siji.ai.speech import Endpoint, Speech, SpeechFailed, Utterance, speech
from siji.bank.audio.making import Maker
from siji.bank.audio.script import Speaker
from siji.bank.audio.voices import CannotSpeak, Spoken

LONGEST_SECONDS = 900.0


def endpoint_maker(endpoint: Endpoint, voices: tuple[str, str, str]) -> Maker:
    """``voices``: the endpoint's names for the woman, the man and the announcer."""
    names: dict[Speaker, str] = {"W": voices[0], "M": voices[1], "N": voices[2]}
    return Maker(
        origin="speech-endpoint",
        engine=json.dumps([endpoint.url, endpoint.model, voices]),
        voices=functools.partial(_opened, endpoint, names),
    )


@contextmanager
def _opened(endpoint: Endpoint, names: dict[Speaker, str]) -> Iterator[EndpointVoices]:
    with speech(endpoint, seconds=LONGEST_SECONDS) as opened:
        yield EndpointVoices(opened, names)


class EndpointVoices:
    def __init__(self, opened: Speech, names: dict[Speaker, str]) -> None:
        self._speech, self._names = opened, names
        self.sample_rate = 0

    def speak(self, lines: Sequence[Spoken]) -> list[bytes]:
        try:
            sounds = self._speech.speak([Utterance(line.text, self._names[line.voice], line.speed) for line in lines])
        except SpeechFailed as failed:
            raise CannotSpeak(str(failed), permanent=failed.permanent) from failed
        rates = {sound.sample_rate for sound in sounds} | ({self.sample_rate} - {0})
        if len(rates) > 1:
            raise CannotSpeak(f"the speech endpoint changes its sample rate: {sorted(rates)}", permanent=True)
        self.sample_rate = rates.pop()
        return [sound.samples for sound in sounds]
