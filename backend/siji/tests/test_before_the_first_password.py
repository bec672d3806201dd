"""Who still has an initial password may change it, sign out, and do nothing else."""

from __future__ import annotations

import pytest

from siji.accounts.models import User
from siji.tests.asking import DOCUMENT, ask, is_documented, person
from siji.tests.rows import Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

OPEN = {
    "POST /session",
    "DELETE /session",
    "GET /me",
    "PUT /me/password",
    "DELETE /me/sessions",
    "OPTIONS /uploads",
    "POST /beacons",
    "POST /csp-reports",
    "GET /health/live",
    "GET /health/ready",
    "GET /status",
}
FIRST = {row.operation: row for row in reversed(TABLE)}
"""One row of each operation."""


@pytest.mark.parametrize("row", [pytest.param(FIRST[operation], id=operation) for operation in DOCUMENT])
def test_an_initial_password_opens_nothing_but_its_change(world: World, row: Row) -> None:
    asking = person(row.first_allowed, world)
    User.objects.filter(pk=asking.user.pk).update(must_change_password=True)
    outcome = ask(asking, row, world)
    assert is_documented(row, outcome.status), f"{outcome.status} is not in the OpenAPI document"
    if row.operation in OPEN:
        assert 200 <= outcome.status < 300
    else:
        assert outcome.status == 403
        assert row.method == "HEAD" or outcome.body["code"] == "password_change_required"
        assert outcome.writes == []
