"""The ways in which the endpoint goes wrong, by name.

A fault gets the honest completion and the way to answer, and answers itself. ``is_billed`` says whether the endpoint did the
work: what was refused costs nothing, what was lost on its way does.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from model_server.completion import Completion, send
from model_server.wire import Answer

Act = Callable[[Completion, Answer], Awaitable[None]]
Bend = Callable[[Completion], Completion]
FOR_EVER = 3600.0
SLOW_START = 3.0


@dataclass(frozen=True, slots=True)
class Fault:
    act: Act
    is_billed: bool
    bend: Bend = field(default=lambda honest: honest)
    """What is worked out, billed and told instead of the honest completion."""


def _status(status: int, message: str, **headers: str) -> Fault:
    async def act(honest: Completion, answer: Answer) -> None:
        await answer.json(status, {"error": {"message": message, "type": "error", "code": None}}, **headers)

    return Fault(act, is_billed=False)


def _bent(bend: Bend) -> Fault:
    """An answer that is complete as HTTP and wrong as an answer."""
    return Fault(send, is_billed=True, bend=bend)


def _field(name: str, value: Any) -> Bend:
    """One field of a JSON object changed; an answer that is no object stays."""

    def bend(honest: Completion) -> Completion:
        try:
            content = json.loads(honest.content)
        except ValueError:
            return honest
        return replace(honest, content=json.dumps({**content, name: value}))

    return bend


async def hang(honest: Completion, answer: Answer) -> None:
    await asyncio.sleep(FOR_EVER)


async def drip(honest: Completion, answer: Answer) -> None:
    """Blank lines for ever, as a loaded endpoint sends them: a read time-out never fires."""
    await answer.head(200, "text/event-stream" if honest.is_stream else "application/json", length=None)
    while True:
        await answer.chunk(b": keep-alive\n\n" if honest.is_stream else b"\n")
        await asyncio.sleep(0.05)


async def cut(honest: Completion, answer: Answer) -> None:
    if honest.is_stream:
        await send(honest, answer, stop_after=3)
    else:
        data = json.dumps(honest.body()).encode()
        await answer.head(200, "application/json", length=len(data))
        await answer.raw(data[: len(data) // 2])
    answer.close()


async def reset(honest: Completion, answer: Answer) -> None:
    answer.reset()


async def slow_start(honest: Completion, answer: Answer) -> None:
    await asyncio.sleep(SLOW_START)
    await send(honest, answer)


async def twice(honest: Completion, answer: Answer) -> None:
    """A proxy that delivers a body, or the events of a stream, a second time."""
    if honest.is_stream:
        await send(honest, answer, times=2)
        return
    data = json.dumps(honest.body()).encode()
    await answer.head(200, "application/json", length=2 * len(data))
    await answer.raw(data + data)


async def error_with_200(honest: Completion, answer: Answer) -> None:
    await answer.json(200, {"error": {"message": "upstream is overloaded", "type": "server_error", "code": "overloaded"}})


async def page(honest: Completion, answer: Answer) -> None:
    data = b"<html><body>Sign in to this network</body></html>"
    await answer.head(200, "text/html", length=len(data))
    await answer.raw(data)


FAULTS: dict[str, Fault] = {
    "rate_limited": _status(429, "too many requests"),
    "rate_limited_for_1_s": _status(429, "too many requests", Retry_After="1"),
    "server_error": _status(500, "internal error"),
    "bad_gateway": _status(502, "bad gateway"),
    "overloaded": _status(503, "overloaded"),
    "hang": Fault(hang, is_billed=True),
    "drip": Fault(drip, is_billed=True),
    "cut_body": Fault(cut, is_billed=True),
    "reset": Fault(reset, is_billed=False),
    "reset_after_work": Fault(reset, is_billed=True),
    "slow_start": Fault(slow_start, is_billed=True),
    "delivered_twice": Fault(twice, is_billed=True),
    "error_with_200": Fault(error_with_200, is_billed=False),
    "html_with_200": Fault(page, is_billed=False),
    "empty_content": _bent(lambda honest: replace(honest, content="")),
    "reasoning_only": _bent(lambda honest: replace(honest, content="", reasoning="Let me think about this.")),
    "broken_json": _bent(lambda honest: replace(honest, content=honest.content[: max(len(honest.content) - 2, 1)])),
    "fenced_json": _bent(lambda honest: replace(honest, content=f"```json\n{honest.content}\n```")),
    "mark_out_of_range": _bent(_field("mark", 99)),
    "wrong_id": _bent(_field("id", "somebody-else")),
    "cut_short": _bent(lambda honest: replace(honest, content=honest.content[:8], finish="length")),
    "filtered": _bent(lambda honest: replace(honest, content="", finish="content_filter")),
    "out_of_resources": _bent(lambda honest: replace(honest, content="", finish="insufficient_system_resource")),
    "no_usage": _bent(lambda honest: replace(honest, tells_usage=False)),
    "no_credit": _status(402, "insufficient balance"),
    "bad_key": _status(401, "authentication fails"),
    "no_such_model": _status(404, "model not found"),
    "bad_parameters": _status(422, "invalid parameters"),
}
