"""Every page as each role opens it: it asks once and all at once, and runs no script that its policy does not name."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Visit
from .first_visit import Call, calls_of, rounds, settle
from .pages import Place, places
from .people import Person
from .product import Product

MOST_CALLS = 6
TWO_ROUNDS = {
    ("", "teacher"): "the dashboard is for teachers alone, and who is here is not known yet",
    ("course", "teacher"): "the analysis and the results are for staff alone",
    ("course", "admin"): "the same",
    ("paper", "teacher"): "the keys are for staff alone, and who is here is not known yet",
    ("paper", "admin"): "the same",
    ("attempt", "student"): "only practice has checks, and that is not known yet",
}
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  (window.sijiViolations ??= []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


@pytest.mark.parametrize("role", ["nobody", "student", "teacher", "admin"])
def test_first_visits(siji: Product, visit: Visit, role: str) -> None:
    person = visit()
    person.context.add_init_script(VIOLATIONS)
    if role != "nobody":
        person.sign_in(siji.accounts()[role])
    if role == "student":
        practises(person)
    seen, wrong = set[str](), list[str]()
    for place in places():
        path = (
            place.for_person(person.read) if (role == "nobody") == (place.name == "sign-in") and may_list(person, place) else None
        )
        if path is not None and opens(person, path):
            seen.add(place.name)
            wrong += what_is_wrong(person, place, role)
    assert wrong == []
    assert seen >= MUST_SEE[role], f"{role} did not get to see {MUST_SEE[role] - seen}"


MUST_SEE = {
    "nobody": {"sign-in"},
    "student": {"", "account", "attempt", "course", "courses", "paper", "papers", "report"},
    "teacher": {"account", "course", "courses", "marking", "paper", "papers", "script"},
    "admin": {"account", "audit", "course", "courses", "marking", "paper", "papers", "people", "script"},
}
"""At the least: a page that is refused by mistake would otherwise be skipped."""


def may_list(person: Person, place: Place) -> bool:
    """Only staff can be asked for the pile of scripts."""
    return place.list_path is None or person.context.request.get(f"/api/v1{place.list_path}").ok


def opens(person: Person, path: str) -> bool:
    """False where the page is not this person's: refused, or left for another."""
    refused: list[int] = []
    person.page.on("response", lambda answer: refused.append(answer.status) if answer.status in (403, 404) else None)
    address = f"/zh{path}".removesuffix("/")
    person.page.goto(address)
    settle(person.page)
    is_theirs = not refused and person.page.url.split("?")[0].endswith(address)
    if not is_theirs:
        person.complaints.clear()
    return is_theirs


def what_is_wrong(person: Person, place: Place, role: str) -> list[str]:
    allowed = 2 if (place.name, role) in TWO_ROUNDS else 1
    calls = fewest_rounds(person, allowed)
    found = [*person.complaints, *(person.page.evaluate("() => window.sijiViolations ?? []"))]
    if rounds(calls) > allowed:
        found.append(f"asks in {rounds(calls)} rounds: {told(calls)}")
    if len(calls) > MOST_CALLS or len({call.url for call in calls}) < len(calls):
        found.append(f"asks too much: {told(calls)}")
    person.complaints.clear()
    return [f"{role} at /{place.name}: {what}" for what in found]


def fewest_rounds(person: Person, allowed: int) -> list[Call]:
    """The page's calls. A busy machine may hand over late what was asked together, so what seems one round too many is looked at
    up to twice more; a page that has to wait for an answer does so each time."""
    calls = calls_of(person.page)
    for _ in range(2):
        if rounds(calls) <= allowed:
            break
        person.page.reload()
        settle(person.page)
        calls = min(calls, calls_of(person.page), key=rounds)
    return calls


def told(calls: list[Call]) -> str:
    return ", ".join(f"{call.url} ({call.began:.0f}–{call.ended:.0f} ms)" for call in calls)


def practises(person: Person) -> None:
    """Begins one paper that may be practised, so that there is an open attempt."""
    token = person.read("/me")["csrf_token"]
    for paper in person.read("/papers")["items"]:
        body: dict[str, Any] = {"paper": paper["id"], "mode": "practice"}
        headers = {"X-CSRFToken": token, "Referer": person.page.url}
        if person.context.request.post("/api/v1/attempts", data=body, headers=headers).ok:
            return
    raise AssertionError("no paper may be practised")
