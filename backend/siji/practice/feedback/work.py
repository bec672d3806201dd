"""The job that has a model's feedback written. Asked for once the model's mark is kept, once for each text."""

from __future__ import annotations

import time
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from siji.ai.gateway import Purpose, Question, Said, Streamed, ask_streamed, question
from siji.ai.outcomes import Outcome
from siji.ai.prompts import Prompt, load_prompt
from siji.ai.words import ModelFailed
from siji.bank.bodies import Essay, Translation
from siji.bank.content import content_of
from siji.jobs.actions import Wanted, enqueue_all
from siji.jobs.registry import WRITING, Result, handler
from siji.jobs.work import Work
from siji.language.marking.faults import READ
from siji.language.signs import orders_to_marker
from siji.practice.bands import band_of
from siji.practice.feedback import rules
from siji.practice.models import Engine, MachineMark, Script, WrittenFeedback, WrittenState
from siji.practice.topics import marking_topic
from siji.storage.streams import publish

FEEDBACK = "marking.feedback"
TRIES = 2
PURPOSE = Purpose("marking.feedback", max_tokens=1800, seconds=90)
PROMPTS = Path(__file__).parent / "prompts"
TOLD_EVERY = 0.3
"""Seconds between two looks of a page at what is being written: as quick as one reads, and a few writes a script."""


def ask_for_feedback(script: Script) -> None:
    """In the transaction that keeps the model's mark. Asking again for the same text changes nothing."""
    digest = script.digest
    wanted = Wanted(FEEDBACK, f"{FEEDBACK}:{script.pk}:{digest}", {"script": script.pk, "digest": digest})
    enqueue_all([wanted], owner=script.attempt.student)


def gave_up(payload: dict[str, Any], _: str) -> None:
    """Its worker died on every try."""
    unfinished = WrittenFeedback.objects.filter(script=payload["script"], digest=payload["digest"], state=WrittenState.WRITING)
    unfinished.update(state=WrittenState.FAILED, failure=Outcome.LOST, ended_at=Now())


@handler(FEEDBACK, max_attempts=TRIES, on_failure=gave_up, line=WRITING)
def write_feedback(work: Work) -> Result:
    script = Script.objects.as_asked(work.payload)
    mark = None if script is None else newest_of_model(script)
    if script is None or mark is None:
        return {"is_outdated": True}
    prompt = prompt_of(script)
    row = _begun(script, prompt, mark.model)
    try:
        said = _listen(work, row, ask_streamed(PURPOSE, _question(script, mark, prompt), _payer(script), job=work.id))
    except ModelFailed as failed:
        if failed.permanent or work.attempt >= TRIES:
            return _ended(work, row, state=WrittenState.FAILED, failure=failed.outcome, text="")
        raise
    return _ended(work, row, call=said.call, **_checked(said.text, script))


def newest_of_model(script: Script) -> MachineMark | None:
    marks = script.machine_marks.filter(engine=Engine.MODEL, digest=script.digest, value__isnull=False)
    return marks.order_by("-pk").first()


def _begun(script: Script, prompt: Prompt, model: str) -> WrittenFeedback:
    """A second try begins again: half a sentence of the first is no beginning for another."""
    fresh = {"text": "", "state": WrittenState.WRITING, "version": prompt.label, "model": model, "failure": "", "ended_at": None}
    row, _ = WrittenFeedback.objects.update_or_create(script=script, digest=script.digest, defaults=fresh)
    return row


def _listen(work: Work, row: WrittenFeedback, streamed: Streamed) -> Said:
    """Raises ModelFailed, and LeaseLost where another worker writes it now."""
    text, told_at = "", 0.0
    try:
        for piece in streamed:
            text += piece
            if time.monotonic() - told_at >= TOLD_EVERY:
                _tell(work, row, text)
                told_at = time.monotonic()
    except ModelFailed:
        raise
    except Exception:
        streamed.drop()
        raise
    if streamed.said is None:
        raise RuntimeError("a stream that was gone through has an end")
    return streamed.said


def _tell(work: Work, row: WrittenFeedback, text: str) -> None:
    """The connection goes back: the next piece may take its time."""
    with transaction.atomic():
        work.progress(len(text), 0)
        WrittenFeedback.objects.filter(pk=row.pk).update(text=text)
        publish(marking_topic(row.script.attempt_id))
    connection.close()


def _checked(text: str, script: Script) -> dict[str, Any]:
    """What is kept of a whole answer: only what the script and the source bear out."""
    said = rules.read(text, is_whole=True)
    if not said.is_enough:
        return {"state": WrittenState.FAILED, "failure": Outcome.WRONG_SHAPE, "text": ""}
    orders = [(spot.start, spot.end) for spot in orders_to_marker(script.text)]
    inline = rules.verified(said.noted, script.text, orders)
    sentences = rules.of_source(said.sentences, _task(script))
    found = {"inline": [asdict(one) for one in inline], "sentences": [asdict(one) for one in sentences]}
    return {"state": WrittenState.DONE, "text": text, **found}


def _ended(work: Work, row: WrittenFeedback, **fields: Any) -> Result:
    result: Result = {"script": row.script_id, "state": fields["state"], "failure": fields.get("failure", "")}
    with transaction.atomic():
        WrittenFeedback.objects.filter(pk=row.pk).update(ended_at=Now(), **fields)
        work.finish(result)
        publish(marking_topic(row.script.attempt_id))
    return result


def _payer(script: Script) -> Any:
    from siji.practice.automarking.model import payer_of

    return payer_of(script)


def prompt_of(script: Script) -> Prompt:
    return _prompt("translation" if isinstance(_body(script), Translation) else "writing")


@cache
def _prompt(name: str) -> Prompt:
    return load_prompt(PROMPTS / f"{name}.md")


def _question(script: Script, mark: MachineMark, prompt: Prompt) -> Question:
    band = band_of(content_of(script.attempt.paper), script.slot, mark.value or 0)
    data = {"task": _task(script), "script": script.text[:READ]}
    return question(prompt, data, {"band": band.en if band is not None else ""})


def _task(script: Script) -> str:
    """Without references: they are keys, and what is written here is read before keys may be."""
    body = _body(script)
    if isinstance(body, Translation):
        return body.source
    return "\n".join((body.prompt, *body.points)) if isinstance(body, Essay) else ""


def _body(script: Script) -> object:
    return content_of(script.attempt.paper).items[script.slot].body
