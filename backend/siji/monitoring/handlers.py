"""The gateway's test: a worker asks the model that is set for a few tokens, as any purpose would, and says what came of it."""

from __future__ import annotations

from pydantic import BaseModel

from siji.ai.budgets import Payer
from siji.ai.chat import Message
from siji.ai.gateway import Purpose, Question, ask
from siji.ai.models import ModelCall
from siji.ai.outcomes import Outcome
from siji.ai.words import WORDS, ModelFailed
from siji.jobs.registry import Result, handler
from siji.jobs.work import Permanent, Work
from siji.monitoring.alerts.watching import DELIVERY
from siji.monitoring.gateway_schemas import GatewayTestResult
from siji.monitoring.models import Channel
from siji.monitoring.notifications.sealing import opened
from siji.monitoring.notifications.sending import Undelivered, Unusable, send

TEST = Purpose("gateway.test", max_tokens=20, seconds=20)
HELLO = Question("gateway.test@1", (Message("user", 'Answer with this JSON object alone: {"ok": true}'),))


class Ok(BaseModel):
    ok: bool


@handler("gateway.test", max_attempts=1, waits=True)
def try_gateway(work: Work) -> Result:
    try:
        ask(TEST, HELLO, Ok, Payer(user=int(work.payload["user"])), job=work.id)
    except ModelFailed as failed:
        return _result(work, failed.outcome, failed.detail)
    return _result(work, Outcome.OK, "")


def _result(work: Work, outcome: Outcome, detail: str) -> Result:
    """From the ledger, so that what is shown is what was kept."""
    calls = list(ModelCall.objects.filter(job=work.id).order_by("pk"))
    return GatewayTestResult(
        is_ok=outcome is Outcome.OK,
        words=WORDS[outcome],
        detail=detail,
        latency_ms=sum(call.latency_ms for call in calls),
        tokens_in=sum(call.tokens_in for call in calls),
        tokens_out=sum(call.tokens_out for call in calls),
        cost=sum(call.cost for call in calls),
    ).model_dump()


@handler(DELIVERY, max_attempts=6, waits=True)
def deliver(work: Work) -> Result:
    """At least once: what was sent before a worker died may come twice, which is better than not at all."""
    channel = Channel.objects.filter(pk=work.payload["channel"]).first()
    if channel is None:
        raise Permanent("the channel was removed")
    try:
        send(opened(channel), title=work.payload["title"], body=work.payload["body"], is_recovery=work.payload["is_recovery"])
    except Unusable as error:
        raise Permanent(str(error)) from error
    return {"channel": channel.name}


@handler("channel.test", max_attempts=1, waits=True)
def try_channel(work: Work) -> Result:
    try:
        deliver(work)
    except Undelivered as error:
        raise Permanent(str(error)) from error
    return {"is_ok": True}
