"""Budgets of a day: reserved before a call, settled after it, in rows that a conditional UPDATE guards.

Reserving is one UPDATE a scope, true only while reserved + spent stays within the limit, so however many reserve at once the sum
never passes it. All are kept or none. Rows are always taken in one order (user, course, all), which leaves nobody waiting in a
circle. A class that hands in together reserves fifty times in the same two rows, so this is done inside the database
(``ai_reserve``, ``ai_settle``): a row is locked for as long as a statement takes, and not while a busy process comes to its next
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection

from siji.ai.keys import tag
from siji.ai.models import Scope
from siji.ai.outcomes import Outcome
from siji.ai.words import ModelFailed

REFUSED = "within_day_budget"
FUNCTIONS = """
CREATE FUNCTION ai_reserve(today date, amount bigint, scopes text[], payers bigint[], limits bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    FOR n IN 1 .. cardinality(scopes) LOOP
        FOR attempt IN 1 .. 2 LOOP
            UPDATE ai_daybudget SET reserved = reserved + amount
            WHERE scope = scopes[n] AND payer = payers[n] AND day = today
                AND (limits[n] IS NULL OR reserved + spent + amount <= limits[n]);
            EXIT WHEN FOUND;
            IF attempt = 2 THEN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'within_day_budget',
                    MESSAGE = format('%s %s on %s: %s micro-yuan', scopes[n], payers[n], today, limits[n]);
            END IF;
            -- The first of the day makes the row, and any other is here because the limit is reached.
            INSERT INTO ai_daybudget (scope, payer, day, reserved, spent) VALUES (scopes[n], payers[n], today, 0, 0)
            ON CONFLICT DO NOTHING;
        END LOOP;
    END LOOP;
    RETURN true;
END $$;
CREATE FUNCTION ai_settle(today date, was_reserved bigint, has_cost bigint, scopes text[], payers bigint[]) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    FOR n IN 1 .. cardinality(scopes) LOOP
        UPDATE ai_daybudget SET reserved = greatest(reserved - was_reserved, 0), spent = spent + has_cost
        WHERE scope = scopes[n] AND payer = payers[n] AND day = today;
    END LOOP;
    RETURN true;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION ai_reserve(date, bigint, text[], bigint[], bigint[]);
DROP FUNCTION ai_settle(date, bigint, bigint, text[], bigint[]);
"""


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


def reservation(payer: Payer, limits: Limits, day: date, amount: int) -> list[Any]:
    """The values of ``ai_reserve``, which is true or an error that ``refusals`` knows."""
    rows = _rows(payer, limits)
    return [day, amount, [scope.value for scope, _, _ in rows], [key for _, key, _ in rows], [limit for _, _, limit in rows]]


def settlement(payer: Payer, day: date, cost: int) -> list[Any]:
    """The values of ``ai_settle``, but for what was reserved, which comes second."""
    rows = _rows(payer, Limits(0))
    return [day, cost, [scope.value for scope, _, _ in rows], [key for _, key, _ in rows]]


@contextmanager
def refusals() -> Iterator[None]:
    """Around a statement that reserves. Raises ModelFailed (NO_BUDGET); nothing of the statement is kept then."""
    try:
        yield
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.constraint_name != REFUSED:
            raise
        raise ModelFailed(Outcome.NO_BUDGET, told.message_primary or "") from error


def reserve(payer: Payer, limits: Limits, day: date, amount: int) -> None:
    """In the transaction of whoever calls. Raises ModelFailed (NO_BUDGET), after which the transaction is to be rolled back."""
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ai_reserve(%s, %s, %s, %s, %s::bigint[])", reservation(payer, limits, day, amount))


def settle(payer: Payer, day: date, *, reserved: int, cost: int) -> None:
    """What was reserved becomes what was spent."""
    with connection.cursor() as cursor:
        today, *values = settlement(payer, day, cost)
        cursor.execute("SELECT ai_settle(%s, %s, %s, %s, %s)", [today, reserved, *values])


def _rows(payer: Payer, limits: Limits) -> list[tuple[Scope, int, int | None]]:
    rows: list[tuple[Scope, int, int | None]] = []
    if payer.user is not None:
        rows.append((Scope.USER, payer.user, limits.user))
    if payer.course is not None:
        rows.append((Scope.COURSE, payer.course, limits.course))
    return [*rows, (Scope.ALL, 0, limits.day)]
