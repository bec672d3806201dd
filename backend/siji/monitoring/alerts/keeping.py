"""Between the pure rules and the rows: rules as they are set, what stands, what a round changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from siji.monitoring.alerts.deciding import Round, Standing
from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.rules import RULES, Rule
from siji.monitoring.models import Alert, AlertRuleNumbers, Silence

FIELDS = ("state", "level", "since", "value", "limit", "figures", "calm_since", "told_at", "escalated", "because_of")


def rules_now() -> dict[str, Rule]:
    """As administrators have set them."""
    rules = dict(RULES)
    for row in AlertRuleNumbers.objects.filter(name__in=rules):
        rules[row.name] = rules[row.name].with_numbers(row.limits, minimum=row.minimum, hold=row.hold, is_on=row.is_on)
    return rules


def standings() -> list[Standing]:
    return [standing_of(row) for row in Alert.objects.filter(state__in=["watching", "open"])]


def standing_of(row: Alert) -> Standing:
    return Standing(
        rule=row.rule,
        subject=row.subject,
        state=row.state,  # type: ignore[arg-type]  # written by ``keep`` alone
        level=AlertLevel(row.level),
        since=row.since,
        value=row.value,
        limit=row.limit,
        figures=row.figures,
        calm_since=row.calm_since,
        told=AlertLevel(row.told) if row.told else None,
        told_at=row.told_at,
        escalated=row.escalated,
        acknowledged=row.acknowledged_at is not None,
        because_of=row.because_of,
    )


def silenced_at(now: datetime, rules: Iterable[str]) -> frozenset[str]:
    found = set(Silence.objects.filter(begins_at__lte=now, ends_at__gt=now).values_list("rule", flat=True))
    return frozenset(rules) if "" in found else frozenset(found)


def keep(done: Round, *, at: datetime) -> None:
    """In the transaction of the round. Who acknowledged is not touched: that is written by people meanwhile."""
    there = {(row.rule, row.subject): row for row in Alert.objects.filter(state__in=["watching", "open"])}
    for standing in done.standings:
        row = there.pop((standing.rule, standing.subject), None)
        fields = {name: getattr(standing, name) for name in FIELDS} | {"told": standing.told or ""}
        if standing.state == "closed":
            fields["closed_at"] = at
        if row is None:
            Alert.objects.create(rule=standing.rule, subject=standing.subject, **fields)
        else:
            Alert.objects.filter(pk=row.pk).update(**fields)
    Alert.objects.filter(pk__in=[row.pk for row in there.values()]).delete()  # was only being watched, and is well
