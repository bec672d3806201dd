"""Keyset pages: a list that grows is read from a mark on, so page 1,000 costs what page 1 costs and nothing is counted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from siji.problems import Refusal
from siji.schema import Schema

T = TypeVar("T")
M = TypeVar("M", bound=Model)

PAGE_SIZE = 50
LARGEST_PAGE = 200


class Page(Schema, Generic[T]):
    """``next`` is the mark to send as ``after`` for the next page; null on the last."""

    items: list[T]
    next: str | None


def keyset_page(
    rows: QuerySet[M], *, after: str | None, limit: int, show: Callable[[M], T], newest_first: bool = True
) -> Page[T]:
    """One page of rows by primary key. Raises Refusal (422) for a mark that is not ours."""
    limit = max(1, min(limit, LARGEST_PAGE))
    order, step = ("-pk", "pk__lt") if newest_first else ("pk", "pk__gt")
    rows = rows.order_by(order)
    if after:
        rows = rows.filter(**{step: _read(after, rows.model)})
    found = list(rows[: limit + 1])
    more = len(found) > limit
    return Page(items=[show(row) for row in found[:limit]], next=_write(found[limit - 1].pk) if more else None)


def _write(key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(key)]).encode()).decode().rstrip("=")


def _read(mark: str, model: type[Model]) -> object:
    """The key that ``_write`` wrote, as the model's primary key has it (a number or a UUID)."""
    try:
        padded = mark + "=" * (-len(mark) % 4)
        (key,) = json.loads(base64.urlsafe_b64decode(padded))
        found: object = model._meta.pk.to_python(str(key))
        return found
    except (ValueError, binascii.Error, TypeError, ValidationError):
        raise Refusal("bad_page_mark", zh="分页标记无效，请从第一页重新打开。", en="Not a page mark.", status=422) from None
