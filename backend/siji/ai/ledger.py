"""The call ledger: a row before the request leaves, settled when it has ended, swept when nobody is left to settle it.

Also the breaker's row, taken last in every transaction, after the budgets.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from siji.ai import breaker, budgets
from siji.ai.budgets import Payer
from siji.ai.chat import ChatRequest
from siji.ai.configuration import Configuration
from siji.ai.models import CallState, ModelCall, ModelStanding
from siji.ai.outcomes import PERHAPS_BILLED, PROVIDERS_FAILURE, Outcome
from siji.ai.prices import Usage, cost, most
from siji.ai.words import ModelFailed
from siji.storage.now import database_now

GRACE = timedelta(seconds=30)
"""How long after its deadline an open call counts as lost."""
SWEPT_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Order:
    """What a call is for and who pays."""

    purpose: str
    prompt: str
    payer: Payer
    seconds: float
    job: int | None = None
    keeps_reply: bool = False
    repairs: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """``wasted``: tries before the last one that may be billed, each at the most that a try can cost."""

    outcome: Outcome
    detail: str = ""
    text: str = ""
    usage: Usage | None = None
    tries: int = 0
    wasted: int = 0
    latency_ms: int = 0
    first_token_ms: int | None = None


def hash_of(request: ChatRequest, configuration: Configuration) -> str:
    """The same for the same question to the same model; who asks is not in it."""
    said = {"url": configuration.api.url, **request.body(configuration.api)}
    said.pop("user", None)
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def earlier_reply(request_hash: str, payer: Payer) -> ModelCall | None:
    """The newest success of the very same request **by the same payer**: what one paid for and may see, another does not get."""
    calls = ModelCall.objects.filter(request_hash=request_hash, state=CallState.SUCCEEDED, payer_user=payer.user)
    return calls.filter(payer_course=payer.course).exclude(reply="").order_by("-pk").first()


def open_call(order: Order, request: ChatRequest, configuration: Configuration) -> ModelCall:
    """Committed when it returns. Raises ModelFailed: BREAKER_OPEN, NO_BUDGET."""
    amount = most(request.texts, request.max_tokens, configuration.prices)
    day = timezone.localdate()
    with transaction.atomic():
        budgets.reserve(order.payer, configuration.limits, day, amount)
        _admit(configuration)
        return ModelCall.objects.create(
            purpose=order.purpose,
            prompt=order.prompt,
            model=configuration.api.model,
            request_hash=hash_of(request, configuration),
            reserved=amount,
            payer_user=order.payer.user,
            payer_course=order.payer.course,
            job=order.job,
            day=day,
            deadline_at=Now() + timedelta(seconds=order.seconds),
            repairs_id=order.repairs,
        )


def reserve_again(call: ModelCall, amount: int, configuration: Configuration) -> None:
    """Before a try that follows one which may be billed. Raises ModelFailed (NO_BUDGET). Leaves no connection open."""
    payer = Payer(call.payer_user, call.payer_course)
    try:
        with transaction.atomic():
            budgets.reserve(payer, configuration.limits, call.day, amount)
            ModelCall.objects.filter(pk=call.pk, state=CallState.SENT).update(reserved=F("reserved") + amount)
    finally:
        connection.close()


def settle(call: ModelCall, ending: Ending, configuration: Configuration, *, keeps_reply: bool) -> int:
    """What it cost. A call that was swept meanwhile stays as the sweeper left it."""
    bound = call.reserved
    price = _price(ending, bound, configuration)
    usage = ending.usage or Usage(0, 0, 0)
    with transaction.atomic():
        row = ModelCall.objects.select_for_update().get(pk=call.pk)
        if row.state != CallState.SENT:
            return row.cost
        ModelCall.objects.filter(pk=call.pk).update(
            state=_state(ending.outcome),
            outcome=ending.outcome,
            detail=ending.detail[:500],
            tries=ending.tries,
            cost=price + ending.wasted,
            tokens_in=usage.prompt,
            tokens_hit=usage.hit,
            tokens_out=usage.completion,
            latency_ms=ending.latency_ms,
            first_token_ms=ending.first_token_ms,
            ended_at=Now(),
            reply=ending.text if keeps_reply and ending.outcome is Outcome.OK else "",
        )
        payer = Payer(call.payer_user, call.payer_course)
        budgets.settle(payer, call.day, reserved=row.reserved, cost=price + ending.wasted)
        _tell_breaker(configuration, ending.outcome, price + ending.wasted)
    return price + ending.wasted


def _state(outcome: Outcome) -> CallState:
    if outcome is Outcome.OK:
        return CallState.SUCCEEDED
    return CallState.UNKNOWN if outcome in PERHAPS_BILLED else CallState.FAILED


def _price(ending: Ending, bound: int, configuration: Configuration) -> int:
    """Of the last try. Without a bill for work that was or may have been done, the most that it could cost."""
    if ending.usage is not None:
        return cost(ending.usage, configuration.prices)
    return bound if ending.tries and ending.outcome in PERHAPS_BILLED | WORKED else 0


WORKED = frozenset(
    {
        Outcome.OK,
        Outcome.EMPTY,
        Outcome.REASONING_ONLY,
        Outcome.NOT_JSON,
        Outcome.WRONG_SHAPE,
        Outcome.TOO_LONG,
        Outcome.FILTERED,
    }
)
"""Endings of an answer that came."""


def settle_lost() -> int:
    """Calls whose process died: their result is not known, so all that was reserved counts as spent. How many there were."""
    lost = ModelCall.objects.filter(state=CallState.SENT, deadline_at__lt=Now() - GRACE).order_by("pk")
    return sum(_settle_lost(pk) for pk in list(lost.values_list("pk", flat=True)[:SWEPT_AT_ONCE]))


def _settle_lost(pk: int) -> bool:
    with transaction.atomic():
        call = ModelCall.objects.select_for_update(skip_locked=True).filter(pk=pk, state=CallState.SENT).first()
        if call is None:
            return False
        ModelCall.objects.filter(pk=pk).update(state=CallState.UNKNOWN, outcome=Outcome.LOST, cost=call.reserved, ended_at=Now())
        payer = Payer(call.payer_user, call.payer_course)
        budgets.settle(payer, call.day, reserved=call.reserved, cost=call.reserved)
    return True


def _admit(configuration: Configuration) -> None:
    """Raises ModelFailed (BREAKER_OPEN). A closed breaker is read without a lock."""
    name = configuration.standing_name
    row = ModelStanding.objects.filter(name=name).first()
    if row is None or not row.reason:
        return
    row = ModelStanding.objects.select_for_update().get(name=name)
    standing, verdict = breaker.may_call(standing_of(row), configuration.rules, _now())
    if verdict == "no":
        raise ModelFailed(Outcome.BREAKER_OPEN, row.reason)
    _keep(row, standing)


def _tell_breaker(configuration: Configuration, outcome: Outcome, price: int) -> None:
    row, _ = ModelStanding.objects.select_for_update().get_or_create(name=configuration.standing_name)
    has_failed = True if outcome in PROVIDERS_FAILURE else False if outcome in WORKED else None
    before = standing_of(row)
    after = breaker.after_call(before, configuration.rules, _now(), has_failed=has_failed, cost=price)
    if after != before:
        _keep(row, after)


def standing_of(row: ModelStanding) -> breaker.Standing:
    return breaker.Standing(
        reason=row.reason,  # type: ignore[arg-type]  # written by _keep alone
        failures=row.failures,
        opened_at=row.opened_at,
        reopened=row.reopened,
        probe_until=row.probe_until,
        hour_at=row.hour_at,
        hour_cost=row.hour_cost,
    )


def _keep(row: ModelStanding, standing: breaker.Standing) -> None:
    ModelStanding.objects.filter(pk=row.pk).update(**asdict(standing))


def _now() -> float:
    return database_now().timestamp()
