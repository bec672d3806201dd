"""The flags of an essay: each with what it means and where it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from siji.language import signs
from siji.language.marking.provisional import Both, Flag

if TYPE_CHECKING:
    from siji.language.marking.writing import Reading, WritingTask

COPIED, REPEATED = 0.25, 0.2
SAYS: dict[signs.Sign, Both] = {
    "blank": Both("没有可评分的内容。", "There is nothing to mark."),
    "too_short": Both("字数明显不足。", "Clearly too short."),
    "too_long": Both("字数明显超过要求。", "Clearly longer than asked."),
    "not_english": Both("大部分不是英文。", "Most of it is not English."),
    "off_topic": Both("看起来与题目无关，请教师确认。", "It seems to be about something else; a teacher should confirm."),
    "template": Both("套话占了相当大的部分。", "A large part is ready-made phrases."),
    "copied": Both("有相当一部分抄自题目。", "A good part is copied from the task."),
    "repeated": Both("同样的内容反复出现。", "The same words come again and again."),
    "orders_to_marker": Both("含有写给阅卷人或程序的话，或看不见的字符；不影响分数，请教师查看。",
                             "Words to the marker or invisible characters; they do not move the mark, a teacher should look."),
}  # fmt: skip


def flagged(reading: Reading, task: WritingTask) -> tuple[Flag, ...]:
    return tuple(_flags(reading, task))


def _flags(reading: Reading, task: WritingTask) -> Iterator[Flag]:
    length = signs.length_sign(reading.text, least=task.least, most=task.most)
    whole: dict[signs.Sign, bool] = {
        "not_english": signs.is_not_english(reading.text),
        "off_topic": length != "blank" and reading.topic.is_missed,
        "template": reading.worn >= signs.WORN,
        "copied": reading.copied >= COPIED,
        "repeated": reading.repeated >= REPEATED,
    }
    if length:
        yield Flag(length, SAYS[length])
    yield from (Flag(name, SAYS[name]) for name, is_seen in whole.items() if is_seen)
    yield from orders(reading.text)


def orders(text: str) -> Iterator[Flag]:
    for spot in signs.orders_to_marker(text):
        yield Flag(spot.sign, SAYS[spot.sign], text[spot.start : spot.end], spot.start, spot.end)
