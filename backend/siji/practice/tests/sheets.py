"""The day's clock and the slots of a whole paper, as pure data for tests of the rules."""

from __future__ import annotations

from siji.practice.clock import Plan, Sheet, some_sections, whole_paper

CLOCK = {
    "parts": [
        {"key": "writing", "minutes": 30, "sections": ["writing"], "is_extensible": True},
        {"key": "listening", "minutes": 25, "sections": ["listening-a", "listening-b", "listening-c"], "is_extensible": False},
        {"key": "collection", "minutes": 5, "sections": [], "is_extensible": False},
        {
            "key": "reading",
            "minutes": 70,
            "sections": ["reading-a", "reading-b", "reading-c", "translation"],
            "is_extensible": True,
        },
    ],
    "section_minutes": {
        "writing": 30,
        "listening-a": 7,
        "listening-b": 7,
        "listening-c": 11,
        "reading-a": 8,
        "reading-b": 14,
        "reading-c": 18,
        "translation": 30,
    },
}


def _numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


SLOTS: dict[str, list[str]] = {
    "writing": ["W"],
    "listening-a": _numbers(1, 7),
    "listening-b": _numbers(8, 15),
    "listening-c": _numbers(16, 25),
    "reading-a": _numbers(26, 35),
    "reading-b": _numbers(36, 45),
    "reading-c": _numbers(46, 55),
    "translation": ["T"],
}
SECTIONS = list(SLOTS)


def exam_sheet(extra_percent: int = 0) -> Sheet:
    return whole_paper(Plan.of(CLOCK), SLOTS, extra_percent=extra_percent)


def sections_sheet(*sections: str, extra_percent: int = 0) -> Sheet:
    return some_sections(Plan.of(CLOCK), sections, SLOTS, extra_percent=extra_percent)
