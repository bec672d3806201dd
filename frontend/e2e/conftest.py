"""The product, a browser, and people to open it. One product for all stories; every story brings people of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from .people import SCREENSHOTS, Person
from .product import Product

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
LOGS = pytest.StashKey[str]()

Visit = Callable[..., Person]


@pytest.fixture(scope="session")
def siji() -> Iterator[Product]:
    product = Product()
    try:
        product.start()
    except BaseException:
        product.machine.remove()
        raise
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
