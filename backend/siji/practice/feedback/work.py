"""The job that has a model's feedback written. Asked for once the model's mark is kept, once for each text.

What writes it is imported by the job that needs it, as the engines are.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from siji.ai.outcomes import Outcome
from siji.ai.words import ModelFailed
from siji.jobs.actions import Wanted, enqueue_all
from siji.jobs.registry import WRITING, Result, handler
from siji.jobs.work import Work
from siji.practice.models import Engine, MachineMark, Script, WrittenFeedback, WrittenState
from siji.practice.rows import script_as_asked
from siji.practice.topics import marking_topic
from siji.storage.streams import publish

FEEDBACK = "marking.feedback"
TRIES = 2


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
    from siji.practice.feedback import writing

    script = script_as_asked(work.payload)
    mark = None if script is None else newest_of_model(script)
    if script is None or mark is None:
        return {"is_outdated": True}
    row = writing.begun(script, mark)
    try:
        said = writing.listen(work, row, writing.asked(script, mark, job=work.id))
    except ModelFailed as failed:
        if failed.permanent or work.attempt >= TRIES:
            return _ended(work, row, state=WrittenState.FAILED, failure=failed.outcome, text="")
        raise
    return _ended(work, row, call=said.call, **writing.checked(said.text, script))


def newest_of_model(script: Script) -> MachineMark | None:
    marks = script.machine_marks.filter(engine=Engine.MODEL, digest=script.digest, value__isnull=False)
    return marks.order_by("-pk").first()


def _ended(work: Work, row: WrittenFeedback, **fields: Any) -> Result:
    result: Result = {"script": row.script_id, "state": fields["state"], "failure": fields.get("failure", "")}
    with transaction.atomic():
        WrittenFeedback.objects.filter(pk=row.pk).update(ended_at=Now(), **fields)
        work.finish(result)
        publish(marking_topic(row.script.attempt_id))
    return result
