"""From a passage of the syllabus to all that rests on it; what nothing rests on; what a new edition has lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from siji.teaching.documents.blocks import Block, Document
from siji.teaching.models import Run, Syllabus, SyllabusState
from siji.teaching.runs.bodies import Analysis, Body, Criteria, Passage, Plan, Questions
from siji.teaching.runs.builtin.structure import rows_and_text, sections_of
from siji.teaching.runs.context import bodies_of
from siji.teaching.runs.measures import text_of
from siji.teaching.runs.schemas import LostOut, RunSyllabus, Trace, TraceOut, UncoveredOut


def trace(run: Run) -> TraceOut:
    bodies = bodies_of(run)
    analysis = bodies.get("analysis")
    newest = Syllabus.objects.filter(series=run.syllabus.series, state=SyllabusState.READY).order_by("-edition").first()
    about = newest or run.syllabus
    place = RunSyllabus(id=about.pk, title=about.title, edition=about.edition)
    if not isinstance(analysis, Analysis):
        return TraceOut(passages=[], uncovered=[], newest=place, lost=[])
    passages = _traces(analysis, bodies)
    document = Document.parsed(run.syllabus.document or {})
    lost = lost_in(analysis, Document.parsed(newest.document or {})) if newest and newest.pk != run.syllabus_id else []
    return TraceOut(passages=passages, uncovered=uncovered(document, passages), newest=place, lost=lost)


def _traces(analysis: Analysis, bodies: Mapping[str, Body]) -> list[Trace]:
    found: dict[tuple[int, int], Trace] = {}
    rests = _rests(bodies)
    for kind, ones in (("objectives", analysis.objectives), ("points", list(analysis.all_points()))):
        for one in ones:
            for passage in one.passages:
                trace = found.setdefault((passage.start, passage.end), _empty(passage))
                key = one.key
                getattr(trace, kind).append(key)
                _extend(trace, rests, key)
    return [found[place] for place in sorted(found)]


def _extend(trace: Trace, rests: Mapping[str, Mapping[str, Sequence[str]]], key: str) -> None:
    """A detail is covered by what covers its topic."""
    for kind in ("rows", "questions", "criteria"):
        names = [name for outer in _outer(key) for name in rests[kind].get(outer, ())]
        getattr(trace, kind).extend(name for name in dict.fromkeys(names) if name not in getattr(trace, kind))


def _outer(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:number]) for number in range(len(parts), 0, -1)]


def _rests(bodies: Mapping[str, Body]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {kind: defaultdict(list) for kind in ("rows", "questions", "criteria")}
    plan, questions, criteria = bodies.get("plan"), bodies.get("questions"), bodies.get("criteria")
    for row in plan.rows() if isinstance(plan, Plan) else ():
        for key in row.points:
            found["rows"][key].append(row.key)
    for one in questions.questions if isinstance(questions, Questions) else ():
        for key in one.points if one.state != "refused" else ():
            found["questions"][key].append(one.key)
    for rubric in criteria.criteria if isinstance(criteria, Criteria) else ():
        found["criteria"][rubric.objective] += [line.key for line in rubric.lines]
    return found


def _empty(passage: Passage) -> Trace:
    return Trace(**passage.model_dump(), objectives=[], points=[], rows=[], questions=[], criteria=[])


def uncovered(document: Document, passages: Sequence[Trace]) -> list[UncoveredOut]:
    """Blocks of which no passage holds anything; heads of tables and headings stand for nothing themselves."""
    blocks: list[Block] = [block for section in sections_of(document) for block in rows_and_text(section)]
    spans = [(one.start, one.end) for one in passages]
    return [
        UncoveredOut(page=block.page, start=block.start, end=block.end, quote=block.text)
        for block in blocks
        if not any(start < block.end and end > block.start for start, end in spans)
    ]


def lost_in(analysis: Analysis, document: Document) -> list[LostOut]:
    """Passages whose words are nowhere in that edition, wherever they may have moved to."""
    text = text_of(document)
    lost: dict[str, LostOut] = {}
    for kind, ones in (("objectives", analysis.objectives), ("points", list(analysis.all_points()))):
        for one in ones:
            for passage in one.passages:
                if passage.quote not in text:
                    entry = lost.setdefault(passage.quote, LostOut(quote=passage.quote, points=[], objectives=[]))
                    getattr(entry, kind).append(one.key)
    return list(lost.values())
