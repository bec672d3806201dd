"""A plan as a Word document: a table of sessions, in Chinese, for the file that a department keeps."""

from __future__ import annotations

import io
from typing import Any

from docx import Document as new_document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from siji.teaching.models import Run
from siji.teaching.runs.bodies import Analysis, Plan
from siji.teaching.runs.context import bodies_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = (("次", 1.2), ("日期", 2.4), ("学时", 1.4), ("教学内容", 5.0), ("课堂活动", 4.0), ("安排理由", 3.4))
WEEKDAYS = "一二三四五六日"


def plan_document(run: Run, plan: Plan) -> bytes:
    document = new_document()
    _set_fonts(document)
    document.add_heading(f"{run.course.name} 授课计划", level=1)
    document.add_paragraph(
        f"依据：《{run.syllabus.title}》第 {run.syllabus.edition} 版　　"
        f"总学时：{plan.hours:g}　　每次课：{plan.session_hours} 学时"
    )
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, (title, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = title
    titles = _titles(run)
    for session in plan.sessions:
        for row in session.rows:
            day = f"{session.date:%m-%d} 周{WEEKDAYS[session.date.weekday()]}" if session.date else ""
            content = "；".join(titles.get(key, key) for key in row.points)
            _add_row(table, [str(session.number), day, f"{row.hours:g}", content, row.activity.zh, row.reason.zh])
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Cm(width)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_fonts(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _add_row(table: Any, texts: list[str]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text


def _titles(run: Run) -> dict[str, str]:
    analysis = bodies_of(run).get("analysis")
    return {point.key: point.title for point in analysis.all_points()} if isinstance(analysis, Analysis) else {}
