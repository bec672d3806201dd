"""What is asked of a model and what comes back, as data. Loads no client: web processes know only these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from siji.ai.outcomes import Outcome
from siji.ai.prices import Usage

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class APIConfig:
    """One endpoint. Times in seconds. ``pool_per_host`` binds, since a client has one host; ``pool`` is for all hosts
    together."""

    url: str
    key: str
    model: str
    sends_thinking: bool = True
    pool: int = 50
    pool_per_host: int = 20
    keep_alive: float = 30.0
    connect: float = 10.0
    read: float = 20.0
    """One try, and the first word of a stream, take no longer."""
    total: float = 30.0


@dataclass(frozen=True, slots=True)
class Message:
    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.0
    wants_json: bool = False
    thinks: bool = False
    user: str = ""
    """A pseudonym; "" is not sent."""

    @property
    def texts(self) -> Iterable[str]:
        return (message.content for message in self.messages)

    def body(self, config: APIConfig) -> dict[str, Any]:
        """All that is sent of it."""
        body: dict[str, Any] = {
            "model": config.model,
            "messages": [{"role": one.role, "content": one.content} for one in self.messages],
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
        }
        if self.wants_json:
            body["response_format"] = {"type": "json_object"}
        if config.sends_thinking:
            body["thinking"] = {"type": "enabled" if self.thinks else "disabled"}
        if self.user:
            body["user"] = self.user
        return body


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer that came, good or not: see ``outcome``. ``usage`` is None where the endpoint did not tell it."""

    outcome: Outcome
    text: str
    usage: Usage | None
    tries: int = 1
    first_token_ms: int | None = None
    maybe_billed: int = 0
    """Tries before this one that may be billed too."""


class Gate(Protocol):
    """Asked before and told after each try: limits and budget. ``enter`` raises ModelFailed where no try may be made."""

    async def enter(self, previous: Outcome | None, *, seconds: float) -> None: ...
    async def leave(self) -> None: ...


class Open:
    """No limits."""

    async def enter(self, previous: Outcome | None, *, seconds: float) -> None:
        return None

    async def leave(self) -> None:
        return None
