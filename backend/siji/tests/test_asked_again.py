"""Who has an answer already is told so in a few bytes; nobody between may keep one; what is kept ready costs no questions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from siji.tests.asking import ask, person
from siji.tests.kept import READERS, WITH_A_TAG, WITH_THE_TIME, Commits, commits
from siji.tests.rows import PEOPLE, Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

__all__ = ["commits"]

READS = [row for row in TABLE if row.method == "GET"]
KEPT = [row for row in READS if row.operation in WITH_A_TAG]

QUERIES = {
    "GET /papers": {"student": 3, "classmate": 3},  # who, and what is set to them, and the time: keys are never kept
    "GET /papers/{paper_id}": {"student": 3, "classmate": 3, "stranger": 2},
    "GET /papers/{paper_id}/content": dict.fromkeys(READERS, 2),  # who, and whether they may
    "GET /assignments/{assignment_id}/analysis": dict.fromkeys(READERS, 2),
    "GET /assignments/{assignment_id}/analysis/{slot}": dict.fromkeys(READERS, 2),
    "GET /me/assignments": dict.fromkeys(READERS, 2),  # who, and the time
    "GET /me/dashboard": dict.fromkeys(READERS, 2),
}


TRACK = "GET /papers/{paper_id}/audio"
"""Staff's: a browser may keep the file and asks each time whether it is still that one."""


@pytest.mark.parametrize("who", PEOPLE)
def test_no_answer_may_be_kept_by_anybody_between(world: World, who: str) -> None:
    asking = person(who, world)
    for row in READS:
        reply = ask(asking, row, world).reply
        if reply.status_code == 200 and row.operation in WITH_A_TAG:
            assert reply.headers["Cache-Control"] == "private, no-cache", row
            assert "Cookie" in reply.headers["Vary"], row
            assert reply.headers["ETag"], row
        else:
            may_keep = row.operation == TRACK and reply.status_code == 200
            assert reply.headers["Cache-Control"] == ("private, no-cache" if may_keep else "private, no-store"), row
            assert "ETag" not in reply.headers or reply.headers["Content-Type"] == "audio/mpeg", row  # for its ranges


@pytest.mark.parametrize("row", KEPT, ids=str)
def test_who_has_it_is_told_so(world: World, commits: Commits, row: Row) -> None:
    for who in [who for who in READERS if isinstance(row.gets[who], str)]:
        asking = person(who, world)
        first = ask(asking, row, world).reply
        again = ask(asking, row, world, **{"If-None-Match": first.headers["ETag"]}).reply
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "private, no-cache"
        other = ask(asking, row, world, **{"If-None-Match": '"another"'}).reply
        assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("row", [row for row in READS if row.operation in WITH_A_TAG | WITH_THE_TIME], ids=str)
def test_what_is_ready_is_answered_without_asking_the_database(world: World, commits: Commits, row: Row) -> None:
    """But for the person of the session, and for what must never come from a cache."""
    for who in [who for who in READERS if isinstance(row.gets[who], str)]:
        asking = person(who, world)
        ask(asking, row, world)
        with CaptureQueriesContext(connection) as queries:
            assert ask(asking, row, world).status == 200
        expected = QUERIES.get(row.operation, {}).get(who, 1)
        assert len(queries) == expected, (who, [query["sql"] for query in queries.captured_queries])


def test_a_tag_of_another_is_no_way_to_their_answer(world: World, commits: Commits) -> None:
    """A stranger who knows a teacher's tag is refused as without it; it is not said that the answer still holds."""
    row = next(row for row in KEPT if row.operation == "GET /courses/{course_id}/analysis")
    tag = ask(person("teacher", world), row, world).reply.headers["ETag"]
    for who, status in (("nobody", 401), ("student", 403), ("other_teacher", 404)):
        assert ask(person(who, world), row, world, **{"If-None-Match": tag}).status == status
