"""Full text in two ways at once: ``simple`` over words that we have segmented (Chinese, names, numbers), ``english`` with stems.

Both go into one ``tsvector`` with the weight of the field they come from, so one GIN index answers. A word so frequent that its
rows could not be ranked in time is answered from a part of them (``gin_fuzzy_search_limit`` in the settings).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import models
from django.db.models import Case, F, Q, Value, When

from siji.language.words import Query, index_words

if TYPE_CHECKING:
    from django.contrib.postgres.search import CombinedSearchQuery

M = TypeVar("M", bound=models.Model)

CANDIDATES = 400
"""At most so many rows are ranked."""


def search_vector(**weighted: str) -> Any:
    """``A="name", B="description"`` as an expression for an insert or update. Empty texts are nothing."""
    parts = [
        SearchVector(Value(words), config=config, weight=weight)
        for weight, text in weighted.items()
        for config, words in (("simple", index_words(text)), ("english", text))
    ]
    return functools.reduce(operator.add, parts)


def search_query(query: Query) -> SearchQuery | CombinedSearchQuery:
    """All words, each as it stands or by its stem; the last one also as a beginning while somebody is typing."""
    found: SearchQuery | CombinedSearchQuery | None = None
    for number, word in enumerate(query.words):
        is_last = number == len(query.words) - 1
        beginning = ":*" if is_last and query.is_open else ""
        one: SearchQuery | CombinedSearchQuery = SearchQuery(f"'{word}'{beginning}", config="simple", search_type="raw")
        if word.isascii() and word.isalpha():
            one = one | SearchQuery(word, config="english", search_type="plain")
        found = one if found is None else found & one
    assert found is not None, "an empty query finds nothing: ask before calling"
    return found


def ranked(
    rows: models.QuerySet[M], query: Query, *, name: str | None, typed: str, limit: int, related: Sequence[str] = ()
) -> list[M]:
    """The best ``limit`` rows: first the name just as typed, then names that begin so, then by rank, newest first.

    ``rows`` have a ``search`` column; ``name``: the column that is compared with what was typed.
    """
    match = search_query(query)
    found = rows.filter(search=match)
    some: models.QuerySet[Any] = found.model._default_manager.filter(pk__in=found.order_by().values("pk")[:CANDIDATES])
    some = some.select_related(*related) if related else some
    some = some.annotate(rank=SearchRank(F("search"), match), exactness=_exactness(name, typed))
    return list(some.order_by("-exactness", "-rank", "-pk")[:limit])


def _exactness(name: str | None, typed: str) -> Any:
    plain = " ".join(typed.split())
    if name is None or not plain:
        return Value(0)
    return Case(
        When(Q(**{f"{name}__iexact": plain}), then=Value(2)),
        When(Q(**{f"{name}__istartswith": plain}), then=Value(1)),
        default=Value(0),
    )
