"""The search itself: three kinds, each a bounded number of queries at any size."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from siji.accounts.models import User
from siji.bank.bodies import parse_item
from siji.bank.fulltext import Term, ranked, terms_of
from siji.bank.models import Item, Paper, PaperItem
from siji.bank.searching import item_texts
from siji.courses.models import Course
from siji.courses.search.schemas import CourseHit, ItemHit, KindName, PaperHit, Piece, SearchOut
from siji.language.words import Query, corrected, excerpt
from siji.storage.prepared import Prepared

ALL: frozenset[KindName] = frozenset({"course", "paper", "item"})
EXCERPT, WHOLE = 120, 400
LIMIT, MOST_WORDS = 8, 4
"""What a search asks for as a rule, and up to how many words the text of its queries is kept."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for and among what; empty filters do not filter."""

    typed: str
    kinds: Collection[KindName] = ALL
    limit: int = LIMIT
    category: str = ""
    level: str = ""
    status: str = ""
    item_kind: str = ""


def search(user: User, wanted: Wanted) -> SearchOut:
    """Nothing for an empty query. What nothing is found for is tried once more with its misspellings mended."""
    query = Query.of(wanted.typed)
    found = _found(user, wanted, query)
    if found.courses or found.papers or found.items or not query.words:
        return found
    mended = corrected(query.words)
    if mended is None:
        return found
    again = _found(user, wanted, Query(mended, query.is_open))
    again.corrected = " ".join(mended) if again.courses or again.papers or again.items else None
    return again


def _found(user: User, wanted: Wanted, query: Query) -> SearchOut:
    if not query.words:
        return SearchOut(corrected=None, courses=[], papers=[], items=[])
    return SearchOut(
        corrected=None,
        courses=_courses(user, wanted, query) if "course" in wanted.kinds else [],
        papers=_papers(user, wanted, query) if "paper" in wanted.kinds else [],
        items=_items(user, wanted, query) if "item" in wanted.kinds else [],
    )


Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Kind:
    """How one kind is looked for. ``rows``: what the person may see; ``prepared``: the same with its text kept."""

    model: type[Model]
    rows: Callable[[User], Rows]
    name: str | None
    related: tuple[str, ...] = ()
    is_personal: bool = False
    """Whether it depends on the person and not on the role alone (an administrator sees all)."""
    factor: int = 1
    """How many times as many as are shown are asked for."""

    def asked(self, user: User, terms: Sequence[Term], typed: str, limit: int, filters: Mapping[str, Any]) -> Rows:
        rows = self.rows(user).filter(**filters) if filters else self.rows(user)
        return ranked(rows, terms, name=self.name, typed=typed, limit=limit * self.factor, related=self.related)

    @cached_property
    def prepared(self) -> Prepared[Any]:
        """One shape: a role, and which words have a stem."""

        def of_shape(shape: tuple[str, tuple[bool, ...]], *, user: int = 0, typed: str = "", **words: str) -> Rows:
            role, stems = shape
            terms = [(words[f"simple{at}"], words[f"english{at}"] if has else None) for at, has in enumerate(stems)]
            return self.asked(User(pk=user, role=role), terms, typed, LIMIT, {})

        marks: dict[str, Any] = {f"{which}{at}": f"{which}{at}" for which in ("simple", "english") for at in range(MOST_WORDS)}
        # The best plan depends on how frequent a word is, so it is made anew for each.
        return Prepared(self.model, of_shape, keeps_plan=False, user=-1, typed="typed", **marks)

    def found(self, user: User, wanted: Wanted, query: Query, filters: Mapping[str, Any]) -> list[Any]:
        terms = terms_of(query)
        if filters or wanted.limit != LIMIT or len(terms) > MOST_WORDS:
            return list(self.asked(user, terms, wanted.typed, wanted.limit, filters))
        given: dict[str, Any] = {f"simple{at}": simple for at, (simple, _) in enumerate(terms)}
        given |= {f"english{at}": english for at, (_, english) in enumerate(terms) if english is not None}
        if self.name is not None:
            given["typed"] = " ".join(wanted.typed.split())
        if self.is_personal and not user.is_admin:
            given["user"] = user.pk
        return self.prepared.all((user.role, tuple(english is not None for _, english in terms)), **given)


COURSES = Kind(Course, lambda user: Course.objects.visible_to(user), "name", ("teacher",), is_personal=True)
PAPERS = Kind(Paper, lambda user: Paper.objects.visible_to(user).current(), "title_zh")
# Of an item's versions the newest is shown: a few more are asked for, since some are older ones.
ITEMS = Kind(Item, lambda user: Item.objects.visible_to(user), None, factor=2)


def _courses(user: User, wanted: Wanted, query: Query) -> list[CourseHit]:
    filters = {name: value for name in ("category", "level", "status") if (value := getattr(wanted, name))}
    found = COURSES.found(user, wanted, query, filters)
    return [
        CourseHit(
            id=row.pk,
            name=pieces(row.name, query, length=WHOLE),
            excerpt=pieces(row.description, query),
            teacher_name=row.teacher.name,
            category=row.category,
            level=row.level,
            status=row.status,
        )
        for row in found
    ]


def _papers(user: User, wanted: Wanted, query: Query) -> list[PaperHit]:
    found = PAPERS.found(user, wanted, query, {})
    return [
        PaperHit(
            id=row.pk,
            title_zh=pieces(row.title_zh, query, length=WHOLE),
            title_en=pieces(row.title_en, query, length=WHOLE),
        )
        for row in found
    ]


def _items(user: User, wanted: Wanted, query: Query) -> list[ItemHit]:
    if user.is_student:
        return []
    found = ITEMS.found(user, wanted, query, {"kind": wanted.item_kind} if wanted.item_kind else {})
    newest: dict[str, Item] = {}
    for row in found:
        if row.lineage not in newest or newest[row.lineage].version < row.version:
            newest[row.lineage] = row
    shown = list(newest.values())[: wanted.limit]
    places = _places(user, shown)
    titles = dict(Item.objects.filter(pk__in=[row.pk for row in shown]).values_list("pk", "passage__body__title__en"))
    return [_item_hit(row, query, places.get(row.pk), titles.get(row.pk) or "") for row in shown]


def _places(user: User, items: list[Item]) -> dict[int, tuple[int, str]]:
    papers = Paper.objects.visible_to(user)
    rows = PaperItem.objects.filter(item__in=items, paper__in=papers).order_by("paper_id")
    return {item: (paper, slot) for item, paper, slot in rows.values_list("item_id", "paper_id", "slot")}


def _item_hit(row: Item, query: Query, place: tuple[int, str] | None, title: str) -> ItemHit:
    asked, more = item_texts(parse_item(row.body))
    shown = pieces(asked, query)
    if more and not any(piece.found for piece in shown):
        elsewhere = pieces(more, query)
        shown = elsewhere if any(piece.found for piece in elsewhere) else shown
    paper, slot = place or (None, None)
    return ItemHit(id=row.pk, kind=row.kind, text=shown, passage_title=title, paper=paper, slot=slot)  # type: ignore[arg-type]


def pieces(text: str, query: Query, *, length: int = EXCERPT) -> list[Piece]:
    """The excerpt, cut where what was found begins and ends."""
    part, spots = excerpt(text, query.words, length=length)
    cut: list[Piece] = []
    at = 0
    for start, end in spots:
        cut += [Piece(text=part[at:start], found=False), Piece(text=part[start:end], found=True)]
        at = end
    return [piece for piece in [*cut, Piece(text=part[at:], found=False)] if piece.text]
