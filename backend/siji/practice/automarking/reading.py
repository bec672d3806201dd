"""What pages show of machine marks. The rows' JSON is parsed into the interface's classes here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from siji.ai.outcomes import Outcome
from siji.ai.words import WORDS
from siji.bank.content import content_of
from siji.practice.automarking.standing import standing_of
from siji.practice.bands import band_of
from siji.practice.models import Engine, MachineMark, Script
from siji.practice.schemas import Feedback, MachineEvidence, MachineFlag, MachineMarkOut, MachineMarks
from siji.problems import Words


def machine_view(script: Script, *, shows_second: bool = False) -> MachineMarks:
    """Read from prefetched ``machine_marks`` and the attempt's paper."""
    standing = standing_of(script)
    return MachineMarks(
        builtin=_mark(script, standing.builtin),
        model=_mark(script, standing.model),
        second=_mark(script, standing.second) if shows_second else None,
        shown=None if standing.shown is None else "model" if standing.shown.engine == Engine.MODEL else "builtin",
        doubts=list(standing.doubts),
    )


def feedback_view(script: Script, *, shows_keys: bool) -> Feedback | None:
    """The built-in engine's. What a sentence should have been is a key."""
    builtin = standing_of(script).builtin
    if builtin is None:
        return None
    found = Feedback.model_validate(builtin.feedback)
    return found if shows_keys else found.model_copy(update={"sentences": []})


def _mark(script: Script, row: MachineMark | None) -> MachineMarkOut | None:
    if row is None:
        return None
    return MachineMarkOut(
        engine=NAMES[Engine(row.engine)],
        value=row.value,
        band=None if row.value is None else band_of(content_of(script.attempt.paper), script.slot, row.value),
        low=row.low,
        high=row.high,
        confidence=row.confidence,
        flags=[MachineFlag(name=flag["name"], quote=flag.get("quote", "")) for flag in row.flags],
        evidence=[MachineEvidence.model_validate(each) for each in row.evidence],
        failure=words_of(row.failure),
        version=row.version,
        model=row.model,
        created_at=row.created_at,
    )


NAMES: Mapping[Engine, Literal["builtin", "model", "second"]] = {
    Engine.BUILTIN: "builtin",
    Engine.MODEL: "model",
    Engine.SECOND: "second",
}


def words_of(failure: str) -> Words | None:
    return WORDS[Outcome(failure)] if failure else None
