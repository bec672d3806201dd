"""What a model, a student or a teacher has written is shown as it was written: it runs nothing, asks nobody and leads nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page

from .conftest import Visit
from .payloads import HOST, PAYLOADS
from .people import Person
from .product import Product

TEACHERS = (
    *("/runs/{run}", *(f"/runs/{{run}}?tab={tab}" for tab in ("analysis", "plan", "questions", "criteria", "trace"))),
    *("/marking/{script}", "/courses/{course}", "/courses/{course}?tab=results", "/report/{report}"),
)
"""The first shows how far a run has come, and may name nothing."""
STUDENTS = ("/report/{report}", "/notices", "/courses/{course}", "/")

SHOWN = """texts => {
  const fields = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
  const all = [document.body.textContent, ...fields].join("\\n");
  return texts.filter((text) => all.includes(text));
}"""
MADE = """host => {
  const kinds = "main :is(script, iframe, object, embed), base, [onerror], [onload], [onfocus], [onmouseover], [ontoggle]";
  const leads = (link) => link.protocol === "javascript:" || link.protocol === "data:" || link.host === host;
  const found = [...document.querySelectorAll(kinds), ...[...document.links].filter(leads)];
  found.push(...document.querySelectorAll(`[src*="${host}"], [style*="${host}"], [action*="${host}"]`));
  return found.map((one) => one.outerHTML.slice(0, 200));
}"""


class Watch:
    """What a text has done that got to be more than a text."""

    def __init__(self, person: Person) -> None:
        self.done: list[str] = []
        self.kept_back: list[str | None] = []
        person.context.expose_binding("sijiOwned", lambda _, what: self.done.append(f"ran: {what}"))
        person.page.on("dialog", lambda dialog: self.done.append(f"a dialog: {dialog.message}"))
        person.page.on("requestfailed", lambda request: self.kept_back.append(request.failure))
        person.page.on("request", lambda request: self._outside(request.url, person.page))

    def _outside(self, url: str, page: Page) -> None:
        if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != "127.0.0.1":
            self.done.append(f"asked for: {url} on {page.url}")


def test_texts_stay_texts(siji: Product, visit: Visit) -> None:
    school = siji.inside("make_hostile", module="hostile_school", key=secrets.token_hex(3))
    shown = set[str]()
    for account, places in ((school["teacher"], TEACHERS), (school["student"], STUDENTS)):
        person = visit()
        watch = Watch(person)
        person.sign_in(account)
        shown |= look(person, [place.format(**school["ids"]) for place in places], watch)
    assert shown == set(PAYLOADS), f"never shown: {set(PAYLOADS) - shown}"


def look(person: Person, places: Sequence[str], watch: Watch) -> set[str]:
    shown = set[str]()
    for place in places:
        person.goto(place)
        person.is_all_there()
        here = set(person.page.evaluate(SHOWN, PAYLOADS))
        assert here or place == places[0], f"no text at {place}: nothing is shown by this"
        shown |= here
        assert person.page.evaluate(MADE, HOST) == [], place
        assert watch.done == [], place
        assert [*person.violations, *person.complaints] == [], place
    return shown


def test_a_text_that_did_become_html_would_be_seen_and_refused(siji: Product, visit: Visit) -> None:
    """What the story above looks for, brought about by hand: the policy still keeps it from running and from asking."""
    person = visit()
    watch = Watch(person)
    person.goto("/sign-in")
    person.sees(person.heading("accounts.welcome"))
    # The words are there before React is; what is put between it and its page it takes out again.
    person.page.wait_for_function("() => Object.keys(document.querySelector('main')).some((key) => key.startsWith('__react'))")
    told = list[int]()
    person.page.on("response", lambda reply: told.append(reply.status) if reply.url.endswith("/csp-reports") else None)
    person.page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        f"<img src=x onerror=sijiOwned(1)><img src=https://{HOST}/a><a href=javascript:1>x</a>",
    )
    person.page.wait_for_timeout(500)
    assert len(person.page.evaluate(MADE, HOST)) == 3
    assert {line.split()[1] for line in person.violations} == {"script-src-attr:", "img-src:"}
    assert (len(watch.done), watch.kept_back) == (1, ["csp"]), "it was asked for, and the browser did not let it go"
    person.violations.clear()
