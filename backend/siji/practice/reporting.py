"""The report of a closed attempt: marks, estimate, and what to look back at as far as the keys are released."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from siji.accounts.models import User
from siji.bank.content import PaperContent, content_of
from siji.bank.models import Paper
from siji.bank.reading import Reveal, blank_out, item_out, references_of, section_views
from siji.bank.schemas import ItemOut, Section
from siji.courses.reading import withheld_out
from siji.courses.secrecy import Wait
from siji.practice import scoring, views
from siji.practice.audio import audio_out
from siji.practice.automarking.reading import feedback_view, machine_view
from siji.practice.bands import band_of
from siji.practice.keys import keyed_items
from siji.practice.late import late_ms, late_values
from siji.practice.models import Attempt, AudioGap, LateAnswer, Mark, MarkerKind, Script, ScriptState
from siji.practice.rewriting.reading import rewritings_of
from siji.practice.rows import answers_of, audio_gaps_of, scripts_of
from siji.practice.schemas import (
    AudioGapOut,
    Estimate,
    LateAcceptanceOut,
    LateValue,
    MarkOut,
    Report,
    ReportItem,
    ReportScript,
    SectionScore,
    SkillScore,
    TrapCount,
)
from siji.practice.scores import counted_answers
from siji.practice.scoring import Keyed, Result
from siji.practice.timing import sheet_of
from siji.practice.trust.appeals import appeal_view, may_appeal_until
from siji.practice.withholding import withheld_from
from siji.problems import Refusal, Words

ESTIMATE_NOTE = Words(
    zh="这是根据本次作答推算的估计（80% 的把握），不是官方成绩；官方的换算办法没有公开。",
    en="An estimate from this attempt (80 % confidence), not an official score: the official conversion is not public.",
)


def report_for(attempt: Attempt, reader: User, now: datetime) -> Report:
    """Raises Refusal 409 ``not_closed`` while the attempt is open."""
    if attempt.closed_at is None:
        raise Refusal("not_closed", zh="作答还没有结束，结束后才有报告。", en="The report comes once the attempt is closed.")
    wait = withheld_from(reader, attempt, now)
    is_shown = wait is None
    content, result = content_of(attempt.paper), Result.of(attempt.result)
    return Report(
        attempt=views.row_view(attempt, now),
        keys=_keys(wait),
        withheld=withheld_out(wait) if wait else None,
        sections=[SectionScore(**_public(section)) for section in attempt.result["sections"]],
        raw=result.raw,
        raw_of=result.raw_of,
        estimate=estimate_view(attempt.result.get("estimate")),
        skills=_skills(result, content),
        traps=_traps(result, content) if is_shown else [],
        content=_content(attempt) if is_shown else [],
        items=_items(attempt, content, is_shown=is_shown),
        scripts=_scripts(attempt, content, reader, is_shown=is_shown),
        audio=audio_out(attempt, now, is_free=is_shown),
        audio_gaps=[gap_view(gap) for gap in audio_gaps_of(attempt)],
    )


def gap_view(gap: AudioGap) -> AudioGapOut:
    return AudioGapOut(
        id=gap.pk,
        from_ms=gap.from_ms,
        to_ms=gap.to_ms,
        reason=gap.reason,
        reported_at=gap.reported_at,
        grant=gap.grant_id,
    )


def _keys(wait: Wait | None) -> Literal["shown", "after_window", "by_teacher"]:
    if wait is None:
        return "shown"
    return "by_teacher" if wait.reason == "by_teacher" else "after_window"


def section_names(attempt: Attempt) -> dict[str, Words]:
    """Of all sections of the attempt's paper, in its order."""
    return {section.key: section.title for section in content_of(attempt.paper).blueprint.sections}


def _public(section: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in section.items() if key != "is_script"}


def estimate_view(stored: dict[str, Any] | None) -> Estimate | None:
    if stored is None:
        return None
    body = {key: value for key, value in stored.items() if key != "chance_of_pass"}
    return Estimate(**body, chance_425=stored["chance_of_pass"], note=ESTIMATE_NOTE)


def _content(attempt: Attempt) -> list[Section]:
    return section_views(attempt.paper, sections=views.all_sections(attempt), reveal=Reveal.KEYS)


def _skills(result: Result, content: PaperContent) -> list[SkillScore]:
    return [
        SkillScore(skill=key, name=content.skills.get(key, Words(zh=key, en=key)), correct=tally.correct, items=tally.items)
        for key, tally in sorted(result.skills.items())
    ]


