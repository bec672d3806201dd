"""The client of one endpoint: kept-alive connections, one total deadline over all tries, endings that are classified.

    chat_completion_with_retry   the whole answer, or ModelFailed
    stream                       the same, told piece by piece while it is written; tried again only before its first word
    batch_completion             many, in order, each an answer or its ModelFailed
    close                        the connections

It lives in one event loop (``loop``): a client per task would open a connection per call. The library's own retries are off,
because they know no total deadline; its redirects are off, because one could lead off the allow-list with the key in hand;
proxies of the environment are not read, because settings.py alone reads the environment. A loaded endpoint drips blank lines,
so no read time-out ever fires there: every try runs under its own clock too. What comes is read as plain JSON: the library's
typed object of a dozen fields for each word costs half of what a streamed word costs in all.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import openai

from siji.ai.chat import APIConfig, ChatRequest, Completion, Gate, Open, Tell
from siji.ai.outcomes import (
    PERHAPS_BILLED,
    TRANSIENT,
    Failure,
    Outcome,
    asked_pause,
    of_completion,
    of_status,
    pause_before_retry,
)
from siji.ai.prices import Usage
from siji.ai.words import ModelFailed

PATH = "/chat/completions"
REST = 0.1
"""Seconds between two readings of a stream; what has come meanwhile takes far less than a tenth of it."""


class TryFailed(Exception):
    """One try gave no answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class DeepSeekClient:
    def __init__(self, config: APIConfig) -> None:
        self.config = config
        limits = httpx2.Limits(
            max_connections=min(config.pool, config.pool_per_host),
            max_keepalive_connections=min(config.pool, config.pool_per_host),
            keepalive_expiry=config.keep_alive,
        )
        http = httpx2.AsyncClient(
            limits=limits, trust_env=False, follow_redirects=False, event_hooks={"request": [_say_nothing_of_ourselves]}
        )
        self._openai = openai.AsyncOpenAI(
            base_url=config.url, api_key=config.key or "none", max_retries=0, http_client=http, organization="", project=""
        )

    async def chat_completion_with_retry(
        self, request: ChatRequest, *, seconds: float | None = None, gate: Gate | None = None
    ) -> Completion:
        """An answer that came. Raises ModelFailed where none came within ``seconds`` and the tries allowed."""
        return await self._tries(request, None, seconds or self.config.total, gate or Open())

    async def stream(
        self, request: ChatRequest, tell: Tell, *, seconds: float | None = None, gate: Gate | None = None
    ) -> Completion:
        """``tell`` gets each piece as it comes, in the loop's thread. Raises ModelFailed; BROKEN_OFF after the first piece."""
        return await self._tries(request, tell, seconds or self.config.total, gate or Open())

    async def batch_completion(
        self, requests: Sequence[ChatRequest], *, at_once: int = 10, seconds: float | None = None
    ) -> list[Completion | ModelFailed]:
        """One ending for each request, in their order; one that fails costs no other."""
        places = asyncio.Semaphore(at_once)

        async def one(request: ChatRequest) -> Completion | ModelFailed:
            async with places:
                try:
                    return await self.chat_completion_with_retry(request, seconds=seconds)
                except ModelFailed as failed:
                    return failed

        return list(await asyncio.gather(*(one(request) for request in requests)))

    async def close(self) -> None:
        await self._openai.close()

    async def _tries(self, request: ChatRequest, tell: Tell | None, seconds: float, gate: Gate) -> Completion:
        began = time.monotonic()
        hearing = _Hearing(tell)
        failure: Failure | None = None
        tried = 0
        while True:
            await self._enter(gate, hearing, failure, tried, seconds - (time.monotonic() - began))
            tried += 1
            try:
                completion = await self._try(request, hearing, seconds - (time.monotonic() - began))
                return hearing.counted(completion, tried)
            except TryFailed as error:
                failure = error.failure
            finally:
                await gate.leave()
            hearing.note(failure)
            left = seconds - (time.monotonic() - began)
            pause = pause_before_retry(failure, tried=tried, left=left, drawn=random.random())
            if pause is None or hearing.has_begun:
                raise hearing.failed(failure, tried)
            await asyncio.sleep(pause)

    async def _enter(self, gate: Gate, hearing: _Hearing, failure: Failure | None, tried: int, left: float) -> None:
        """Raises ModelFailed. Where there may be no next try, the last one's failure is what is said."""
        try:
            await gate.enter(failure.outcome if failure else None, seconds=left)
        except ModelFailed as refused:
            if failure is None:
                raise
            raise hearing.failed(Failure(failure.outcome, f"{failure.detail}; then {refused}"), tried) from refused

    async def _try(self, request: ChatRequest, hearing: _Hearing, left: float) -> Completion:
        """One request and its answer. Raises TryFailed."""
        if left <= 0:
            raise TryFailed(Failure(Outcome.NO_PLACE, "the deadline was over before the request could be sent"))
        is_stream = hearing.tell is not None
        clock = min(left, self.config.read)
        try:
            async with asyncio.timeout(clock) as deadline:
                if is_stream:
                    return await self._hear(
                        request, hearing, lambda: deadline.reschedule(asyncio.get_running_loop().time() + left)
                    )
                return _read(await self._openai.post(PATH, cast_to=object, **self._sent(request, clock)))
        except TimeoutError:
            raise TryFailed(Failure(Outcome.TIMED_OUT, f"no answer within {clock:.1f} s")) from None
        except openai.APIError as error:
            raise TryFailed(_failure_of(error)) from error
        except (httpx2.HTTPError, ValueError, TypeError, LookupError, AttributeError, openai.OpenAIError) as error:
            # What is no completion is let through as it came, with whatever error its parts raise.
            raise TryFailed(Failure(Outcome.GARBLED, f"{type(error).__name__}: {error}"[:300])) from error

    def _sent(self, request: ChatRequest, seconds: float) -> dict[str, Any]:
        timeout = httpx2.Timeout(seconds, connect=min(self.config.connect, seconds))
        return {"body": request.body(self.config), "options": {"timeout": timeout}}

    async def _hear(self, request: ChatRequest, hearing: _Hearing, on_first: Callable[[], None]) -> Completion:
        """A stream to its end. The first word must come as a whole answer must; after it the total deadline alone counts.

        Words are let come together and are then read in one go: reading each by itself costs more than the words do.
        """
        sent = self._sent(request, self.config.total)
        sent["body"] |= {"stream": True, "stream_options": {"include_usage": True}}
        began = time.monotonic()
        rested_at = 0.0
        parts = _Parts()
        stream = await self._openai.post(PATH, cast_to=object, stream=True, stream_cls=openai.AsyncStream[object], **sent)
        async with stream:
            async for chunk in stream:
                piece = parts.take(chunk)
                if piece and not hearing.has_begun:
                    on_first()
                    hearing.first_token_ms = round((time.monotonic() - began) * 1000)
                hearing.hear(piece)
                if piece and time.monotonic() - rested_at > REST / 10:
                    await asyncio.sleep(REST)
                    rested_at = time.monotonic()
        return parts.completion()


