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
from django.db.models import BooleanField, Case, F, Func, Value, When
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

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


Term = tuple[str, str | None]
"""What is asked of ``simple``, and of ``english`` where the word may have a stem."""


def terms_of(query: Query) -> list[Term]:
    """All words, each as it stands or by its stem; the last one also as a beginning while somebody is typing."""
    last = len(query.words) - 1
    return [
        (
            f"'{word}'{':*' if number == last and query.is_open else ''}",
            word if word.isascii() and word.isalpha() else None,
        )
        for number, word in enumerate(query.words)
    ]


def search_query(terms: Sequence[Term]) -> SearchQuery | CombinedSearchQuery:
    found: SearchQuery | CombinedSearchQuery | None = None
    for simple, english in terms:
        one: SearchQuery | CombinedSearchQuery = SearchQuery(simple, config="simple", search_type="raw")
        if english is not None:
            one = one | SearchQuery(english, config="english", search_type="plain")
        found = one if found is None else found & one
    assert found is not None, "an empty query finds nothing: ask before calling"
    return found


def ranked(
    rows: models.QuerySet[M], terms: Sequence[Term], *, name: str | None, typed: str, limit: int, related: Sequence[str] = ()
) -> models.QuerySet[M]:
    """The best ``limit`` rows: first the name just as typed, then names that begin so, then by rank, newest first.

    ``rows`` have a ``search`` column; ``name``: the column that is compared with what was typed.
    """
    match = search_query(terms)
    found = rows.filter(search=match)
    some: models.QuerySet[Any] = found.model._default_manager.filter(pk__in=found.order_by().values("pk")[:CANDIDATES])
    some = some.select_related(*related) if related else some
    some = some.defer("search").annotate(rank=SearchRank(F("search"), match), exactness=_exactness(name, typed))
    return some.order_by("-exactness", "-rank", "-pk")[:limit]


def _exactness(name: str | None, typed: str) -> Any:
    plain = " ".join(typed.split())
    if name is None or not plain:
        return Value(0)
    column, wanted = Upper(F(name)), Upper(Value(plain))
    begins = Func(column, wanted, function="starts_with", output_field=BooleanField())
    return Case(
        When(Exact(column, wanted), then=Value(2)),
        When(begins, then=Value(1)),
        default=Value(0),
    )
