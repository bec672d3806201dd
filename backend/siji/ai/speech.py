"""Text into speech by an OpenAI-compatible endpoint (``POST …/audio/speech``).

Errors: ``SpeechFailed(permanent=True)`` for what trying again cannot mend (key, model, voice, a reply that is not WAV);
``permanent=False`` for a refused connection, a time-out, 408, 409, 429 and 5xx, after one try and at most three retries with
growing, jittered pauses (Retry-After honoured), or when the total deadline has passed.

The client's own retries are off: all tries together live under one deadline, since a server that drips bytes never times out
by itself.
"""

from __future__ import annotations

import asyncio
import random
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import openai

TRIES = 4
AT_ONCE = 4
LONGEST_PAUSE_SECONDS = 30.0
ONE_REPLY_SECONDS = 60.0
_WORTH_TRYING = (408, 409, 429)
_PCM, _EXTENSIBLE = 1, 0xFFFE


class SpeechFailed(Exception):
    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``url`` up to and including /v1."""

    url: str
    key: str
    model: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """``speed`` 1 is the voice's own pace; 0.25 to 4."""

    text: str
    voice: str
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class Sound:
    """16-bit mono samples."""

    sample_rate: int
    samples: bytes


@contextmanager
def speech(endpoint: Endpoint, *, seconds: float, first_pause: float = 0.5) -> Iterator[Speech]:
    """One client and one event loop for as long as it is open; ``seconds`` is the deadline of everything said with it.

    The pause before a retry begins at ``first_pause`` and doubles.
    """
    with asyncio.Runner() as runner:
        client = openai.AsyncOpenAI(
            base_url=endpoint.url, api_key=endpoint.key or "none", max_retries=0, timeout=ONE_REPLY_SECONDS
        )
        try:
            yield Speech(runner, client, endpoint, deadline=time.monotonic() + seconds, first_pause=first_pause)
        finally:
            runner.run(client.close())


class Speech:
    def __init__(
        self,
        runner: asyncio.Runner,
        client: openai.AsyncOpenAI,
        endpoint: Endpoint,
        *,
        deadline: float,
        first_pause: float,
    ) -> None:
        self._runner, self._client, self._endpoint = runner, client, endpoint
        self._deadline, self._first_pause = deadline, first_pause

    def speak(self, utterances: Sequence[Utterance]) -> list[Sound]:
        """In the order given, a few at a time. Raises SpeechFailed; then nothing is left running."""
        return self._runner.run(self._all(utterances))

    async def _all(self, utterances: Sequence[Utterance]) -> list[Sound]:
        places = asyncio.Semaphore(AT_ONCE)
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()), asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._one(utterance, places)) for utterance in utterances]
        except TimeoutError:
            raise SpeechFailed("the speech endpoint took too long in all", permanent=False) from None
        except ExceptionGroup as failures:
            raise _first(failures) from None
        return [task.result() for task in tasks]

    async def _one(self, utterance: Utterance, places: asyncio.Semaphore) -> Sound:
        async with places:
            for tried in range(TRIES):
                try:
                    return read_wav(await self._ask(utterance))
                except openai.APIError as error:
                    failed = _failed(error)
                    if failed.permanent or tried + 1 == TRIES:
                        raise failed from error
                    await asyncio.sleep(_asked_pause(error) or self._first_pause * 2.0**tried * random.uniform(0.5, 1.0))
        raise AssertionError("the last try returns or raises")

    async def _ask(self, utterance: Utterance) -> bytes:
        reply = await self._client.audio.speech.create(
            input=utterance.text,
            model=self._endpoint.model,
            voice=utterance.voice,
            response_format="wav",
            speed=round(min(max(utterance.speed, 0.25), 4.0), 3),
        )
        return reply.content


def _first(failures: ExceptionGroup) -> Exception:
    """What is not ours stays as it is; of ours, a permanent one says more than one that happened beside it."""
    ours, foreign = failures.split(SpeechFailed)
    if ours is None or foreign is not None:
        return failures
    found = [failure for failure in ours.exceptions if isinstance(failure, SpeechFailed)]
    return next((failure for failure in found if failure.permanent), found[0])


def _failed(error: openai.APIError) -> SpeechFailed:
    if isinstance(error, openai.APIStatusError):
        permanent = error.status_code < 500 and error.status_code not in _WORTH_TRYING
        return SpeechFailed(f"the speech endpoint answered {error.status_code}: {error.message[:200]}", permanent=permanent)
    return SpeechFailed(f"the speech endpoint cannot be reached: {error.message[:200]}", permanent=False)


def _asked_pause(error: openai.APIError) -> float:
    """What Retry-After says in seconds, 0 where it says nothing that we can use."""
    said = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
    return min(float(said), LONGEST_PAUSE_SECONDS) if said.isdigit() else 0.0


def read_wav(data: bytes) -> Sound:
    """Uncompressed 16-bit mono. Raises SpeechFailed (permanent) for anything else.

    A server that streams does not know the length beforehand and writes 0 or the largest number: the data then ends with the
    file.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise SpeechFailed("the speech endpoint did not answer with WAV", permanent=True)
    offset, sample_rate = 12, 0
    while offset + 8 <= len(data):
        name, size = data[offset : offset + 4], int.from_bytes(data[offset + 4 : offset + 8], "little")
        offset += 8
        if name == b"fmt ":
            sample_rate = _sample_rate(data[offset : offset + 16])
        elif name == b"data" and sample_rate:
            end = offset + size if 0 < size <= len(data) - offset else len(data)
            return Sound(sample_rate, data[offset : end - (end - offset) % 2])
        offset += size + size % 2
    raise SpeechFailed("the speech endpoint's WAV holds no sound", permanent=True)


def _sample_rate(header: bytes) -> int:
    if len(header) == 16:
        form, channels, sample_rate, _, _, bits = struct.unpack("<HHIIHH", header)
        if form in (_PCM, _EXTENSIBLE) and (channels, bits) == (1, 16):
            return int(sample_rate)
    raise SpeechFailed("the speech endpoint's WAV is not 16-bit mono", permanent=True)
