"""What happens to a batch of answers: pure, no Django. The database's upsert repeats the one rule that races: highest seq wins.

Answers are judged in the order sent; each sees what the one before it did. In an open part a higher seq is saved; the same seq
with the same value was saved already (a replay); anything else is superseded. In a locked part what was kept on time is frozen:
a replay of it reads as saved, an older seq as superseded, a newer one is late: kept as a row of its own, not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from siji.practice.clock import Standing

Status = Literal["saved", "superseded", "late"]


@dataclass(frozen=True, slots=True)
class Sent:
    slot: str
    seq: int
    value: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that counts now. A checked one (practice) takes no newer value."""

    seq: int
    value: str
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    sent: Sent
    status: Status
    current: Kept | None = None


@dataclass(slots=True)
class Judgement:
    verdicts: list[Verdict] = field(default_factory=list)
    writes: dict[str, Sent] = field(default_factory=dict)
    """Slot → the newest value to keep."""
    late: list[Sent] = field(default_factory=list)


def clean(value: str) -> str:
    """What PostgreSQL can keep: no NUL, no half of a surrogate pair (a cut emoji becomes U+FFFD). Mended: refused is lost."""
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def judge(batch: Sequence[Sent], kept: Mapping[str, Kept], standing: Mapping[str, Standing]) -> Judgement:
    """Every slot of the batch must be in ``standing`` as open or locked."""
    judgement, now = Judgement(), dict(kept)
    for sent in batch:
        current = now.get(sent.slot)
        verdict = _judge_locked(sent, current) if standing[sent.slot] == "locked" else _judge_open(sent, current)
        judgement.verdicts.append(verdict)
        if verdict.status == "late":
            judgement.late.append(sent)
        elif _is_new(verdict, current):
            judgement.writes[sent.slot] = sent
            now[sent.slot] = Kept(sent.seq, sent.value)
    return judgement


def _judge_open(sent: Sent, current: Kept | None) -> Verdict:
    if current is None or (sent.seq > current.seq and not current.is_checked):
        return Verdict(sent, "saved")
    if (sent.seq, sent.value) == (current.seq, current.value):
        return Verdict(sent, "saved")
    return Verdict(sent, "superseded", current)


def _judge_locked(sent: Sent, current: Kept | None) -> Verdict:
    if current is None or sent.seq > current.seq:
        return Verdict(sent, "late", current)
    if sent.value == current.value:
        return Verdict(sent, "saved")
    return Verdict(sent, "superseded", current)


def _is_new(verdict: Verdict, current: Kept | None) -> bool:
    return verdict.status == "saved" and (current is None or verdict.sent.seq > current.seq)


def after_lost_race(judgement: Judgement, lost: set[str], again: Judgement) -> Judgement:
    """Another tab wrote these slots between our reading and our writing: their verdicts come from the second judgement."""
    second = iter(again.verdicts)
    verdicts = [next(second) if verdict.sent.slot in lost else verdict for verdict in judgement.verdicts]
    writes = {slot: sent for slot, sent in judgement.writes.items() if slot not in lost} | again.writes
    return replace(judgement, verdicts=verdicts, writes=writes)
