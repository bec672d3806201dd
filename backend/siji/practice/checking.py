"""Practice only: looking at the key. What is answered by then is what counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connection, transaction

from siji.bank.reading import Reveal, item_out, references_of
from siji.courses import window
from siji.courses.reading import withheld_out
from siji.courses.secrecy import Wait
from siji.practice.keys import keyed_items
from siji.practice.models import Attempt, AttemptMode
from siji.practice.rows import held_for_update
from siji.practice.schemas import CheckOut, ChecksOut
from siji.practice.scoring import is_correct
from siji.practice.timing import database_now, sheet_of
from siji.problems import Refusal, Words

# An item without an answer is frozen empty, at seq 0, below every seq a browser sends.
FREEZE = """
INSERT INTO practice_answer (attempt_id, slot, seq, value, saved_at, checked_at)
SELECT %s, slot, 0, '', clock_timestamp(), clock_timestamp() FROM unnest(%s::text[]) AS asked (slot) ORDER BY slot
ON CONFLICT (attempt_id, slot) DO UPDATE SET checked_at = coalesce(practice_answer.checked_at, excluded.checked_at)
"""


def check_items(*, attempt_id: UUID, items: Sequence[str]) -> Attempt:
    """Freeze these items as they stand. Looking twice changes nothing.

    Raises Refusal: 409 ``not_practice`` in an exam, 409 ``closed`` afterwards (the report has the keys), 409
    ``paper_is_set`` while the paper is set as an exam, 422 ``unknown_item``.
    """
    with transaction.atomic():
        attempt = held_for_update(attempt_id)
        _refuse_exam(attempt)
        if attempt.closed_at is not None:
            raise Refusal("closed", zh="练习已经结束，请看报告。", en="This practice is closed: see its report.")
        unknown = [item for item in items if item not in sheet_of(attempt).slots]
        if unknown:
            raise Refusal(
                "unknown_item",
                zh="有的题目不在这次练习里。",
                en="Some items are not part of this practice.",
                status=422,
                fields=dict.fromkeys(unknown, Words(zh="不在这次练习里。", en="Not part of this practice.")),
            )
        window.refuse_if_set(paper=attempt.paper, student=attempt.student, at=database_now())
        with connection.cursor() as cursor:
            cursor.execute(FREEZE, [attempt_id, sorted(set(items))])
    return attempt


def checks_view(attempt: Attempt, wait: Wait | None, only: Collection[str] | None = None) -> ChecksOut:
    """Keys, explanations and proofs of the checked items and of nothing else; ``only`` narrows it to some of them.

    What was looked at before the paper was set as an exam stays frozen, without its key while that ``wait`` lasts.
    """
    _refuse_exam(attempt)
    checked = dict(attempt.answers.filter(checked_at__isnull=False).values_list("slot", "value"))
    shown = {slot: value for slot, value in checked.items() if only is None or slot in only}
    if wait is not None:
        return ChecksOut(
            checked=[_frozen(slot, value) for slot, value in shown.items()], references={}, withheld=withheld_out(wait)
        )
    references = references_of(attempt.paper)
    return ChecksOut(
        checked=[
            CheckOut(item=item.slot, value=shown[item.slot], is_correct=is_correct(item, shown[item.slot]), key=key)
            for item in keyed_items(attempt.paper, shown)
            if (key := item_out(attempt.paper, item.slot, reveal=Reveal.KEYS).key) is not None
        ],
        references={slot: references[slot] for slot in shown if slot in references},
        withheld=None,
    )


def _frozen(slot: str, value: str) -> CheckOut:
    return CheckOut(item=slot, value=value, is_correct=None, key=None)


def _refuse_exam(attempt: Attempt) -> None:
    if attempt.mode != AttemptMode.PRACTICE:
        raise Refusal("not_practice", zh="考试中不能查看答案。", en="Keys cannot be looked at in an exam.")
