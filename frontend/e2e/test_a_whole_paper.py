"""A student sits a whole paper through reload, second tab, thirty seconds offline and a wrong clock; the teacher marks."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from .acting import begins, choose, hands_in, saved, seconds_left, section, wrong
from .conftest import Visit
from .people import Person
from .product import Product
from .words import pattern, words

MINUTES = {"writing": 0.75, "listening": 0.6, "collection": 0.15, "reading": 3}
ESSAY = (
    "Dear teacher, I believe that everybody should try one course that is hard for them, because it shows them how they learn."
)
FIRST_WORDS = "Dear teacher, I believe"
TRANSLATION = "In a teahouse people drink tea, talk with friends and listen to stories."
OFFLINE_MS = 30_000
WRONG_BY_HOURS = 5

WRONG_CLOCK = """hours => {
  const Real = Date, wrong = hours * 3600e3;
  window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + wrong); }
    static now() { return Real.now() + wrong; }
  };
}"""


def test_a_whole_paper(siji: Product, visit: Visit) -> None:
    school = siji.school(minutes=MINUTES)
    student = visit()
    student.sign_in(school["student"])
    student.button("attempts.start.exam").first.click()
    student.sees(student.dialog("attempts.examTitle").get_by_text(words("attempts.ruleAudio")))
    student.page.keyboard.press("Escape")
    attempt = begins(student, school)
    typed: dict[str, str] = {}

    writes(student, typed)
    listens(student, typed, school["key"])
    student.sees(student.text("room.collectionTitle"), seconds=45)
    student.picture("whole-paper-collection")
    reads(student, typed, school["key"])
    student.button("room.submit").last.click()
    student.sees(student.dialog("room.submitTitle").get_by_text(pattern("room.unansweredList")))
    student.page.keyboard.press("Escape")
    hands_in(student)

    kept = {answer["item"]: answer["value"] for answer in student.read(f"/attempts/{attempt}")["answers"]}
    assert kept == typed
    student.sees(student.text("report.provisional"))
    assert student.read(f"/attempts/{attempt}/report")["estimate"]["is_provisional"]

    marks_everything(visit(), school)
    student.page.reload()
    student.sees(student.text("report.estimateWords"), student.text("report.chance"), student.page.get_by_text("老师的评语"))
    report = student.read(f"/attempts/{attempt}/report")
    assert not report["estimate"]["is_provisional"]
    assert {script["slot"]: script["mark"]["value"] for script in report["scripts"]} == {"W": 9, "T": 11}
    student.picture("whole-paper-report", whole=True)
    student.page.set_viewport_size({"width": 390, "height": 844})
    student.picture("whole-paper-report-390", whole=True)
    assert student.complaints == []


def writes(student: Person, typed: dict[str, str]) -> None:
    page = student.page
    essay = page.get_by_label(words("room.yourEssay"))
    essay.fill(FIRST_WORDS)
    saved(page)
    left = seconds_left(page)
    page.reload()
    expect(essay).to_have_value(FIRST_WORDS)
    assert seconds_left(page) <= left

    second = student.open_tab()
    second.goto(page.url)
    in_second = second.get_by_label(words("room.yourEssay"))
    expect(in_second).to_have_value(FIRST_WORDS)
    in_second.fill(ESSAY)
    saved(second)
    expect(essay).to_have_value(ESSAY)
    typed["W"] = ESSAY
    second.close()

    left = seconds_left(page)
    page.evaluate(WRONG_CLOCK, WRONG_BY_HOURS)
    page.wait_for_timeout(1500)
    assert left - 6 <= seconds_left(page) < left
    student.sees(student.text("room.wordCount", count=len(ESSAY.split())))


def listens(student: Person, typed: dict[str, str], key: dict[str, str]) -> None:
    page = student.page
    first = page.get_by_role("radiogroup", name=words("room.choicesOf", slot=1))
    expect(first).to_be_visible(timeout=60_000)
    start = page.get_by_role("button", name=words("room.startSound"))
    playing = page.get_by_text(words("room.sounds.playing")).first
    expect(start.or_(playing).first).to_be_visible()
    if start.is_visible():
        start.click()
    expect(playing).to_be_visible(timeout=15_000)
    for slot in ("1", "2", "3"):
        choose(page, slot, key[slot])
        typed[slot] = key[slot]
    choose(page, "3", wrong(key["3"]))
    typed["3"] = wrong(key["3"])
    saved(page)


def reads(student: Person, typed: dict[str, str], key: dict[str, str]) -> None:
    page = student.page
    section(page, "C").click(timeout=30_000)
    choose(page, "46", key["46"])
    typed["46"] = key["46"]
    saved(page)
    student.context.set_offline(True)
    for slot in ("47", "48"):
        choose(page, slot, key[slot])
        typed[slot] = key[slot]
    student.sees(student.text("room.offline"))
    student.picture("whole-paper-offline")
    page.wait_for_timeout(OFFLINE_MS)
    student.context.set_offline(False)
    saved(page, seconds=30)
    page.get_by_role("navigation").get_by_text("翻译").first.click()
    page.get_by_label(words("room.yourTranslation")).fill(TRANSLATION)
    typed["T"] = TRANSLATION
    saved(page)


def marks_everything(teacher: Person, school: dict[str, Any]) -> None:
    teacher.sign_in(school["teacher"])
    teacher.page.goto("/zh/marking")
    teacher.page.get_by_role("link", name=pattern("marking.begin")).or_(teacher.button("marking.begin")).first.click()
    teacher.sees(teacher.page.get_by_text(ESSAY))
    mark(teacher, "9", "老师的评语：句子要更短。")
    teacher.sees(teacher.page.get_by_text(school["student"]["name"]))
    teacher.page.goto("/zh/marking")
    teacher.page.get_by_role("link", name=pattern("marking.begin")).or_(teacher.button("marking.begin")).first.click()
    teacher.sees(teacher.page.get_by_text(TRANSLATION))
    teacher.picture("whole-paper-desk")
    mark(teacher, "11", "老师的评语：译得通顺。")
    assert teacher.complaints == []


def mark(teacher: Person, value: str, comment: str) -> None:
    """By the keyboard, as the desk says: digits, then Enter."""
    teacher.page.get_by_label(words("marking.comment")).fill(comment)
    teacher.page.get_by_label(words("marking.comment")).blur()
    teacher.page.keyboard.type(value)
    with teacher.page.expect_response(re.compile(r"/scripts/\d+/marks$")) as answer:
        teacher.page.keyboard.press("Enter")
    assert answer.value.status == 201, answer.value.text()
