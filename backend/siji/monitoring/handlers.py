"""The gateway's test: a worker asks the model that is set for a few tokens, as any purpose would, and says what came of it."""

from __future__ import annotations

from pydantic import BaseModel

from siji.ai.budgets import Payer
from siji.ai.client import Message
from siji.ai.gateway import Purpose, Question, ask
from siji.ai.models import ModelCall
from siji.ai.outcomes import Outcome
from siji.ai.words import WORDS, ModelFailed
from siji.jobs.registry import Result, handler
from siji.jobs.work import Work
from siji.monitoring.gateway_schemas import GatewayTestResult

TEST = Purpose("gateway.test", max_tokens=20, seconds=20)
HELLO = Question("gateway.test@1", (Message("user", 'Answer with this JSON object alone: {"ok": true}'),))


class Ok(BaseModel):
    ok: bool


@handler("gateway.test", max_attempts=1)
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
    ).dict()
