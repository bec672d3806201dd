"""The clock of an attempt: a pure function of the whole milliseconds since its start. No Django here.

A ``Sheet`` is the timetable of one attempt: its parts one after another without gaps, each with the slots that may be
answered while it is open. A part is open from ``start_ms`` on and locked at exactly ``end_ms``. What is not timed (practice)
has no parts and its slots in ``free``. A sheet is stored with the attempt, so that a new clock never changes an old attempt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

MINUTE = 60_000

Standing = Literal["pending", "open", "locked"]


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    sections: tuple[str, ...]
    slots: tuple[str, ...]
    start_ms: int
    end_ms: int

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Sheet:
    parts: tuple[Part, ...] = ()
    free: tuple[str, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        return self.free + tuple(slot for part in self.parts for slot in part.slots)

    @property
    def end_ms(self) -> int:
        return self.parts[-1].end_ms if self.parts else 0

    @property
    def is_timed(self) -> bool:
        return bool(self.parts)

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def as_json(self) -> dict[str, Any]:
        parts = [
            {"key": p.key, "sections": list(p.sections), "slots": list(p.slots), "start_ms": p.start_ms, "end_ms": p.end_ms}
            for p in self.parts
        ]
        return {"parts": parts, "free": list(self.free)}

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Sheet:
        """The sheet that ``as_json`` wrote."""
        parts = (
            Part(p["key"], tuple(p["sections"]), tuple(p["slots"]), int(p["start_ms"]), int(p["end_ms"]))
            for p in body.get("parts", ())
        )
        return cls(tuple(parts), tuple(body.get("free", ())))


@dataclass(frozen=True, slots=True)
class Plan:
    """A published clock (``content/clocks``): parts in order, and what a single section takes on its own."""

    parts: tuple[PlannedPart, ...]
    section_minutes: Mapping[str, float]

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Plan:
        parts = tuple(
            PlannedPart(str(p["key"]), float(p["minutes"]), tuple(p["sections"]), bool(p["is_extensible"])) for p in body["parts"]
        )
        return cls(parts, {str(key): float(minutes) for key, minutes in body["section_minutes"].items()})


@dataclass(frozen=True, slots=True)
class PlannedPart:
    key: str
    minutes: float
    sections: tuple[str, ...]
    is_extensible: bool


def whole_paper(plan: Plan, slots: Mapping[str, Sequence[str]], *, extra_percent: int = 0) -> Sheet:
    """The timetable of the day. ``slots``: section → its slots; ``extra_percent`` lengthens the extensible parts."""
    return _laid_out([(part, part.sections, _milliseconds(part.minutes)) for part in plan.parts], slots, extra_percent)


def some_sections(plan: Plan, sections: Sequence[str], slots: Mapping[str, Sequence[str]], *, extra_percent: int = 0) -> Sheet:
    """Single sections run their own minutes, grouped into the parts they belong to.

    A part without sections (the collection of sheet 1) runs only between two parts that do. Raises KeyError for a section
    that the clock does not know.
    """
    for section in sections:
        plan.section_minutes[section]
    chosen = []
    for part in plan.parts:
        own = tuple(section for section in part.sections if section in sections)
        minutes = sum(plan.section_minutes[section] for section in own) if own else part.minutes
        if own or not part.sections:
            chosen.append((part, own, _milliseconds(minutes)))
    return _laid_out(_without_idle_ends(chosen), slots, extra_percent)


def outline(plan: Plan, sections: Sequence[str], *, extra_percent: int = 0) -> Sheet:
    """The parts and their times alone, of the whole paper or of these sections: one slot stands for all of a section."""
    slots: Mapping[str, Sequence[str]] = defaultdict(lambda: ("?",))
    if not sections:
        return whole_paper(plan, slots, extra_percent=extra_percent)
    return some_sections(plan, sections, slots, extra_percent=extra_percent)


def _milliseconds(minutes: float) -> int:
    return round(minutes * MINUTE)


_Row = tuple[PlannedPart, tuple[str, ...], int]


def _without_idle_ends(rows: list[_Row]) -> list[_Row]:
    used = [index for index, (_, own, _) in enumerate(rows) if own]
    return rows[used[0] : used[-1] + 1] if used else []


def _laid_out(rows: Sequence[_Row], slots: Mapping[str, Sequence[str]], extra_percent: int) -> Sheet:
    parts, at = [], 0
    for part, own, milliseconds in rows:
        extra = -(-milliseconds * extra_percent // 100) if part.is_extensible else 0
        end = at + milliseconds + extra
        parts.append(Part(part.key, own, tuple(slot for section in own for slot in slots[section]), at, end))
        at = end
    return Sheet(tuple(parts))


def open_part(sheet: Sheet, elapsed: int) -> Part | None:
    """The part that runs now; None after the end."""
    return next((part for part in sheet.parts if part.start_ms <= elapsed < part.end_ms), None)


def is_over(sheet: Sheet, elapsed: int) -> bool:
    return sheet.is_timed and elapsed >= sheet.end_ms


def standing_of(part: Part, elapsed: int) -> Standing:
    if elapsed < part.start_ms:
        return "pending"
    return "open" if elapsed < part.end_ms else "locked"


def standings(sheet: Sheet, elapsed: int | None, *, is_closed: bool) -> dict[str, Standing]:
    """How each slot stands. ``elapsed`` None: the clock has not started (a room that waits)."""
    if is_closed:
        return dict.fromkeys(sheet.slots, "locked")
    if not sheet.is_timed:
        return dict.fromkeys(sheet.free, "open")
    if elapsed is None:
        return dict.fromkeys(sheet.slots, "pending")
    return {slot: standing_of(part, elapsed) for part in sheet.parts for slot in part.slots}


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part as the browser is told of it; see ``schemas.PartOut``."""

    part: Part
    standing: Standing
    starts_in_ms: int
    remaining_ms: int


