"""In a class's results each essay and translation says who marked it, and whether that is a mark yet, in both languages."""

from __future__ import annotations

from typing import Any

from siji.bank.content import content_of
from siji.conftest import Person
from siji.courses.models import Assignment, Course
from siji.practice.automarking.work import BUILTIN
from siji.practice.models import Mark, MarkerKind, Script, ScriptState
from siji.practice.scores import settle
from siji.practice.tests.acting import Sitting, ok
from siji.practice.tests.test_exports import book_of, table
from siji.practice.tests.test_marking_desk import hand_in, script_of
from siji.practice.tests.test_provisional_marks import ESSAY, work_off


def cell_of(teacher: Person, course: Course) -> list[dict[str, Any]]:
    student = ok(teacher.get(f"/courses/{course.pk}/results"))["students"][0]
    found: list[dict[str, Any]] = student["cells"][0]["written"]
    return found


def labels(teacher: Person, course: Course, language: str) -> list[Any]:
    row = table(book_of(teacher, f"/courses/{course.pk}/results.xlsx?language={language}"))[0]
    return [value for name, value in row.items() if name.endswith(("评分", "marked by"))]


def test_a_provisional_mark_names_its_engine_and_is_in_no_sum(
    course: Course, student: Person, teacher: Person, exam: Assignment
) -> None:
    sitting = hand_in(student, exam, essay=ESSAY, translation="")
    work_off(BUILTIN)
    value = sitting.row.result["sections"][0]["provisional"]
    assert cell_of(teacher, course) == [
        {"section": "writing", "value": value, "by": "builtin", "is_provisional": True},
        {"section": "translation", "value": 0, "by": "rule", "is_provisional": False},
    ]
    assert labels(teacher, course, "zh") == [f"内置引擎 {value:g}（暂定，不算成绩）", "空白，按规则 0 分"]
    assert labels(teacher, course, "en") == [f"Built-in engine {value:g} (provisional, no mark)", "Blank: 0 by rule"]


def test_a_teachers_mark_and_their_answer_to_an_appeal_are_told_apart(
    course: Course, student: Person, teacher: Person, exam: Assignment
) -> None:
    sitting = hand_in(student, exam, essay=ESSAY, translation="")
    script = script_of(sitting, "W")
    ok(teacher.post(f"/scripts/{script}/marks", {"value": 9}), 201)
    assert cell_of(teacher, course)[0] == {"section": "writing", "value": 9, "by": "teacher", "is_provisional": False}
    ok(student.post(f"/scripts/{script}/appeals", {"words": "第二段的例子没有算进去，请再看一次。"}), 201)
    ok(teacher.post(f"/scripts/{script}/appeal-decisions", {"value": 10, "words": "第二段确实切题。"}), 201)
    assert cell_of(teacher, course)[0] == {"section": "writing", "value": 10, "by": "appeal", "is_provisional": False}
    assert labels(teacher, course, "zh")[0] == "老师（申诉复核）"


def test_a_released_mark_says_that_it_is_a_models(course: Course, student: Person, teacher: Person, exam: Assignment) -> None:
    sitting: Sitting = hand_in(student, exam, essay=ESSAY, translation="")
    script = Script.objects.get(pk=script_of(sitting, "W"))
    Mark.objects.create(script=script, value=11, kind=MarkerKind.MODEL, rubric_id=_rubric(script))
    Script.objects.filter(pk=script.pk).update(state=ScriptState.MARKED)
    settle(sitting.row)
    assert cell_of(teacher, course)[0] == {"section": "writing", "value": 11, "by": "model", "is_provisional": False}
    assert labels(teacher, course, "en")[0] == "AI, released above the teacher's bar"


def test_what_was_marked_before_that_was_kept_has_no_name(
    course: Course, student: Person, teacher: Person, exam: Assignment
) -> None:
    attempt = hand_in(student, exam, essay="", translation="").row
    for section in attempt.result["sections"]:
        del section["by"]
    attempt.save(update_fields=["result"])
    assert {mark["by"] for mark in cell_of(teacher, course)} == {""}
    assert labels(teacher, course, "zh") == [None, None]


def _rubric(script: Script) -> int:
    rubric_id = content_of(script.attempt.paper).items[script.slot].rubric_id
    assert rubric_id is not None
    return rubric_id
