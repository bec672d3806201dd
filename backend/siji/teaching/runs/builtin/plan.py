"""Class hours by weight × difficulty × what this class gets wrong, with the reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count

from siji.problems import Words
from siji.teaching.runs.bodies import Area, Plan, PlanRow, Point, Session
from siji.teaching.runs.builtin.analysis import NOTED, is_named
from siji.teaching.runs.context import Context
from siji.teaching.runs.hours import Block, Topic, session_sizes, solve

TICKS = 2
"""Of an hour: rows are counted in halves."""
LEAST_STRESS = 0.5
"""Added to difficulty and to the share that was wrong: what is easy and known is still taught."""
ACTIVITIES: dict[Area, Words] = {
    "listening": Words(
        zh="先盲听，再对原文订正，最后跟读复述", en="Listen blind, correct against the script, then repeat and retell"
    ),
    "reading": Words(
        zh="限时阅读，逐题在原文中找依据，讲评干扰项", en="Timed reading, find the evidence for each item, discuss distractors"
    ),
    "writing": Words(zh="列提纲，当堂写初稿，互评后修改", en="Outline, draft in class, peer review, revise"),
    "translation": Words(
        zh="先定主语和句子主干，试译后对照修改", en="Settle subject and main clause, translate, compare and revise"
    ),
    "vocabulary": Words(zh="在语境中辨析词义和搭配，当堂小测", en="Meaning and collocation in context, a short quiz"),
    "other": Words(zh="讲解示范，练习并讲评", en="Explain, demonstrate, practise and discuss"),
}
AREA_NAMES: dict[Area, Words] = {
    "listening": Words(zh="听力", en="listening"),
    "reading": Words(zh="阅读", en="reading"),
    "writing": Words(zh="写作", en="writing"),
    "translation": Words(zh="翻译", en="translation"),
    "vocabulary": Words(zh="词汇语法", en="vocabulary and grammar"),
    "other": Words(zh="综合", en="general work"),
}


def plan(context: Context, *, kept: Plan | None = None) -> Plan:
    """``kept``: the plan whose locked rows stay. Raises hours.Overfull where they do not fit."""
    topics = in_order(context.analysis.topics())
    sizes = session_sizes(context.hours * TICKS, context.session_hours * TICKS)
    locked = _locked(kept)
    needs = [Topic(topic.key, need_of(topic, context.right, context.note)) for topic in topics]
    rows = _Rows(topics, context, kept)
    sessions = [
        Session(number=number, date=day, hours=size / TICKS, rows=[rows.of(number, block) for block in blocks])
        for number, (size, blocks, day) in enumerate(
            zip(sizes, solve(needs, sizes, locked), dates(context.starts_on, context.weekdays, len(sizes)), strict=True), 1
        )
    ]
    return Plan(hours=context.hours, session_hours=context.session_hours, sessions=sessions)  # type: ignore[arg-type]  # 2 or 4


def in_order(topics: Iterator[Point]) -> list[Point]:
    """As the syllabus has them: a timetable's order is its weeks'."""
    return sorted(topics, key=lambda topic: topic.passages[0].start)


def need_of(topic: Point, right: Mapping[Area, float], note: str) -> float:
    wrong = 1 - right[topic.area] / 100 if topic.area in right else 1 - LEAST_STRESS
    return (
        topic.weight * (LEAST_STRESS + topic.difficulty) * (LEAST_STRESS + wrong) * (NOTED if is_named(topic.title, note) else 1)
    )


def _locked(kept: Plan | None) -> dict[int, list[Block]]:
    """By session, from 0."""
    found: dict[int, list[Block]] = {}
    for session in kept.sessions if kept else []:
        for row in session.rows:
            if row.locked:
                found.setdefault(session.number - 1, []).append(Block(tuple(row.points), round(row.hours * TICKS), row.key))
    return found


def dates(starts_on: date | None, weekdays: Sequence[int], number: int) -> list[date | None]:
    if starts_on is None:
        return [None] * number
    wanted = set(weekdays) or {starts_on.weekday()}
    days = (starts_on + timedelta(days=at) for at in count())
    found = (day for day in days if day.weekday() in wanted)
    return [next(found) for _ in range(number)]


class _Rows:
    def __init__(self, topics: Sequence[Point], context: Context, kept: Plan | None) -> None:
        self._topics = {topic.key: topic for topic in topics}
        self._context = context
        self._kept = {row.key: row for row in kept.rows()} if kept else {}
        self._taken = {row.key for row in self._kept.values() if row.locked}

    def of(self, session: int, block: Block) -> PlanRow:
        if block.name:
            return self._kept[block.name]
        topics = [self._topics[key] for key in block.topics]
        return PlanRow(
            key=self._key(session),
            points=list(block.topics),
            hours=block.ticks / TICKS,
            activity=ACTIVITIES[topics[0].area],
            reason=self._reason(topics),
        )

    def _key(self, session: int) -> str:
        key = next(key for at in count(1) if (key := f"R{session}.{at}") not in self._taken)
        self._taken.add(key)
        return key

    def _reason(self, topics: Sequence[Point]) -> Words:
        weight = 100 * sum(topic.weight for topic in topics)
        hard = sum(topic.difficulty for topic in topics) / len(topics)
        zh, en = f"占大纲 {weight:.1f}%，难度 {hard:.2f}", f"{weight:.1f} % of the syllabus, difficulty {hard:.2f}"
        area = topics[0].area
        name = AREA_NAMES[area]
        if area in self._context.right:
            right = self._context.right[area]
            zh, en = f"{zh}；本班{name.zh}答对 {right:.0f}%", f"{en}; this class gets {right:.0f} % of {name.en} right"
        else:
            zh, en = f"{zh}；本班{name.zh}还没有成绩", f"{en}; no results of this class in {name.en} yet"
        if any(is_named(topic.title, self._context.note) for topic in topics):
            zh, en = f"{zh}；按退回意见加重", f"{en}; weighs more after the note"
        return Words(zh=zh + "。", en=en + ".")
