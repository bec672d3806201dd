"""``siji alerts``: what is open, the rules, a rule's test, a silence; from the machine itself, also while no page opens."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence
from json import dumps

from pydantic import ValidationError

from siji.embedded.words import CannotStart
from siji.jobs.models import Job, JobState
from siji.monitoring.alerts import actions
from siji.monitoring.alerts.keeping import rules_now
from siji.monitoring.alerts.rules import RULES
from siji.monitoring.alerts.schemas import AlertOut, RuleOut, SilenceIn
from siji.monitoring.alerts.trying import Trial, try_rule
from siji.monitoring.alerts.words import UNITS
from siji.monitoring.outside.files import rules_text
from siji.problems import Refusal
from siji.schema import Schema

ALL = "all"
MOST = 200
WAITS = 30.0
FINISHED = (JobState.DONE, JobState.FAILED)


def listed(*, is_closed: bool, as_json: bool) -> str:
    """Newest first."""
    found = actions.see_alerts(state="closed" if is_closed else "open", before=None, limit=MOST)
    if as_json:
        return _json(found)
    return "\n\n".join(map(_alert, found)) or "没有告警 · no alerts"


def rules(*, as_json: bool) -> str:
    found = actions.see_rules()
    return _json(found) if as_json else "\n".join(map(_rule, found))


def rules_for_prometheus() -> str:
    return rules_text(rules_now())


def try_out(*, rule: str, channel: int | None, as_json: bool, waits: float = WAITS) -> tuple[str, bool]:
    """What there is to print, and whether every message was taken. Raises CannotStart."""
    _check(rule)
    try:
        trials = try_rule(name=rule, by=None, channel_id=channel)
    except Refusal as refusal:
        raise CannotStart(refusal.zh, refusal.en) from refusal
    ended = _wait_for(trials, waits)
    rows = [
        {"channel": one.channel.pk, "name": one.channel.name, "state": ended[one.job.pk].state, "error": ended[one.job.pk].error}
        for one in trials
    ]
    is_sent = all(row["state"] == JobState.DONE for row in rows)
    if as_json:
        return dumps(rows, ensure_ascii=False), is_sent
    return "\n".join(f"{row['name']}: {_told(str(row['state']), str(row['error']))}" for row in rows), is_sent


def silence(*, rule: str, minutes: int, why: str, as_json: bool) -> str:
    """Raises CannotStart."""
    _check(rule, *([ALL] if rule == ALL else []))
    try:
        made = actions.silence(by=None, values=SilenceIn(rule="" if rule == ALL else rule, reason=why.strip(), minutes=minutes))
    except ValidationError as error:
        raise CannotStart(
            "静默需要 1 到 10080 分钟，以及一句不超过 200 字的原因。",
            "A silence takes from 1 to 10080 minutes and a reason of at most 200 characters.",
        ) from error
    if as_json:
        return made.model_dump_json()
    until = f"{made.ends_at.astimezone():%Y-%m-%d %H:%M}"
    return f"到 {until} 为止不通知 {rule} · nobody is told of {rule} until {until} (silence {made.id})"


def _check(rule: str, *others: str) -> None:
    if rule not in (*RULES, *others):
        known = ", ".join(RULES)
        raise CannotStart(f"没有规则 {rule}。有这些：{known}。", f"There is no rule {rule}. There are: {known}.")


def _wait_for(trials: Sequence[Trial], seconds: float) -> dict[int, Job]:
    """A worker sends them: that is the way a real one goes."""
    until = time.monotonic() + seconds
    while True:
        found = Job.objects.in_bulk([one.job.pk for one in trials])
        if all(job.state in FINISHED for job in found.values()) or time.monotonic() > until:
            return found
        time.sleep(0.3)


def _told(state: str, error: str) -> str:
    if state == JobState.DONE:
        return "对方已接收 · taken by the receiver"
    if state == JobState.FAILED:
        return f"没有发出去 · not delivered: {error}"
    return f"{WAITS:.0f} 秒内没有结果，后台进程在运行吗？ · no result within {WAITS:.0f} s: do the workers run? See siji doctor."


def _alert(one: AlertOut) -> str:
    suffix = UNITS[one.unit]
    about = f" {one.subject}" if one.subject else ""
    lines = [
        f"[{one.level}] {one.rule}{about}  {one.title.zh} · {one.title.en}",
        f"  {one.value:.4g}{suffix} ({one.limit:g}{suffix})  {one.since.astimezone():%Y-%m-%d %H:%M:%S}  {one.figures}",
        f"  {one.noticed.zh} · {one.noticed.en}",
        f"  {one.runbook}" + (f"  because of {one.because_of}" if one.because_of else ""),
    ]
    return "\n".join(lines)


def _rule(one: RuleOut) -> str:
    sign = "<" if one.is_low_bad else ">="
    limits = ", ".join(f"{limit.level} {sign} {limit.limit:g}{UNITS[one.unit]}" for limit in one.limits)
    state = "" if one.is_on else "  停用 · off"
    return f"{one.name:<18} {_wide(one.title.zh, 30)} {limits}  ({one.hold} s, n >= {one.minimum}){state}"


def _wide(text: str, columns: int) -> str:
    """Chinese takes two columns of a terminal."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(0, columns - taken)


def _json(found: Sequence[Schema]) -> str:
    return dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False)
