"""The product, a browser, and people to open it. One product for all stories; every story brings people of its own.

Most of a story's time is an exam's clock, so several processes tell stories at once (``-n 4``) on the one product, which the
process that hands them out starts and stops.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from .people import CHROMIUM, SCREENSHOTS, Person
from .product import Product, one_that_runs

LOGS = pytest.StashKey[str]()
SHARED = pytest.StashKey[Product]()
SHARED_AT = pytest.StashKey[dict[str, str]]()
SECONDS = {
    "test_a_whole_paper": 137,
    "test_by_keyboard": 90,
    "test_first_visits": 65,
    "test_every_page[teacher": 30,
    "test_texts_stay_texts": 29,
    "test_from_syllabus_to_course": 24,
    "test_answers_left_behind": 22,
    "test_a_mark_is_questioned": 16,
    "test_every_page[admin": 14,
    "test_every_page[candidate": 13,
    "test_every_page[student": 13,
    "test_every_page": 4,
}
"""About as long as those take whose names begin so; all others some ten seconds."""
WAIT = ("test_a_whole_paper", "test_by_keyboard", "test_first_visits")
"""For a clock or for silence most of their time: they leave the processor to others."""

Visit = Callable[..., Person]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where other processes will tell the stories, their product is there before them."""
    if session.config.getoption("numprocesses", None) and not session.config.option.collectonly:
        running = one_that_runs()
        if running is None:
            session.config.stash[SHARED] = Product()
            session.config.stash[SHARED].start()
        session.config.stash[SHARED_AT] = (running or session.config.stash[SHARED]).where


def pytest_configure_node(node: Any) -> None:
    node.workerinput["product"] = node.config.stash[SHARED_AT]


def pytest_unconfigure(config: pytest.Config) -> None:
    if SHARED in config.stash:
        config.stash[SHARED].stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dealt out so that all processes are busy for as long: each is handed its share as one piece (``--dist worksteal``).

    Those that wait are begun at once, by all processes but one, which tells what needs the processor, the longest first. Who has
    nothing left takes from the end of another's share, where the short ones are.
    """
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    dealt: list[list[pytest.Item]] = [[] for _ in range(hands)]
    room = [(len(items) + hand) // hands for hand in range(hands)]
    for item in sorted(items, key=lambda item: (item.name.startswith(WAIT), _seconds(item)), reverse=True):
        open_hands = [hand for hand in range(hands) if len(dealt[hand]) < room[hand]]
        patient = open_hands[: hands - 1] if item.name.startswith(WAIT) else open_hands
        dealt[min(patient or open_hands, key=lambda hand: sum(map(_seconds, dealt[hand])))].append(item)
    items[:] = [item for hand in dealt for item in hand]


def _seconds(item: pytest.Item) -> int:
    return max((seconds for name, seconds in SECONDS.items() if item.name.startswith(name)), default=10)


@pytest.fixture(scope="session")
def siji(request: pytest.FixtureRequest) -> Iterator[Product]:
    given = getattr(request.config, "workerinput", {}).get("product")
    running = Product(given) if given else one_that_runs()
    if running is not None:
        yield running
        return
    product = Product()
    product.start()
    yield product
    product.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, siji: Product, chromium: Browser) -> Iterator[Visit]:
    """Opens a browser for one more person. What a failed story saw is kept in build/screenshots."""
    people: list[Person] = []

    def come(**looks: object) -> Person:
        people.append(Person(chromium, siji.address, **looks))  # type: ignore[arg-type]
        return people[-1]

    yield come
    if request.node.stash.get(LOGS, ""):
        _keep_what_was_seen(request.node.name, people)
    for person in people:
        person.context.close()
    refused = [what for person in people for what in person.violations]
    assert refused == [], "the pages' policy refused something (person.violations)"


def _keep_what_was_seen(test: str, people: list[Person]) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for person in people for page in person.context.pages):
        page.screenshot(path=SCREENSHOTS / f"failed-{re.sub(r'[^a-z0-9]+', '-', test)}-{number}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    product = getattr(item, "funcargs", {}).get("siji")
    if report.failed and product is not None:
        item.stash[LOGS] = product.logs()
        report.sections.append(("logs of the product", item.stash[LOGS]))
    return report
