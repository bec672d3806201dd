"""Making what is there findable: for rows from before the search, from an import, or after a change of how words are cut."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from siji.bank.bodies import parse_item, parse_passage
from siji.bank.models import Item, Paper
from siji.bank.searching import item_vector, paper_vector
from siji.courses.models import Course
from siji.courses.searching import course_vector
from siji.problems import Words

BATCH = 500


def fill(*, everything: bool = False) -> dict[str, int]:
    """Rows made findable by kind: those that are not yet, or all. May be stopped and begun again at any time."""
    return {
        "courses": _fill(Course.objects.all(), course_vector, everything),
        "papers": _fill(Paper.objects.all(), _of_paper, everything),
        "items": _fill(Item.objects.select_related("passage"), _of_item, everything),
    }


def _of_paper(paper: Paper) -> Any:
    bodies = paper.slots.filter(item__passage__isnull=False).values_list("item__passage__body__title", flat=True)
    titles = {title["en"]: Words(**title) for title in bodies.order_by("position")}
    return paper_vector(Words(zh=paper.title_zh, en=paper.title_en), titles.values())


def _of_item(item: Item) -> Any:
    return item_vector(parse_item(item.body), None if item.passage is None else parse_passage(item.passage.body))


def _fill(rows: models.QuerySet[Any], vector: Any, everything: bool) -> int:
    wanted = rows if everything else rows.filter(search__isnull=True)
    done, after = 0, 0
    while batch := list(wanted.filter(pk__gt=after).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in batch:
                rows.model._default_manager.filter(pk=row.pk).update(search=vector(row))
        done, after = done + len(batch), batch[-1].pk
    return done
