"""What a page asks of the server when it is opened, as the browser itself tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response

SETTLED_MS = 1000
"""A page is settled when it has asked for nothing during this time."""
ASKED_MS = 500
"""It has asked for all that it asks by itself when it is read, waits for no answer and has asked nothing during this time."""
LONGEST_MS = 20_000
STEP_MS = 250

ENDLESS = re.compile(r"/(events|audio)$")
# A stream has no end, and sound is fetched for the ear while the page is there already.
CALLS = r"""() => performance.getEntriesByType("resource")
  .map((it) => ({ url: new URL(it.name), began: it.startTime, ended: it.responseEnd }))
  .filter(({ url }) => url.pathname.startsWith("/api/") && !/\/(events|audio)$/.test(url.pathname))
  .map(({ url, began, ended }) => [url.pathname + url.search, began, ended])"""
IS_READ = "() => document.readyState !== 'loading'"
COUNT = "() => performance.getEntriesByType('resource').length"


@dataclass(frozen=True)
class Call:
    url: str
    began: float
    ended: float
    """Milliseconds after the page was asked for."""


@contextmanager
def all_asked(page: Page) -> Iterator[None]:
    """Around the opening of a page whose scripts are held back: over when it has asked for all that it asks by itself."""
    begun, waiting = [0], set[Request]()

    def begins(request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/api/") and not ENDLESS.search(path):
            begun[0] += 1
            waiting.add(request)

    def is_answered(response: Response) -> None:
        waiting.discard(response.request)

    def fails(request: Request) -> None:
        waiting.discard(request)

    # Not "requestfinished": what nobody has read yet is not finished, and who reads it are the scripts.
    heard = {"request": begins, "response": is_answered, "requestfailed": fails}
    for event, hear in heard.items():
        page.on(event, hear)
    yield
    _until_silent(page, ASKED_MS, lambda: begun[0] if not waiting and page.evaluate(IS_READ) else None)
    for event, hear in heard.items():
        page.remove_listener(event, hear)


def settle(page: Page) -> None:
    """Not the browser's own "network idle": streams stay open for as long as a page does."""
    _until_silent(page, SETTLED_MS, lambda: page.evaluate(COUNT))


def _until_silent(page: Page, silence_ms: int, count: Callable[[], int | None]) -> None:
    """Until ``count`` has stayed the same; None: it is not the time yet."""
    before, silent, waited = None, 0, 0
    while silent < silence_ms and waited < LONGEST_MS:
        page.wait_for_timeout(STEP_MS)
        now = count()
        silent, waited = (silent + STEP_MS if now is not None and now == before else 0), waited + STEP_MS
        before = now


def calls_of(page: Page) -> list[Call]:
    return sorted((Call(*row) for row in page.evaluate(CALLS)), key=lambda call: call.began)


def rounds(calls: list[Call]) -> int:
    """How often the page had to hear an answer before it asked on: a call that begins after another ended is a new round."""
    count, first_end = 0, -1.0
    for call in calls:
        if count == 0 or call.began >= first_end:
            count, first_end = count + 1, call.ended
        first_end = min(first_end, call.ended)
    return count
