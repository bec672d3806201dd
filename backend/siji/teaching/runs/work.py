"""The job of a stage: round after round, each kept with its measures before the next begins.

A worker that takes over finds the rounds of this turn in the table and goes on after the last one; what a model answered before
it died is answered again from the ledger. The draft, the stage's state and the end of the job are one transaction.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from pydantic import ValidationError

from siji.jobs.actions import enqueue
from siji.jobs.registry import Result
from siji.jobs.work import Permanent, Work
from siji.storage.streams import publish
from siji.teaching.models import Draft, Run, RunStage, RunState, StageRound, StageState
from siji.teaching.runs.context import Made, context_of
from siji.teaching.runs.hours import Overfull
from siji.teaching.runs.measures import measures_of
from siji.teaching.runs.rounds import quality_of, why_stop
from siji.teaching.runs.stages import after, stage_of

KIND = "teaching.stage"
TRIES = 5
OVER = (RunState.STOPPED, RunState.PUBLISHED)


def topic_of(run_id: int) -> str:
    return f"run:{run_id}"


def begin_stage(stage: RunStage) -> None:
    """Inside a transaction. Once for each turn, however often it is asked for."""
    key = f"run:{stage.run_id}:{stage.name}:{stage.turn}"
    payload = {"run": stage.run_id, "stage": stage.name, "turn": stage.turn}
    stage.job = enqueue(kind=KIND, key=key, payload=payload, owner=stage.run.by)
    stage.state, stage.stopped = StageState.RUNNING, ""
    stage.save(update_fields=["job", "state", "stopped"])
    Run.objects.filter(pk=stage.run_id).update(stage=stage.name, state=RunState.RUNNING, error="")
    publish(topic_of(stage.run_id))


def work_stage(work: Work) -> Result:
    """The handler."""
    stage = _stage(work.payload)
    if stage is None:
        return {"is_outdated": True}
    kept = list(StageRound.objects.filter(stage=stage, turn=stage.turn).order_by("number"))
    stopped = _why(stage, kept) if kept else None
    while stopped is None:
        kept.append(_round(work, stage, kept))
        stopped = _why(stage, kept)
    return _finish(work, stage, kept, stopped)


def _stage(payload: dict[str, Any]) -> RunStage | None:
    """None where the run was stopped or the stage has been sent back since."""
    rows = RunStage.objects.select_related("run__syllabus", "run__by", "run__course")
    stage = rows.filter(run=payload["run"], name=payload["stage"], turn=payload["turn"]).first()
    return None if stage is None or stage.run.state in OVER else stage


def _why(stage: RunStage, kept: list[StageRound]) -> str | None:
    last = kept[-1]
    is_same = len(kept) >= 2 and kept[-2].body == last.body
    all_ok = all(one["ok"] for one in last.measures)
    return why_stop(stage_of(stage.name), [one.quality for one in kept], all_ok=all_ok, is_same=is_same)


def _round(work: Work, stage: RunStage, kept: list[StageRound]) -> StageRound:
    from siji.teaching.runs.engines import make  # what the engines load only a worker needs

    began, clock = timezone.now(), time.monotonic()
    context = context_of(stage.run, stage, job=work.id)
    try:
        made = make(stage.name, context, stage.run.engine)
    except Overfull as error:
        zh = f"第 {error.session + 1} 次课锁定的学时超过了这次课的学时，请减少后重排。"
        raise Permanent(f"{zh} · More hours are locked into session {error.session + 1} than it has.") from error
    except ValidationError as error:
        zh = "大纲里没有找到可以教的内容，请上传内容更完整的大纲。"
        raise Permanent(f"{zh} · The syllabus has nothing to teach in it: upload a fuller one.") from error
    measures = measures_of(made.body, context, unsupported=made.unsupported)
    row = _row(stage, made, began)
    row.measures = [one.model_dump() for one in measures]
    row.quality, row.milliseconds = quality_of(measures), round((time.monotonic() - clock) * 1000)
    with transaction.atomic():
        row.number = (StageRound.objects.filter(stage=stage).aggregate(last=Max("number"))["last"] or 0) + 1
        row.save()
        publish(topic_of(stage.run_id))
        work.progress(len(kept) + 1, stage_of(stage.name).most_rounds)
    return row


def _row(stage: RunStage, made: Made, began: datetime) -> StageRound:
    return StageRound(
        stage=stage,
        turn=stage.turn,
        engine=made.engine,
        body=made.body.model_dump(mode="json"),
        changed=made.changed.model_dump(),
        prompt=made.bill.prompt,
        tokens_in=made.bill.tokens_in,
        tokens_out=made.bill.tokens_out,
        cost=made.bill.cost,
        started_at=began,
    )


def _finish(work: Work, stage: RunStage, kept: list[StageRound], stopped: str) -> Result:
    """The best round becomes the draft: of two as good the later one. A stage without a gate begins the next."""
    best = max(kept, key=lambda one: (one.quality, one.number))
    result: Result = {"rounds": len(kept), "stopped": stopped, "quality": best.quality}
    with transaction.atomic():
        run = Run.objects.select_for_update(no_key=True).get(pk=stage.run_id)
        if run.state in OVER:
            work.finish({"is_outdated": True})
            return {"is_outdated": True}
        add_draft(stage, best.body, author=None)
        RunStage.objects.filter(pk=stage.pk).update(state=StageState.REVIEW, stopped=stopped)
        following = None if stage_of(stage.name).has_gate else after(stage.name)
        row = RunStage.objects.select_related("run__by").filter(run=run, name=following.name).first() if following else None
        if row is not None and row.state in (StageState.WAITING, StageState.RETURNED):
            begin_stage(row)
        else:
            Run.objects.filter(pk=run.pk).update(state=RunState.REVIEW)
        publish(topic_of(run.pk))
        work.finish(result)
    return result


def add_draft(stage: RunStage, body: dict[str, Any], *, author: int | None) -> Draft:
    """Inside a transaction that holds the run."""
    last = Draft.objects.filter(stage=stage).aggregate(last=Max("version"))["last"] or 0
    return Draft.objects.create(stage=stage, version=last + 1, body=body, author_id=author)


def stage_failed(payload: dict[str, Any], error: str) -> None:
    """Whatever ended the job for good: the run says so and can be sent back to try again."""
    failed = RunStage.objects.filter(run=payload["run"], name=payload["stage"], turn=payload["turn"], state=StageState.RUNNING)
    if failed.update(state=StageState.FAILED):
        Run.objects.filter(pk=payload["run"], state=RunState.RUNNING).update(state=RunState.FAILED, error=error)
        publish(topic_of(payload["run"]))
