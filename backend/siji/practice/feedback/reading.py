"""What stands of the marking of an attempt at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from siji.practice.automarking.reading import machine_view, words_of
from siji.practice.automarking.standing import Standing, standing_of
from siji.practice.feedback import rules
from siji.practice.feedback.schemas import MarkingNow, ScriptMarking
from siji.practice.models import Attempt, Script, WrittenFeedback, WrittenState
from siji.practice.reporting import script_state
from siji.practice.rows import scripts_as_written
from siji.practice.schemas import InlineMark, SourceSentenceWritten, WrittenOut
from siji.problems import Refusal, Words

NOT_WAITED_FOR = timedelta(minutes=10)
"""After its closing: by then an engine that is to come has failed for good, or was not there yet when the attempt was marked."""


def require_closed(attempt: Attempt) -> datetime:
    """Raises Refusal 409 ``not_closed``."""
    if attempt.closed_at is None:
        raise Refusal("not_closed", zh="作答还没有结束，结束后才批改。", en="It is marked once the attempt is closed.")
    return attempt.closed_at


def marking_now(attempt: Attempt, *, shows_keys: bool) -> MarkingNow:
    """Three queries, which each page that follows makes at each mark. Raises Refusal 409 ``not_closed`` while it is open."""
    closed_at = require_closed(attempt)
    scripts = scripts_as_written(attempt)
    is_old = any(script.read_at - closed_at > NOT_WAITED_FOR for script in scripts)  # type: ignore[attr-defined]  # annotated
    return MarkingNow(
        scripts=[_script(script, shows_keys=shows_keys) for script in scripts],
        is_settled=is_old or all(_is_settled(script) for script in scripts),
    )


def _script(script: Script, *, shows_keys: bool) -> ScriptMarking:
    return ScriptMarking(
        id=script.pk,
        slot=script.slot,
        state=script_state(script),
        machine=machine_view(script),
        written=written_of(script, shows_keys=shows_keys),
    )


def written_of(script: Script, *, shows_keys: bool) -> WrittenOut | None:
    """What the model wrote on the text as it is; read from prefetched ``written``."""
    row = _of_its_text(script)
    return None if row is None else written_view(row, shows_keys=shows_keys)


def _of_its_text(script: Script) -> WrittenFeedback | None:
    digest = script.digest
    return next((row for row in script.written.all() if row.digest == digest), None)


def _is_settled(script: Script) -> bool:
    if not script.text.strip():
        return True
    standing = standing_of(script)
    return standing.builtin is not None and standing.model is not None and _is_written(script, standing)


def _is_written(script: Script, standing: Standing) -> bool:
    if standing.model is None or standing.model.value is None:
        return True
    written = _of_its_text(script)
    return written is not None and written.state != WrittenState.WRITING


def written_view(row: WrittenFeedback, *, shows_keys: bool) -> WrittenOut:
    said = rules.read(row.text, is_whole=row.state != WrittenState.WRITING)
    return WrittenOut(
        state=STATES[WrittenState(row.state)],
        overall=said.overall,
        next=list(said.next),
        higher=said.higher,
        inline=[_inline(each) for each in row.inline],
        noted=len(said.noted),
        sentences=_sentences(row.sentences) if shows_keys else [],
        failure=words_of(row.failure),
        version=row.version,
        model=row.model,
    )


STATES: dict[WrittenState, Literal["writing", "done", "failed"]] = {
    WrittenState.WRITING: "writing",
    WrittenState.DONE: "done",
    WrittenState.FAILED: "failed",
}


def _inline(each: dict[str, Any]) -> InlineMark:
    why = Words(zh=each["why"], en=each["why"])
    fields = {name: each[name] for name in ("kind", "quote", "start", "end", "better")}
    return InlineMark(**fields, reason=why, is_serious=False)


def _sentences(rows: Iterable[dict[str, Any]]) -> list[SourceSentenceWritten]:
    return [SourceSentenceWritten.model_validate(each) for each in rows]
