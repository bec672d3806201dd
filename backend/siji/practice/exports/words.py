"""The words of what is handed out as a file, in both languages."""

from __future__ import annotations

from enum import Enum

from siji.locale import Locale, said
from siji.practice.schemas import StateName
from siji.problems import Words


def _both(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


class Word(Enum):
    GRADEBOOK = _both("成绩册", "Gradebook")
    NOTES = _both("说明", "Notes")
    STUDENT_NUMBER = _both("学号", "Student number")
    NAME = _both("姓名", "Name")
    CLASS = _both("行政班", "Class")
    PROGRESS = _both("进度（%）", "Progress (%)")
    STATE = _both("状态", "State")
    NUMBER = _both("第几次", "Attempt")
    SUBMITTED = _both("交卷时间", "Handed in")
    RAW = _both("得分", "Marks")
    LOW = _both("估计下限", "Estimate from")
    HIGH = _both("估计上限", "Estimate to")
    NOTE_LATEST = _both(
        "每位学生每个任务取最近一次已结束的作答；只含现在在课程里的学生。",
        "Of each student and assignment: the latest attempt that is closed. Students who are in the course now.",
    )
    NOTE_BLANK = _both(
        "空格表示还没有：没有作答、没有结束，或作文、翻译还在等批改。作文和翻译等批改时，得分只含已批改的部分。",
        "A blank has not come yet: nothing handed in, or a script that waits for its mark. The marks then are of what is marked.",
    )
    NOTE_MADE = _both("导出时间：{at}（北京时间）", "Made at {at} (Beijing time)")


STATES: dict[StateName | None, Words] = {
    None: _both("未开始", "Not begun"),
    "created": _both("等待开考", "Waits for the room"),
    "writing": _both("写作中", "Writing"),
    "listening": _both("听力中", "Listening"),
    "collection": _both("收答题卡一", "Sheet 1 is collected"),
    "reading": _both("阅读翻译中", "Reading"),
    "closed": _both("待批改", "Waits for marks"),
    "marked": _both("已完成", "Marked"),
    "practising": _both("练习中", "Practising"),
}


def word(which: Word, locale: Locale) -> str:
    return said(which.value, locale)
