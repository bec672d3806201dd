"""What is asked, where and within which limits: the environment's allow-list and the administrator's newest settings together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from siji.ai import breaker
from siji.ai.budgets import Limits
from siji.ai.chat import APIConfig
from siji.ai.keys import KeyUnreadable, decrypt
from siji.ai.limits import Shares
from siji.ai.models import Dialect, ModelSettings
from siji.ai.outcomes import Outcome
from siji.ai.prices import Prices
from siji.ai.words import ModelFailed
from siji.storage.prepared import Prepared

State = Literal["off", "ready", "endpoint_refused", "key_unreadable"]


@dataclass(frozen=True, slots=True)
class Configuration:
    api: APIConfig
    prices: Prices
    limits: Limits
    shares: Shares
    rules: breaker.Rules

    @property
    def standing_name(self) -> str:
        return f"{self.api.url} {self.api.model}"


def newest() -> ModelSettings | None:
    return _newest.first()


_newest = Prepared(ModelSettings, lambda _: ModelSettings.objects.order_by("-pk")[:1])


def state_of(row: ModelSettings | None) -> State:
    """Anything but "ready" means: the built-in engine only."""
    if row is None or not row.is_on:
        return "off"
    if row.endpoint not in settings.MODEL_ENDPOINTS:
        return "endpoint_refused"
    try:
        decrypt(row.key_cipher)
    except KeyUnreadable:
        return "key_unreadable"
    return "ready"


def current() -> Configuration:
    """Raises ModelFailed (NO_ENDPOINT)."""
    row = newest()
    state = state_of(row)
    if row is None or state != "ready":
        raise ModelFailed(Outcome.NO_ENDPOINT, state)
    return Configuration(
        api=APIConfig(
            url=row.endpoint,
            key=decrypt(row.key_cipher),
            model=row.model,
            sends_thinking=row.dialect == Dialect.DEEPSEEK,
            pool=max(50, row.connections),
            pool_per_host=row.connections,
        ),
        prices=Prices(row.price_miss, row.price_hit, row.price_output),
        limits=Limits(row.day_budget, row.user_day_budget, row.course_day_budget),
        shares=Shares(row.calls_at_once, row.calls_per_minute, settings.MODEL_PROCESSES),
        rules=breaker.Rules(row.breaker_failures, row.breaker_pause, row.hourly_cost),
    )
