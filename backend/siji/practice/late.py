"""Late values that a teacher lets count."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from siji.accounts.models import User
from siji.language.text import count_words
from siji.practice import scores
from siji.practice.closing import waiting_state
from siji.practice.models import Attempt, LateAnswer
from siji.practice.records import record, require_its_teacher
from siji.practice.timing import database_now
from siji.practice.topics import tell
from siji.problems import Refusal


def accept_late(*, attempt_id: UUID, items: Sequence[str], by: User) -> Attempt:
    """The newest late value of each item counts from now on; the one that was on time stays beside it.

    A script with a new text waits for a mark again. Raises Refusal: 403 for anybody but its teacher; 409 ``not_closed``; 422
    ``nothing_late`` naming the items without a late value.
    """
    with transaction.atomic():
        attempt = Attempt.objects.held_for_update(attempt_id)
        require_its_teacher(attempt, by)
        if attempt.closed_at is None:
            raise Refusal("not_closed", zh="作答结束以后才能认可迟到的答案。", en="Wait until the attempt is closed.")
        now = database_now()
        newest = _newest(attempt, items)
        for late in newest.values():
            if late.accepted_at is None:
                late.accepted_at, late.accepted_by = now, by
                late.save(update_fields=["accepted_at", "accepted_by"])
                _rewrite_script(attempt, late)
        scores.settle(attempt, at=now)
        record(by, "attempt.late_accepted", attempt, items=sorted(newest))
        tell(attempt)
    return attempt


def _newest(attempt: Attempt, items: Sequence[str]) -> dict[str, LateAnswer]:
    newest = {late.slot: late for late in attempt.late_answers.filter(slot__in=items).order_by("seq", "pk")}
    missing = [item for item in items if item not in newest]
    if missing:
        raise Refusal(
            "nothing_late",
            zh="这些题目没有迟到的答案。",
            en="These items have no late value.",
            status=422,
            fields=dict.fromkeys(missing, "no late value"),
        )
    return newest


def _rewrite_script(attempt: Attempt, late: LateAnswer) -> None:
    scripts = attempt.scripts.filter(slot=late.slot)
    scripts.update(text=late.value, words=count_words(late.value), state=waiting_state(attempt))
