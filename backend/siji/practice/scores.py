"""From rows to the result of an attempt: gathers what counts, lets the pure rules score it, keeps what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from statistics import NormalDist
from typing import Any

from siji.practice import scoring
from siji.practice.automarking.standing import standing_of
from siji.practice.estimate import estimate
from siji.practice.keys import keyed_items, norm_of
from siji.practice.models import Appeal, Attempt, AttemptMode, Engine, MarkerKind, Script, ScriptState
from siji.practice.rows import accepted_of, answers_of, scripts_of
from siji.practice.timing import database_now, sheet_of


def counted_answers(attempt: Attempt, on_time: Sequence[tuple[str, int, str]] | None = None) -> dict[str, str]:
    """What counts for each slot: the value that was on time, or the late one whose acceptance stands.

    What was written on time after that, in a reopened attempt, has the higher seq and counts. ``on_time``: as ``answers_of``
    gives it, read anew if left out.
    """
    newest = {slot: (seq, value) for slot, seq, value in (answers_of(attempt) if on_time is None else on_time)}
    for slot, seq, value in accepted_of(attempt):
        if slot not in newest or seq >= newest[slot][0]:
            newest[slot] = (seq, value)
    return {slot: value for slot, (_, value) in newest.items()}


def settle(
    attempt: Attempt,
    *,
    at: datetime | None = None,
    scripts: Sequence[Script] | None = None,
    answers: Mapping[str, str] | None = None,
    also: Sequence[str] = (),
) -> None:
    """Score the closed attempt anew. Hold its row for update.

    ``marked_at`` is set (now, or ``at``) while no script waits for a mark, and taken back when one waits again. ``scripts`` (as
    ``rows.scripts_of`` has them) and ``answers`` are read again unless whoever calls has just read them, under the same lock.
    ``also``: fields that whoever calls has changed and that are kept in the same statement.
    """
    scripts = scripts_of(attempt) if scripts is None else scripts
    answers = counted_answers(attempt) if answers is None else answers
    marks = {script.slot: standing_mark(script) for script in scripts}
    guesses = {script.slot: guess for script in scripts if (guess := guess_of(script)) is not None}
    makers = {script.slot: maker_of(script) for script in scripts}
    result = scoring.score(keyed_items(attempt.paper, sheet_of(attempt).slots), answers, marks, guesses, makers)
    attempt.result = result.as_json() | {"estimate": _estimate(attempt, result)}
    is_marked = all(script.state == ScriptState.MARKED for script in scripts)
    attempt.marked_at = (attempt.marked_at or at or database_now()) if is_marked else None
    attempt.save(update_fields=["result", "marked_at", *also])


def standing_mark(script: Script) -> int | None:
    """The newest mark, unless the script waits; read from prefetched marks."""
    if script.state != ScriptState.MARKED:
        return None
    return None if script.latest_mark is None else script.latest_mark.value


def maker_of(script: Script) -> scoring.Maker:
    """Of its newest mark; read as ``scripts_of`` has them."""
    mark = script.latest_mark
    if mark is None:
        return ""
    appeal: Appeal | None = getattr(script, "appeal", None)
    if appeal is not None and appeal.decision_id == mark.pk:
        return "appeal"
    return MAKERS[MarkerKind(mark.kind)]


MAKERS: Mapping[MarkerKind, scoring.Maker] = {
    MarkerKind.TEACHER: "teacher",
    MarkerKind.RULE: "rule",
    MarkerKind.MODEL: "model",
}
SPREAD_80 = NormalDist().inv_cdf(0.9)
MODEL_DEVIATION = 2.0
"""Of a model that no school has calibrated, in marks: an assumption, and a wide one."""


def guess_of(script: Script) -> scoring.Guess | None:
    """What stands for a script that nobody has marked; read from prefetched machine marks."""
    if script.state == ScriptState.MARKED:
        return None
    shown = standing_of(script).shown
    if shown is None or shown.value is None:
        return None
    by: scoring.Maker = "model" if shown.engine == Engine.MODEL else "builtin"
    if shown.low is None or shown.high is None:
        return scoring.Guess(shown.value, MODEL_DEVIATION, by)
    return scoring.Guess(shown.value, (shown.high - shown.low) / 2 / SPREAD_80, by)


def _estimate(attempt: Attempt, result: scoring.Result) -> dict[str, Any] | None:
    """Only of an exam: practice has no clock and shows keys, so it says nothing about a score."""
    if attempt.mode != AttemptMode.EXAM:
        return None
    found = estimate(norm_of(attempt.paper), result.sections)
    return None if found is None else asdict(found)
