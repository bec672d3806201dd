"""The report as PDF: in Chinese and English, with what the page says and never more, on as many pages as it needs."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth

from siji.accounts.models import User
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.automarking.work import BUILTIN
from siji.practice.conftest import Setter
from siji.practice.models import Attempt
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import key_of, make_paper
from siji.practice.tests.test_marking_desk import hand_in, script_of
from siji.practice.tests.test_provisional_marks import ESSAY, report_script, work_off
from siji.storage import documents

LONG_WORD = "pneumono" * 200
LONG_CHINESE = "这位同学写得很认真，但是时态不一致。" * 150


def pages(person: Person, attempt: str, query: str = "") -> list[Any]:
    reply = person.get(f"/attempts/{attempt}/report.pdf{query}")
    data = reply.getvalue()
    assert reply.status_code == 200, data
    assert reply.headers["Content-Type"] == "application/pdf"
    return list(PdfReader(io.BytesIO(data)).pages)


def text_of(person: Person, attempt: str, query: str = "") -> str:
    """Without the line ends, which fall where the line is full."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages(person, attempt, query)))


@pytest.fixture
def released(student: Person, set_exam: Setter) -> Sitting:
    """A whole exam whose keys are out: item 46 right, 47 wrong, an essay and a translation that wait."""
    exam = set_exam(make_paper(), key_release="on_submission")
    sitting = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    sitting.saves(("W", 1, "My hometown is a small city.\n\nIt has changed."))
    wrong = next(letter for letter in "ABCD" if letter != key_of("47"))
    sitting.at_minute(61).saves(("46", 1, key_of("46")), ("47", 1, wrong), ("T", 1, "Tea is a drink."))
    sitting.submits()
    return sitting


def test_it_says_what_the_page_says(released: Sitting, student: Person, teacher: Person) -> None:
    ok(teacher.post(f"/scripts/{script_of(released, 'W')}/marks", {"value": 11, "comment": "结构清楚，注意 tense 一致。"}), 201)
    report = ok(released.get("/report"))
    said = text_of(student, released.id)
    total = report["estimate"]["total"]
    assert f"{total['low']}–{total['high']}" in said
    assert "不是官方成绩；官方的换算办法没有公开" in said
    assert "还有作文或翻译待批改" in said
    for words in ("Student·2024001·外语2401", "期末模拟", "11分/15", "结构清楚，注意tense一致。", "Myhometownisasmallcity."):
        assert words in said, words
    for skill in report["skills"]:
        assert f"{skill['correct']}/{skill['items']}" in said
    assert "翻译等待批改" in said
    assert said.count("Myhometownisasmallcity.") == 1


def test_released_keys_stand_beside_the_answers(released: Sitting, student: Person) -> None:
    item = next(one for one in ok(released.get("/report"))["items"] if one["item"]["slot"] == "47")
    said = text_of(student, released.id)
    assert f"46{key_of('46')}{key_of('46')}√" in said
    assert f"47{item['answer']}{key_of('47')}×" in said
    assert re.sub(r"\s+", "", item["item"]["key"]["explanation"]["zh"]) in said


def test_before_the_release_there_is_nothing_that_tells(student: Person, teacher: Person, exam: Assignment) -> None:
    Assignment.objects.filter(pk=exam.pk).update(key_release="by_teacher")
    sitting = hand_in(student, exam)
    mine, theirs = text_of(student, sitting.id), text_of(teacher, sitting.id)
    assert "答案和解析由老师公布" in mine
    for secret in ("√", "×", "错在哪里", "参考1"):
        assert secret not in mine
        assert secret in theirs or secret == "√"


def test_the_built_in_engines_feedback_stands_below_the_text(student: Person, exam: Assignment) -> None:
    sitting = hand_in(student, exam, essay=ESSAY)
    assert "反馈（内置引擎）" not in text_of(student, sitting.id)
    work_off(BUILTIN)
    found = report_script(sitting)["feedback"]
    assert found["inline"]
    said = text_of(student, sitting.id)
    assert "反馈（内置引擎）" in said
    for words in (found["overall"]["zh"], *(one["zh"] for one in found["next"]), found["inline"][0]["reason"]["zh"]):
        assert re.sub(r"\s+", "", words) in said, words


