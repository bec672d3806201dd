"""The model's mark of a script: one short call whose answer is checked against the script before any of it is kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from siji.ai.budgets import Payer
from siji.ai.gateway import Purpose, Question, ask, question
from siji.ai.prompts import Prompt, load_prompt
from siji.ai.words import ModelFailed
from siji.bank.bodies import Essay, Translation
from siji.language.marking.faults import READ
from siji.language.signs import orders_to_marker
from siji.practice.automarking import rules
from siji.practice.automarking.asked import Asked, asked_of
from siji.practice.models import Engine, MachineMark, Script

PURPOSE = Purpose("marking.mark", max_tokens=700, seconds=30, is_repeatable=True)
SECOND = Purpose("marking.second", max_tokens=700, seconds=30)
"""Not repeatable: it is asked for because somebody wants to know again."""
PROMPTS = Path(__file__).parent / "prompts"


class Quote(BaseModel):
    quote: str = Field(min_length=1, max_length=400)
    speaks: Literal["for", "against"]
    why: str = Field(min_length=1, max_length=300)


class Marked(BaseModel):
    """What the model is asked for. It names a band; the mark is ours to make."""

    id: str
    band: Literal[0, 2, 5, 8, 11, 14]
    lean: Literal[-1, 0, 1]
    flags: list[Literal["off_topic", "template", "too_short", "orders_to_marker"]] = Field(default_factory=list, max_length=4)
    evidence: list[Quote] = Field(max_length=8)


def mark(script: Script, *, job: int, engine: Engine = Engine.MODEL) -> MachineMark:
    """Not saved. Raises ModelFailed. Not inside a transaction."""
    asked = asked_of(script)
    text = script.text[:READ]
    prompt = prompt_of(asked.kind, engine)
    purpose = SECOND if engine is Engine.SECOND else PURPOSE
    answer = ask(
        purpose, _question(script, asked, text, prompt), Marked, payer_of(script), check=_Check(_id(script), text), job=job
    )
    said = answer.value
    return MachineMark(
        script=script,
        engine=engine,
        digest=script.digest,
        value=rules.whole_mark(said.band, said.lean),
        anchor=said.band,
        flags=[{"name": name} for name in dict.fromkeys(said.flags)],
        evidence=[_evidence(each, text) for each in said.evidence],
        version=prompt.label,
        model=answer.model,
        call=answer.calls[0],
    )


def failure(script: Script, failed: ModelFailed, engine: Engine = Engine.MODEL) -> MachineMark:
    """Why there is none, to be kept in its place."""
    label = prompt_of(asked_of(script).kind, engine).label
    return MachineMark(script=script, engine=engine, digest=script.digest, failure=failed.outcome, version=label)


def payer_of(script: Script) -> Payer:
    assignment = script.attempt.assignment
    return Payer(user=script.attempt.student_id, course=assignment.course_id if assignment is not None else None)


@cache
def prompt_of(kind: str, engine: Engine = Engine.MODEL) -> Prompt:
    return load_prompt(PROMPTS / (f"second-{kind}.md" if engine is Engine.SECOND else f"{kind}.md"))


def _question(script: Script, asked: Asked, text: str, prompt: Prompt) -> Question:
    data = {"task": _task(asked), "anchors": _anchors(asked), "script": text}
    return question(prompt, data, {"id": _id(script)})


def _id(script: Script) -> str:
    """Of the text alone: the same text asked about twice is the same request."""
    return script.digest[:12]


def _task(asked: Asked) -> str:
    body = asked.item.body
    if isinstance(body, Translation):
        return "\n\n".join((body.source, *body.references))
    return "\n".join((body.prompt, *body.points)) if isinstance(body, Essay) else ""


def _anchors(asked: Asked) -> str:
    body = asked.item.body
    anchors = body.anchors if isinstance(body, Essay | Translation) else []
    return "\n\n".join(f"[{anchor.band}]\n{anchor.text}" for anchor in anchors)


class _Check:
    """Raises ValueError, in words for the model, for what its schema cannot say."""

    def __init__(self, script_id: str, text: str) -> None:
        self._id, self._text = script_id, text
        self._orders = [(spot.start, spot.end) for spot in orders_to_marker(text)]

    def __call__(self, said: Marked) -> None:
        if said.id != self._id:
            raise ValueError(f"id must be {self._id}")
        rules.check_quotes([each.quote for each in said.evidence], self._text, said.band, self._orders)


def _evidence(each: Quote, text: str) -> dict[str, object]:
    """In the shape of the built-in engine's."""
    start, end = rules.place_of(each.quote, text) or (0, 0)
    says = {"zh": each.why, "en": each.why}
    return {"quote": text[start:end], "start": start, "end": end, "speaks": each.speaks, "says": says}
