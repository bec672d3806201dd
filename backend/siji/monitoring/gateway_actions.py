"""What an administrator can do to the model gateway, each with its audit row; and what there is to see of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from siji.accounts import audit
from siji.accounts.models import User
from siji.ai.configuration import newest, state_of
from siji.ai.keys import encrypt
from siji.ai.models import CallState, DayBudget, ModelCall, ModelSettings, ModelStanding, Scope
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.monitoring.gateway_schemas import GatewayOut, GatewaySettings, GatewayToday
from siji.problems import Refusal, refusal_on

BEGINNING = GatewaySettings(
    endpoint="",
    model="deepseek-flash",
    dialect="deepseek",
    is_on=True,
    price_miss=2_000_000,
    price_hit=40_000,
    price_output=8_000_000,
    calls_at_once=64,
    calls_per_minute=1000,
    connections=20,
    day_budget=20_000_000,
    user_day_budget=1_000_000,
    course_day_budget=None,
    hourly_cost=10_000_000,
    breaker_failures=5,
    breaker_pause=15,
)
"""What the form begins with. The prices are DeepSeek's own for its peak hours as published in November 2026: an administrator
compares them with the bill."""


def set_gateway(*, by: User, key: str | None, values: dict[str, Any]) -> ModelSettings:
    """New settings, which hold from the next call on. Raises Refusal (422) naming the field."""
    if values["endpoint"] not in settings.MODEL_ENDPOINTS:
        raise refusal_on(
            "endpoint",
            "endpoint_not_allowed",
            zh="这个接口地址不在服务器允许的范围内（环境变量 MODEL_ENDPOINTS）。",
            en="This address is not among those that the server allows (MODEL_ENDPOINTS).",
        )
    with transaction.atomic():
        before = newest()
        row = ModelSettings.objects.create(by=by, key_cipher=_cipher(before, values["endpoint"], key), **values)
        changed = sorted(name for name in values if before is None or getattr(before, name) != values[name])
        detail: dict[str, Any] = {"changed": {name: values[name] for name in changed}, "has_new_key": key is not None}
        audit.record(actor=by, action="gateway.changed", subject=f"gateway:{row.pk}", detail=detail)
    return row


def _cipher(before: ModelSettings | None, endpoint: str, key: str | None) -> str:
    """A key is for the endpoint that it was entered for: it is never sent to another one without being entered again."""
    if key is not None:
        return encrypt(key)
    if before is not None and before.endpoint != endpoint and before.key_cipher:
        raise refusal_on(
            "key",
            "key_needed",
            zh="换了接口地址，请重新填写密钥。",
            en="The address has changed: enter the key again.",
        )
    return before.key_cipher if before is not None else ""


def start_test(*, by: User) -> Job:
    """A real call by a worker. Raises Refusal (409) where no model is set up."""
    if state_of(newest()) != "ready":
        raise Refusal(
            "no_model",
            zh="还没有可用的模型设置，请先保存并启用。",
            en="No model is set up: save the settings and turn them on first.",
        )
    with transaction.atomic():
        job = enqueue(kind="gateway.test", key=f"gateway.test:{uuid.uuid4()}", payload={"user": by.pk}, owner=by)
        audit.record(actor=by, action="gateway.tested", subject=f"job:{job.pk}")
    return job


def see_gateway() -> GatewayOut:
    """Four queries at most, however many calls there were."""
    row = ModelSettings.objects.select_related("by").order_by("-pk").first()
    name = f"{row.endpoint} {row.model}" if row is not None else ""
    standing = ModelStanding.objects.filter(name=name).first()
    return GatewayOut(
        state=state_of(row),
        endpoints=list(settings.MODEL_ENDPOINTS),
        settings=GatewaySettings.model_validate(row) if row is not None else _beginning(),
        has_key=row is not None and row.key_cipher != "",
        changed_at=row.at if row is not None else None,
        changed_by=row.by.name if row is not None and row.by is not None else None,
        paused=standing.reason if standing is not None else "",  # type: ignore[arg-type]  # written by the ledger alone
        today=_today(),
    )


def _beginning() -> GatewaySettings:
    return BEGINNING.model_copy(update={"endpoint": next(iter(settings.MODEL_ENDPOINTS), "")})


def _today() -> GatewayToday:
    day = timezone.localdate()
    budget = DayBudget.objects.filter(scope=Scope.ALL, payer=0, day=day).first()
    sums = ModelCall.objects.filter(day=day).aggregate(
        calls=Count("pk"),
        failed=Count("pk", filter=Q(state__in=[CallState.FAILED, CallState.UNKNOWN])),
        tokens_in=Sum("tokens_in", default=0),
        tokens_hit=Sum("tokens_hit", default=0),
        tokens_out=Sum("tokens_out", default=0),
    )
    return GatewayToday(spent=budget.spent if budget else 0, reserved=budget.reserved if budget else 0, **sums)
