"""The search itself: three kinds, each a bounded number of queries at any size."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from siji.accounts.models import User
from siji.bank.bodies import parse_item
from siji.bank.fulltext import ranked
from siji.bank.models import Item, Paper, PaperItem
from siji.bank.searching import item_texts
from siji.courses.models import Course
from siji.courses.search.schemas import CourseHit, ItemHit, KindName, PaperHit, Piece, SearchOut
from siji.language.words import Query, corrected, excerpt

ALL: frozenset[KindName] = frozenset({"course", "paper", "item"})
EXCERPT, WHOLE = 120, 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for and among what; empty filters do not filter."""

    typed: str
    kinds: Collection[KindName] = ALL
    limit: int = 8
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


def _courses(user: User, wanted: Wanted, query: Query) -> list[CourseHit]:
    filters = {name: value for name in ("category", "level", "status") if (value := getattr(wanted, name))}
    rows = Course.objects.visible_to(user).filter(**filters)
    found = ranked(rows, query, name="name", typed=wanted.typed, limit=wanted.limit, related=["teacher"])
    return [
        CourseHit(
            id=row.pk,
            name=pieces(row.name, query, length=WHOLE),
            excerpt=pieces(row.description, query),
            teacher_name=row.teacher.name,
            category=row.category,
            level=row.level,
            status=row.status,  # type: ignore[arg-type]  # a choice of the column
        )
        for row in found
    ]


def _papers(user: User, wanted: Wanted, query: Query) -> list[PaperHit]:
    rows = Paper.objects.visible_to(user).current()
    found = ranked(rows, query, name="title_zh", typed=wanted.typed, limit=wanted.limit)
    return [
        PaperHit(
            id=row.pk,
            title_zh=pieces(row.title_zh, query, length=WHOLE),
            title_en=pieces(row.title_en, query, length=WHOLE),
        )
        for row in found
    ]


def _items(user: User, wanted: Wanted, query: Query) -> list[ItemHit]:
    rows = Item.objects.visible_to(user)
    if wanted.item_kind:
        rows = rows.filter(kind=wanted.item_kind)
    # Of an item's versions the newest is shown: a few more are asked for, since some are older ones.
    found = ranked(
        rows.only("pk", "kind", "body", "lineage", "version", "passage_id"), query, name=None, typed="", limit=wanted.limit * 2
    )
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
