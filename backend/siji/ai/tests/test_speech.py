"""The speech client against a real server: order, retries, what is permanent, the total deadline."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from siji.ai.speech import Endpoint, SpeechFailed, Utterance, read_wav, speech
from siji.ai.tests.speech_server import SAMPLE_RATE, SpeechServer, speech_server, wav


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with speech_server() as running:
        yield running


def say(server: SpeechServer, *texts: str, speed: float = 1.0, seconds: float = 20.0) -> list[int]:
    """How many samples came for each text."""
    with speech(server.endpoint, seconds=seconds, first_pause=0.01) as voice:
        sounds = voice.speak([Utterance(text, "nova", speed) for text in texts])
    assert all(sound.sample_rate == SAMPLE_RATE for sound in sounds)
    return [len(sound.samples) // 2 for sound in sounds]


def test_speech_comes_in_the_order_asked(server: SpeechServer) -> None:
    texts = [" ".join(["word"] * count) for count in (5, 1, 3, 8, 2, 7)]
    assert say(server, *texts) == [500, 100, 300, 800, 200, 700]
    assert server.keys == {"Bearer secret"}
    asked = next(wanted for wanted in server.asked if wanted["input"] == "word")
    assert asked == {"input": "word", "model": "voice-1", "voice": "nova", "response_format": "wav", "speed": 1.0}


def test_a_stream_of_unknown_length_is_read_to_its_end(server: SpeechServer) -> None:
    server.is_streaming = True
    assert say(server, "three short words") == [300]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_passing_trouble_is_tried_again(server: SpeechServer, status: int) -> None:
    server.troubles = [(status, b"{}", {})] * 3
    assert say(server, "one two") == [200]
    assert len(server.asked) == 4


def test_a_trouble_that_stays_is_given_up_after_three_retries(server: SpeechServer) -> None:
    server.troubles = [(500, b"{}", {})] * 9
    with pytest.raises(SpeechFailed, match="500") as failed:
        say(server, "one")
    assert (failed.value.permanent, len(server.asked)) == (False, 4)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
def test_a_permanent_refusal_is_asked_once(server: SpeechServer, status: int) -> None:
    server.troubles = [(status, b'{"error": {"message": "no"}}', {"Content-Type": "application/json"})]
    with pytest.raises(SpeechFailed, match=str(status)) as failed:
        say(server, "one")
    assert (failed.value.permanent, len(server.asked)) == (True, 1)


def test_what_is_not_wav_is_permanent(server: SpeechServer) -> None:
    server.troubles = [(200, b"<html>hello</html>", {})]
    with pytest.raises(SpeechFailed, match="WAV") as failed:
        say(server, "one")
    assert failed.value.permanent


def test_the_deadline_is_for_everything_together(server: SpeechServer) -> None:
    server.seconds = 0.3
    begun = time.monotonic()
    with pytest.raises(SpeechFailed, match="too long") as failed:
        say(server, *["word"] * 40, seconds=0.8)
    assert time.monotonic() - begun < 2
    assert not failed.value.permanent
    assert len(server.asked) < 40


def test_the_server_may_say_how_long_to_wait(server: SpeechServer) -> None:
    server.troubles = [(429, b"{}", {"Retry-After": "1"})]
    begun = time.monotonic()
    assert say(server, "one") == [100]
    assert time.monotonic() - begun >= 1


def test_a_server_that_is_not_there_is_not_permanent() -> None:
    with (
        speech(Endpoint("http://127.0.0.1:9/v1", "", "m"), seconds=10, first_pause=0.01) as voice,
        pytest.raises(SpeechFailed, match="cannot be reached") as failed,
    ):
        voice.speak([Utterance("one", "nova")])
    assert not failed.value.permanent


@pytest.mark.parametrize("data", [b"", b"RIFF", wav(10, channels=2), wav(10)[:40], b"RIFF\0\0\0\0WAVEdata\4\0\0\0abcd"])
def test_only_16_bit_mono_is_taken(data: bytes) -> None:
    with pytest.raises(SpeechFailed):
        read_wav(data)
