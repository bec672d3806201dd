"""Asking a model for its longer words on a script, passing them on as they come, and keeping what the script bears out."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from siji.ai.gateway import Purpose, Said, Streamed, ask_streamed, question
from siji.ai.outcomes import Outcome
from siji.ai.prompts import Prompt, load_prompt
from siji.ai.words import ModelFailed
from siji.bank.bodies import Essay, Translation
from siji.bank.content import content_of
from siji.jobs.work import Work
from siji.language.marking.faults import READ
from siji.language.signs import orders_to_marker
from siji.practice.automarking.model import payer_of
from siji.practice.bands import band_of
from siji.practice.feedback import rules
from siji.practice.models import MachineMark, Script, WrittenFeedback, WrittenState
from siji.practice.topics import marking_topic
from siji.storage.prepared import prepared_cursor
from siji.storage.streams import publish

PURPOSE = Purpose("marking.feedback", max_tokens=1800, seconds=90)
PROMPTS = Path(__file__).parent / "prompts"
TOLD_EVERY = 0.3
"""Seconds between two looks of a page at what is being written: as quick as one reads, and a few writes a script."""
TOLD_A_SECOND = 40
"""At most in one process. When a class hands in at once, each page looks less often, and the marks need not wait."""
_written = set[int]()
"""Scripts whose feedback this process is writing."""


def begun(script: Script, mark: MachineMark) -> WrittenFeedback:
    """A second try begins again: half a sentence of the first is no beginning for another."""
    fresh = {"text": "", "state": WrittenState.WRITING, "failure": "", "ended_at": None}
    fresh |= {"version": _prompt_of(script).label, "model": mark.model}
    row, _ = WrittenFeedback.objects.update_or_create(script=script, digest=script.digest, defaults=fresh)
    return row


def asked(script: Script, mark: MachineMark, *, job: int) -> Streamed:
    """Raises ModelFailed where nothing may be sent."""
    band = band_of(content_of(script.attempt.paper), script.slot, mark.value or 0)
    data = {"task": _task(script), "script": script.text[:READ]}
    wanted = question(_prompt_of(script), data, {"band": band.en if band is not None else ""})
    return ask_streamed(PURPOSE, wanted, payer_of(script), job=job)


def listen(work: Work, row: WrittenFeedback, streamed: Streamed) -> Said:
    """Raises ModelFailed, and LeaseLost where another worker writes it now."""
    text = ""
    _written.add(row.script_id)
    try:
        for piece in streamed:
            text += piece
            if streamed.is_over:
                continue  # it is kept as soon as it has been checked
            tell(work, row, text)
            streamed.rest(max(TOLD_EVERY, len(_written) / TOLD_A_SECOND))
    except ModelFailed:
        raise
    except Exception:
        streamed.drop()
        raise
    finally:
        _written.discard(row.script_id)
    if streamed.said is None:
        raise RuntimeError("a stream that was gone through has an end")
    return streamed.said


def tell(work: Work, row: WrittenFeedback, text: str) -> None:
    """The connection goes back: the next piece may take its time."""
    with transaction.atomic():
        work.progress(len(text), 0)
        with prepared_cursor() as cursor:
            cursor.execute("UPDATE practice_writtenfeedback SET text = %s WHERE id = %s", [text, row.pk])
        publish(marking_topic(row.script.attempt_id))
    connection.close()


def checked(text: str, script: Script) -> dict[str, Any]:
    """What is kept of a whole answer: only what the script and the source bear out."""
    said = rules.read(text, is_whole=True)
    if not said.is_enough:
        return {"state": WrittenState.FAILED, "failure": Outcome.WRONG_SHAPE, "text": ""}
    orders = [(spot.start, spot.end) for spot in orders_to_marker(script.text)]
    inline = rules.verified(said.noted, script.text, orders)
    sentences = rules.of_source(said.sentences, _task(script))
    found = {"inline": [asdict(one) for one in inline], "sentences": [asdict(one) for one in sentences]}
    return {"state": WrittenState.DONE, "text": text, **found}


def _prompt_of(script: Script) -> Prompt:
    return _prompt("translation" if isinstance(_body(script), Translation) else "writing")


@cache
def _prompt(name: str) -> Prompt:
    return load_prompt(PROMPTS / f"{name}.md")


def _task(script: Script) -> str:
    """Without references: they are keys, and what is written here is read before keys may be."""
    body = _body(script)
    if isinstance(body, Translation):
        return body.source
    return "\n".join((body.prompt, *body.points)) if isinstance(body, Essay) else ""


def _body(script: Script) -> object:
    return content_of(script.attempt.paper).items[script.slot].body
