"""How a paper may have been sat: some dozens of sheets, answered as the demo school's people answer, scored by the real rules."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING

from siji.accounts.models import User
from siji.bank.models import Paper
from siji.embedded.demo.sitting import Sitter, answers_of
from siji.language.text import count_words
from siji.practice import clock, scoring
from siji.practice.estimate import estimate
from siji.practice.keys import keyed_items, norm_of, plan_of, slots_by_section, written_slots

if TYPE_CHECKING:
    from collections.abc import Mapping

PATTERNS = 60


@dataclass(frozen=True, slots=True)
class Sitting:
    answers: Mapping[str, str]
    words: Mapping[str, int]
    """Of each script, by slot."""
    marks: Mapping[str, int]
    result: str
    """As the column has it once both scripts are marked, and while they wait."""
    result_unmarked: str


@dataclass(frozen=True, slots=True)
class SatPaper:
    paper: Paper
    sheet: str
    length_ms: int
    rubrics: Mapping[str, int]
    sittings: list[Sitting]


def sat_paper(paper: Paper) -> SatPaper:
    slots = {str(section): own for section, own in slots_by_section(paper).items()}
    sheet = clock.whole_paper(plan_of(paper), slots)
    rubrics = written_slots(paper, sheet.slots)
    people = [Sitter(User(), Random(n).gauss(0, 1), Random(n)) for n in range(PATTERNS)]
    sittings = [_sitting(sitter, paper, sheet, list(rubrics)) for sitter in people]
    return SatPaper(paper, json.dumps(sheet.as_json()), sheet.end_ms, rubrics, sittings)


def _sitting(sitter: Sitter, paper: Paper, sheet: clock.Sheet, written: list[str]) -> Sitting:
    answers = {slot: value for slot, value in answers_of(sitter, paper).items() if slot in sheet.slots}
    marks = {slot: max(0, min(15, round(9 + 2.4 * sitter.ability))) for slot in written}
    items = keyed_items(paper, sheet.slots)

    def result(of: dict[str, int | None]) -> str:
        scored = scoring.score(items, answers, of)
        found = estimate(norm_of(paper), scored.sections)
        return json.dumps(scored.as_json() | {"estimate": None if found is None else asdict(found)}, ensure_ascii=False)

    return Sitting(
        answers=answers,
        words={slot: count_words(answers.get(slot, "")) for slot in written},
        marks=marks,
        result=result(dict(marks)),
        result_unmarked=result(dict.fromkeys(written)),
    )
