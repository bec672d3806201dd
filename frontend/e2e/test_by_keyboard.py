"""A whole exam without a mouse: every stop of Tab can be seen, and every part can be worked from the keys alone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .acting import choice, focus_is_seen, saved, seconds_left
from .conftest import Visit
from .people import Person
from .product import Product

MINUTES = {"writing": 0.6, "listening": 0.6, "collection": 0.15, "reading": 6}
ESSAY = "Dear friend, a keyboard is all I have today."
TRANSLATION = "People drink tea."
MOST_STOPS = 120

NO_MOUSE = """() => {
  window.touched = [];
  for (const kind of ["pointerdown", "mousedown", "touchstart"])
    window.addEventListener(kind, event => window.touched.push(kind), { capture: true });
}"""


def test_by_keyboard(siji: Product, visit: Visit) -> None:
    school = siji.school(minutes=MINUTES)
    key = school["key"]
    student = visit(is_calm=True)
    student.context.add_init_script(f"({NO_MOUSE})()")
    signs_in(student, school["student"])
    attempt = begins(student, school)
    typed = {"W": ESSAY}

    tab_to(student.page, student.page.get_by_label(student.words("room.yourEssay")))
    student.page.keyboard.type(ESSAY)
    saved(student.page)
    listens(student, typed, key)
    student.sees(student.text("room.collectionTitle"), seconds=60)
    reads(student, typed, key)
    tab_to(student.page, student.field("room.yourTranslation"))
    student.page.keyboard.type(TRANSLATION)
    typed["T"] = TRANSLATION
    saved(student.page)
    hands_in(student)

    kept = {answer["item"]: answer["value"] for answer in student.read(f"/attempts/{attempt}")["answers"]}
    assert kept == typed
    assert student.page.evaluate("window.touched") == []
    assert student.complaints == []


def signs_in(student: Person, account: dict[str, Any]) -> None:
    student.goto("/sign-in")
    expect(student.field("accounts.username")).to_be_focused()
    student.page.keyboard.type(account["username"])
    tab_to(student.page, student.field("accounts.password"))
    student.page.keyboard.type(account["password"])
    student.page.keyboard.press("Enter")
    student.sees(student.heading("home.hello", name=account["name"]))


def begins(student: Person, school: dict[str, Any]) -> str:
    page = student.page
    start = student.button("attempts.start.exam").first
    student.sees(start)
    tab_to(page, start)
    page.keyboard.press("Enter")
    dialog = student.dialog("attempts.examTitle", title=school["exam"]["title"])
    student.sees(dialog)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(start).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, dialog.get_by_role("button", name=student.words("attempts.startExam")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempt/**")
    seconds_left(page)
    return page.url.rsplit("/", 1)[1]


def listens(student: Person, typed: dict[str, str], key: dict[str, str]) -> None:
    page = student.page
    expect(choice(page, "1", "A")).to_be_visible(timeout=60_000)
    # Typing was a sign of life enough: the sound begins without a press of anything.
    expect(page.get_by_text(student.words("room.sounds.playing")).first).to_be_visible(timeout=15_000)
    for slot in ("1", "2"):
        answers(page, slot, key[slot])
        typed[slot] = key[slot]
        page.keyboard.press("ArrowDown")
    third = choice(page, "3", key["3"])
    tab_to(page, third)
    page.keyboard.press("Space")
    expect(third).to_have_attribute("aria-checked", "true")
    typed["3"] = key["3"]
    saved(page)


def reads(student: Person, typed: dict[str, str], key: dict[str, str]) -> None:
    page = student.page
    blank = page.get_by_role("main").get_by_role("button", name=student.pattern("room.emptyBlank", slot=26))
    expect(blank).to_be_visible(timeout=60_000)
    page.keyboard.press(f"Shift+{key['26']}")
    expect(blank).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(f"Shift+{key['27']}")
    page.keyboard.press("Delete")
    page.keyboard.press(f"Shift+{key['27']}")
    goes_to(student, "reading-b", back=True)
    paragraph = page.get_by_role("radiogroup", name=student.words("room.paragraphFor", slot=36))
    page.keyboard.press(key["36"])
    expect(paragraph.get_by_role("radio", name=key["36"], exact=True)).to_have_attribute("aria-checked", "true")
    goes_to(student, "reading-c")
    answers(page, "46", key["46"])
    typed |= {slot: key[slot] for slot in ("26", "27", "36", "46")}
    saved(page)
    goes_to(student, "translation")


def goes_to(student: Person, section: str, *, back: bool = False) -> None:
    tab = student.page.get_by_role("navigation").get_by_role("button", name=student.words(f"common.sections.{section}"))
    tab_to(student.page, tab, back=back)
    student.page.keyboard.press("Enter")
    expect(tab).to_have_attribute("aria-current", "step")


def answers(page: Page, slot: str, letter: str) -> None:
    page.keyboard.press(letter)
    expect(choice(page, slot, letter)).to_have_attribute("aria-checked", "true")


def hands_in(student: Person) -> None:
    page = student.page
    tab_to(page, student.button("room.submit"))
    page.keyboard.press("Enter")
    dialog = student.dialog("room.submitTitle")
    student.sees(dialog.get_by_text(student.pattern("room.unansweredList")))
    tab_to(page, dialog.get_by_role("button", name=student.words("room.submit"), exact=True), back=True)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/report/"), timeout=30_000)


def tab_to(page: Page, target: Locator, *, back: bool = False) -> None:
    """Presses Tab until it is there. Each stop on the way shows that it is one, and nothing stands before it."""
    for _ in range(MOST_STOPS):
        if target.evaluate("at => at === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focus_is_seen(page)
    raise AssertionError(f"not within {MOST_STOPS} presses of Tab: {target}")
