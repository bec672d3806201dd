"""A browser that lacks what the product is written with says so itself, in the page's language, before anybody signs in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Visit

MISSING = {
    "no copy of structures": "delete window.structuredClone",
    "no colours of today": """
      const supports = CSS.supports.bind(CSS);
      CSS.supports = (...asked) => !String(asked).includes("oklch") && supports(...asked)""",
}


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
@pytest.mark.parametrize("missing", MISSING)
def test_an_old_browser_is_told(visit: Visit, missing: str, locale: str) -> None:
    person = visit(locale=locale)
    person.context.add_init_script(MISSING[missing])
    person.goto("/sign-in")
    notice = person.page.get_by_role("alert").filter(has_text=person.pattern("common.oldBrowser"))
    expect(notice).to_be_visible()
    expect(notice).to_be_in_viewport()


def test_a_browser_of_today_is_not(visit: Visit) -> None:
    person = visit()
    person.goto("/sign-in")
    expect(person.field("accounts.username")).to_be_visible()
    expect(person.text("common.oldBrowser")).to_be_hidden()
