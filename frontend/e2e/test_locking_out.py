"""Guessing a password stops; whoever owns it still comes in from the device they use."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .product import Product
from .words import pattern, words

FREE_TRIES = 10


@pytest.fixture(scope="module")
def student(siji: Product) -> dict[str, Any]:
    student: dict[str, Any] = siji.inside("make_school", key="3", minutes={})["student"]
    return student


def test_a_guesser_waits_and_the_owner_does_not(visit: Visit, student: dict[str, Any]) -> None:
    owner, guesser = visit(), visit()
    owner.sign_in(student)
    owner.sees(owner.heading("home.hello", name=student["name"]))
    owner.sign_out()
    owner.sees(owner.heading("accounts.welcome"))

    guesser.page.goto("/zh/sign-in")
    refused = guesser.page.get_by_role("alert").filter(has_text="用户名或密码不对")
    guesser.try_password(student["username"], "guess-0")
    guesser.sees(refused)
    password = guesser.page.get_by_label(words("accounts.password"), exact=True)
    for number in range(1, FREE_TRIES):
        expect(password).to_have_value("")  # the page empties it once the refusal is shown
        with guesser.page.expect_response("**/api/v1/session") as answer:
            guesser.fill_password(f"guess-{number}")
        assert answer.value.status == 401
    expect(password).to_have_value("")
    with guesser.page.expect_response("**/api/v1/session") as answer:
        guesser.fill_password("guess-again")
    assert answer.value.status == 429
    guesser.sees(guesser.page.get_by_role("alert").filter(has_text="密码错误次数过多"))
    waiting = guesser.page.get_by_role("status").filter(has_text=pattern("accounts.waitAbout"))
    guesser.sees(waiting)
    expect(guesser.button("accounts.signIn")).to_be_disabled()

    owner.try_password(student["username"], student["password"])
    owner.sees(owner.heading("home.hello", name=student["name"]))
