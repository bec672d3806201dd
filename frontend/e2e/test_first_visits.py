"""Every page as each role opens it: all that it shows is asked for before its scripts have come, and it runs no other script.

The scripts are held back until the page has asked all it asks by itself. Whatever is asked after that waits for a script, and so
for the whole way of the scripts as well.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route

from .conftest import Visit
from .first_visit import Call, all_asked, calls_of, rounds, settle
from .pages import Page, begin_practice, pages
from .people import Person
from .product import Product

SCRIPTS = "**/_next/static/**/*.js"
MOST_CALLS = 7
ASKS_NOTHING_AHEAD = """let ahead, isFirst = true;
Object.defineProperty(window, "sijiAhead", {
  get: () => ahead,
  set(value) { if (isFirst) { isFirst = false; throw new Error("not yet"); } ahead = value; },
});"""
LATE = {
    ("attempt", "student"): "only practice has checks, which the attempt says",
    ("run", "teacher"): "only a published run has units, which the run says",
    ("run", "admin"): "as for its teacher",
}
BY_ROLE = {"", "course", "paper"}
"""What they show depends on who is here: they ask in two rounds, both while the scripts are on their way."""


@pytest.mark.parametrize("role", ["nobody", "student", "teacher", "admin"])
def test_first_visits(siji: Product, visit: Visit, role: str) -> None:
    person = visit()
    if role != "nobody":
        person.sign_in(siji.accounts()[role])
    if role == "student":
        begin_practice(person.context.request, person.page.url)
    seen, wrong = set[str](), list[str]()
    for place in pages():
        path = place.for_person(reader(person)) if (role == "nobody") == (place.name == "sign-in") else None
        released = opens(person, path) if path is not None else None
        if released is not None:
            seen.add(place.name)
            wrong += [f"{role} at /{place.name}: {what}" for what in what_is_wrong(person, place, role, released)]
    assert wrong == [], "\n".join(wrong)
    assert seen >= MUST_SEE[role], f"{role} did not get to see {MUST_SEE[role] - seen}"


def test_a_page_that_asks_late_would_be_found(siji: Product, visit: Visit) -> None:
    """Whoever cannot ask before the scripts are there asks afterwards, after the page has been let go."""
    person = visit()
    person.sign_in(siji.accounts()["student"])
    person.context.add_init_script(ASKS_NOTHING_AHEAD)
    place = next(page for page in pages() if page.name == "courses")
    released = opens(person, place.address)
    assert released is not None
    assert "asks only when its scripts are there" in "\n".join(what_is_wrong(person, place, "student", released))


MUST_SEE = {
    "nobody": {"sign-in"},
    "student": {"", "account", "attempt", "course", "courses", "paper", "papers", "report"},
    "teacher": {"", "account", "analysis", "assignment", "course", "courses", "marking", "paper", "papers", "script"},
    "admin": {"account", "alerts", "audit", "course", "courses", "gateway", "marking", "paper", "papers", "people", "script"},
}
"""At the least: a page that is refused by mistake would otherwise be skipped."""


def reader(person: Person) -> Any:
    """Nothing where this person may not ask: then the page is not theirs either."""

    def read(path: str) -> Any:
        answer = person.context.request.get(f"/api/v1{path}")
        return answer.json() if answer.ok else []

    return read


def opens(person: Person, path: str) -> float | None:
    """When the scripts were let through; None where the page is not this person's: refused, or left for another."""
    page, refused = person.page, list[int]()
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    page.on("response", lambda answer: refused.append(answer.status) if answer.status in (403, 404) else None)
    address = f"/{person.language}{path}".removesuffix("/")
    page.route(SCRIPTS, hold)
    with all_asked(page):
        page.goto(address, wait_until="commit")
    released: float = page.evaluate("() => performance.now()")
    waiting, held = held, None
    for route in waiting:
        route.continue_()
    settle(page)
    page.unroute(SCRIPTS)
    if refused or not page.url.split("?")[0].endswith(address):
        person.complaints.clear()
        return None
    return released


def what_is_wrong(person: Person, place: Page, role: str, released: float) -> list[str]:
    calls = calls_of(person.page)
    found = [*person.complaints, *person.violations]
    person.complaints.clear()
    person.violations.clear()
    late = [call for call in calls if call.began > released]
    if late and (place.name, role) not in LATE:
        found.append(f"asks only when its scripts are there: {told(late)}")
    if rounds([call for call in calls if call not in late]) > (2 if place.name in BY_ROLE else 1):
        found.append(f"asks in more rounds than it must: {told(calls)}")
    if len(calls) > MOST_CALLS or len({call.url for call in calls}) < len(calls):
        found.append(f"asks too much: {told(calls)}")
    return found


def told(calls: list[Call]) -> str:
    return ", ".join(f"{call.url} ({call.began:.0f}–{call.ended:.0f} ms)" for call in calls)
