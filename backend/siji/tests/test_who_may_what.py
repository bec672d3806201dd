"""Every operation asked by everybody: each gets what the table says, and who is refused changes nothing."""

from __future__ import annotations

import pytest

from siji.tests.asking import DOCUMENT, ask, is_documented, person
from siji.tests.rows import FORMER, MISSES, OK, PEOPLE, SEES, Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

CELLS = [pytest.param(row, who, id=f"{row} - {who}") for row in TABLE for who in (*PEOPLE, *FORMER)]


@pytest.mark.parametrize(("row", "who"), CELLS)
def test_each_gets_what_the_table_says(world: World, row: Row, who: str) -> None:
    outcome, expected = ask(person(who, world), row, world), row.gets[who]
    assert is_documented(row, outcome.status), f"{outcome.status} is not in the OpenAPI document"
    assert "private" in outcome.reply["Cache-Control"], "a shared cache could hand it to somebody else"
    if not isinstance(expected, str):
        assert outcome.status == expected
        assert row.method == "HEAD" or outcome.body["message"]["zh"]
        assert outcome.writes == []
        return
    assert 200 <= outcome.status < 300, outcome.reply.content.decode()
    if expected != OK:
        assert row.sees is not None
        assert (row.sees(world) in str(outcome.body)) == (expected == SEES)


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert {row.operation for row in TABLE} == set(DOCUMENT)


def test_every_row_is_open_to_somebody_or_is_the_other_side_of_one_that_is() -> None:
    """A row in which everybody is refused proves nothing unless the same request about something else succeeds."""
    open_to_somebody = {row.operation for row in TABLE if any(isinstance(outcome, str) for outcome in row.gets.values())}
    streams = {operation for operation in DOCUMENT if operation.endswith("/events")}
    assert {row.operation for row in TABLE} == open_to_somebody | streams


def test_what_a_row_sees_is_seen_by_one_and_not_by_another() -> None:
    for row in TABLE:
        assert (row.sees is None) == (not {SEES, MISSES} & set(row.gets.values())), row
        assert row.sees is None or {SEES, MISSES} <= set(row.gets.values()), row


@pytest.mark.parametrize("operation", DOCUMENT)
def test_the_document_says_what_may_come_back(operation: str) -> None:
    """401 wherever a session is needed, 422 wherever something can be sent. What else comes back, the cells see."""
    described = DOCUMENT[operation]
    expected = {"401"} if "security" in described else set()
    if described.get("parameters") or "requestBody" in described:
        expected.add("422")
    assert expected <= {str(status) for status in described["responses"]}
