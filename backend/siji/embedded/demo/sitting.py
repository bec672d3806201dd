"""One demo student at one paper: starts, answers part by part, hands in, as a person of this ability would.

A whole paper takes 130 minutes on the clock, so the attempt's start is moved back between the parts; every answer still goes
through the same action, the same locks and the same clock as a real one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import F

from siji.accounts.models import User
from siji.bank.bodies import Anchor, Essay, Translation
from siji.bank.content import content_of
from siji.bank.keys import KeyRow, answer_key
from siji.bank.models import Paper
from siji.courses.models import Assignment
from siji.practice.closing import submit_attempt
from siji.practice.models import Attempt, Mark, Script
from siji.practice.protocol import Sent
from siji.practice.saving import save_answers
from siji.practice.starting import start_attempt
from siji.practice.timing import sheet_of

DIFFICULTY = {"listening_choice": 0.2, "banked_cloze": 0.1, "paragraph_matching": -0.3, "careful_reading": 0.0}
"""How much harder than the middle a kind is, in standard deviations of ability."""
SKIPS = 0.02
"""The share of items that a student leaves out, the written ones too: a blank script is 0 by rule and never sees a marker."""


@dataclass(frozen=True, slots=True)
class Sitter:
    student: User
    ability: float
    random: Random
    skips: float = SKIPS


def sit(sitter: Sitter, assignment: Assignment, *, mode: str) -> Attempt:
    """The closed attempt."""
    attempt, _ = start_attempt(student=sitter.student, paper=assignment.paper, mode=mode, assignment=assignment)
    answers = answers_of(sitter, assignment.paper)
    sheet = sheet_of(attempt)
    for part in sheet.parts:
        if part.slots:
            _move_start(attempt, part.start_ms + (part.end_ms - part.start_ms) // 2)
            _save(sitter, attempt, {slot: answers[slot] for slot in part.slots if slot in answers})
    _save(sitter, attempt, {slot: answers[slot] for slot in sheet.free if slot in answers})
    return submit_attempt(attempt_id=attempt.pk)


def _save(sitter: Sitter, attempt: Attempt, answers: dict[str, str]) -> None:
    batch = [Sent(slot, 1, value) for slot, value in answers.items()]
    if batch:
        save_answers(attempt_id=attempt.pk, student=sitter.student, batch=batch)


def _move_start(attempt: Attempt, elapsed_ms: int) -> None:
    """As if it had begun so long ago."""
    row = Attempt.objects.get(pk=attempt.pk)
    if row.started_at is None or row.closes_at is None:
        return
    length = row.closes_at - row.started_at
    start = datetime.now(tz=row.started_at.tzinfo) - timedelta(milliseconds=elapsed_ms)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=start, closes_at=start + length)


def answers_of(sitter: Sitter, paper: Paper) -> dict[str, str]:
    """Slot → what this person answers: the key with the chance of the Rasch model, else one of the traps."""
    answers = {}
    for slot, row in answer_key(paper).items():
        if sitter.random.random() < sitter.skips:
            continue
        body = content_of(paper).items[slot].body
        answers[slot] = _script(sitter, body) if isinstance(body, Essay | Translation) else _choice(sitter, row)
    return answers


def _choice(sitter: Sitter, row: KeyRow) -> str:
    chance = 1 / (1 + math.exp(-1.3 * (sitter.ability + 0.35 - DIFFICULTY[row.kind])))
    if sitter.random.random() < max(chance, 0.2):
        return row.key
    return sitter.random.choice(sorted(row.traps))


def _script(sitter: Sitter, body: Essay | Translation) -> str:
    return anchor_for(sitter.ability, body.anchors).text


def anchor_for(ability: float, anchors: list[Anchor]) -> Anchor:
    """The model script nearest to what this ability writes: the middle of a class is between 8 and 11."""
    wanted = 9 + 2.4 * ability
    return min(anchors, key=lambda anchor: abs(anchor.band - wanted))


def move_to_the_past(attempt: Attempt, days: float) -> None:
    """The whole attempt, its answers and marks, so many days back."""
    back = timedelta(days=days)
    times = ("created_at", "started_at", "closes_at", "submitted_at", "closed_at", "marked_at")
    Attempt.objects.filter(pk=attempt.pk).update(**{name: F(name) - back for name in times})
    attempt.answers.update(saved_at=F("saved_at") - back)
    Script.objects.filter(attempt=attempt).update(created_at=F("created_at") - back)
    Mark.objects.filter(script__attempt=attempt).update(created_at=F("created_at") - back)
