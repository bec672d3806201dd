"""How far each engine agrees with a course's teacher on the scripts that were marked blind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from siji.language.calibration import Agreement, agreement
from siji.practice.models import AnchorMark, Engine, MachineMark

DRAWS = 400
"""Samples for the intervals of a page: 2,000 would take a second and move them by less than they are rounded."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What gave a mark. Another prompt or another model is another maker."""

    engine: str
    version: str
    model: str

    @classmethod
    def of(cls, row: MachineMark) -> Maker:
        return cls(row.engine, row.version, row.model)


def agreements(course_id: int, slot: str, *, draws: int = DRAWS) -> dict[Maker, Agreement]:
    """Of every maker that marked at least one of these scripts; the one that marked last comes last."""
    wanted = anchor_values(course_id, slot)
    given: dict[Maker, dict[int, int]] = {}
    rows = MachineMark.objects.filter(script__in=list(wanted), value__isnull=False, engine__in=(Engine.BUILTIN, Engine.MODEL))
    for row in rows.order_by("pk").defer("evidence", "feedback", "flags"):
        if row.digest == wanted[row.script_id][1] and row.value is not None:
            of_maker = given.pop(Maker.of(row), {})
            given[Maker.of(row)] = of_maker | {row.script_id: row.value}
    return {maker: _agreement(marks, wanted, draws) for maker, marks in given.items()}


def agreement_of(maker: Maker, course_id: int, slot: str) -> Agreement | None:
    """Without intervals, which nothing is decided by."""
    return agreements(course_id, slot, draws=1).get(maker)


def anchor_values(course_id: int, slot: str) -> dict[int, tuple[int, str]]:
    rows = AnchorMark.objects.filter(course=course_id, script__slot=slot, value__isnull=False)
    return {
        script: (value, digest) for script, value, digest in rows.values_list("script", "value", "digest") if value is not None
    }


def _agreement(marks: Mapping[int, int], wanted: Mapping[int, tuple[int, str]], draws: int) -> Agreement:
    scripts = sorted(marks)
    return agreement([marks[one] for one in scripts], [wanted[one][0] for one in scripts], draws=draws)
