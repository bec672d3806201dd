"""A session ends in the middle of an exam: one signs in over the page, which stays as it was, and no answer is lost."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from .acting import begins, choice, choose, saved, seconds_left, wrong
from .conftest import Visit
from .people import Person
from .product import Product

MARK = "window.thisPage = 'the one that was open'"
IS_MARKED = "window.thisPage === 'the one that was open'"


def test_a_session_that_ends(siji: Product, visit: Visit) -> None:
    school = siji.school(sections=["reading-c"])
    key = school["key"]
    student = visit()
    student.sign_in(school["student"])
    attempt = begins(student, school)
    choose(student.page, "46", key["46"])
    saved(student.page)
    student.page.evaluate(MARK)
    left = seconds_left(student.page)

    signs_out_everywhere(visit(), school)
    choice(student.page, "47", key["47"]).click()
    over = student.dialog("accounts.expiredTitle")
    student.sees(over.get_by_text(student.words("accounts.expiredAbout")))
    expect(student.field("accounts.username")).to_have_value(school["student"]["username"])
    student.picture("session-ended")
    student.page.keyboard.press("Escape")
    student.sees(over)
    student.fill_password("not the password")
    student.sees(over.get_by_role("alert"))
    assert siji.inside("answers_of", attempt=attempt) == {"46": key["46"]}

    expect(student.field("accounts.password")).to_have_value("")
    student.fill_password(school["student"]["password"])
    expect(over).to_be_hidden()
    saved(student.page)
    expect(choice(student.page, "47", key["47"])).to_have_attribute("aria-checked", "true")
    assert student.page.evaluate(IS_MARKED)
    assert seconds_left(student.page) < left
    choose(student.page, "48", wrong(key["48"]))
    saved(student.page)
    assert siji.inside("answers_of", attempt=attempt) == {"46": key["46"], "47": key["47"], "48": wrong(key["48"])}
    assert {said[:3] for said in student.complaints} <= {"401"}


def test_somebody_else_at_the_open_page(siji: Product, visit: Visit) -> None:
    """Who signs in over another's exam sees nothing of it and sends nothing of it; its owner's answer still arrives."""
    school = siji.school(sections=["reading-c"])
    classmate = siji.inside("add_classmate", name=school["name"], course=school["course"])
    key = school["key"]
    browser = visit()
    browser.sign_in(school["student"])
    attempt = begins(browser, school)
    signs_out_everywhere(visit(), school)
    choice(browser.page, "46", key["46"]).click()
    browser.sees(browser.dialog("accounts.expiredTitle"))

    browser.try_password(classmate["username"], classmate["password"])
    browser.sees(browser.heading("home.hello", name=classmate["name"]), browser.text("home.noAttempts"))
    expect(browser.text("shell.unsent")).to_have_count(0)
    browser.sign_out()
    browser.sees(browser.heading("accounts.welcome"))
    assert siji.inside("answers_of", attempt=attempt) == {}

    browser.sign_in(school["student"])
    browser.sees(browser.text("home.examRunning"))
    browser.link("attempts.continue").click()
    saved(browser.page)
    expect(choice(browser.page, "46", key["46"])).to_have_attribute("aria-checked", "true")
    assert siji.inside("answers_of", attempt=attempt) == {"46": key["46"]}


def signs_out_everywhere(person: Person, school: dict[str, Any]) -> None:
    """On the phone, as one does who forgot to sign out somewhere."""
    person.sign_in(school["student"])
    person.goto("/account")
    person.button("accounts.signOutEverywhere").click()
    person.dialog("accounts.signOutEverywhere").get_by_role("button", name=person.words("accounts.signOutEverywhere")).click()
    person.sees(person.heading("accounts.welcome"))
