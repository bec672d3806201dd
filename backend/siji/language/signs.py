"""Signs that a text is not an honest answer: named flags, never marks by themselves. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from siji.language.spelling import is_known
from siji.language.text import count_chinese, count_words, words

Sign = Literal["blank", "too_short", "not_english", "off_topic", "template", "copied", "repeated", "orders_to_marker", "too_long"]

SHORT = 0.8
"""Of the least number of words: EXAM.md names no limit, so this is where the flag begins, not where marks are lost."""
WORN = 0.2
"""The share of worn phrases from which a script is called a template."""
_ORDERS = re.compile(
    r"(?:ignore|disregard|forget|override)\W+(?:\w+\W+){0,3}(?:previous|above|prior|earlier|all|any|your)\W+(?:\w+\W+){0,3}"
    r"(?:instruction|prompt|rule|rubric|criteria|message|direction)s?"
    r"|(?:give|award|assign|grant)\W+(?:\w+\W+){0,4}(?:full marks?|(?:mark|score|grade|band) of|1[0-5]\s*(?:/|out of|marks?|points?)|highest (?:mark|score|band)|maximum)"
    r"|(?:dear|attention|note to|message to|hello),?\W+(?:\w+\W+){0,2}(?:marker|grader|examiner|assessor|ai|language model|assistant)\b"
    r"|(?:you are|act as|pretend to be|as)\W+(?:\w+\W+){0,3}(?:language model|ai (?:marker|grader|assistant)|examiner|grader|marking system|teacher who gives)"
    r"|system\s*(?:prompt|message|:)|<\W*/?\W*(?:system|assistant|instructions?|rubric)\W*>|\[/?inst\]|```"
    r"|\"?(?:mark|score|band|grade)\"?\s*[:=]\s*\"?1[0-5]\b"
    r"|this (?:essay|script|composition|answer|translation) (?:deserves|should (?:get|receive|be given)|merits|has been (?:marked|checked|graded))"
    r"|忽略.{0,8}(?:以上|之前|前面|所有|上述).{0,8}(?:指令|要求|提示|规则|标准)|(?:请|必须|应该|务必).{0,6}(?:给|打).{0,8}(?:满分|高分|1[0-5]\s*分|十[三四五]分)"
    r"|(?:阅卷|评分|改卷).{0,4}(?:老师|人|员|系统|模型).{0,12}(?:请|给|打)|你(?:现在)?是.{0,10}(?:阅卷|评分|助手|模型)|系统(?:提示|消息|指令)",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|[\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the text that shows a sign; ``start`` and ``end`` are 0 where the whole text does."""

    sign: Sign
    start: int = 0
    end: int = 0


def orders_to_marker(text: str) -> list[Spot]:
    """Words to whoever marks, and characters that nobody sees."""
    found = [*_ORDERS.finditer(text), *_HIDDEN.finditer(text)]
    return [Spot("orders_to_marker", *match.span()) for match in sorted(found, key=lambda match: match.start())]


def length_sign(text: str, *, least: int, most: int | None) -> Sign | None:
    count = count_words(text)
    if count < 5:
        return "blank"
    if count < least * SHORT:
        return "too_short"
    return "too_long" if most and count > most * 1.2 else None


def is_not_english(text: str) -> bool:
    """More Chinese characters than English words, or fewer than six of ten words known."""
    found = [word.lower() for word in words(text) if word.isalpha()]
    return count_chinese(text) > len(found) or (len(found) >= 5 and sum(map(is_known, found)) / len(found) < 0.6)