class _Hearing:
    """What has been heard over all tries of one call."""

    def __init__(self, tell: Tell | None) -> None:
        self.tell = tell
        self.said = ""
        self.first_token_ms: int | None = None
        self._maybe_billed: list[bool] = []

    @property
    def has_begun(self) -> bool:
        return self.said != ""

    def hear(self, piece: str) -> None:
        if piece and self.tell is not None:
            self.said += piece
            self.tell(piece)

    def note(self, failure: Failure) -> None:
        self._maybe_billed.append(failure.outcome in PERHAPS_BILLED)

    def counted(self, completion: Completion, tried: int) -> Completion:
        return Completion(
            completion.outcome, completion.text, completion.usage, tried, self.first_token_ms, sum(self._maybe_billed)
        )

    def failed(self, failure: Failure, tried: int) -> ModelFailed:
        """The last try is not among those that are counted as wasted: whoever settles prices it by its outcome."""
        outcome = Outcome.BROKEN_OFF if self.has_begun else failure.outcome
        return ModelFailed(outcome, failure.detail, tries=tried, partial=self.said, maybe_billed=sum(self._maybe_billed[:-1]))


class _Parts:
    """A stream's chunks put together. What comes after its end was delivered twice and is not heard."""

    def __init__(self) -> None:
        self.text = ""
        self._reasoning = ""
        self._finish: str | None = None
        self._usage: Usage | None = None

    def take(self, chunk: Any) -> str:
        """The new piece of the answer. Raises TypeError, LookupError or AttributeError for what is no chunk."""
        self._usage = _usage(chunk) or self._usage
        if not chunk.get("choices") or self._finish is not None:
            return ""
        choice = chunk["choices"][0]
        self._finish = choice.get("finish_reason")
        delta = choice.get("delta") or {}
        self._reasoning += delta.get("reasoning_content") or ""
        piece: str = delta.get("content") or ""
        self.text += piece
        return piece

    def completion(self) -> Completion:
        """Raises TryFailed where the stream ended before the answer did."""
        if self._finish is None:
            raise TryFailed(Failure(Outcome.CUT_OFF, "the stream ended before the answer did"))
        return _judged(self._finish, self.text, self._reasoning, self._usage)


