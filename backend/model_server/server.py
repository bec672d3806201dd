"""Connections, requests, and what is answered to each."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from model_server.completion import Completion, send
from model_server.faults import FAULTS
from model_server.script import Script, Told
from model_server.tokens import PrefixCache, tokens
from model_server.wire import Answer, Request, read_request

MODELS = ("deepseek-flash", "deepseek-v4-flash", "deepseek-v4-pro")
KEPT_REQUESTS = 5000
THOUGHT = "The user wants an answer in the form asked for. "
Refused = tuple[int, str]


@dataclass
class Pace:
    """Seconds to the first token, spread by ``jitter`` of it, and tokens a second afterwards."""

    first_token: float = 0.0
    rate: float = 1e6
    jitter: float = 0.0


class ModelServer:
    def __init__(self, *, key: str = "", pace: Pace | None = None, seed: int = 1) -> None:
        self.key, self.pace = key, pace or Pace()
        self.script, self.told = Script(), Told()
        self.port = 0
        self._dice = random.Random(seed)
        self._cache = PrefixCache()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        told = self.told
        told.connections += 1
        told.open += 1
        told.most_open = max(told.most_open, told.open)
        answer = Answer(writer)
        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                await self._serve(reader, answer)
        finally:
            told.open -= 0 if answer.is_control else 1
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, answer: Answer) -> None:
        while (request := await read_request(reader)) is not None:
            work = asyncio.ensure_future(self._answer(request, answer))
            gone = asyncio.ensure_future(_left(reader))
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            is_gone = not work.done()
            for task in (work, gone):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await work
            if is_gone:
                return

    async def _answer(self, request: Request, answer: Answer) -> None:
        if request.path.startswith("/_control"):
            if not answer.is_control:
                answer.is_control = True  # whoever watches is no client
                self.told.connections -= 1
                self.told.open -= 1
            await self._control(request, answer)
            return
        if request.path.endswith("/models"):
            await answer.json(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in MODELS]})
            return
        self.told.calls += 1
        self.told.at_once += 1
        self.told.most_at_once = max(self.told.most_at_once, self.told.at_once)
        try:
            await self._complete(request, answer)
        finally:
            self.told.at_once -= 1

    async def _complete(self, request: Request, answer: Answer) -> None:
        body = json.loads(request.body)
        self.told.requests.append({"headers": request.headers, "body": body})
        del self.told.requests[:-KEPT_REQUESTS]
        if (refused := self._refusal(request, body)) is not None:
            await answer.json(refused[0], {"error": {"message": refused[1], "type": "invalid_request_error"}})
            return
        text = "\n".join(str(message["content"]) for message in body["messages"])
        content, fault = self.script.next(text, self._dice)
        completion = self._honest(body, text, content)
        self.told.faults[fault or "none"] += 1
        if fault:
            completion = FAULTS[fault].bend(completion)
        if not fault or FAULTS[fault].is_billed:
            self.told.prompt_tokens += completion.prompt_tokens
            self.told.hit_tokens += completion.hit_tokens
            self.told.completion_tokens += completion.completion_tokens
        await (FAULTS[fault].act(completion, answer) if fault else send(completion, answer))

    def _refusal(self, request: Request, body: dict[str, Any]) -> Refused | None:
        if request.path not in ("/chat/completions", "/v1/chat/completions") or request.method != "POST":
            return 404, f"no such path: {request.method} {request.path}"
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return 401, "Authentication Fails"
        if body.get("model") not in MODELS:
            return 400, "Model Not Exist"
        messages = body.get("messages")
        if not messages or not all(isinstance(message.get("content"), str) for message in messages):
            return 422, "messages: field required"
        wants_json = body.get("response_format", {}).get("type") == "json_object"
        if wants_json and not any("json" in message["content"].lower() for message in messages):
            return 400, "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        return None

    def _honest(self, body: dict[str, Any], text: str, content: str) -> Completion:
        pieces = tokens(text)
        thinks = body.get("thinking", {}).get("type") != "disabled"
        said, most = tokens(content), int(body.get("max_tokens") or 8192)
        spread = 1 + self._dice.uniform(-self.pace.jitter, self.pace.jitter)
        return Completion(
            id=f"chatcmpl-{self._dice.getrandbits(64):016x}",
            model=body["model"],
            content="".join(said[:most]),
            reasoning=THOUGHT if thinks else "",
            finish="stop" if len(said) <= most else "length",
            prompt_tokens=len(pieces),
            hit_tokens=self._cache.hits(pieces),
            is_stream=bool(body.get("stream")),
            first_token=self.pace.first_token * spread,
            rate=self.pace.rate,
        )

    async def _control(self, request: Request, answer: Answer) -> None:
        """For trials in another process: GET tells, POST changes the script (and ``pace``), DELETE begins to count anew."""
        try:
            if request.method == "POST":
                wanted = json.loads(request.body)
                self.pace = Pace(**wanted.pop("pace", vars(self.pace)))
                self.script.change(wanted)
                self.script.check()
            elif request.method == "DELETE":
                open_now, at_once = self.told.open, self.told.at_once
                self.told.__init__()  # type: ignore[misc]  # the same object: those who are connected go on counting in it
                self.told.open = self.told.most_open = open_now
                self.told.at_once = self.told.most_at_once = at_once
        except (ValueError, KeyError, TypeError) as error:
            await answer.json(400, {"error": f"{type(error).__name__}: {error}"})
            return
        await answer.json(200, self.told.as_json())


async def _left(reader: asyncio.StreamReader) -> None:
    """Ends when the other end has hung up: what was asked for is not wanted any more."""
    while not reader.at_eof() and reader.exception() is None:
        await asyncio.sleep(0.05)
