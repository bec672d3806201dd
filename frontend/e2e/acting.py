"""What a student does in the exam room, said once for every story that goes there."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .people import Person
from .product import until
from .words import words

ESSAY = (
    "Nowadays more and more student like to study in the library. In my opinion, a library is a good place to read books, "
    "because it open our eyes and nobody disturbs us there. For example, my cousin goes to the city library every weekend, and "
    "he became much more confident after he read many books in that library."
)
"""With errors that every marker sees."""


def begins(student: Person, school: dict[str, Any]) -> str:
    """The id of the attempt."""
    student.button("attempts.start.exam").first.click()
    dialog = student.dialog("attempts.examTitle", title=school["exam"]["title"])
    dialog.get_by_role("button", name=student.words("attempts.startExam")).click()
    student.page.wait_for_url("**/attempt/**")
    return student.page.url.rsplit("/", 1)[1]


def begins_practice(student: Person, school: dict[str, Any]) -> str:
    """The same for what is set as practice, from its course."""
    student.goto(f"/courses/{school['course']}")
    student.button("attempts.start.practice").first.click()
    student.page.wait_for_url("**/attempt/**")
    return student.page.url.rsplit("/", 1)[1]


def choice(page: Page, slot: str, letter: str, language: str = "zh") -> Locator:
    group = page.get_by_role("radiogroup", name=words("room.choicesOf", language=language, slot=slot))
    return group.get_by_role("radio").nth("ABCD".index(letter))


def choose(page: Page, slot: str, letter: str, language: str = "zh") -> None:
    chosen = choice(page, slot, letter, language)
    chosen.click()
    expect(chosen).to_have_attribute("aria-checked", "true")


def wrong(letter: str) -> str:
    return "ABCD"[("ABCD".index(letter) + 1) % 4]


def section(page: Page, letter: str) -> Locator:
    return page.get_by_role("navigation").get_by_text(f"阅读 {letter}").first


def saved(page: Page, *, seconds: float = 15) -> None:
    """Every answer is acknowledged by the server. The page says "unsaved" in the same moment in which something is typed."""
    expect(page.locator('[data-save="saved"]').first).to_be_visible(timeout=seconds * 1000)


def hands_in(student: Person) -> None:
    student.button("room.submit").last.click()
    student.dialog("room.submitTitle").get_by_role("button", name=student.words("room.submit"), exact=True).click()
    student.page.wait_for_url("**/report/**", timeout=30_000)


def writes_and_hands_in(student: Person, text: str) -> None:
    student.page.get_by_label(student.words("room.yourEssay")).fill(text)
    saved(student.page)
    hands_in(student)


def seconds_left(page: Page) -> int:
    timer = page.get_by_role("timer")
    until("the clock shows", lambda: re.search(r"\d+:\d\d", timer.inner_text()) is not None)
    found = re.search(r"(\d+):(\d\d)", timer.inner_text())
    assert found is not None
    return int(found[1]) * 60 + int(found[2])


AT = """() => {
  const at = document.activeElement, look = getComputedStyle(at), whole = at.getBoundingClientRect();
  if (at === document.body) return null;
  const left = Math.max(whole.left, 0), top = Math.max(whole.top, 0);
  const place = { left, top, width: Math.min(whole.right, innerWidth) - left, height: Math.min(whole.bottom, innerHeight) - top };
  const isInFront = (right, down) => {
    const front = document.elementFromPoint(place.left + place.width * right, place.top + place.height * down);
    return front !== null && (at.contains(front) || front.contains(at));
  };
  return {
    what: at.outerHTML.slice(0, 140),
    isShown: at.matches(":focus-visible") && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0,
    isInView: [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([right, down]) => isInFront(right, down)),
  };
}"""


def focus_is_seen(page: Page) -> None:
    """Where the keyboard has come to, unless that is the browser's own bar, between the last stop and the first."""
    at = page.evaluate(AT)
    if at is not None:
        assert at["isShown"], f"one does not see the focus at {at['what']}"
        assert at["isInView"], f"something stands before {at['what']}"
