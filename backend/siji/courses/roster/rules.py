"""What a line of a roster means, and what is wrong with it. Pure: lines and known people in, rows with words out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

HEADINGS = {
    "student_number": ("学号", "学生编号", "student number", "student no", "student id", "number"),
    "name": ("姓名", "学生姓名", "名字", "name", "full name"),
    "administrative_class": ("班级", "行政班", "行政班级", "class", "administrative class"),
    "username": ("用户名", "账号", "登录名", "username", "login"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "email", "e-mail"),
    "minor": ("未成年", "是否未成年", "未满18岁", "minor", "under 18"),
}
LONGEST = {"student_number": 40, "name": 100, "administrative_class": 80, "username": 150, "email": 254, "minor": 10}
MINOR = {"是": True, "yes": True, "y": True, "1": True, "true": True, "": False, "否": False, "no": False, "n": False, "0": False}
"""What the column of those under 18 may say."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
USERNAME = re.compile(r"^[\w.@+-]+$")
HEADING_WITHIN = 5
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")

Action = Literal["create", "enrol", "none", "error"]


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    """Which cells are formulas."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has an account already."""

    id: int
    username: str
    name: str
    student_number: str
    is_student: bool
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    student_number: str
    name: str
    administrative_class: str
    username: str
    email: str
    action: Action
    minor: str = ""
    """As the file says it, a word of MINOR; rosters looked at before there was such a column have none."""
    problem: str = ""
    problem_en: str = ""
    person: int | None = None


def is_minor(row: Row) -> bool:
    return MINOR[row.minor.lower()]


class NoHeading(Exception):
    """No line names a student number and a name; holds what the first does name."""


def heading_of(lines: Sequence[Line]) -> tuple[int, dict[str, int]]:
    """Which of the first lines is the heading, and field → column. Raises NoHeading.

    Offices put a title over it ("外语 2401 班名单").
    """
    for place, line in enumerate(lines[:HEADING_WITHIN]):
        columns = _columns_of(line)
        if {"student_number", "name"} <= columns.keys():
            return place, columns
    raise NoHeading("、".join(cell for cell in lines[0].cells if cell))


def _columns_of(heading: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading.cells):
        plain = "".join(plain_text(cell).lower().strip("*:： ").replace("_", " "))
        for field, words in HEADINGS.items():
            if plain in words and field not in found:
                found[field] = place
    return found


def plain_text(text: str) -> str:
    """Full-width letters and digits as a Chinese keyboard makes them (２０２４) read as 2024; runs of spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def check_rows(
    lines: Sequence[Line], columns: Mapping[str, int], *, by_number: Mapping[str, Known], by_username: Mapping[str, Known]
) -> list[Row]:
    """One row for each line, in order. Usernames compare without case; an empty one is the student number."""
    read = [_read(line, columns) for line in lines]
    numbers = Counter(fields["student_number"] for fields in read)
    names = Counter(fields["username"].lower() for fields in read)
    rows = []
    for line, fields in zip(lines, read, strict=True):
        known = by_number.get(fields["student_number"])
        has_formula = not line.formulas.isdisjoint(columns.values())
        wrong = (
            _form(fields, has_formula=has_formula)
            or _marked(fields)
            or _repeated(fields, numbers, names)
            or _known(fields, known, by_username)
        )
        if wrong:
            rows.append(replace(_row(line, fields, "error"), problem=wrong[0], problem_en=wrong[1]))
        elif known is None:
            rows.append(_row(line, fields, "create"))
        else:
            row = _row(line, fields, "none" if known.is_enrolled else "enrol")
            rows.append(replace(row, username=known.username, person=known.id))
    return rows


def _row(line: Line, fields: Mapping[str, str], action: Action) -> Row:
    return Row(
        line=line.number,
        student_number=fields["student_number"],
        name=fields["name"],
        administrative_class=fields["administrative_class"],
        username=fields["username"],
        email=fields["email"],
        action=action,
        minor=fields["minor"],
    )


def _read(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    fields = dict.fromkeys(HEADINGS, "")
    for field, place in columns.items():
        if place < len(line.cells):
            fields[field] = plain_text(line.cells[place])
    fields["username"] = fields["username"] or fields["student_number"]
    return fields


Wrong = tuple[str, str] | None


def _form(fields: Mapping[str, str], *, has_formula: bool) -> Wrong:
    if has_formula or any(value.startswith(FORMULA_STARTS) for value in fields.values()):
        return "含有公式或以 = + - @ 开头的内容，请改成普通文字。", "Holds a formula or begins with = + - @: make it plain text."
    for field, zh, en in (("student_number", "学号", "student number"), ("name", "姓名", "name")):
        if not fields[field]:
            return f"缺少{zh}。", f"The {en} is missing."
    for field, limit in LONGEST.items():
        if len(fields[field]) > limit:
            return (
                f"{HEADINGS[field][0]}超过 {limit} 个字符。",
                f"The {field.replace('_', ' ')} is longer than {limit} characters.",
            )
    if not USERNAME.match(fields["username"]):
        return "用户名（或学号）只能用字母、数字和 . @ + - _。", "A username may hold letters, digits and . @ + - _ only."
    if fields["email"] and not EMAIL.match(fields["email"]):
        return "邮箱格式不对。", "This is not an e-mail address."
    return None


def _marked(fields: Mapping[str, str]) -> Wrong:
    if fields["minor"].lower() not in MINOR:
        return "“未成年”一列请填“是”或“否”。", "The column of those under 18 says yes or no."
    return None


def _repeated(fields: Mapping[str, str], numbers: Counter[str], names: Counter[str]) -> Wrong:
    if numbers[fields["student_number"]] > 1:
        return f"学号 {fields['student_number']} 在文件里出现多次。", "This student number occurs more than once in the file."
    if names[fields["username"].lower()] > 1:
        return f"用户名 {fields['username']} 在文件里出现多次。", "This username occurs more than once in the file."
    return None


def _known(fields: Mapping[str, str], known: Known | None, by_username: Mapping[str, Known]) -> Wrong:
    if known is None:
        if fields["username"].lower() in by_username:
            return f"用户名 {fields['username']} 已被别人使用。", "This username belongs to somebody else."
        return None
    if not known.is_student:
        return f"学号 {fields['student_number']} 属于一位教师或管理员。", "This number belongs to a member of staff."
    if known.name != fields["name"]:
        return (
            f"学号 {fields['student_number']} 在系统里是 {known.name}，与名单姓名不符。请核对学号。",
            f"In the system this number belongs to {known.name}: check the number.",
        )
    return None
