"""The call ledger: a row before the request leaves, settled when it has ended, swept when nobody is left to settle it.

Row and budgets are one statement each time, so that the rows that everybody wants are locked for no longer than that takes. The
breaker is asked before and told after it: who dies in between costs it the news of one call, and nobody money.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
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
from siji.storage.prepared import Prepared, prepared_cursor

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
    whose = {"user": payer.user, "course": payer.course}
    known = {name: pk for name, pk in whose.items() if pk is not None}
    return _earlier.first(tuple(known), request_hash=request_hash, **known)


def _same_request(_: object, *, request_hash: str, user: int | None = None, course: int | None = None) -> QuerySet[ModelCall]:
    calls = ModelCall.objects.filter(request_hash=request_hash, state=CallState.SUCCEEDED, payer_user=user)
    return calls.filter(payer_course=course).exclude(reply="").order_by("-pk")[:1]


def _standing(_: None, *, name: str) -> QuerySet[ModelStanding]:
    return ModelStanding.objects.filter(name=name)


_earlier = Prepared(ModelCall, _same_request, request_hash="?", user=-1, course=-2)
_breaker = Prepared(ModelStanding, _standing, name="?")


def open_call(order: Order, request: ChatRequest, configuration: Configuration) -> ModelCall:
    """Committed when it returns. Raises ModelFailed: BREAKER_OPEN, NO_BUDGET."""
    _admit(configuration)
    amount = most(request.texts, request.max_tokens, configuration.prices)
    call = ModelCall(
        purpose=order.purpose,
        prompt=order.prompt,
        model=configuration.api.model,
        request_hash=hash_of(request, configuration),
        reserved=amount,
        payer_user=order.payer.user,
        payer_course=order.payer.course,
        job=order.job,
        day=timezone.localdate(),
        repairs_id=order.repairs,
    )
    own = [call.purpose, call.prompt, call.model, call.request_hash, call.reserved]
    whose = [call.payer_user, call.payer_course, call.job, call.day, call.repairs_id]
    reserves = budgets.reservation(order.payer, configuration.limits, call.day, amount)
    with budgets.refusals(), prepared_cursor() as cursor:
        cursor.execute(OPEN, [*own, *whose, timedelta(seconds=order.seconds), *reserves])  # type: ignore[list-item]  # an interval
        (call.pk,) = cursor.fetchone()
    return call


OPEN = """
INSERT INTO ai_modelcall (
    purpose, prompt, model, request_hash, reserved, payer_user, payer_course, job, day, repairs_id, deadline_at,
    state, outcome, detail, tries, cost, tokens_in, tokens_hit, tokens_out, latency_ms, reply
)
SELECT %s, %s, %s, %s, %s, %s::bigint, %s::bigint, %s::bigint, %s, %s::bigint, statement_timestamp() + %s,
    'sent', '', '', 0, 0, 0, 0, 0, 0, ''
FROM ai_reserve(%s, %s, %s, %s, %s::bigint[])
RETURNING id
"""
END = """
WITH ended AS (
    UPDATE ai_modelcall SET
        state = %s, outcome = %s, detail = %s, tries = %s, cost = %s, tokens_in = %s, tokens_hit = %s, tokens_out = %s,
        latency_ms = %s, first_token_ms = %s, reply = %s, ended_at = statement_timestamp()
    WHERE id = %s AND state = 'sent'
    RETURNING reserved
)
SELECT ai_settle(%s, ended.reserved, %s, %s, %s) FROM ended
"""


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
    paid = price + ending.wasted
    reply = ending.text if keeps_reply and ending.outcome is Outcome.OK else ""
    how = [_state(ending.outcome).value, ending.outcome.value, ending.detail[:500], ending.tries, paid]
    used = [usage.prompt, usage.hit, usage.completion, ending.latency_ms, ending.first_token_ms]
    settles = budgets.settlement(Payer(call.payer_user, call.payer_course), call.day, paid)
    with prepared_cursor() as cursor:
        cursor.execute(END, [*how, *used, reply, call.pk, *settles])
        has_ended = cursor.fetchone() is not None
    if not has_ended:
        return ModelCall.objects.values_list("cost", flat=True).get(pk=call.pk)
    _tell_breaker(configuration, ending.outcome, paid)
    return paid


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
    row = _breaker.first(name=name)
    if row is None or not row.reason:
        return
    with transaction.atomic():
        row = ModelStanding.objects.select_for_update().get(name=name)
        standing, verdict = breaker.may_call(standing_of(row), configuration.rules, _now())
        if verdict == "no":
            raise ModelFailed(Outcome.BREAKER_OPEN, row.reason)
        _keep(row, standing)


ANOTHER_SUCCESS = """
UPDATE ai_modelstanding SET hour_cost = hour_cost + %s
WHERE name = %s AND reason = '' AND failures = 0 AND reopened = 0 AND opened_at = 0 AND probe_until = 0
    AND extract(epoch FROM clock_timestamp()) < hour_at + %s AND (%s = 0 OR hour_cost + %s <= %s)
"""
"""What ``breaker.after_call`` says of a success where there were only successes: nearly always, and no lock is held for it."""


def _tell_breaker(configuration: Configuration, outcome: Outcome, price: int) -> None:
    has_failed = True if outcome in PROVIDERS_FAILURE else False if outcome in WORKED else None
    if has_failed is False and another_success(configuration.standing_name, configuration.rules, price):
        return
    with transaction.atomic():
        row, _ = ModelStanding.objects.select_for_update().get_or_create(name=configuration.standing_name)
        before = standing_of(row)
        after = breaker.after_call(before, configuration.rules, _now(), has_failed=has_failed, cost=price)
        if after != before:
            _keep(row, after)


def another_success(name: str, rules: breaker.Rules, price: int) -> bool:
    """False where more is to be changed than what the hour has cost, and nothing is."""
    most_an_hour = rules.hourly_cost
    with prepared_cursor() as cursor:
        cursor.execute(ANOTHER_SUCCESS, [price, name, breaker.HOUR, most_an_hour, price, most_an_hour])
        return bool(cursor.rowcount)


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
