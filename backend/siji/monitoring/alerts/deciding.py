"""``PerformanceAlertManager``: from readings and what stands to what becomes of it. Pure; one call is one round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.rules import Reading, Rule, Seen

State = Literal["watching", "open", "closed"]
Event = Literal["opened", "worse", "escalated", "recovered"]
ESCALATED_AFTER = timedelta(minutes=15)
ESCALATED_FROM = AlertLevel.ERROR


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule about one subject, as it is kept between rounds."""

    rule: str
    subject: str
    state: State
    level: AlertLevel
    since: datetime
    """Since when its limit is broken."""
    value: float
    limit: float
    figures: str
    calm_since: datetime | None = None
    told: AlertLevel | None = None
    """The worst that people know of."""
    told_at: datetime | None = None
    escalated: bool = False
    acknowledged: bool = False
    because_of: str = ""
    """The rule whose consequence it is; nobody is told of it then."""


@dataclass(frozen=True, slots=True)
class Told:
    event: Event
    standing: Standing


@dataclass(frozen=True, slots=True)
class Round:
    standings: list[Standing]
    """All that changed or stays; closed ones among them are over. What only watched and is well again is missing."""
    told: list[Told]


class PerformanceAlertManager:
    def __init__(self, rules: Mapping[str, Rule], *, escalated_after: timedelta = ESCALATED_AFTER) -> None:
        self.escalated_after = escalated_after
        self.rules = {name: rule for name, rule in rules.items() if rule.is_on}

    def decide(
        self, seen: Seen, standings: Iterable[Standing], *, now: datetime, silenced: frozenset[str] = frozenset()
    ) -> Round:
        """``silenced``: rules of which nobody wants to hear just now; what is still open when that ends is told then."""
        before = {(one.rule, one.subject): one for one in standings}
        after: list[Standing] = []
        for rule in self.rules.values():
            readings = {one.subject: one for one in rule.read(seen) if one.sample >= rule.minimum}
            for subject in sorted({*readings, *(of for name, of in before if name == rule.name)}):
                one = _step(rule, subject, before.get((rule.name, subject)), readings.get(subject), now)
                after += [one] if one else []
        # A rule that was turned off or is gone ends what it opened, or it would stay open for ever.
        after += [replace(one, state="closed") for one in before.values() if one.rule not in self.rules and one.state == "open"]
        after = self._with_causes(after)
        told = [
            event for one in after if one.rule in self.rules and one.rule not in silenced and (event := self._event(one, now))
        ]
        marked = {(one.standing.rule, one.standing.subject): _marked(one, now) for one in told}
        return Round([marked.get((one.rule, one.subject), one) for one in after], told)

    def _with_causes(self, standings: list[Standing]) -> list[Standing]:
        """A cause that is only being watched counts: its consequence must not be told some seconds before it."""
        there = {one.rule for one in standings if one.state != "closed"}
        causes = {name: next((cause for cause in rule.causes if cause in there), "") for name, rule in self.rules.items()}
        return [replace(one, because_of=causes.get(one.rule, "")) if one.state != "closed" else one for one in standings]

    def _event(self, one: Standing, now: datetime) -> Told | None:
        if one.state == "closed":
            return Told("recovered", one) if one.told else None
        if one.state == "watching" or one.because_of:
            return None
        if one.told is None or one.told.rank < one.level.rank:
            return Told("worse" if one.told else "opened", one)
        is_late = one.told_at is not None and now - one.told_at >= self.escalated_after
        if is_late and not one.escalated and not one.acknowledged and one.level.rank >= ESCALATED_FROM.rank:
            return Told("escalated", one)
        return None


def _step(rule: Rule, subject: str, was: Standing | None, reading: Reading | None, now: datetime) -> Standing | None:
    level = rule.level_of(reading.value) if reading else None
    if reading and level:
        return _broken(rule, subject, was, reading, level, now)
    if was is None or was.state == "watching":
        return None
    if reading and not rule.is_calm(reading.value):
        return replace(was, value=reading.value, figures=reading.figures, calm_since=None)
    calm_since = was.calm_since or now
    value = reading.value if reading else was.value
    is_over = (now - calm_since).total_seconds() >= rule.calm
    return replace(was, state="closed" if is_over else "open", value=value, calm_since=calm_since)


def _broken(rule: Rule, subject: str, was: Standing | None, reading: Reading, level: AlertLevel, now: datetime) -> Standing:
    limit, since = rule.limit_of(level), was.since if was else now
    is_open = (was is not None and was.state == "open") or (now - since).total_seconds() >= rule.hold
    worst = max(level, was.level, key=lambda one: one.rank) if was and was.state == "open" else level
    fresh = was or Standing(rule.name, subject, "watching", level, now, reading.value, limit, "")
    return replace(
        fresh,
        state="open" if is_open else "watching",
        level=worst,
        value=reading.value,
        limit=limit if worst == level else fresh.limit,
        figures=reading.figures or fresh.figures,
        calm_since=None,
    )


def _marked(event: Told, now: datetime) -> Standing:
    one = event.standing
    return replace(one, told=one.level, told_at=one.told_at or now, escalated=one.escalated or event.event == "escalated")
