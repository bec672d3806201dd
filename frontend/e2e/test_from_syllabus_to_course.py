"""A teacher brings a syllabus, sends a plan back, edits it, approves one question, publishes; a student finds the sessions."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from .conftest import Visit
from .people import SCREENSHOTS, Person
from .product import Product

SYLLABUS = Path(__file__).resolve().parents[2] / "content" / "syllabi" / "terse.txt"
ACTIVITY = "先听一遍新闻，再两人一组核对要点。"


def test_from_syllabus_to_course(siji: Product, visit: Visit) -> None:
    school = siji.school(mode="practice", sections=["reading-c"])
    teacher = visit()
    teacher.sign_in(school["teacher"])
    teacher.goto(f"/courses/{school['course']}")
    brings_a_syllabus(teacher)
    run = begins_a_run(teacher)
    approves(teacher, "analysis")
    sends_the_plan_back(teacher)
    edits_the_plan(teacher)
    prints_the_plan(teacher)
    approves(teacher, "plan")
    decides_on_questions(teacher)
    approves(teacher, "questions")
    approves(teacher, "criteria")
    publishes(teacher)
    assert teacher.read(f"/runs/{run}")["state"] == "published"
    assert teacher.complaints == []

    student = visit(width=390, height=844)
    student.sign_in(school["student"])
    student.goto(f"/courses/{school['course']}")
    student.sees(student.text("courses.units"))
    student.page.locator("summary").filter(has_text=student.pattern("courses.unit", number=1)).click()
    student.sees(student.page.get_by_text(ACTIVITY), student.page.get_by_role("link", name=re.compile("第 1 次课练习")))
    student.picture("course-units-390", whole=True)
    assert student.complaints == []


def brings_a_syllabus(teacher: Person) -> None:
    teacher.page.get_by_role("tab", name=teacher.words("courses.tabs.syllabi"), exact=True).click()
    with teacher.page.expect_file_chooser() as chooser:
        teacher.button("syllabi.choose").first.click()
    chooser.value.set_files(SYLLABUS)
    teacher.sees(teacher.text("syllabi.amount"), seconds=30)


def begins_a_run(teacher: Person) -> int:
    teacher.page.get_by_role("tab", name=teacher.words("courses.tabs.runs"), exact=True).click()
    teacher.button("runs.start").first.click()
    form = teacher.dialog("runs.start")
    form.get_by_label(teacher.words("runs.hours"), exact=True).fill("4")
    form.get_by_role("button", name=teacher.words("runs.begin"), exact=True).click()
    teacher.page.wait_for_url("**/runs/*")
    return int(teacher.page.url.rsplit("/", 1)[1])


def opens(teacher: Person, name: str) -> None:
    tab = teacher.page.get_by_role("tab", name=teacher.words(f"run.tabs.{name}"), exact=True)
    expect(tab).to_be_enabled(timeout=30_000)
    tab.click()


def approves(teacher: Person, name: str) -> None:
    opens(teacher, name)
    panel = teacher.page.get_by_role("tabpanel", name=teacher.words(f"run.tabs.{name}"))
    with teacher.page.expect_response(re.compile(rf"/stages/{name}/approval$")) as answer:
        panel.get_by_role("button", name=teacher.words("run.approve"), exact=True).click()
    assert answer.value.status == 200, answer.value.text()


def sends_the_plan_back(teacher: Person) -> None:
    opens(teacher, "plan")
    panel = teacher.page.get_by_role("tabpanel", name=teacher.words("run.tabs.plan"))
    panel.get_by_role("button", name=teacher.words("run.sendBack"), exact=True).click()
    dialog = teacher.dialog("run.sendBackTitle")
    dialog.get_by_label(teacher.words("run.note"), exact=True).fill("听力多一些")
    dialog.get_by_role("button", name=teacher.words("run.sendBack"), exact=True).click()
    expect(dialog).to_be_hidden()
    teacher.sees(panel.get_by_text(teacher.pattern("run.draft", version=2)), seconds=30)


def edits_the_plan(teacher: Person) -> None:
    panel = teacher.page.get_by_role("tabpanel", name=teacher.words("run.tabs.plan"))
    panel.get_by_role("button", name=teacher.pattern("run.editRow")).first.click()
    dialog = teacher.page.get_by_role("dialog")
    dialog.get_by_label(teacher.words("run.activity"), exact=True).fill(ACTIVITY)
    dialog.get_by_role("button", name=teacher.words("run.take"), exact=True).click()
    panel.get_by_role("button", name=teacher.words("run.saveDraft"), exact=True).click()
    teacher.sees(panel.get_by_text(teacher.pattern("run.draft", version=3)))


def prints_the_plan(teacher: Person) -> None:
    """On paper there is the plan and nothing to press."""
    panel = teacher.page.get_by_role("tabpanel", name=teacher.words("run.tabs.plan"))
    teacher.page.emulate_media(media="print")
    expect(panel.get_by_text(ACTIVITY)).to_be_visible()
    expect(teacher.page.get_by_role("button").filter(visible=True)).to_have_count(0)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    teacher.page.pdf(path=SCREENSHOTS / "plan-a4.pdf", format="A4")
    teacher.page.emulate_media(media="null")


def decides_on_questions(teacher: Person) -> None:
    """The first is taken, the others are not, each by itself: nobody has proven any of them."""
    opens(teacher, "questions")
    panel = teacher.page.get_by_role("tabpanel", name=teacher.words("run.tabs.questions"))
    teacher.sees(panel.get_by_text(teacher.words("run.proofs.not_proven"), exact=True))
    names = ("run.approveOne", "run.refuse")
    approve, refuse = (panel.get_by_role("button", name=teacher.words(name), exact=True) for name in names)
    with teacher.page.expect_response(re.compile("/questions/decisions$")):
        approve.first.click()
    while refuse.count():
        expect(refuse.first).to_be_enabled()
        with teacher.page.expect_response(re.compile("/questions/decisions$")) as answer:
            refuse.first.click()
        assert answer.value.status == 200, answer.value.text()
        expect(panel.get_by_role("button", name=teacher.words("run.decideAgain"), exact=True).first).to_be_enabled()


def publishes(teacher: Person) -> None:
    opens(teacher, "flow")
    teacher.button("run.publish").first.click()
    teacher.dialog("run.publishTitle").get_by_role("button", name=teacher.words("run.publish"), exact=True).click()
    teacher.sees(teacher.heading("run.madeTitle"), seconds=30)
