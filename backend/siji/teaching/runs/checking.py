"""What a teacher's edit has to keep: every quote stands in the syllabus, sums are exact, keys lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from siji.problems import Refusal, refusal_on
from siji.teaching.runs.bodies import UNPROVEN, Analysis, Body, Criteria, Plan, Point, Question, Questions
from siji.teaching.runs.context import Context
from siji.teaching.runs.measures import is_supported, text_of


def checked(body: Body, context: Context) -> Body:
    """As it is kept. Raises Refusal (422), which names the part."""
    match body:
        case Analysis():
            return _analysis(body, context)
        case Plan():
            return _plan(body, context)
        case Questions():
            return _questions(body, context)
        case Criteria():
            return _criteria(body, context)


def _analysis(body: Analysis, context: Context) -> Analysis:
    text = text_of(context.document)
    _distinct([one.key for one in body.claims()], "points")
    for one in body.claims():
        if not all(is_supported(passage, text) for passage in one.passages):
            raise _wrong(
                "points",
                f"“{one.key}”的出处和大纲原文对不上，请重新选择原文。",
                f"The passage of {one.key} is not what the syllabus says there: choose it again.",
            )
    whole = sum(point.weight for point in body.points)
    if not whole:
        raise _wrong("points", "所有知识点的权重都是 0，请至少给一个权重。", "Every point weighs nothing: give one a weight.")
    return body.model_copy(update={"points": [scaled(point, point.weight / whole) for point in body.points]})


def scaled(point: Point, weight: float) -> Point:
    """With its children made to add up to it: they keep their proportions."""
    whole = sum(child.weight for child in point.children)
    number = len(point.children)
    children = [scaled(child, weight * (child.weight / whole if whole else 1 / number)) for child in point.children]
    return point.model_copy(update={"weight": min(weight, 1.0), "children": children})


def _plan(body: Plan, context: Context) -> Plan:
    known = {point.key for point in context.analysis.all_points()}
    _distinct([row.key for row in body.rows()], "sessions")
    _known((key for row in body.rows() for key in row.points), known, "sessions")
    for number, session in enumerate(body.sessions, 1):
        if (
            session.number != number
            or session.hours > context.session_hours
            or sum(row.hours for row in session.rows) != session.hours
        ):
            raise _wrong(
                "sessions",
                f"第 {number} 次课各项学时之和不等于 {session.hours:g} 学时，请调整后再保存。",
                f"The rows of session {number} do not add up to its {session.hours:g} hours: mend that and save again.",
            )
    if sum(session.hours for session in body.sessions) != context.hours or body.hours != context.hours:
        zh, en = f"各次课学时之和不等于总学时 {context.hours}。", f"The sessions do not add up to {context.hours} hours."
        raise _wrong("sessions", zh, en)
    return body


def _questions(body: Questions, context: Context) -> Questions:
    _distinct([one.key for one in body.questions], "questions")
    _known((one.plan_row for one in body.questions), {row.key for row in context.plan.rows()}, "questions")
    _known((key for one in body.questions for key in one.points), {one.key for one in context.analysis.all_points()}, "questions")
    newest = context.done.get("questions")
    before = {one.key: one for one in newest.questions} if isinstance(newest, Questions) else {}
    for one in body.questions:
        if one.choices and one.answer not in one.choices:
            zh, en = f"“{one.key}”的答案不在选项里。", f"The key of {one.key} is none of its choices."
            raise _wrong("questions", zh, en)
        old = before.get(one.key)
        if (one.item is not None and (old is None or _fixed(one) != _fixed(old))) or (old and old.item != one.item):
            zh, en = f"“{one.key}”是题库里的题，内容不能在这里改。", f"{one.key} is the bank's: its text is not changed here."
            raise _wrong("questions", zh, en)
    return Questions(questions=[_undecided(one, before.get(one.key)) for one in body.questions])


def _undecided(one: Question, old: Question | None) -> Question:
    """An edit proves and approves nothing, whatever it says: of a text that is the same both stay, any other waits for both."""
    if old is None or _fixed(one) != _fixed(old):
        return one.model_copy(update={"state": "refused" if one.state == "refused" else "waiting", "blind": UNPROVEN})
    state = one.state if one.state in ("refused", "waiting") else old.state
    return one.model_copy(update={"state": state, "blind": old.blind})


def _fixed(one: object) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in ("item", "kind", "stem", "choices", "answer", "text"))


def _criteria(body: Criteria, context: Context) -> Criteria:
    _distinct([one.objective for one in body.criteria], "criteria")
    _distinct([line.key for one in body.criteria for line in one.lines], "criteria")
    _known((one.objective for one in body.criteria), {one.key for one in context.analysis.objectives}, "criteria")
    for one in body.criteria:
        if abs(sum(line.weight for line in one.lines) - 1) > 0.005:
            zh, en = f"目标“{one.objective}”各项权重之和不是 100%。", f"The lines of {one.objective} do not add up to 100 %."
            raise _wrong("criteria", zh, en)
    return body


def _distinct(keys: list[str], field: str) -> None:
    double = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if double is not None:
        raise _wrong(field, f"编号“{double}”用了两次。", f"The key {double} is used twice.")


def _known(keys: Iterable[str], known: set[str], field: str) -> None:
    strange = next((key for key in keys if key not in known), None)
    if strange is not None:
        raise _wrong(
            field, f"编号“{strange}”不存在，请刷新页面后再改。", f"There is no {strange}: reload the page and edit again."
        )


def _wrong(field: str, zh: str, en: str) -> Refusal:
    return refusal_on(field, "invalid", zh=zh, en=en)
