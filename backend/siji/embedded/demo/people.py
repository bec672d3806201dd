"""Who is in the demo school. Names are made up from common ones; any likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐"
GIVEN = (
    *("子涵", "雨桐", "浩然", "欣怡", "宇轩", "思远", "梦琪", "俊杰", "佳怡", "一鸣", "诗涵", "志强", "晓雯", "天宇", "若曦"),
    *("明辉", "静怡", "泽楷", "雅婷", "文博", "可馨", "家豪", "海燕", "立群", "婉清", "振华", "秋实", "新月", "大伟", "小雨"),
)
CLASSES = ("外语 2401", "机械 2402", "经管 2403")


@dataclass(frozen=True, slots=True)
class Pupil:
    """``ability`` is in standard deviations around the middle of a class."""

    username: str
    name: str
    number: str
    group: str
    ability: float


def pupils(count: int, *, seed: int = 4) -> list[Pupil]:
    """The same school every time. Nobody has the same name twice."""
    random, names = Random(seed), set[str]()
    made: list[Pupil] = []
    while len(made) < count:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if name in names:
            continue
        names.add(name)
        place = len(made) + 1
        number = f"2024{place:04}"
        made.append(Pupil(f"student{place:02}", name, number, CLASSES[place % len(CLASSES)], random.gauss(0, 1)))
    return made
