"""Names of entries. Pure: a readable front, and 128 bits of a hash over everything that decides the content."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

MARK = "siji:c"
VERSION_MARK = "siji:v"
LOCK_MARK = "siji:l"


def get_cache_key(name: str, *parts: Any, **named: Any) -> str:
    """``siji:c:<name>:<hash>``. Raises TypeError for what has no fixed spelling, such as an object of a class.

    Types are part of the spelling, so ``1``, ``"1"``, ``True`` and ``None`` are four keys; the order of keyword arguments is not.
    """
    spelled = json.dumps([_spelled(list(parts)), _spelled(named)], ensure_ascii=True, separators=(",", ":"))
    return f"{MARK}:{name}:{hashlib.blake2b(spelled.encode(), digest_size=16).hexdigest()}"


def version_key(namespace: str) -> str:
    return f"{VERSION_MARK}:{namespace}"


def lock_key(key: str) -> str:
    return f"{LOCK_MARK}:{key}"


def _spelled(value: Any) -> Any:
    """JSON with a tag for each type, so that no two different values are written alike."""
    match value:
        case Enum():
            return _spelled(value.value)
        case None | bool() | int() | str():
            return value
        case float() | Decimal() | UUID() | datetime() | date():
            return {type(value).__name__: str(value)}
        case list() | tuple():
            return [_spelled(part) for part in value]
        case dict():
            return {"dict": sorted(([_spelled(key), _spelled(part)] for key, part in value.items()), key=json.dumps)}
        case set() | frozenset():
            return {"set": sorted((_spelled(part) for part in value), key=json.dumps)}
    raise TypeError(f"{type(value).__name__} cannot be part of a cache key: give an id or plain data")
