"""A completion and how it is sent: whole, or as events with the usage in the last."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from model_server.tokens import tokens
from model_server.wire import Answer

KEEP_ALIVE_AFTER = 0.5


@dataclass(frozen=True, slots=True)
class Completion:
    id: str
    model: str
    content: str
    reasoning: str
    finish: str
    prompt_tokens: int
    hit_tokens: int
    is_stream: bool
    first_token: float
    """Seconds until it."""
    rate: float
    """Tokens a second."""
    tells_usage: bool = True

    @property
    def completion_tokens(self) -> int:
        return len(tokens(self.content)) + len(tokens(self.reasoning))

    def usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
            "prompt_cache_hit_tokens": self.hit_tokens,
            "prompt_cache_miss_tokens": self.prompt_tokens - self.hit_tokens,
            "completion_tokens_details": {"reasoning_tokens": len(tokens(self.reasoning))},
        }

    def body(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": self.content}
        if self.reasoning:
            message["reasoning_content"] = self.reasoning
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish}
        return self._envelope("chat.completion", [choice]) | ({"usage": self.usage()} if self.tells_usage else {})

    def events(self) -> list[dict[str, Any]]:
        """One for each token, one with the reason it ended. The usage is one more (``stream_options``)."""
        deltas: list[tuple[dict[str, str], str | None]] = [({"role": "assistant", "content": ""}, None)]
        deltas += [({"reasoning_content": piece}, None) for piece in tokens(self.reasoning)]
        deltas += [({"content": piece}, None) for piece in tokens(self.content)]
        deltas.append(({}, self.finish))
        return [
            self._envelope("chat.completion.chunk", [{"index": 0, "delta": delta, "finish_reason": finish}])
            for delta, finish in deltas
        ]

    def _envelope(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        created = int(time.time())
        return {"id": self.id, "object": kind, "created": created, "model": self.model, "choices": choices}


async def send(completion: Completion, answer: Answer, *, stop_after: int = 0, times: int = 1) -> None:
    """``stop_after`` events the stream is left as it is; ``times`` its events are sent."""
    if not completion.is_stream:
        await asyncio.sleep(completion.first_token + completion.completion_tokens / completion.rate)
        await answer.json(200, completion.body())
        return
    await answer.head(200, "text/event-stream", length=None)
    if completion.first_token > KEEP_ALIVE_AFTER:
        await answer.chunk(b": keep-alive\n\n")
    await asyncio.sleep(completion.first_token)
    for number, event in enumerate(completion.events() * times, 1):
        await answer.event(event)
        await asyncio.sleep(1 / completion.rate)
        if number == stop_after:
            return
    if completion.tells_usage:
        await answer.event(completion._envelope("chat.completion.chunk", []) | {"usage": completion.usage()})
    await answer.event("[DONE]")
    await answer.last_chunk()
