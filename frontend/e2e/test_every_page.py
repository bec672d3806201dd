"""A tour of every page, as everybody who may stand there: in Chinese by day, in English by night, on a desk and on a phone.

Each place is visited once, every other one by night; ``make drills`` visits each at the other time as well.

Nothing is said on the console, no request fails but those that belong to the place, nothing is wider than the window,
no message is missing, and axe finds nothing. Axe, which is most of what a tour costs, looks at each page in each language and in
each theme once: not in English by day nor in Chinese by night.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Literal

import pytest
from playwright.sync_api import ViewportSize, expect

from . import axe
from .conftest import Visit
from .pages import files
from .people import Person
from .places import PLACES, Place, go_on_tour, stand_at
from .product import Product
from .words import MESSAGES

Theme = Literal["light", "dark"]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
PEOPLE = sorted({place.who for place in PLACES})
NAMESPACES = "|".join(sorted(file.stem for file in (MESSAGES / "zh").glob("*.json")))
KEY = re.compile(rf"\b(?:{NAMESPACES})\.[a-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\b")
HOLE = re.compile(r"(?<!/)\{\w+[,}]")
"""Not those of an operation's address, which the promise board names."""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
ALL_WORDS = """() => [document.title, document.body.innerText, ...[...document.querySelectorAll(
  "[aria-label],[title],[placeholder],[alt]")].flatMap(at => ["aria-label", "title", "placeholder", "alt"].map(name =>
  at.getAttribute(name) ?? ""))].join("\\n")"""


def test_every_place_is_visited_at_both_times() -> None:
    visited = [(place, visit.values[1]) for visit in VISITS for place in places_of(visit.values[0])[visit.values[3] :: 2]]
    assert Counter(visited) == Counter((place, language) for place in PLACES for language, _ in (DAY, NIGHT))


def test_every_page_has_a_place() -> None:
    assert files() - {place.page for place in PLACES} == set(), "say in places.py who stands there and what they see"


def test_no_place_is_of_a_page_that_is_gone() -> None:
    assert {place.page for place in PLACES} - files() == set()


@pytest.fixture(scope="session")
def tour(siji: Product) -> dict[str, Any]:
    return go_on_tour(siji, alone=False)


def places_of(who: str) -> list[Place]:
    return [place for place in PLACES if place.who == who]


DAY, NIGHT = ("zh-CN", "light"), ("en-US", "dark")
VISITS = [
    pytest.param(who, *time, first, marks=pytest.mark.drill if is_drill else (), id=f"{who}-{'-'.join(time)}-{first}")
    for is_drill in (False, True)
    for first, time in ((0, NIGHT if is_drill else DAY), (1, DAY if is_drill else NIGHT))
    for who in PEOPLE
    if len(places_of(who)) > first
]


@pytest.mark.parametrize(("who", "language", "theme", "first"), VISITS)
def test_every_page(visit: Visit, siji: Product, tour: dict[str, Any], who: str, language: str, theme: Theme, first: int) -> None:
    """``first``: 0 or 1, the first of every other place."""
    if who == "candidate":  # exams run on while others are on tour
        tour = go_on_tour(siji)
    person = visit(locale=language, is_calm=True)
    if who in tour:
        person.sign_in(tour[who])
    found = [
        f"{place.name}: {what}" for place in places_of(who)[first::2] for what in looks_around(person, place, tour["ids"], theme)
    ]
    assert found == [], "\n".join(found)


def looks_around(person: Person, place: Place, ids: dict[str, str], theme: Theme) -> list[str]:
    page, found = person.page, person.complaints
    found.clear()
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    undo = stand_at(person, place, ids)
    if theme == "dark":  # dusk falls while the page stands open
        page.emulate_media(color_scheme="dark")
        if place.dark:
            expect(page.locator("html")).to_have_attribute("data-theme", place.dark)
    seen = [*axe.violations(page), *missing_words(person), *too_wide(person, DESK), *too_wide(person, PHONE)]
    undo()
    return seen + [said for said in found if not belongs(said, place)]


def belongs(said: str, place: Place) -> bool:
    """A refusal that is the place's own; where a page breaks, React says so."""
    return any(said.startswith(f"{status} ") for status in place.refused) or place.page == "error"


def missing_words(person: Person) -> list[str]:
    words = person.page.evaluate(ALL_WORDS)
    return [f"no message: {found}" for found in {*KEY.findall(words), *HOLE.findall(words)}]


def too_wide(person: Person, size: ViewportSize) -> list[str]:
    person.page.set_viewport_size(size)
    by = person.page.evaluate(WIDER)
    return [f"{by} px wider than {size['width']} px"] if by > 0 else []