def parts_now(sheet: Sheet, elapsed: int | None, *, is_closed: bool) -> list[PartNow]:
    """Before the clock has started a part starts in its own offset, counted from a start that is yet to come."""
    at = elapsed or 0
    if is_closed:
        return [PartNow(part, "locked", 0, 0) for part in sheet.parts]
    if elapsed is None:
        return [PartNow(part, "pending", part.start_ms, part.duration_ms) for part in sheet.parts]
    return [
        PartNow(
            part,
            standing_of(part, at),
            max(part.start_ms - at, 0),
            max(min(part.end_ms - at, part.duration_ms), 0),
        )
        for part in sheet.parts
    ]


def remaining_ms(sheet: Sheet, elapsed: int) -> int:
    return max(sheet.end_ms - elapsed, 0)


def lock_ms(sheet: Sheet, slot: str, *, closed_ms: int) -> int:
    """When a slot was locked: at the end of its part, or with the attempt where that was closed sooner (practice: only then)."""
    return min([closed_ms, *(part.end_ms for part in sheet.parts if slot in part.slots)])


def next_change_ms(sheet: Sheet, elapsed: int) -> int | None:
    """Milliseconds until the next lock; None when nothing changes any more."""
    part = open_part(sheet, elapsed)
    return None if part is None else part.end_ms - elapsed


def extended(sheet: Sheet, *, key: str, milliseconds: int) -> Sheet:
    """More time for one part; all that follows moves back by as much. Raises ValueError for a part that is not there."""
    keys = [part.key for part in sheet.parts]
    first = keys.index(key)
    parts = [
        part
        if index < first
        else replace(part, start_ms=part.start_ms + (milliseconds if index > first else 0), end_ms=part.end_ms + milliseconds)
        for index, part in enumerate(sheet.parts)
    ]
    return replace(sheet, parts=tuple(parts))


def part_to_extend(sheet: Sheet, elapsed: int) -> Part | None:
    """The part that runs now; during a collection, in which nothing is answered, the one after it."""
    return next((part for part in sheet.parts if part.end_ms > elapsed and part.slots), None)
