"""Whether this reader may see the keys, transcripts and whole track of an attempt: every route asks here.

A student may not while the paper is set to them as an exam, whichever way the attempt was begun and however long before
(``courses.secrecy``). Whoever else may see the attempt (its teacher, an administrator) sees everything.
"""

from __future__ import annotations

from datetime import datetime

from siji.accounts.models import User
from siji.courses import window
from siji.courses.secrecy import Wait
from siji.practice.models import Attempt, AttemptMode


def withheld_from(reader: User, attempt: Attempt, now: datetime) -> Wait | None:
    """What keys wait for; None where they may be seen. One query for its student, none for others."""
    if reader.pk != attempt.student_id:
        return None
    return window.wait_for_keys(paper=attempt.paper, student=reader, at=now)


def practice_withheld_from(reader: User, attempt: Attempt, now: datetime) -> Wait | None:
    """For what is asked often: an exam shows neither keys nor transcripts while it is open, so nobody has to look."""
    return withheld_from(reader, attempt, now) if attempt.mode == AttemptMode.PRACTICE else None


def may_hear_freely(attempt: Attempt, reader: User, now: datetime) -> bool:
    """Practice is heard as often as one likes; an exam only when its report shows the keys.

    Raises Refusal (409 ``paper_is_set``) for practice of a paper that is set as an exam.
    """
    is_practice = attempt.mode == AttemptMode.PRACTICE
    if not is_practice and attempt.closed_at is None:
        return False
    wait = withheld_from(reader, attempt, now)
    if wait is not None and is_practice:
        raise window.paper_is_set(wait)
    return wait is None
