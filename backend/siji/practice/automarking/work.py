"""The jobs that mark a script: asked for when its attempt is closed, once for each text and engine.

The engines are imported by the job that needs them: dictionaries and grammar rules are some 100 MB: for a worker only.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from siji.ai.words import ModelFailed
from siji.jobs.actions import Wanted, enqueue, enqueue_all
from siji.jobs.registry import SHORT, Result, handler
from siji.jobs.work import Work
from siji.practice import scores
from siji.practice.automarking.standing import standing_of
from siji.practice.feedback.work import ask_for_feedback
from siji.practice.models import Engine, MachineMark, Script
from siji.practice.rows import held_for_update, script_as_asked, scripts_of
from siji.practice.topics import tell
from siji.practice.trust.releasing import release
from siji.practice.trust.telling import tell_marked

BUILTIN, MODEL, SECOND = "marking.builtin", "marking.model", "marking.second"
TRIES = 4

log = logging.getLogger("siji.practice")


def ask_for_marks(script: Script) -> None:
    """Of a script that is not blank. Asking again for the same text changes nothing."""
    digest = script.digest
    payload: dict[str, Any] = {"script": script.pk, "digest": digest}
    wanted = [Wanted(kind, f"{kind}:{script.pk}:{digest}", payload) for kind in (MODEL, BUILTIN)]
    enqueue_all(wanted, owner=script.attempt.student)


def ask_for_second(script: Script) -> None:
    """A blind second marking of a script that its student has appealed. Asking again for the same text changes nothing."""
    payload: dict[str, Any] = {"script": script.pk, "digest": script.digest}
    enqueue(kind=SECOND, key=f"{SECOND}:{script.pk}:{script.digest}", payload=payload, owner=None)


@handler(BUILTIN, max_attempts=3, line=SHORT)
def mark_builtin(work: Work) -> Result:
    from siji.practice.automarking import builtin

    script = script_as_asked(work.payload)
    return _keep(work, builtin.mark(script)) if script is not None else {"is_outdated": True}


@handler(MODEL, max_attempts=TRIES, waits=True, ahead_of=SHORT)
def mark_by_model(work: Work) -> Result:
    """What may pass is tried again later by the job; meanwhile its row says why there is no mark."""
    return _by_model(work, Engine.MODEL)


@handler(SECOND, max_attempts=TRIES, waits=True)
def mark_again(work: Work) -> Result:
    return _by_model(work, Engine.SECOND)


def _by_model(work: Work, engine: Engine) -> Result:
    from siji.practice.automarking import model

    script = script_as_asked(work.payload)
    if script is None:
        return {"is_outdated": True}
    try:
        row = model.mark(script, job=work.id, engine=engine)
    except ModelFailed as failed:
        if failed.permanent or work.attempt >= TRIES:
            return _keep(work, model.failure(script, failed, engine))
        _keep_first(work, model.failure(script, failed, engine))
        raise
    return _keep(work, row)


def _keep(work: Work, row: MachineMark) -> Result:
    result: Result = {"script": row.script_id, "engine": row.engine, "value": row.value, "failure": row.failure}
    with transaction.atomic():
        _add(row)
        work.finish(result)
    return result


def _keep_first(work: Work, row: MachineMark) -> None:
    """The first failure of a job is said; those of its later tries say the same."""
    if work.attempt == 1:
        with transaction.atomic():
            _add(row)


def _add(row: MachineMark) -> None:
    attempt = held_for_update(row.script.attempt_id)
    row.save()
    scripts = scripts_of(attempt)
    script = next(one for one in scripts if one.pk == row.script_id)
    if script.is_doubtful != (is_doubtful := bool(standing_of(script).doubts)):
        Script.objects.filter(pk=script.pk).update(is_doubtful=is_doubtful)
    if attempt.closed_at is not None:
        released = release(script, attempt, row)
        scores.settle(attempt, scripts=None if released else scripts)
        if released is not None:
            tell_marked(attempt, released)
    if row.engine == Engine.MODEL and row.value is not None:
        ask_for_feedback(script)
    tell(attempt)
