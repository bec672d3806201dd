"""``make screenshots``: a picture of every place that has a name for one, on a desk and on a phone, into build/pictures.

Those of the Chinese pages by day, and the few others that show the product best, are copied into docs/screenshots. The names are
always the same, so that a picture that changed is a file that changed; each is small enough for a repository.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from .people import CHROMIUM, Person
from .places import PLACES, Place, go_on_tour, stand_at
from .product import Product, one_that_runs

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "pictures"
KEPT = ROOT / "docs" / "screenshots"
ALSO_KEPT = {"student-report-en-1440", "class-analysis-en-1440", "exam-cloze-dark-1440", "student-home-en-390"}
DESK = 1440
SIZES = {DESK: 900, 390: 844}
MOST_BYTES = 45_000
QUALITIES = (82, 70, 58, 46, 34, 22)
ALSO_IN_THE_DARK = {
    *("student-home", "student-report", "exam-cloze", "teacher-results", "marking-script"),
    *("teacher-run", "teacher-run-questions", "admin-promises", "calibration"),
}

Scheme = Literal["light", "dark"]


def main() -> None:
    running = one_that_runs()
    product = running or Product()
    if running is None:
        product.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            sizes = list(take_all(browser, product))
            browser.close()
    finally:
        if running is None:
            product.stop()
    keep_some()
    sys.stdout.write(f"{len(sizes)} pictures, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e3:.0f} kB: {FOLDER}\n")


def take_all(browser: Browser, product: Product) -> Iterable[int]:
    """The size of each file."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    tour = go_on_tour(product)
    for who in dict.fromkeys(place.who for place in PLACES):
        mine = [place for place in PLACES if place.who == who and place.picture]
        yield from take(browser, product, tour, mine, "zh-CN", "light", "")
        yield from take(browser, product, tour, chosen(mine, ALSO_IN_THE_DARK), "zh-CN", "dark", "-dark")
        yield from take(browser, product, tour, mine, "en-US", "light", "-en")


def chosen(places: list[Place], names: set[str]) -> list[Place]:
    return [place for place in places if place.picture in names]


def take(
    browser: Browser, product: Product, tour: dict[str, Any], places: list[Place], locale: str, scheme: Scheme, suffix: str
) -> Iterable[int]:
    if not places:
        return
    person = Person(browser, product.address, locale=locale, is_calm=True)
    person.page.emulate_media(color_scheme=scheme)
    if places[0].who in tour:
        person.sign_in(tour[places[0].who])
    for place in places:
        # The way to a place is the desk's: on a phone some of its buttons are within menus.
        person.page.set_viewport_size({"width": DESK, "height": SIZES[DESK]})
        stand_at(person, place, tour["ids"])
        for width, height in SIZES.items():
            person.page.set_viewport_size({"width": width, "height": height})
            person.is_all_there()
            person.page.wait_for_function("document.fonts.status === 'loaded'")
            small = smallest_good(person.page.screenshot(caret="hide"))
            (FOLDER / f"{place.picture}{suffix}-{width}.webp").write_bytes(small)
            yield len(small)
    person.context.close()


def keep_some() -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.webp"):
        old.unlink()
    for picture in FOLDER.glob("*.webp"):
        if picture.stem in ALSO_KEPT or not {"en", "dark"} & set(picture.stem.split("-")):
            shutil.copy(picture, KEPT)


def smallest_good(png: bytes) -> bytes:
    """The best quality that is small enough."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in QUALITIES:
        kept = io.BytesIO()
        picture.save(kept, "WEBP", quality=quality, method=6)
        if kept.tell() <= MOST_BYTES:
            break
    return kept.getvalue()


if __name__ == "__main__":
    main()