def test_sentence_by_sentence_is_a_key(student: Person, teacher: Person, exam: Assignment) -> None:
    Assignment.objects.filter(pk=exam.pk).update(key_release="by_teacher")
    sitting = hand_in(student, exam, translation="The teahouse is a place where people meet.")
    work_off(BUILTIN)
    best = re.sub(r"\s+", "", ok(teacher.get(f"/scripts/{script_of(sitting, 'T')}"))["feedback"]["sentences"][0]["best"])
    assert best not in text_of(student, sitting.id)
    theirs = text_of(teacher, sitting.id)
    assert best in theirs
    assert "原文可以这样译我的译文" in theirs


def test_it_comes_in_english(released: Sitting, student: Person) -> None:
    said = text_of(student, released.id, "?language=en")
    for words in ("EstimatedCET-4score", "notanofficialscore", "Itembyitem", "Page1of"):
        assert words in said, words
    assert "错在哪里" not in said


def test_long_text_goes_on_overleaf_and_stays_on_the_paper(released: Sitting, student: Person, teacher: Person) -> None:
    Attempt.objects.get(pk=released.id).scripts.filter(slot="W").update(text=f"{LONG_WORD}\n" + "A plain line of text. " * 400)
    ok(teacher.post(f"/scripts/{script_of(released, 'W')}/marks", {"value": 5, "comment": LONG_CHINESE[:4000]}), 201)
    User.objects.filter(pk=student.user.pk).update(name="很" * 100)
    found = pages(student, released.id)
    assert len(found) >= 4
    assert f"第{len(found)}/{len(found)}页" in re.sub(r"\s+", "", found[-1].extract_text())
    assert LONG_WORD in text_of(student, released.id)
    for page in found:
        assert right_edge(page) <= A4[0] - documents.MARGIN + 10  # a sign that may not begin a line hangs in the margin


def right_edge(page: Any) -> float:
    """Of the widest line of text: where it begins and how wide it is in its font."""
    edges: list[float] = []

    def seen(text: str, current: Any, matrix: Any, font: Any, size: float) -> None:
        name = str(font["/BaseFont"]).lstrip("/") if font else documents.ENGLISH
        known = name if name in (documents.ENGLISH, documents.BOLD) else documents.CHINESE
        x = current[4] + matrix[4] * current[0]
        edges.append(x + stringWidth(text.strip("\n"), known, size))

    page.extract_text(visitor_text=seen)
    return max(edges)


def test_what_a_student_writes_is_never_markup(released: Sitting, student: Person) -> None:
    odd = "<b>bold</b> & <font color='red'>&amp; <img src='file:///etc/passwd'/> \x07😀 𠮷 тест"
    Attempt.objects.get(pk=released.id).scripts.filter(slot="W").update(text=odd)
    said = text_of(student, released.id)
    assert "<b>bold</b>&<fontcolor='red'>&amp;<imgsrc='file:///etc/passwd'/>" in said
    assert "□□тест" in said  # no font of the document has the first two


def test_no_line_begins_with_a_mark_that_ends_a_phrase(released: Sitting, student: Person, teacher: Person) -> None:
    """Of lines of every length one would break before its comma."""
    comment = "\n".join("好" * length + "，因此如此，" + "好" * 60 for length in range(30, 60))
    ok(teacher.post(f"/scripts/{script_of(released, 'W')}/marks", {"value": 5, "comment": comment}), 201)
    lines = [line.strip() for page in pages(student, released.id) for line in page.extract_text().splitlines()]
    assert sum("好" in line for line in lines) > 40
    assert [line for line in lines if line.startswith(("，", "。", "；"))] == []


def test_practice_of_a_part_has_no_estimate(student: Person, practising: Sitting) -> None:
    practising.submits()
    said = text_of(student, practising.id)
    assert "四级报道分估计" not in said
    assert "各部分得分" in said


def test_there_is_none_while_the_attempt_is_open(sitting: Sitting, student: Person) -> None:
    refused(student.get(f"/attempts/{sitting.id}/report.pdf"), 409, "not_closed")
