"""Rubric lines for each objective: the official bands where something is written, else shares of right answers."""

from __future__ import annotations

from siji.bank.facts import RubricBody
from siji.bank.models import Rubric
from siji.problems import Words
from siji.teaching.runs.bodies import Criteria, Criterion, Level, Line, Objective
from siji.teaching.runs.context import Context

RUBRICS = {"writing": "cet4-writing", "translation": "cet4-translation"}
SHARES = (
    ("优秀", "Excellent", "答对 85% 以上，并能说明理由", "85 % or more right, and can say why"),
    ("良好", "Good", "答对 70%–84%", "70–84 % right"),
    ("合格", "Pass", "答对 60%–69%", "60–69 % right"),
    ("待提高", "Below", "答对不足 60%", "Below 60 % right"),
)
WORK = (
    ("做到", "Done", "按时完成，逐处订正，并写出原因", "On time, every mistake corrected and explained"),
    ("部分做到", "Partly", "按时完成，订正不全", "On time, not all corrected"),
    ("没有做到", "Not done", "没有完成，或没有订正", "Not finished, or nothing corrected"),
)


def criteria(context: Context) -> Criteria:
    return Criteria(criteria=[criterion(objective) for objective in context.analysis.objectives])


def criterion(objective: Objective) -> Criterion:
    bands = _bands(objective.area)
    whole = Words(zh=f"达成：{objective.text}", en=f"Reaches: {objective.text}")
    first = bands or [_level(*one) for one in SHARES]
    work = Words(zh="过程：练习、订正与修改", en="Process: practice, correction and revision")
    return Criterion(
        objective=objective.key,
        lines=[
            Line(key=f"{objective.key}.1", text=whole, weight=0.7, levels=first),
            Line(key=f"{objective.key}.2", text=work, weight=0.3, levels=[_level(*one) for one in WORK]),
        ],
    )


def _bands(area: str) -> list[Level]:
    """Of the newest version of the rubric; none where the bank has not been loaded."""
    row = Rubric.objects.filter(key=RUBRICS.get(area, "")).order_by("-version").first()
    if row is None:
        return []
    bands = RubricBody.model_validate(row.body).bands
    return [Level(name=Words(zh=f"{one.anchor} 分档", en=f"Band {one.anchor}"), about=one.about) for one in bands]


def _level(zh: str, en: str, about_zh: str, about_en: str) -> Level:
    return Level(name=Words(zh=zh, en=en), about=Words(zh=about_zh, en=about_en))
