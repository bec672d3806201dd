"""How good a stage's work is, in figures that code can check. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from siji.language.similarity import jaccard, shingles
from siji.teaching.documents.blocks import Document
from siji.teaching.runs.bodies import Analysis, Body, Criteria, Measure, Passage, Plan, Point, Questions
from siji.teaching.runs.builtin.structure import taught_blocks
from siji.teaching.runs.context import Context
from siji.teaching.runs.rounds import none_of, up

LEVELS = 3
COVERED = 0.95
ALIKE = 0.8


def measures_of(body: Body, context: Context, *, unsupported: int = 0) -> list[Measure]:
    """``unsupported``: claims that were dropped on the way; those still in the body are counted here."""
    match body:
        case Analysis():
            return _of_analysis(body, context.document, unsupported)
        case Plan():
            return _of_plan(body, context)
        case Questions():
            return _of_questions(body, context, unsupported)
        case Criteria():
            return _of_criteria(body, context)


def _of_analysis(body: Analysis, document: Document, dropped: int) -> list[Measure]:
    text = text_of(document)
    passages = [passage for one in body.claims() for passage in one.passages]
    wrong = sum(not is_supported(passage, text) for passage in passages)
    return [
        up("coverage", coverage(passages, document), COVERED),
        up("depth", depth(body.points), LEVELS),
        none_of("unsupported", wrong + dropped),
        none_of("duplicates", doubles([point.title for point in body.points]) + _double_children(body)),
        up("objectives", min(len(body.objectives), 1)),
    ]


def _double_children(body: Analysis) -> int:
    return sum(doubles([child.title for child in point.children]) for point in body.all_points())


def text_of(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks)


def is_supported(passage: Passage, text: str) -> bool:
    return text[passage.start : passage.end] == passage.quote


def coverage(passages: Sequence[Passage], document: Document) -> float:
    """Share of the characters of what is to be taught that stand in a passage."""
    covered = {at for passage in passages for at in range(passage.start, passage.end)}
    taught = list(taught_blocks(document))
    whole = sum(len(block.text) for block in taught)
    return sum(at in covered for block in taught for at in range(block.start, block.end)) / whole if whole else 1.0


def depth(points: Sequence[Point]) -> int:
    """Of the shallowest branch."""
    return min((1 + depth(point.children) if point.children else 1 for point in points), default=0)


def doubles(titles: Sequence[str]) -> int:
    sets = [shingles(title, size=2) for title in titles]
    return sum(
        any(titles[at] == titles[other] or jaccard(sets[at], sets[other]) >= ALIKE for other in range(at))
        for at in range(len(titles))
    )


def _of_plan(body: Plan, context: Context) -> list[Measure]:
    topics = [topic.key for topic in context.analysis.topics()]
    planned = {key for row in body.rows() for key in row.points}
    off = sum(abs(sum(row.hours for row in session.rows) - session.hours) > 1e-9 for session in body.sessions)
    off += abs(sum(session.hours for session in body.sessions) - context.hours) > 1e-9
    kept = {row.key: row for row in context.plan_before.rows() if row.locked} if context.plan_before else {}
    now = {row.key: row for row in body.rows()}
    return [
        none_of("sums_off", off),
        up("points_covered", sum(key in planned for key in topics) / len(topics)),
        none_of("locks_broken", sum(now.get(key) != row for key, row in kept.items())),
        none_of("unsupported", len(planned - {point.key for point in context.analysis.all_points()})),
    ]


def _of_questions(body: Questions, context: Context, dropped: int) -> list[Measure]:
    rows = {row.key for row in context.plan.rows()}
    asked = {one.plan_row for one in body.questions}
    keyed = [one for one in body.questions if one.choices]
    return [
        up("rows_with_questions", len(rows & asked) / len(rows)),
        none_of("duplicates", sum(one.duplicate_of is not None for one in body.questions)),
        none_of("keys_invalid", sum(one.answer not in one.choices for one in keyed)),
        none_of("unsupported", len(asked - rows) + dropped),
        up("quality", sum(one.quality for one in body.questions) / len(body.questions) if body.questions else 0.0, 0.9),
    ]


def _of_criteria(body: Criteria, context: Context) -> list[Measure]:
    wanted = {objective.key for objective in context.analysis.objectives}
    found = [one.objective for one in body.criteria]
    off = sum(abs(sum(line.weight for line in one.lines) - 1) > 1e-6 for one in body.criteria)
    return [
        up("objectives_covered", len(wanted & set(found)) / len(wanted) if wanted else 1.0),
        none_of("sums_off", off),
        none_of("duplicates", len(found) - len(set(found))),
        none_of("unsupported", len(set(found) - wanted)),
    ]
