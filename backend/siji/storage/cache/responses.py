"""``cached_response``: the bytes of an answer ready to send, with an ETag, for one person or for everybody.

Everything that depends on who asks names its owner: the owner is in the key, in the stored entry and compared when it is read.
Browsers may keep such an answer and must ask each time whether it still holds (``private, no-cache``); no shared cache may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from siji.schema import Schema
from siji.storage.cache.entries import etag_of
from siji.storage.cache.keys import get_cache_key
from siji.storage.cache.manager import Tier, Wanted, cache_manager
from siji.storage.cache.results import Timed, V, spelling_of, written


def cached_response(
    request: HttpRequest,
    *,
    name: str,
    shape: type[V],
    make: Callable[[], V | Timed[V]],
    namespaces: Sequence[str],
    owner: int | None,
    key: Sequence[Any] = (),
    tier: Tier = Tier.SHORT,
) -> HttpResponse:
    """What ``make`` gives as JSON, or 304 where the client has it.

    ``key``: what else decides the content (role, page, filters). ``owner`` is None only where the caller has just made sure that
    this person may see it, and it is the same for all who may.
    """
    wanted = Wanted(name, get_cache_key(name, spelling_of(shape), owner, *key), namespaces, tier, owner)
    entry = cache_manager.entry(wanted, lambda: written(make()))
    return tagged(request, entry.body, entry.etag)


def tagged(request: HttpRequest, body: bytes, etag: str) -> HttpResponse:
    """200 with the body, or 304 without. Tags are compared weakly (RFC 9110 13.1.2): a proxy that compresses makes them weak."""
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if etag in known else HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie"
    return response


def sent_as(request: HttpRequest, made: Schema) -> HttpResponse:
    """What was made just now, with the same tag and headers."""
    body = written(made).body
    return tagged(request, body, etag_of(body))
