"""What the endpoint says: replies for requests that hold a certain text, and faults to go wrong with."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model_server.faults import FAULTS


@dataclass(frozen=True, slots=True)
class Reply:
    """``content`` may hold ``$1`` and ``$2``, the groups of ``copy`` as found in the request; ``fault`` is a name in FAULTS."""

    content: str
    copy: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """For requests whose messages hold ``when``."""

    when: str
    reply: Reply


@dataclass
class Script:
    """``queue`` is answered first, one each; then the first rule that fits; then ``default``.

    ``faults`` are spent one a call, before anything else is looked at; ``""`` in it is a call without one.
    ``shares`` is how often each fault comes by chance, of 1.
    """

    queue: list[Reply] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    default: Reply = field(default_factory=lambda: Reply('{"ok": true}'))
    faults: list[str] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)
    says: Callable[[str], str | None] | None = None
    """A behaviour of one's own, from the text of the messages; None leaves the request to the rules."""

    def next(self, text: str, dice: random.Random) -> tuple[str, str]:
        """Content and fault for a request whose messages are ``text``."""
        reply = self.queue.pop(0) if self.queue else self._fitting(text)
        fault = self.faults.pop(0) if self.faults else reply.fault or self._chance(dice)
        found = re.search(reply.copy, text) if reply.copy else None
        content = reply.content
        for number, group in enumerate(found.groups() if found else ("", ""), 1):
            content = content.replace(f"${number}", group)
        return content, fault

    def _fitting(self, text: str) -> Reply:
        if self.says is not None and (content := self.says(text)) is not None:
            return Reply(content)
        return next((rule.reply for rule in self.rules if rule.when in text), self.default)

    def _chance(self, dice: random.Random) -> str:
        drawn = dice.random()
        for name, share in self.shares.items():
            if (drawn := drawn - share) < 0:
                return name
        return ""

    def change(self, wanted: Mapping[str, Any]) -> None:
        """From JSON: only what is named is changed. Raises ValueError for a fault that is none, KeyError for another part."""
        for name, value in wanted.items():
            setattr(self, name, READERS[name](value))

    def check(self) -> None:
        """Raises ValueError for a fault that is none."""
        names = [*self.faults, *self.shares, *(reply.fault for reply in (*self.queue, self.default))]
        if unknown := {name for name in names if name} - set(FAULTS):
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")


def _reply(value: Mapping[str, str] | str) -> Reply:
    return Reply(value) if isinstance(value, str) else Reply(**value)


def _rules(value: Sequence[Mapping[str, Any]]) -> list[Rule]:
    return [Rule(rule["when"], _reply(rule["reply"])) for rule in value]


READERS: dict[str, Any] = {
    "queue": lambda value: [_reply(one) for one in value],
    "rules": _rules,
    "default": _reply,
    "faults": list,
    "shares": dict,
}


@dataclass
class Told:
    """What the endpoint has seen since it started or was reset."""

    connections: int = 0
    open: int = 0
    most_open: int = 0
    calls: int = 0
    at_once: int = 0
    most_at_once: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    prompt_tokens: int = 0
    hit_tokens: int = 0
    completion_tokens: int = 0
    """Billed: also where the answer was lost on its way."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """The newest, each with ``headers`` and ``body``."""

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "requests"}
