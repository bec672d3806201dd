"""Answers that the server never got stay with their owner: past signing out, past the next person here, to the server."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Request, Route, expect

from .acting import begins, choose, saved, wrong
from .conftest import Visit
from .people import Person
from .product import Product

SAVES = "**/api/v1/attempts/*/answers"


def test_answers_left_behind(siji: Product, visit: Visit) -> None:
    school = siji.school(sections=["reading-c"])
    classmate = siji.inside("add_classmate", name=school["name"], course=school["course"])
    key = school["key"]
    browser = visit()
    browser.sign_in(school["student"])
    attempt = begins(browser, school)
    choose(browser.page, "46", key["46"])
    saved(browser.page)

    no_answer_arrives(browser)
    left_behind = {slot: wrong(key[slot]) for slot in ("46", "47", "48")}
    for slot, letter in left_behind.items():
        choose(browser.page, slot, letter)
    browser.sees(browser.text("room.offline", count=3))
    leaves_the_room(browser)
    browser.sees(browser.text("shell.unsent", count=3))
    browser.sign_out()
    warning = browser.dialog("shell.signOutUnsentTitle")
    browser.sees(warning.get_by_text(browser.pattern("shell.signOutUnsentAbout", count=3)))
    browser.picture("signing-out-unsent")
    warning.get_by_role("button", name=browser.words("common.cancel")).click()
    browser.sees(browser.heading("home.hello", name=school["student"]["name"]))
    browser.sign_out()
    warning.get_by_role("button", name=browser.words("shell.signOutAnyway")).click()
    browser.sees(browser.heading("accounts.welcome"))
    assert answers(siji, attempt) == {"46": key["46"]}

    all_answers_arrive(browser)
    sent = sent_answers(browser)
    browser.sign_in(classmate)
    browser.sees(browser.heading("home.hello", name=classmate["name"]), browser.text("home.noAttempts"))
    browser.page.wait_for_load_state("networkidle")
    expect(browser.text("shell.unsent")).to_have_count(0)
    browser.sign_out()  # and nothing is asked: nothing here is this person's
    browser.sees(browser.heading("accounts.welcome"))
    assert sent == []

    with browser.page.expect_response(SAVES) as answer:
        browser.sign_in(school["student"])
    assert answer.value.status == 200
    browser.sees(browser.heading("home.hello", name=school["student"]["name"]))
    expect(browser.text("shell.unsent")).to_have_count(0)
    assert answers(siji, attempt) == left_behind
    assert browser.complaints == []


def no_answer_arrives(person: Person) -> None:
    """The network fails for answers alone, so that signing out is still possible."""
    person.context.route(SAVES, refuse)


def all_answers_arrive(person: Person) -> None:
    person.context.unroute(SAVES, refuse)


def refuse(route: Route) -> None:
    route.abort("connectionfailed")


def sent_answers(person: Person) -> list[str]:
    """Grows with each batch of answers that goes out from here."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "PUT" and request.url.endswith("/answers"):
            sent.append(request.url)

    person.page.on("request", note)
    return sent


def leaves_the_room(person: Person) -> None:
    person.button("room.leave").click()
    person.dialog("room.leaveTitle").get_by_role("button", name=person.words("room.leave")).click()
    person.page.wait_for_url(f"**/{person.language}")


def answers(siji: Product, attempt: str) -> dict[str, Any]:
    """What the server holds, whoever is signed in where."""
    held: dict[str, Any] = siji.inside("answers_of", attempt=attempt)
    return held
