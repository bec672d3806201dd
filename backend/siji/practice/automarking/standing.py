"""Which of a script's machine marks speak of its text as it is, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass

from siji.ai.outcomes import REPAIRABLE, Outcome
from siji.practice.automarking import rules
from siji.practice.automarking.rules import Doubt, Opinion
from siji.practice.models import Engine, MachineMark, Script


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest word of each engine, why a person has to look, and whose mark is shown meanwhile."""

    builtin: MachineMark | None
    model: MachineMark | None
    doubts: tuple[Doubt, ...]
    shown: MachineMark | None
    second: MachineMark | None = None


def standing_of(script: Script) -> Standing:
    """Read from prefetched ``machine_marks``."""
    digest = script.digest
    newest: dict[str, MachineMark] = {}
    for row in sorted(script.machine_marks.all(), key=lambda row: row.pk):
        if row.digest == digest:
            newest[row.engine] = row
    builtin, model = newest.get(Engine.BUILTIN), newest.get(Engine.MODEL)
    mine, its = opinion_of(builtin), opinion_of(model)
    whose = rules.provisional(mine, its)
    return Standing(builtin, model, rules.doubts(mine, its), newest.get(whose) if whose else None, newest.get(Engine.SECOND))


def opinion_of(row: MachineMark | None) -> Opinion | None:
    if row is None:
        return None
    flags = frozenset(flag["name"] for flag in row.flags)
    return Opinion(row.value, row.confidence, flags, has_failed_checks=row.failure in FAILED_CHECKS)


FAILED_CHECKS = frozenset(str(outcome) for outcome in REPAIRABLE) | {Outcome.TOO_LONG.value}
"""Answers that came twice and could not be used; any other failure says nothing about the script."""