def _read(answer: object) -> Completion:
    """Raises TryFailed for what is no completion, though it came with status 200."""
    if not isinstance(answer, dict) or not answer.get("choices"):
        said = answer.get("error") if isinstance(answer, dict) else None
        raise TryFailed(Failure(Outcome.GARBLED, f"no completion: {str(said or answer)[:200]}"))
    choice = answer["choices"][0]
    message = choice["message"]
    return _judged(choice["finish_reason"], message.get("content") or "", message.get("reasoning_content") or "", _usage(answer))


def _judged(finish: str | None, text: str, reasoning: str, usage: Usage | None) -> Completion:
    outcome = of_completion(finish, text, reasoning)
    if outcome in TRANSIENT:
        raise TryFailed(Failure(outcome, f"finish_reason is {finish}"))
    return Completion(outcome, text, usage)


def _usage(answer: Mapping[str, Any]) -> Usage | None:
    used = answer.get("usage")
    if not used:
        return None
    hit = used.get("prompt_cache_hit_tokens")
    if hit is None:
        hit = (used.get("prompt_tokens_details") or {}).get("cached_tokens")
    return Usage(used.get("prompt_tokens") or 0, hit or 0, used.get("completion_tokens") or 0)


def _failure_of(error: openai.APIError) -> Failure:
    if isinstance(error, openai.APIStatusError):
        said = error.response.headers.get("retry-after", "")
        pause = asked_pause(said, now=time.time(), date=_date(said)) if said else None
        return Failure(of_status(error.status_code), f"{error.status_code}: {error.message[:300]}", pause)
    cause = error.__cause__
    if isinstance(cause, httpx2.PoolTimeout):
        return Failure(Outcome.NO_PLACE, "every connection to the endpoint is taken")
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        return Failure(Outcome.UNREACHABLE, f"{type(cause).__name__}: {cause}"[:300])
    if isinstance(error, openai.APITimeoutError):
        return Failure(Outcome.TIMED_OUT, type(cause).__name__)
    if isinstance(error, openai.APIConnectionError):
        return Failure(Outcome.CUT_OFF, f"{type(cause).__name__}: {cause}"[:300])
    return Failure(Outcome.GARBLED, error.message[:300])


def _date(said: str) -> float | None:
    try:
        return parsedate_to_datetime(said).timestamp()
    except ValueError:
        return None


async def _say_nothing_of_ourselves(request: httpx2.Request) -> None:
    """The library tells the provider our operating system, processor and versions: nobody asked us for that."""
    for name in [name for name in request.headers if name.lower().startswith(("x-stainless", "openai-"))]:
        del request.headers[name]
    request.headers["User-Agent"] = "siji"
