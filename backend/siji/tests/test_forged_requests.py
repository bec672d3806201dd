"""Another site's page can make a browser send a request, and nothing comes of it."""

from __future__ import annotations

import pytest

from siji.tests.asking import ask, is_documented, person
from siji.tests.rows import Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

SIGN_IN = next(row for row in TABLE if row.operation == "POST /session")
SAFE = ("GET", "HEAD", "OPTIONS")
UNSAFE = {row.operation: row for row in reversed(TABLE) if row.method not in SAFE and row is not SIGN_IN}
OF_NOBODY = {"POST /beacons", "POST /csp-reports"}
"""How quick a page was, what of it was refused: known by its origin alone (the browser itself sends it), and about no person."""
EVIL = "https://evil.example"


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in UNSAFE.items() if name not in OF_NOBODY])
def test_without_the_token_nothing_is_changed(world: World, row: Row) -> None:
    outcome = ask(person(row.first_allowed, world), row, world, **{"X-CSRFToken": ""})
    assert (outcome.status, outcome.body["code"]) == (403, "csrf")
    assert is_documented(row, outcome.status)
    assert outcome.writes == []


@pytest.mark.parametrize("origin", [EVIL, "null", "http://testserver.evil.example", "https://testserver"])
def test_a_page_of_another_origin_signs_nobody_in(world: World, origin: str) -> None:
    outcome = ask(person("nobody", world), SIGN_IN, world, Origin=origin)
    assert (outcome.status, outcome.body["code"]) == (403, "csrf")
    assert outcome.writes == []
    assert "sessionid" not in outcome.reply.cookies


@pytest.mark.parametrize("row", [pytest.param(row, id=operation) for operation, row in UNSAFE.items()])
def test_a_page_of_another_origin_changes_nothing_even_with_the_token(world: World, row: Row) -> None:
    outcome = ask(person(row.first_allowed, world), row, world, Origin=EVIL)
    assert outcome.status == 403
    assert outcome.writes == []
