"""Raw marks from answers: pure, no Django. The key decides objective items; a script's section waits for its mark.

An answer may hold anything a browser sent; only the letter of the key, in either case, is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Maker = Literal["", "teacher", "appeal", "model", "rule", "builtin"]
"""Of a script's mark: a teacher, a teacher after an appeal, a model, the rule for a blank one, the built-in engine. "": a key, or
several makers at once."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """One slot with what decides it. ``key`` None: a script, marked by hand."""

    slot: str
    section: str
    marks: float
    key: str | None
    skills: tuple[str, ...] = ()
    traps: Mapping[str, str] = field(default_factory=dict)
    """Wrong letter → the trap it sets."""


@dataclass(frozen=True, slots=True)
class SectionResult:
    key: str
    raw: float | None
    """None while its script waits for a mark."""
    raw_of: float
    correct: int
    items: int
    is_script: bool
    provisional: float | None = None
    """What an engine gives a script that nobody has marked. It is in no sum; the estimate alone goes by it."""
    deviation: float = 0.0
    """Of that mark, in marks."""
    by: Maker = ""
    """Who gave the mark, or the provisional one."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An engine's mark of one script, and how far off the true one may lie (standard deviation)."""

    mark: int
    deviation: float
    by: Maker = ""


@dataclass(frozen=True, slots=True)
class Tally:
    correct: int
    items: int


@dataclass(frozen=True, slots=True)
class Result:
    sections: tuple[SectionResult, ...]
    skills: Mapping[str, Tally]
    traps: Mapping[str, int]

    @property
    def raw(self) -> float:
        """Marks reached in what is marked."""
        return sum(section.raw for section in self.sections if section.raw is not None)

    @property
    def raw_of(self) -> float:
        """Marks that could be reached in what is marked."""
        return sum(section.raw_of for section in self.sections if section.raw is not None)

    @property
    def is_provisional(self) -> bool:
        return any(section.raw is None for section in self.sections)

    def as_json(self) -> dict[str, Any]:
        return {
            "sections": [asdict(section) for section in self.sections],
            "skills": {key: asdict(tally) for key, tally in self.skills.items()},
            "traps": dict(self.traps),
            "raw": self.raw,
            "raw_of": self.raw_of,
        }

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Result:
        """The result that ``as_json`` wrote."""
        return cls(
            tuple(SectionResult(**section) for section in body["sections"]),
            {key: Tally(**tally) for key, tally in body["skills"].items()},
            dict(body["traps"]),
        )


def letter(value: str) -> str:
    """The choice that an answer names, as keys are written."""
    return value.strip().upper()


def is_correct(item: Keyed, value: str) -> bool:
    return item.key is not None and letter(value) == item.key


def trap_of(item: Keyed, value: str) -> str | None:
    """The trap that a wrong choice fell into; None for a right answer, a blank or something that was never offered."""
    return None if is_correct(item, value) else item.traps.get(letter(value))


def score(
    items: Sequence[Keyed],
    answers: Mapping[str, str],
    marks: Mapping[str, int | None],
    guesses: Mapping[str, Guess] | None = None,
    makers: Mapping[str, Maker] | None = None,
) -> Result:
    """All by slot; what is missing was left blank, or is not marked yet. ``makers``: of the marks."""
    scripts = _Scripts(marks, guesses or {}, makers or {})
    sections: dict[str, list[Keyed]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    results = tuple(_section(key, own, answers, scripts) for key, own in sections.items())
    return Result(results, _skills(items, answers), _traps(items, answers))


def _section(
    key: str,
    items: Sequence[Keyed],
    answers: Mapping[str, str],
    scripts: _Scripts,
) -> SectionResult:
    raw_of = sum(item.marks for item in items)
    if any(item.key is None for item in items):
        return _script_section(key, [item.slot for item in items], raw_of, scripts)
    right = [item for item in items if is_correct(item, answers.get(item.slot, ""))]
    return SectionResult(key, float(sum(item.marks for item in right)), raw_of, len(right), len(items), is_script=False)


@dataclass(frozen=True, slots=True)
class _Scripts:
    """By slot."""

    marks: Mapping[str, int | None]
    guesses: Mapping[str, Guess]
    makers: Mapping[str, Maker]

    def maker(self, slots: Sequence[str], guessed: Sequence[Guess] = ()) -> Maker:
        """The one who made them all."""
        found = {*(self.makers.get(slot, "") for slot in slots), *(guess.by for guess in guessed)}
        return found.pop() if len(found) == 1 else ""


def _script_section(key: str, slots: Sequence[str], raw_of: float, scripts: _Scripts) -> SectionResult:
    marks, guesses = scripts.marks, scripts.guesses
    known = [mark for slot in slots if (mark := marks.get(slot)) is not None]
    if len(known) == len(slots):
        return SectionResult(key, float(sum(known)), raw_of, 0, len(slots), is_script=True, by=scripts.maker(slots))
    guessed = [guesses[slot] for slot in slots if marks.get(slot) is None and slot in guesses]
    if len(known) + len(guessed) < len(slots):
        return SectionResult(key, None, raw_of, 0, len(slots), is_script=True)
    total = float(sum(known) + sum(guess.mark for guess in guessed))
    deviation = math.hypot(*(guess.deviation for guess in guessed))
    by = scripts.maker([slot for slot in slots if marks.get(slot) is not None], guessed)
    return SectionResult(key, None, raw_of, 0, len(slots), is_script=True, provisional=total, deviation=deviation, by=by)


def _skills(items: Sequence[Keyed], answers: Mapping[str, str]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for item in items:
        if item.key is None:
            continue
        right = is_correct(item, answers.get(item.slot, ""))
        for skill in item.skills:
            before = tallies.get(skill, Tally(0, 0))
            tallies[skill] = Tally(before.correct + right, before.items + 1)
    return tallies


def _traps(items: Sequence[Keyed], answers: Mapping[str, str]) -> dict[str, int]:
    times: dict[str, int] = {}
    for item in items:
        trap = trap_of(item, answers.get(item.slot, ""))
        if trap is not None:
            times[trap] = times.get(trap, 0) + 1
    return times
