"""What is kept of asking models: what an administrator set, every call, what each day has cost, and how each model stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from siji.ai.outcomes import Outcome

if TYPE_CHECKING:
    from siji.accounts.models import User


class Dialect(models.TextChoices):
    """What the endpoint understands beyond the chat protocol that all share."""

    DEEPSEEK = "deepseek"
    """``thinking`` is on unless it is told otherwise."""
    PLAIN = "plain"


class ModelSettingsQuerySet(models.QuerySet["ModelSettings"]):
    def visible_to(self, user: User) -> Self:
        """Administrators alone."""
        return self if user.is_admin else self.none()


class ModelSettings(models.Model):
    """A decision of an administrator. Rows are only added; the newest holds. Amounts are micro-yuan."""

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_on = models.BooleanField()
    endpoint = models.CharField(max_length=300)
    model = models.CharField(max_length=100)
    dialect = models.CharField(max_length=10, choices=Dialect.choices, default=Dialect.DEEPSEEK)
    key_cipher = models.TextField(blank=True, default="")
    """See ``keys``; "" for an endpoint that asks for none."""
    price_miss = models.PositiveBigIntegerField()
    price_hit = models.PositiveBigIntegerField()
    price_output = models.PositiveBigIntegerField()
    """Each for a million tokens: input, input that the provider's prefix cache knew, output."""
    calls_at_once = models.PositiveIntegerField()
    calls_per_minute = models.PositiveIntegerField()
    """Of all processes together."""
    connections = models.PositiveIntegerField()
    """Of one process to the endpoint."""
    day_budget = models.PositiveBigIntegerField()
    user_day_budget = models.PositiveBigIntegerField(null=True)
    course_day_budget = models.PositiveBigIntegerField(null=True)
    hourly_cost = models.PositiveBigIntegerField(default=0)
    """More within an hour opens the breaker; 0: no limit."""
    breaker_failures = models.PositiveSmallIntegerField(default=5)
    breaker_pause = models.PositiveSmallIntegerField(default=15)

    objects = ModelSettingsQuerySet.as_manager()


class CallState(models.TextChoices):
    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It may have been worked on; what it could cost at the most counts as spent."""


class ModelCallQuerySet(models.QuerySet["ModelCall"]):
    def visible_to(self, user: User) -> Self:
        """A person's own; an administrator sees all."""
        return self if user.is_admin else self.filter(payer_user=user.pk)


class ModelCall(models.Model):
    """A request to a model with all its tries. The row is committed before the first leaves.

    Payers and jobs are plain numbers: the ledger outlives what it speaks of, and this app knows no courses and no jobs.
    """

    purpose = models.CharField(max_length=60)
    prompt = models.CharField(max_length=80)
    """Name, version and digest of the prompt file."""
    model = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.SENT)
    outcome = models.CharField(max_length=20, blank=True, default="", choices=[(one.value, one.name) for one in Outcome])
    detail = models.CharField(max_length=500, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    reserved = models.BigIntegerField()
    cost = models.BigIntegerField(default=0)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_hit = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    latency_ms = models.PositiveIntegerField(default=0)
    first_token_ms = models.PositiveIntegerField(null=True)
    payer_user = models.BigIntegerField(null=True)
    payer_course = models.BigIntegerField(null=True)
    job = models.BigIntegerField(null=True)
    day = models.DateField()
    sent_at = models.DateTimeField(db_default=Now())
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    repairs = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    reply = models.TextField(blank=True, default="")
    """Kept only where the purpose is repeatable: the same request is then answered from here."""

    objects = ModelCallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["request_hash", "payer_user", "payer_course"],
                name="call_answered",
                condition=models.Q(state=CallState.SUCCEEDED) & ~models.Q(reply=""),
            ),
            models.Index(fields=["deadline_at"], name="call_open", condition=models.Q(state=CallState.SENT)),
            models.Index(fields=["payer_user", "-id"], name="call_payer"),
            models.Index(fields=["day", "model"], name="call_day"),
        ]


class Scope(models.TextChoices):
    USER = "user"
    COURSE = "course"
    ALL = "all"


class DayBudget(models.Model):
    """What one payer has reserved and spent on one day, in micro-yuan. Both together never pass the limit of that moment."""

    scope = models.CharField(max_length=10, choices=Scope.choices)
    payer = models.BigIntegerField()
    """0 for ALL."""
    day = models.DateField()
    reserved = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "payer", "day"], name="budget_once"),
            models.CheckConstraint(condition=models.Q(reserved__gte=0, spent__gte=0), name="budget_not_negative"),
        ]


class ModelStanding(models.Model):
    """``breaker.Standing`` of one model at one endpoint, shared by all processes."""

    name = models.CharField(max_length=420, unique=True)
    reason = models.CharField(max_length=10, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.FloatField(default=0.0)
    reopened = models.PositiveIntegerField(default=0)
    probe_until = models.FloatField(default=0.0)
    hour_at = models.FloatField(default=0.0)
    hour_cost = models.BigIntegerField(default=0)
