"""A channel's settings at rest: one JSON, sealed as the model's key is. What comes out of the interface never holds a secret."""

from __future__ import annotations

import json
from dataclasses import dataclass

from siji.ai.keys import KeyUnreadable, decrypt, encrypt
from siji.monitoring.models import Channel


class Unusable(Exception):
    """Trying again cannot help: somebody must correct the channel."""


@dataclass(frozen=True, slots=True)
class Opened:
    kind: str
    settings: dict[str, str]


def sealed(settings: dict[str, str]) -> str:
    return encrypt(json.dumps(settings, ensure_ascii=False))


def opened(channel: Channel) -> Opened:
    """Raises Unusable."""
    try:
        return Opened(channel.kind, json.loads(decrypt(channel.sealed) or "{}"))
    except KeyUnreadable as error:
        raise Unusable("its settings were sealed with another secret: enter them again") from error
