"""What an administrator can do about alerts, each with its audit row; and what there is to see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Coalesce, Now

from siji.accounts import audit
from siji.accounts.models import User
from siji.monitoring.alerts.keeping import rules_now, standing_of
from siji.monitoring.alerts.rules import RULES
from siji.monitoring.alerts.schemas import AlertOut, LimitOut, RuleIn, RuleOut, SilenceIn, SilenceOut
from siji.monitoring.alerts.words import SAYINGS, runbook_of
from siji.monitoring.models import Alert, AlertRuleNumbers, Silence
from siji.problems import not_found, refusal_on
from siji.storage.now import database_now


def see_alerts(*, state: str, before: int | None, limit: int) -> list[AlertOut]:
    """Newest first, in one query."""
    rows = Alert.objects.filter(state=state, rule__in=RULES).select_related("acknowledged_by").order_by("-pk")
    return [_alert(row) for row in (rows.filter(pk__lt=before) if before else rows)[:limit]]


def acknowledge(*, alert_id: int, by: User) -> AlertOut:
    """Whoever was first stays the one. Raises Refusal (404) where no such alert is open."""
    with transaction.atomic():
        there = Alert.objects.filter(pk=alert_id, state="open", rule__in=RULES)
        if there.filter(acknowledged_at=None).update(acknowledged_at=Coalesce("acknowledged_at", Now()), acknowledged_by=by):
            audit.record(actor=by, action="alert.acknowledged", subject=f"alert:{alert_id}")
        row = there.select_related("acknowledged_by").first()
    if row is None:
        raise not_found()
    return _alert(row)


def _alert(row: Alert) -> AlertOut:
    standing, saying = standing_of(row), SAYINGS[row.rule]
    names = ("rule", "subject", "state", "level", "figures", "value", "limit", "since", "because_of")
    return AlertOut(
        id=row.pk,
        title=saying.title,
        noticed=saying.noticed,
        cause=saying.cause,
        runbook=runbook_of(row.rule),
        unit=RULES[row.rule].unit,
        closed_at=row.closed_at,
        told=bool(row.told),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by.name if row.acknowledged_by else None,
        **{name: getattr(standing, name) for name in names},
    )


def see_rules() -> list[RuleOut]:
    changed = set(AlertRuleNumbers.objects.values_list("name", flat=True))
    return [
        RuleOut(
            name=rule.name,
            title=SAYINGS[rule.name].title,
            unit=rule.unit,
            limits=[LimitOut(level=level.value, limit=limit) for level, limit in rule.limits],
            is_low_bad=rule.is_low_bad,
            minimum=rule.minimum,
            hold=rule.hold,
            is_on=rule.is_on,
            is_changed=rule.name in changed,
            runbook=runbook_of(rule.name),
        )
        for rule in rules_now().values()
    ]


def set_rule(*, name: str, by: User, values: RuleIn) -> None:
    """Holds from the next round on. Raises Refusal: 404, or 422 naming the field."""
    rule = RULES.get(name)
    if rule is None:
        raise not_found()
    if not _is_worsening(values.limits, len(rule.limits), is_low_bad=rule.is_low_bad):
        raise refusal_on(
            "limits",
            "limits_out_of_order",
            zh=f"这条规则需要 {len(rule.limits)} 个界限，从轻到重排列。",
            en=f"This rule takes {len(rule.limits)} limit(s), from the mildest to the worst.",
        )
    with transaction.atomic():
        AlertRuleNumbers.objects.update_or_create(name=name, defaults=values.model_dump())
        audit.record(actor=by, action="alert_rule.changed", subject=f"alert_rule:{name}", detail=values.model_dump())


def _is_worsening(limits: Iterable[float], number: int, *, is_low_bad: bool) -> bool:
    given = list(limits)
    return len(given) == number and given == sorted(set(given), reverse=is_low_bad)


def see_silences() -> list[SilenceOut]:
    rows = Silence.objects.filter(ends_at__gt=Now()).select_related("by").order_by("ends_at", "pk")[:100]
    return [_silence(row) for row in rows]


def silence(*, by: User | None, values: SilenceIn) -> SilenceOut:
    if values.rule and values.rule not in RULES:
        raise refusal_on(
            "rule", "no_such_rule", zh="没有这条规则，请从列表中选择。", en="There is no such rule: choose one of the list."
        )
    with transaction.atomic():
        now = database_now()
        ends = now + timedelta(minutes=values.minutes)
        row = Silence.objects.create(rule=values.rule, reason=values.reason, begins_at=now, ends_at=ends, by=by)
        audit.record(actor=by, action="alert.silenced", subject=f"silence:{row.pk}", detail=values.model_dump())
    return _silence(row)


def end_silence(*, silence_id: int, by: User) -> None:
    """It stays to be seen in the audit log. Raises Refusal (404)."""
    with transaction.atomic():
        if not Silence.objects.filter(pk=silence_id, ends_at__gt=Now()).update(ends_at=Now()):
            raise not_found()
        audit.record(actor=by, action="alert.silence_ended", subject=f"silence:{silence_id}")


def _silence(row: Silence) -> SilenceOut:
    by = row.by.name if row.by else None
    return SilenceOut(id=row.pk, rule=row.rule, reason=row.reason, begins_at=row.begins_at, ends_at=row.ends_at, by=by)
