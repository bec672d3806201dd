"""Writing a marked text anew: practice of its one section that begins with it. Nothing of it counts in a course."""

from __future__ import annotations

from django.db import transaction

from siji.accounts.models import User
from siji.bank.content import content_of
from siji.practice.models import Answer, Attempt, AttemptMode, Script
from siji.practice.rewriting.reading import is_rewritable
from siji.practice.starting import start_attempt
from siji.practice.timing import database_now
from siji.problems import Refusal, forbidden


def rewrite_script(*, script: Script, by: User) -> tuple[Attempt, bool]:
    """The rewrite that is open, else a new one (True).

    ``script`` may be a rewrite itself: the new one is of the same first text. Raises Refusal: 403 for anybody but its student;
    409 ``not_closed``, ``not_marked_yet``, and ``paper_is_set`` while the paper's keys are closed to them.
    """
    attempt = script.attempt
    if attempt.student_id != by.pk or not by.is_student:
        raise forbidden()
    if attempt.closed_at is None:
        raise Refusal("not_closed", zh="交卷以后才能改写。", en="It can be written anew once it is handed in.")
    if not is_rewritable(script, by):
        raise Refusal(
            "not_marked_yet",
            zh="这份作答还没有分数，或没有内容，暂时不能改写。有了分数再来。",
            en="It has no mark yet, or no text: come back once it is marked.",
        )
    section = content_of(attempt.paper).items[script.slot].section
    with transaction.atomic():
        found, is_new = start_attempt(
            student=by,
            paper=attempt.paper,
            mode=AttemptMode.PRACTICE,
            assignment=None,
            sections=[section],
            rewrite_of=attempt.rewrite_of or script,
        )
        if is_new:
            Answer.objects.create(attempt=found, slot=script.slot, seq=1, value=script.text, saved_at=database_now())
    return found, is_new
