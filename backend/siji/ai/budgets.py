"""Budgets of a day: reserved before a call, settled after it, in rows that a conditional UPDATE guards.

Reserving is one UPDATE a scope, true only while reserved + spent stays within the limit, so however many reserve at once the sum
never passes it. All three are kept or none. Rows are always taken in one order (user, course, all), which leaves the row that
everybody wants locked for the shortest time and nobody waiting in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest

from siji.ai.keys import tag
from siji.ai.models import DayBudget, Scope
from siji.ai.outcomes import Outcome
from siji.ai.words import ModelFailed


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays: ids of a user and a course, either or both left out."""

    user: int | None = None
    course: int | None = None

    @property
    def pseudonym(self) -> str:
        """What the provider is told: the same for the same payer, and nothing that leads to a person."""
        return tag("payer", f"{self.user}:{self.course}", length=16)


@dataclass(frozen=True, slots=True)
class Limits:
    """Micro-yuan a day; None: no limit of its own."""

    day: int
    user: int | None = None
    course: int | None = None


def reserve(payer: Payer, limits: Limits, day: date, amount: int) -> None:
    """In the transaction of the call's row. Raises ModelFailed (NO_BUDGET), which undoes what was reserved before it."""
    for scope, key, limit in _rows(payer, limits):
        rows = DayBudget.objects.filter(scope=scope, payer=key, day=day)
        if limit is not None:
            rows = rows.filter(reserved__lte=limit - amount - F("spent"))
        if rows.update(reserved=F("reserved") + amount):
            continue
        # The first of the day makes the row, and any other is here because the limit is reached.
        DayBudget.objects.bulk_create([DayBudget(scope=scope, payer=key, day=day)], ignore_conflicts=True)
        if not rows.update(reserved=F("reserved") + amount):
            raise ModelFailed(Outcome.NO_BUDGET, f"{scope} {key} on {day}: {limit} micro-yuan")


def settle(payer: Payer, day: date, *, reserved: int, cost: int) -> None:
    """What was reserved becomes what was spent."""
    for scope, key, _ in _rows(payer, Limits(0)):
        rows = DayBudget.objects.filter(scope=scope, payer=key, day=day)
        rows.update(reserved=Greatest(F("reserved") - reserved, 0), spent=F("spent") + cost)


def _rows(payer: Payer, limits: Limits) -> list[tuple[Scope, int, int | None]]:
    rows: list[tuple[Scope, int, int | None]] = []
    if payer.user is not None:
        rows.append((Scope.USER, payer.user, limits.user))
    if payer.course is not None:
        rows.append((Scope.COURSE, payer.course, limits.course))
    return [*rows, (Scope.ALL, 0, limits.day)]
