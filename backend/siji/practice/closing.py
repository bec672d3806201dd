"""Closing an attempt, exactly once: by its student, by the beat, or by the next request that finds it due.

Whoever comes first holds the row for update; savers hold it for share, so every acknowledged answer is in before the answers are
read, and none comes in after. Scripts, result, progress and the closing itself are one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from siji.courses import progress
from siji.language.text import count_words
from siji.practice import scores
from siji.practice.automarking.work import ask_for_marks
from siji.practice.keys import written_slots
from siji.practice.models import Attempt, Mark, MarkerKind, Script, ScriptState
from siji.practice.records import record
from siji.practice.rooms import begin_with_the_room
from siji.practice.rows import as_new, held_for_update
from siji.practice.timing import database_now, elapsed_ms, end_of, has_begun_unseen, is_due, sheet_of, start_of
from siji.practice.topics import tell
from siji.problems import Refusal, Words
from siji.storage.standby import kept_twice

log = logging.getLogger("siji.practice")

NOT_SURE = Words(
    zh="交卷还没有存到备用服务器，请再交一次；答案都在，不会重复。",
    en="That you have handed in has not reached the standby server yet: hand in again. Nothing is lost or counted twice.",
)
ENDING = ("started_at", "closed_at", "submitted_at")
AT_ONCE = 200
"""So that one beat stays short; the next takes the rest."""


def submit_attempt(*, attempt_id: UUID) -> Attempt:
    """Close it now, whatever is left of the time. A second submission returns the first result.

    Where answers wait for a standby the hand-in does too: whoever was told that it is done need not look again. Raises Refusal
    409 ``not_open_yet`` while a room waits for its start, 503 ``not_kept_twice`` where it may not be on the standby.
    """
    with kept_twice(NOT_SURE):
        return _close(attempt_id, is_submitted=True)


def close_if_due(*, attempt_id: UUID) -> Attempt:
    """Close what its clock has ended; leave anything else as it is."""
    with transaction.atomic():
        return _close(attempt_id, is_submitted=False)


def up_to_date(attempt: Attempt, now: datetime | None = None) -> Attempt:
    """The attempt as its clock has it by now: every request that reads an attempt goes through here.

    ``now``: of the database and not before the row was read; asked for if left out.
    """
    if is_due(attempt, now or database_now()):
        return close_if_due(attempt_id=attempt.pk)
    if has_begun_unseen(attempt):
        begin_with_the_room(attempt)
    return attempt


def close_due() -> int:
    """The beat's round: begin what a room's start began, close what is due. Returns how many were closed.

    One that fails is logged and does not hold up the others.
    """
    now = database_now()
    for attempt in Attempt.objects.waiting_for_a_started_room().select_related("assignment")[:AT_ONCE]:
        begin_with_the_room(attempt)
    due = Attempt.objects.filter(closed_at__isnull=True, closes_at__lte=now).order_by("closes_at")
    closed = 0
    for attempt_id in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        try:
            closed += close_if_due(attempt_id=attempt_id).closed_at is not None
        except Exception:
            log.exception("attempt %s is due and could not be closed; the next round tries again", attempt_id)
    return closed


def _close(attempt_id: UUID, *, is_submitted: bool) -> Attempt:
    """In the transaction of whoever calls."""
    attempt = held_for_update(attempt_id)
    if attempt.closed_at is not None:
        return attempt
    now = database_now()
    if is_due(attempt, now):
        _set_end(attempt, end_of(start_of(attempt) or now, sheet_of(attempt)), submitted_at=None)
    elif not is_submitted:
        return attempt
    else:
        _refuse_before_the_room(attempt, now)
        _set_end(attempt, now, submitted_at=now)
    answers = scores.counted_answers(attempt)
    scripts = _collect_scripts(attempt, answers)
    scores.settle(attempt, at=now, answers=answers, scripts=scripts, also=ENDING)
    if attempt.assignment is not None:
        progress.mark_completed(assignment=attempt.assignment, student=attempt.student)
    tell(attempt)
    return attempt


def _refuse_before_the_room(attempt: Attempt, now: datetime) -> None:
    if sheet_of(attempt).is_timed and elapsed_ms(attempt, now) is None:
        raise Refusal("not_open_yet", zh="考试还没有开始，不能交卷。", en="The exam has not begun, so nothing can be handed in.")


def _set_end(attempt: Attempt, closed_at: datetime, *, submitted_at: datetime | None) -> None:
    """What the clock ended has ended at its lock, however late somebody noticed. Kept with the result (``ENDING``)."""
    attempt.started_at = start_of(attempt)
    attempt.closed_at, attempt.submitted_at = closed_at, submitted_at


def _collect_scripts(attempt: Attempt, answers: Mapping[str, str]) -> list[Script] | None:
    """The scripts with all that is known of them, where each is new; None where they are to be read again.

    A reopened attempt has its scripts already: one whose text is the same keeps its mark, any other waits for one again.
    """
    collected = {script.slot: script for script in attempt.scripts.all()}
    scripts, marks = list[Script](), list[Mark]()
    for slot, rubric_id in written_slots(attempt.paper, sheet_of(attempt).slots).items():
        script = collected.get(slot)
        text = answers.get(slot, "")
        if script is None or script.text != text:
            script = script or Script(attempt=attempt, slot=slot)
            marks += filter(None, [write_script(script, text, rubric_id)])
            scripts.append(script)
    return None if collected else as_new(scripts, marks)


def write_script(script: Script, text: str, rubric_id: int) -> Mark | None:
    """The text that is to be marked; it waits for its mark. A blank one is 0 by rule: its mark is given back."""
    script.text, script.words = text, count_words(text)
    script.state = _waiting_state(script.attempt) if text.strip() else ScriptState.MARKED
    script.save()
    if script.state != ScriptState.MARKED:
        ask_for_marks(script)
        return None
    record(None, "script.marked", script.attempt, script=script.pk, slot=script.slot, value=0)
    return Mark.objects.create(script=script, value=0, kind=MarkerKind.RULE, rubric_id=rubric_id)


def _waiting_state(attempt: Attempt) -> ScriptState:
    """With an assignment there is a teacher to mark it."""
    return ScriptState.UNASSIGNED if attempt.assignment_id is None else ScriptState.WAITING
