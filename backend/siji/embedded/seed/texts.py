"""Names, courses and questions out of small original word lists. Pure; the same for the same number."""

from __future__ import annotations

from collections.abc import Sequence

from siji.embedded.demo.people import GIVEN, SURNAMES
from siji.embedded.seed.scales import mixed

TOPICS = (
    *("听力", "写作", "翻译", "阅读", "词汇", "口语", "综合", "模拟考试", "真题讲评", "强化训练", "学术英语", "长篇阅读"),
    *("选词填空", "新闻听力", "中国文化英译", "语法", "基础", "冲刺"),
)
COLLEGES = ("外国语学院", "机械学院", "经管学院", "医学院", "农学院", "法学院", "计算机学院", "艺术学院", "土木学院", "化工学院")
CATEGORIES = ("四级", "写作", "听力", "阅读", "翻译", "公共英语")
LEVELS = ("CET-4", "基础", "提高", "冲刺")
SUBJECTS = (
    *("the library", "a village school", "the night train", "a street market", "the museum", "an online class", "the river"),
    *(
        "a young engineer",
        "the tea farm",
        "the orchestra",
        "a bicycle shop",
        "the hospital",
        "the weather station",
        "a translator",
    ),
    *("the football team", "an old bridge", "the mountain path", "a science club", "the bakery", "the harbour"),
)
VERBS = (
    *("change", "support", "explain", "protect", "measure", "improve", "replace", "remember", "compare", "describe", "repair"),
    *("encourage", "question", "discover", "organise", "translate", "record", "defend", "share", "predict"),
)
THINGS = (
    *("habits", "traditions", "energy", "language", "memory", "transport", "education", "health", "climate", "friendship"),
    *("technology", "agriculture", "tourism", "music", "history", "employment", "housing", "water", "food", "volunteering"),
)
MANNERS = (
    "quickly",
    "for many years",
    "without help",
    "against advice",
    "in winter",
    "at low cost",
    "with great care",
    "every week",
)


def person(number: int) -> str:
    return SURNAMES[mixed(3, number) % len(SURNAMES)] + GIVEN[mixed(4, number) % len(GIVEN)]


def group(number: int) -> str:
    return f"{COLLEGES[number // 40 % len(COLLEGES)][:2]} {24 - number // 4000 % 4}{number // 40 % 100:02}"


def course_name(number: int) -> str:
    topic, college = TOPICS[mixed(5, number) % len(TOPICS)], COLLEGES[mixed(6, number) % len(COLLEGES)]
    return f"大学英语{topic}（{college} {number:05}）"


def course_description(number: int) -> str:
    thing = THINGS[mixed(8, number) % len(THINGS)]
    return f"每周两次，{TOPICS[mixed(9, number) % len(TOPICS)]}为主。Reading and writing about {thing}."


def question(number: int) -> tuple[str, list[str]]:
    """A question and four choices."""
    pick = [mixed(number, place) for place in range(10)]
    subject, thing = SUBJECTS[pick[0] % len(SUBJECTS)], THINGS[pick[1] % len(THINGS)]
    asked = f"According to passage {number}, how does {subject} {VERBS[pick[2] % len(VERBS)]} {thing}?"
    return asked, [
        f"It {_nth(VERBS, pick[3] + n)}s {_nth(THINGS, pick[4] + 3 * n)} {_nth(MANNERS, pick[5] + n)}." for n in range(4)
    ]


def _nth(words: Sequence[str], number: int) -> str:
    return words[number % len(words)]
