"""An essay is marked and written anew with the difference shown; its mark is appealed against, and the teacher decides."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .acting import ESSAY, begins_practice, writes_and_hands_in
from .conftest import Visit
from .people import Person
from .product import Product

BETTER = ESSAY.replace("more student like", "more students like").replace("it open our", "it opens our")
WHY = "第二段举的例子说明了理由，请按切题的档次再看一次。"


def test_a_mark_is_questioned(siji: Product, visit: Visit) -> None:
    school = siji.school(mode="practice", sections=["writing"])
    student, teacher = visit(), visit()
    student.sign_in(school["student"])
    first = begins_practice(student, school)
    writes_and_hands_in(student, ESSAY)
    student.sees(student.text("machine.provisional"), student.text("machine.next"), seconds=20)

    teacher.sign_in(school["teacher"])
    gives(teacher, "7", "例子不错，注意主谓一致。", "marks")

    student.page.reload()
    student.sees(student.page.get_by_text("例子不错，注意主谓一致。"))
    student.button("report.rewrite.begin").click()
    student.page.wait_for_url("**/attempt/**")
    writes_and_hands_in(student, BETTER)
    student.sees(student.heading("report.rewrite.versions"), seconds=20)
    expect(student.page.locator("ins").first).to_contain_text("students")
    expect(student.page.locator("del").first).to_contain_text("student")
    student.picture("essay-rewritten", whole=True)

    student.goto(f"/report/{first}")
    student.page.get_by_text(student.words("report.appeal.title")).click()
    student.field("report.appeal.words").fill(WHY)
    student.button("report.appeal.send").click()
    student.sees(student.text("report.appeal.waits"))

    teacher.goto("/marking")
    teacher.page.get_by_role("combobox", name=teacher.words("marking.state"), exact=True).click()
    teacher.page.get_by_role("option", name=teacher.words("marking.states.needs"), exact=True).click()
    teacher.sees(teacher.text("marking.appealed"))
    gives(teacher, "9", "确实切题，改为 9 分。", "appeal-decisions")
    student.page.reload()
    student.sees(student.text("report.appeal.changed", mark=9), student.page.get_by_text("确实切题，改为 9 分。"))
    assert student.complaints == []
    assert teacher.complaints == []
    teacher.goto(f"/courses/{school['course']}?tab=results")
    teacher.sees(teacher.page.get_by_text(teacher.words("results.makers.appeal")))
    teacher.picture("results-who-marked", whole=True)


def gives(teacher: Person, value: str, comment: str, what: str) -> None:
    """The only script of the pile."""
    if what == "marks":
        teacher.goto("/marking")
    teacher.page.get_by_role("link", name="陈思源").first.click()
    box = teacher.page.get_by_label(teacher.words("marking.comment" if what == "marks" else "marking.reply"))
    box.fill(comment)
    box.blur()
    teacher.page.keyboard.type(value)
    with teacher.page.expect_response(re.compile(rf"/scripts/\d+/{what}$")) as answer:
        teacher.page.keyboard.press("Enter")
    assert answer.value.status == 201, answer.value.text()
