"""A12: what a search takes, in Chinese and English, asked by a teacher who finds items too, one after another."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from measure.figures import Spread
from measure.load import Load
from measure.school import ROWS

TIMES = 8
CHINESE = (
    "听力",
    "大学英语",
    "写作",
    "外国语学院",
    "真题讲评",
    "翻译",
    "每周两次",
    "选词填空",
    "机械学院 听力",
    "强化训练",
    "语法",
    "公共英语",
)
ENGLISH = (
    *("reading", "energy", "translation", "the library", "climat", "how does a translator", "village school", "night train"),
    *("protect climate", "mountain path", "employment", "wether station"),
)


def measure(load: Load, *, scale: str) -> dict[str, Any]:
    teacher = ROWS.index("teaching")
    users = max(teacher + 1, 6)
    found: dict[str, Any] = {}
    for language, words in (("zh", CHINESE), ("en", ENGLISH)):
        asks = [(teacher, f"/api/v1/search?q={quote(word)}") for word in words]
        answers = load.look(asks, users=users, times=TIMES)
        wrong = [one["path"] for one in answers if one["status"] != 200]
        if wrong:
            raise SystemExit(f"a search failed: {wrong}")
        times = [time for one in answers for time in one["times"]]
        spread = Spread.of(times)
        found[language] = {"mean": spread.mean, "p50": spread.p50, "p95": spread.p95, "count": spread.count}
        found[f"{language}_with_hits"] = sum(bool(one["body"]["items"] or one["body"]["courses"]) for one in answers)
    found["how"] = (
        f"scale {scale}, {len(CHINESE)} and {len(ENGLISH)} searches × {TIMES} through nginx, one at a time, as a teacher"
    )
    return found
