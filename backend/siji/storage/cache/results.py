"""``cached_result``: the value of a function, kept as data of the type that it declares."""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

from pydantic import TypeAdapter

from siji.schema import Schema
from siji.storage.cache.entries import Fleeting
from siji.storage.cache.keys import get_cache_key
from siji.storage.cache.manager import Tier, Wanted, cache_manager

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V", bound=Schema)
S = TypeVar("S", bound=Schema, covariant=True)


def cached_result(
    *, namespaces: Callable[P, Sequence[str]], tier: Tier = Tier.SHORT, owner: Callable[P, int] | None = None
) -> Callable[[Callable[P, R]], Cached[P, R]]:
    """For functions of plain arguments (ids, text, numbers): ``namespaces`` says from the same ones what the value is made from.

    ``owner``: the id of the only person whose value this is. None is a value like any other. The declared return type is how it
    is written and read again, and part of the key, so that a new release never reads the shape of an old one.
    """
    return lambda function: Cached(function, namespaces, tier, owner)


@dataclass(frozen=True, slots=True)
class Timed(Generic[S]):
    """A value, and in how many seconds the clock changes it (None: it does not)."""

    value: S
    seconds: float | None


def cached_value(
    *,
    name: str,
    shape: type[V],
    make: Callable[[], V | Timed[V]],
    namespaces: Sequence[str],
    owner: int | None,
    key: Sequence[Any] = (),
    tier: Tier = Tier.SHORT,
) -> V:
    """A part of an answer, where the rest of it is new each time."""
    wanted = Wanted(name, get_cache_key(name, spelling_of(shape), owner, *key), namespaces, tier, owner)
    return shape.model_validate_json(cache_manager.entry(wanted, lambda: written(make())).body)


def written(made: Schema | Timed[V]) -> Fleeting:
    value, seconds = (made.value, made.seconds) if isinstance(made, Timed) else (made, None)
    return Fleeting(value.model_dump_json(by_alias=True).encode(), seconds)


@functools.cache
def spelling_of(shape: type[Schema]) -> str:
    return shape_of(TypeAdapter(shape))


class Cached(Generic[P, R]):
    def __init__(
        self,
        function: Callable[P, R],
        namespaces: Callable[P, Sequence[str]],
        tier: Tier,
        owner: Callable[P, int] | None,
    ) -> None:
        functools.update_wrapper(self, function)
        self.function, self.namespaces, self.tier, self.owner = function, namespaces, tier, owner
        self.name = f"{function.__module__.removeprefix('siji.')}.{function.__name__}"
        self._signature = inspect.signature(function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        wanted = Wanted(
            self.name,
            get_cache_key(self.name, self._shape, **bound.arguments),
            self.namespaces(*args, **kwargs),
            self.tier,
            self.owner(*args, **kwargs) if self.owner else None,
        )
        entry = cache_manager.entry(wanted, lambda: self._adapter.dump_json(self.function(*args, **kwargs)))
        return self._adapter.validate_json(entry.body)

    @functools.cached_property
    def _adapter(self) -> TypeAdapter[R]:
        return TypeAdapter(get_type_hints(self.function)["return"])

    @functools.cached_property
    def _shape(self) -> str:
        return shape_of(self._adapter)


def shape_of(adapter: TypeAdapter[Any]) -> str:
    """Of two types that write differently, two spellings."""
    return hashlib.blake2b(json.dumps(adapter.json_schema(), sort_keys=True).encode(), digest_size=6).hexdigest()
