"""The words of what is handed out as a file, in both languages."""

from __future__ import annotations

from enum import Enum

from siji.locale import Locale, said
from siji.practice.feedback.rules import Kind
from siji.practice.schemas import MakerName, StateName
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
    PRODUCT = _both("四级训练", "Siji CET-4 training")
    REPORT = _both("成绩报告", "Report")
    PAGE = _both("第 {page} / {pages} 页", "Page {page} of {pages}")
    NOT_OFFICIAL = _both(
        "训练用，不是官方成绩单 · 生成于 {at}（北京时间）",
        "For training, not an official record · made {at} (Beijing time)",
    )
    EXAM = _both("考试", "Exam")
    PRACTICE = _both("练习", "Practice")
    NUMBERED = _both("第 {number} 次", "Attempt {number}")
    HANDED_IN = _both("交卷 {at}", "Handed in {at}")
    ESTIMATE = _both("四级报道分估计（不是官方成绩）", "Estimated CET-4 score (not an official score)")
    ABOUT = _both("约 {middle} 分", "about {middle}")
    CHANCE = _both("达到 425 分的可能约 {percent}%", "Chance of 425: about {percent}%")
    PERCENTILE = _both("高于常模群体约 {low}%–{high}%", "above about {low}%–{high}% of the norm group")
    PROVISIONAL = _both(
        "还有作文或翻译待批改：估计的范围把它们可能得到的每一种分数都算在内。",
        "An essay or translation waits for its mark: the range counts every mark it may still get.",
    )
    LISTENING = _both("听力", "Listening")
    READING = _both("阅读", "Reading")
    WRITING_TRANSLATION = _both("写作和翻译", "Writing and translation")
    SECTIONS = _both("各部分得分", "Marks by section")
    SECTION = _both("部分", "Section")
    RIGHT = _both("答对", "Right")
    TOTAL = _both("合计", "Total")
    SO_FAR = _both("合计只含已批改的部分。", "The total is of what has been marked so far.")
    SKILLS = _both("能力（弱的在前）", "Skills (the weakest first)")
    SKILL = _both("能力", "Skill")
    MARK = _both("{value} 分 / 15", "{value} of 15")
    BY_RULE = _both("按规则给分", "By rule")
    BY_MODEL = _both("AI 评分，达到老师设定的要求后自动公布", "Marked by AI, released above the teacher's bar")
    MEANWHILE_BUILTIN = _both("内置引擎暂定 {value} 分，不算成绩", "Built-in engine, provisional: {value}, no mark")
    MEANWHILE_MODEL = _both("AI 暂定 {value} 分，不算成绩", "AI, provisional: {value}, no mark")
    BAND = _both("档次：", "Band: ")
    COMMENT = _both("评语：", "Comment: ")
    WRITTEN = _both("我写的（{words} 词）", "What I wrote (words: {words})")
    EMPTY = _both("没有作答。", "Nothing was written.")
    REFERENCE = _both("参考 {number}", "Reference {number}")
    BUILTIN = _both("内置引擎", "built-in engine")
    FEEDBACK = _both("反馈（{by}）", "Feedback ({by})")
    NEXT = _both("接下来做三件事", "Three things to do next")
    HIGHER = _both("再上一档会怎么写", "What the next band would do")
    IN_TEXT = _both("文中各处", "In the text")
    QUOTE = _both("原文", "Quote")
    BETTER = _both("更好的写法", "Better")
    REASON = _both("为什么", "Why")
    SENTENCES = _both("逐句对照", "Sentence by sentence")
    SOURCE = _both("原文", "Source")
    VERSION = _both("可以这样译", "A version that would do")
    MY_VERSION = _both("我的译文", "Mine")
    REMARK = _both("点评", "Remark")
    NOT_TRANSLATED = _both("（没有译出）", "(not translated)")
    BY_NO_MARK = _both("反馈由程序写成，不算成绩。", "Feedback is a program's and no mark.")
    ITEMS = _both("逐题", "Item by item")
    ITEM = _both("题号", "Item")
    MINE = _both("我的答案", "Mine")
    KEY = _both("答案", "Key")
    WHY = _both("错在哪里", "Why it is wrong")
    TRAP = _both("陷阱：{name}", "Trap: {name}")
    KEYS_BY_TEACHER = _both(
        "答案和解析由老师公布，公布后再下载就有。", "Your teacher releases the keys: download this again after that."
    )
    KEYS_AT = _both("答案和解析在 {at} 公布，之后再下载就有。", "The keys are released at {at}: download this again after that.")
    KEYS_AFTER_WINDOW = _both(
        "答案和解析在考试窗口结束后公布，之后再下载就有。",
        "The keys are released when the exam window ends: download this again after that.",
    )
    MARKED_BY = _both("评分", "marked by")
    MEANWHILE = _both("{value}（暂定，不算成绩）", "{value} (provisional, no mark)")
    NOTE_MAKERS = _both(
        "“评分”一栏写明分数由谁给出；暂定分由程序给出，不在得分里。",
        "“marked by” names who gave a mark. Provisional ones are a program's and in no sum.",
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


MAKERS: dict[MakerName, Words] = {
    "": _both("", ""),
    "teacher": _both("老师", "Teacher"),
    "appeal": _both("老师（申诉复核）", "Teacher, after an appeal"),
    "model": _both("AI（按老师的要求公布）", "AI, released above the teacher's bar"),
    "rule": _both("空白，按规则 0 分", "Blank: 0 by rule"),
    "builtin": _both("内置引擎", "Built-in engine"),
}
MEANWHILE_MAKERS: dict[MakerName, Words] = {**MAKERS, "model": _both("AI", "AI")}


KINDS: dict[Kind, Words] = {
    "grammar": _both("语法", "grammar"),
    "word_choice": _both("用词", "word choice"),
    "collocation": _both("搭配", "collocation"),
    "coherence": _both("连贯", "coherence"),
    "chinglish": _both("中式英语", "Chinglish"),
    "spelling": _both("拼写", "spelling"),
}

SCRIPTS = {"W": _both("作文", "Essay"), "T": _both("翻译", "Translation")}

STANDING = {
    "waiting": _both("等待批改", "waits for its mark"),
    "unassigned": _both("暂时没有人批改", "nobody marks it yet"),
    "marked": _both("已批改", "marked"),
}


def word(which: Word, locale: Locale) -> str:
    return said(which.value, locale)
