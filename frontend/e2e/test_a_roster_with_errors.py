"""A teacher brings a class in: bad lines are told in words, the mended file comes in whole, a newcomer changes the password."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from .conftest import Visit
from .people import Person
from .product import Product
from .words import pattern, words

BAD = "学号,姓名,班级\n9024001,钱多多,故事 1 班\n,没有学号,故事 1 班\n9024003,=SUM(A1),故事 1 班\n9024001,重复的人,故事 1 班\n"
GOOD = "学号,姓名,班级\n9024001,钱多多,故事 1 班\n9024002,孙小美,故事 1 班\n"
NEW_PASSWORD = "Autumn-leaf-77"


def test_a_roster_with_errors(siji: Product, visit: Visit, tmp_path: Path) -> None:
    school = siji.school()
    teacher = visit()
    teacher.sign_in(school["teacher"])
    teacher.page.goto(f"/zh/courses/{school['course']}?tab=students")
    teacher.page.get_by_role("tab", name="学生").click()
    teacher.button("students.import").first.click()

    upload(teacher, tmp_path / "名单.csv", BAD)
    for said in ("缺少学号", "公式", "出现多次"):
        teacher.sees(teacher.page.get_by_text(re.compile(said)))
    expect(teacher.button("students.importNow")).to_be_disabled()
    teacher.picture("roster-with-errors")
    assert teacher.read(f"/courses/{school['course']}/students")["items"][-1]["name"] == school["student"]["name"]

    teacher.button("students.otherFile").click()
    upload(teacher, tmp_path / "名单改好.csv", GOOD)
    teacher.button("students.importNow", count=2).click()
    teacher.sees(teacher.text("students.imported"), seconds=40)
    teacher.button("students.showPasswords").click()
    row = teacher.page.get_by_role("dialog").get_by_role("row", name=re.compile("9024002"))
    password = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", row.inner_text())
    assert password is not None
    assert len(teacher.read(f"/courses/{school['course']}/students")["items"]) == 3

    newcomer = visit()
    newcomer.page.goto("/zh/sign-in")
    newcomer.try_password("9024002", password[0])
    newcomer.sees(newcomer.page.get_by_label(words("accounts.newPassword"), exact=True))
    old = newcomer.page.get_by_label(words("accounts.oldPassword"), exact=True)
    if old.count():
        old.fill(password[0])
    newcomer.page.get_by_label(words("accounts.newPassword"), exact=True).fill(NEW_PASSWORD)
    again = newcomer.page.get_by_label(words("accounts.repeatPassword"))
    if again.count():
        again.fill(NEW_PASSWORD)
    newcomer.page.keyboard.press("Enter")
    newcomer.sees(newcomer.page.get_by_role("heading", name=pattern("home.hello", name="孙小美")))
    assert newcomer.read("/me")["must_change_password"] is False


def upload(teacher: Person, file: Path, text: str) -> None:
    file.write_text(text)
    teacher.page.locator("input[type=file]").set_input_files(file)
