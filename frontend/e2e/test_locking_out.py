"""Guessing a password stops. Who owns it still comes in from the device they use, and a classmate at the next desk from any."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Response, expect

from .conftest import Visit
from .people import Person
from .product import Product
from .words import pattern

FREE_TRIES = 10
WAIT = 30
SESSION = re.compile(r"/api/v1/session$")


@pytest.fixture(scope="module")
def school(siji: Product) -> dict[str, Any]:
    school = siji.school()
    return {**school, "classmate": siji.inside("add_classmate", name=school["name"], course=school["course"])}


def test_a_guesser_waits_and_nobody_else_does(visit: Visit, school: dict[str, Any]) -> None:
    student, classmate = school["student"], school["classmate"]
    owner, guesser, neighbour = visit(), visit(), visit()
    owner.sign_in(student)
    owner.sees(owner.heading("home.hello", name=student["name"]))
    owner.sign_out()
    owner.sees(owner.heading("accounts.welcome"))

    guesser.page.clock.install()
    guesser.goto("/sign-in")
    guesser.field("accounts.username").fill(student["username"])
    for number in range(FREE_TRIES):
        assert guess(guesser, f"guess-{number}").status == 401
        guesser.sees(guesser.page.get_by_role("alert").filter(has_text="用户名或密码不对"))
    stopped = guess(guesser, "guess-again")
    assert stopped.status == 429
    assert 0 < int(stopped.headers["retry-after"]) <= WAIT
    seconds = said_to_wait(guesser)
    assert 0 < seconds <= WAIT
    expect(guesser.button("accounts.signIn")).to_be_disabled()
    guesser.picture("locked-out")

    # The page lets them try when it said it would; that the time is over is the server's word, not this clock's.
    guesser.page.clock.fast_forward(seconds * 1000 + 1000)
    guesser.sees(guesser.text("accounts.waitOver"))
    expect(guesser.button("accounts.signIn")).to_be_enabled()
    assert guess(guesser, student["password"]).status == 429

    neighbour.sign_in(classmate)
    neighbour.sees(neighbour.heading("home.hello", name=classmate["name"]))
    owner.try_password(student["username"], student["password"])
    owner.sees(owner.heading("home.hello", name=student["name"]))


def guess(person: Person, password: str) -> Response:
    # The page empties the field when it has shown a refusal: what is typed before that would be lost.
    expect(person.field("accounts.password")).to_have_value("")
    expect(person.button("accounts.signIn")).to_be_enabled()
    with person.page.expect_response(SESSION) as answer:
        person.fill_password(password)
    return answer.value


def said_to_wait(person: Person) -> int:
    person.sees(person.page.get_by_role("alert").filter(has_text=re.compile(r"密码错误次数过多，请等 \d+ 秒再试")))
    words = person.page.get_by_role("status").filter(has_text=pattern("accounts.waitAbout"))
    person.sees(words)
    found = re.search(r"(\d+):(\d\d)", words.inner_text())
    assert found is not None
    return int(found[1]) * 60 + int(found[2])
