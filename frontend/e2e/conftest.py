"""The product, a browser, and people to open it. One product for all stories; every story brings people of its own.

Most of a story's time is an exam's clock, so several processes tell stories at once (``-n 4``) on the one product, which the
process that hands them out starts and stops.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator
from itertools import zip_longest
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from .people import CHROMIUM, SCREENSHOTS, Person
from .product import Product, one_that_runs

LOGS = pytest.StashKey[str]()
SHARED = pytest.StashKey[Product]()
SHARED_AT = pytest.StashKey[dict[str, str]]()
LONGEST_FIRST = ("test_a_whole_paper.py", "test_by_keyboard.py")
WAITING, BUSY = "test_first_visits.py", "test_every_page.py"

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
    """What takes longest begins first, and who waits for a page stands beside who computes.

    Each process is handed its share as one piece (``--dist worksteal``), so they are dealt out like cards.
    """
    waiting, busy = ([item for item in items if item.path.name == name] for name in (WAITING, BUSY))
    turns = [item for pair in zip_longest(waiting, busy) for item in pair if item is not None]
    order = {item: place for place, item in enumerate(turns)}
    items.sort(key=lambda item: (_rank(item.path.name), order.get(item, 0)))
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [item for first in range(hands) for item in items[first::hands]]


def _rank(file: str) -> int:
    if file in LONGEST_FIRST:
        return LONGEST_FIRST.index(file)
    return len(LONGEST_FIRST) + (0 if file in (WAITING, BUSY) else 1)


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
