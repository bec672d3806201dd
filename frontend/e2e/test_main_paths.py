"""What each role comes for, from the first page to the last, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from .acting import choose, hands_in, saved, wrong
from .conftest import Visit
from .people import Person
from .product import Product

NEW_PASSWORD = "Spring-water-55"
PASSWORD = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}")

in_both_languages = pytest.mark.parametrize("locale", ["zh-CN", "en-US"])


@in_both_languages
def test_a_student_joins_practises_and_sees_why(siji: Product, visit: Visit, locale: str) -> None:
    school = siji.school(mode="practice", sections=["reading-c"])
    newcomer, key = siji.inside("add_newcomer", name=school["name"]), school["key"]
    student = visit(locale=locale)
    student.sign_in(newcomer)
    student.sees(student.text("home.noCourses"))
    student.button("join.join").first.click()
    student.dialog("join.title").get_by_label(student.words("join.code")).fill(school["code"].lower())
    student.dialog("join.title").get_by_role("button", name=student.words("join.join")).click()
    student.sees(student.heading_of(school["course_name"]), student.text("courses.myProgress"))

    student.button("attempts.start.practice").first.click()
    student.page.wait_for_url("**/attempt/**")
    attempt = student.page.url.rsplit("/", 1)[1]
    choose(student.page, "46", key["46"], student.language)
    choose(student.page, "47", wrong(key["47"]), student.language)
    saved(student.page)
    for slot in ("46", "47"):
        student.question(slot).get_by_role("button", name=student.words("room.check")).click()
    student.sees(student.question("46").get_by_text(student.words("paper.right")))
    student.sees(student.question("47").get_by_text(student.words("paper.key", key=key["47"])))
    hands_in(student)

    student.sees(student.text("report.correctOf", correct=1, items=10))
    assert student.read(f"/attempts/{attempt}/report")["attempt"]["state"] == "marked"
    student.goto("/")
    student.sees(student.page.get_by_text(school["exam"]["title"]).first)
    student.goto("/courses")
    student.sees(student.page.get_by_role("progressbar", name=student.pattern("courses.myProgress")))
    assert student.read(f"/courses/{school['course']}")["my_progress"] == 100
    assert student.complaints == []


@in_both_languages
def test_a_teacher_opens_a_course_and_sets_work(siji: Product, visit: Visit, locale: str) -> None:
    school = siji.school()
    teacher = visit(locale=locale)
    teacher.sign_in(school["teacher"])
    teacher.sees(teacher.page.get_by_text(school["course_name"]))
    teacher.link("shell.courses").first.click()
    teacher.button("courses.create").first.click()
    form, name = teacher.dialog("courses.create"), f"New course {school['name']}"
    form.get_by_label(teacher.words("courses.name"), exact=True).fill(name)
    form.get_by_role("button", name=teacher.words("common.save")).click()
    teacher.sees(teacher.heading_of(name), teacher.text("courses.statuses.draft"))
    teacher.button("courses.activate").click()
    teacher.sees(teacher.text("courses.statuses.active"))

    teacher.button("assignments.create").click()
    form = teacher.dialog("assignments.create")
    form.get_by_label(teacher.words("assignments.paper"), exact=True).select_option(index=1)
    form.get_by_label(teacher.words("assignments.title"), exact=True).fill(f"Work {school['name']}")
    form.get_by_role("radio", name=teacher.pattern("assignments.modes.practice")).check()
    form.get_by_role("button", name=teacher.words("assignments.create")).click()
    expect(form).to_be_hidden()
    teacher.sees(teacher.page.get_by_text(f"Work {school['name']}"), teacher.text("assignments.completedOf", done=0, all=0))

    for tab, says in (("students", "students.none"), ("results", "results.noMean")):
        teacher.page.get_by_role("tab", name=teacher.words(f"courses.tabs.{tab}")).click()
        teacher.sees(teacher.text(says))
    teacher.goto("/marking")
    teacher.sees(teacher.text("marking.none"))
    teacher.link("shell.papers").first.click()
    teacher.link("papers.open").first.click()
    teacher.sees(teacher.text("papers.recording"), teacher.text("papers.proof"))
    assert teacher.complaints == []


@in_both_languages
def test_an_administrator_brings_somebody_in_and_sends_them_away(siji: Product, visit: Visit, locale: str) -> None:
    name = siji.school()["name"]
    admin, newcomer = visit(locale=locale), visit(locale=locale)
    admin.sign_in(siji.accounts()["admin"])
    username, password = makes_a_teacher(admin, name)

    newcomer.goto("/sign-in")
    newcomer.try_password(username, password)
    newcomer.sees(newcomer.heading("accounts.mustChangeTitle"))
    for label, value in (("old", password), ("new", NEW_PASSWORD), ("repeat", NEW_PASSWORD)):
        newcomer.field(f"accounts.{label}Password").fill(value)
    newcomer.button("accounts.changePassword").click()
    newcomer.sees(newcomer.text("dashboard.noCourses"))

    admin.page.get_by_label(admin.words("people.search")).fill(username)
    admin.button("people.more", name=f"New {name}").click()
    admin.page.get_by_role("menuitem", name=admin.words("people.deactivate")).click()
    admin.dialog("people.deactivate").get_by_role("button", name=admin.words("people.deactivate")).click()
    admin.sees(admin.text("people.inactive"))
    newcomer.page.reload()
    newcomer.sees(newcomer.heading("accounts.welcome"))

    admin.link("shell.audit").first.click()
    admin.page.get_by_label(admin.words("audit.actionHint")).fill("user.created")
    admin.sees(admin.page.get_by_role("row").filter(has_text=admin.words("audit.actions.user-created")))
    assert admin.complaints == []
    # The page has asked ahead, before it could know that the account is closed.
    assert [said for said in newcomer.complaints if not said.startswith("401 GET ")] == []


def makes_a_teacher(admin: Person, name: str) -> tuple[str, str]:
    admin.button("people.create").click()
    form, username = admin.dialog("people.create"), f"new-{name}"
    fields: dict[str, Any] = {"username": username, "name": f"New {name}"}
    for label, value in fields.items():
        form.get_by_label(admin.words(f"people.{label}"), exact=True).fill(value)
    form.get_by_role("button", name=admin.words("people.create")).click()
    shown = admin.dialog("people.created")
    admin.sees(shown.get_by_text(PASSWORD))
    found = PASSWORD.search(shown.inner_text())
    assert found is not None
    shown.get_by_role("button", name=admin.words("people.done")).click()
    return username, found[0]