def _traps(result: Result, content: PaperContent) -> list[TrapCount]:
    often = sorted(result.traps.items(), key=lambda pair: (-pair[1], pair[0]))
    return [TrapCount(trap=key, name=_trap_name(content, key), times=times) for key, times in often]


def _trap_name(content: PaperContent, key: str) -> Words:
    return content.traps.get(key, Words(zh=key, en=key))


def _items(attempt: Attempt, content: PaperContent, *, is_shown: bool) -> list[ReportItem]:
    """While keys are withheld the questions are blank too: a part may not have been opened, and others are still to sit it."""
    on_time = answers_of(attempt)
    frozen = {slot: value for slot, _, value in on_time}
    counted = counted_answers(attempt, on_time)
    late = late_values(attempt)
    return [
        ReportItem(
            item=_item(attempt.paper, item.slot, is_shown=is_shown),
            answer=frozen.get(item.slot, ""),
            is_correct=scoring.is_correct(item, counted.get(item.slot, "")) if is_shown and item.key is not None else None,
            trap=_fell_into(item, counted.get(item.slot, ""), content) if is_shown else None,
            late=[_late(attempt, row) for row in late.get(item.slot, [])],
        )
        for item in keyed_items(attempt.paper, sheet_of(attempt).slots)
    ]


def _item(paper: Paper, slot: str, *, is_shown: bool) -> ItemOut:
    return item_out(paper, slot, reveal=Reveal.KEYS) if is_shown else blank_out(paper, slot)


def _fell_into(item: Keyed, value: str, content: PaperContent) -> Words | None:
    trap = scoring.trap_of(item, value)
    return None if trap is None else _trap_name(content, trap)


def _late(attempt: Attempt, row: LateAnswer) -> LateValue:
    """``row`` comes from ``late_values``."""
    acceptances = [
        LateAcceptanceOut(
            by=one.by.name,
            at=one.at,
            withdrawn_by=one.withdrawn_by.name if one.withdrawn_by else "",
            withdrawn_at=one.withdrawn_at,
        )
        for one in row.acceptances.all()
    ]
    return LateValue(
        id=row.pk,
        seq=row.seq,
        value=row.value,
        saved_at=row.saved_at,
        late_ms=late_ms(attempt, row),
        is_accepted=any(one.withdrawn_at is None for one in acceptances),
        acceptances=acceptances,
    )


def _scripts(attempt: Attempt, content: PaperContent, reader: User, *, is_shown: bool) -> list[ReportScript]:
    """References are a key: they wait for its release. A text is written anew from then on, too."""
    references = references_of(attempt.paper) if is_shown else {}
    scripts = scripts_of(attempt)
    found = {script.slot: script_view(script, content, references.get(script.slot, [])) for script in scripts}
    for slot, rewriting in (rewritings_of(attempt, scripts, reader) if is_shown else {}).items():
        found[slot].rewriting = rewriting
    return [found[slot] for slot in content.items if slot in found]


def script_view(script: Script, content: PaperContent, references: list[str]) -> ReportScript:
    marks = [mark_view(mark) for mark in sorted(script.marks.all(), key=lambda mark: -mark.pk)]
    newest = script.latest_mark
    appeal = appeal_view(script)
    standing = marks[0] if marks and script.state == "marked" else None
    return ReportScript(
        id=script.pk,
        slot=script.slot,
        text=script.text,
        words=script.words,
        state=script_state(script),
        mark=standing,
        marks=marks,
        band=None if standing is None else band_of(content, script.slot, standing.value),
        references=references,
        machine=machine_view(script, shows_second=appeal is not None and appeal.decided_at is not None),
        feedback=feedback_view(script, shows_keys=bool(references)),
        appeal=appeal,
        appeal_until=may_appeal_until(script, newest),
    )


def script_state(script: Script) -> Literal["unassigned", "waiting", "marked"]:
    match ScriptState(script.state):
        case ScriptState.UNASSIGNED:
            return "unassigned"
        case ScriptState.WAITING:
            return "waiting"
        case ScriptState.MARKED:
            return "marked"


KINDS: Mapping[MarkerKind, Literal["teacher", "rule", "model"]] = {
    MarkerKind.TEACHER: "teacher",
    MarkerKind.RULE: "rule",
    MarkerKind.MODEL: "model",
}


def mark_view(mark: Mark) -> MarkOut:
    return MarkOut(
        id=mark.pk,
        value=mark.value,
        kind=KINDS[MarkerKind(mark.kind)],
        marker=mark.marker.name if mark.marker else "",
        comment=mark.comment,
        created_at=mark.created_at,
    )
