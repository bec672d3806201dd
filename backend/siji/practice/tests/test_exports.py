"""Results leave as spreadsheets: true figures, text that stays text, both languages, the same cost at any size."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from pytest_django import DjangoAssertNumQueries

from siji.accounts.models import User
from siji.conftest import Person, make_user
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.conftest import Setter
from siji.practice.tests.acting import Sitting, ok
from siji.practice.tests.papers import key_of, make_paper
from siji.practice.tests.test_marking_desk import hand_in, script_of

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://evil.example","点我")']


def book_of(person: Person, path: str, **headers: str) -> Any:
    reply = person.get(path, **headers)
    assert reply.status_code == 200, reply.getvalue()
    return openpyxl.load_workbook(io.BytesIO(reply.getvalue()))


def table(book: Any) -> list[dict[str, Any]]:
    head, *rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert len(set(head)) == len(head)
    return [dict(zip(head, row, strict=True)) for row in rows]


def disposition(reply: Any) -> str:
    return str(reply.headers["Content-Disposition"])


@pytest.fixture
def reading(set_exam: Setter) -> Assignment:
    return set_exam(make_paper(), title="仔细阅读", sections=["reading-c"])


def test_the_gradebook_holds_what_the_page_of_results_holds(
    course: Course, student: Person, classmate: Person, exam: Assignment, reading: Assignment, teacher: Person
) -> None:
    sitting = hand_in(student, exam)
    ok(teacher.post(f"/scripts/{script_of(sitting, 'W')}/marks", {"value": 11}), 201)
    estimate = ok(sitting.get("/report"))["estimate"]["total"]
    mine, other = table(book_of(teacher, f"/courses/{course.pk}/results.xlsx"))
    assert mine == {
        "学号": "2024001",
        "姓名": "Student",
        "行政班": "外语 2401",
        "进度（%）": 50,
        "期末模拟 得分 / 100": 11,
        "期末模拟 估计下限": estimate["low"],
        "期末模拟 估计上限": estimate["high"],
        "期末模拟 写作 / 15": 11,
        "期末模拟 写作 评分": "老师",
        "期末模拟 翻译 / 15": None,
        "期末模拟 翻译 评分": None,
        "仔细阅读 得分 / 20": None,
    }
    assert (other["姓名"], set(list(other.values())[4:])) == ("Classmate", {None})


def test_one_assignment_in_detail(
    course: Course, student: Person, classmate: Person, reading: Assignment, teacher: Person
) -> None:
    sitting = Sitting.begin(student, reading.paper_id, assignment=reading.pk)
    sitting.saves(*((slot, 1, key_of(slot)) for slot in ("46", "47")))
    sitting.submits()
    Sitting.begin(classmate, reading.paper_id, assignment=reading.pk)
    person = Person(make_user("third", student_number="2024003"))
    Enrollment.objects.create(course=course, student=person.user)
    rows = table(book_of(teacher, f"/assignments/{reading.pk}/results.xlsx"))
    section = next(name for name in rows[0] if name.startswith("阅读 Section C"))
    assert [(row["姓名"], row["状态"], row["第几次"], row["得分 / 20"], row[section]) for row in rows] == [
        ("Student", "已完成", 1, 4, 4),
        ("Classmate", "阅读翻译中", 1, None, None),
        ("Third", "未开始", None, None, None),
    ]
    assert rows[0]["交卷时间"].year == sitting.row.submitted_at.year  # type: ignore[union-attr]  # handed in above


def test_a_waiting_script_is_blank_and_its_marks_are_a_number_later(student: Person, exam: Assignment, teacher: Person) -> None:
    sitting = hand_in(student, exam)
    path = f"/assignments/{exam.pk}/results.xlsx"
    assert (table(book_of(teacher, path))[0]["写作 / 15"], table(book_of(teacher, path))[0]["状态"]) == (None, "待批改")
    for slot in ("W", "T"):
        ok(teacher.post(f"/scripts/{script_of(sitting, slot)}/marks", {"value": 9}), 201)
    assert (table(book_of(teacher, path))[0]["写作 / 15"], table(book_of(teacher, path))[0]["状态"]) == (9, "已完成")


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_is_never_run_as_a_formula(student: Person, set_exam: Setter, course: Course, teacher: Person, name: str) -> None:
    User.objects.filter(pk=student.user.pk).update(name=name, student_number=name, administrative_class=name)
    exam = set_exam(make_paper(), title=name[:100])
    for path in (f"/courses/{course.pk}/results.xlsx", f"/assignments/{exam.pk}/results.xlsx"):
        reply = teacher.get(path)
        data = reply.getvalue()
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        for cell in book.worksheets[0][2][:3]:
            assert str(cell.value).strip() == name.strip()
            assert cell.quotePrefix
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert not any(re.search(rb"<f[ >]", parts.read(part)) for part in parts.namelist() if "sheet" in part)
        assert re.fullmatch(
            r"attachment; filename(=|\*=utf-8'')[^\"\r\n]+|attachment; filename=\"[^\"\r\n]+\"", disposition(reply)
        )


def test_what_xml_cannot_hold_is_left_out(student: Person, course: Course, reading: Assignment, teacher: Person) -> None:
    User.objects.filter(pk=student.user.pk).update(name="王\x01\x0b思远")
    assert table(book_of(teacher, f"/courses/{course.pk}/results.xlsx"))[0]["姓名"] == "王思远"


@pytest.mark.parametrize(
    ("query", "accepted", "heading"),
    [
        ("", {}, "姓名"),
        ("?language=en", {}, "Name"),
        ("", {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}, "Name"),
        ("", {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "姓名"),
        ("", {"Accept-Language": "fr"}, "姓名"),
        ("?language=zh", {"Accept-Language": "en"}, "姓名"),
    ],
)
def test_headings_are_in_the_language_asked_for(
    course: Course, student: Person, exam: Assignment, teacher: Person, query: str, accepted: dict[str, str], heading: str
) -> None:
    for path in (f"/courses/{course.pk}", f"/assignments/{exam.pk}"):
        assert heading in table(book_of(teacher, f"{path}/results.xlsx{query}", **accepted))[0]


def test_the_file_says_what_it_is(course: Course, student: Person, exam: Assignment, teacher: Person) -> None:
    reply = teacher.get(f"/courses/{course.pk}/results.xlsx")
    assert "大学英语四级.xlsx" in unquote(reply.headers["Content-Disposition"])
    assert reply.headers["Cache-Control"] == "private, no-store"
    book = openpyxl.load_workbook(io.BytesIO(reply.getvalue()))
    assert [sheet.title for sheet in book.worksheets] == ["成绩册", "说明"]
    assert "不是官方成绩" in str([cell.value for cell in book.worksheets[1]["A"]])
    assert (book.worksheets[0].freeze_panes, book.worksheets[0].auto_filter.ref) == ("D2", "A1:K2")


def test_a_language_that_is_not_spoken_is_refused(course: Course, teacher: Person) -> None:
    ok(teacher.get(f"/courses/{course.pk}/results.xlsx?language=fr"), 422)


@pytest.mark.parametrize("size", [1, 5])
def test_an_export_costs_the_same_at_any_size(
    course: Course, set_exam: Setter, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    assignments = [set_exam(make_paper(), title=f"第 {n} 次", sections=["reading-c"]) for n in range(size)]
    for number in range(size):
        person = Person(make_user(f"s{number}", student_number=f"n{number}"))
        Enrollment.objects.create(course=course, student=person.user)
        for assignment in assignments:
            sitting = Sitting.begin(person, assignment.paper_id, assignment=assignment.pk)
            sitting.submits()
    book_of(teacher, f"/courses/{course.pk}/results.xlsx")
    with django_assert_num_queries(8):
        teacher.get(f"/courses/{course.pk}/results.xlsx").getvalue()
    with django_assert_num_queries(7):
        teacher.get(f"/assignments/{assignments[0].pk}/results.xlsx").getvalue()
