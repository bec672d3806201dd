"""A student appeals once against a mark; a model marks again knowing nothing of it; a teacher decides, with words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from siji.accounts import notices
from siji.accounts.auth import require_teacher
from siji.accounts.models import NoticeKind, User
from siji.accounts.schemas import NoticeBody
from siji.practice import scores
from siji.practice.automarking.work import ask_for_second
from siji.practice.models import Appeal, Attempt, Mark, MarkerKind, Script, ScriptState
from siji.practice.records import record, require_its_student
from siji.practice.rows import held_for_update
from siji.practice.timing import database_now
from siji.practice.topics import tell
from siji.practice.trust.appeals import WITHIN
from siji.problems import Refusal, not_found


def appeal(*, script: Script, words: str, by: User) -> Appeal:
    """Raises Refusal: 403 for staff, 404 for strangers; 409 where there is no mark, no course, an earlier appeal,
    or more than ``WITHIN`` since the mark.
    """
    require_its_student(script.attempt, by)
    with transaction.atomic():
        attempt = held_for_update(script.attempt_id)
        script = attempt.scripts.get(pk=script.pk)
        mark = script.marks.order_by("-pk").first()
        now = database_now()
        if mark is None or attempt.assignment is None:
            raise _not_to_appeal(attempt)
        _refuse_appeal(script, attempt, mark, now)
        row = Appeal.objects.create(script=script, mark=mark, words=words.strip(), at=now)
        if script.text.strip():
            ask_for_second(script)
        record(by, "script.appealed", attempt, script=script.pk, slot=script.slot, mark=mark.value)
        assignment = attempt.assignment
        about = _about(attempt, script)
        notices.tell([assignment.course.teacher_id], NoticeKind.APPEALED, cause=f"appeal:{row.pk}", about=about)
        tell(attempt)
    return row


def _not_to_appeal(attempt: Attempt) -> Refusal:
    if attempt.assignment is None:
        return Refusal("not_for_appeal", zh="自己的练习没有老师复核。", en="Nobody else marks practice of one's own.")
    return Refusal("not_marked", zh="还没有分数，出分以后才能申诉。", en="There is no mark yet to appeal against.")


def _refuse_appeal(script: Script, attempt: Attempt, mark: Mark, now: datetime) -> None:
    if script.state != ScriptState.MARKED or attempt.closed_at is None:
        raise _not_to_appeal(attempt)
    if Appeal.objects.filter(script=script).exists():
        raise Refusal("appealed_before", zh="每份作答只能申诉一次。", en="A script can be appealed once.")
    if now > mark.created_at + WITHIN:
        raise Refusal("too_late", zh="出分已超过 7 天，不能再申诉。", en="An appeal comes within 7 days of the mark.")


def decide(*, script: Script, value: int, words: str, by: User) -> Mark:
    """The decision is a mark of the teacher's, whether it changes the value or not; its words are the reply.

    Raises Refusal: 403 for a student, 404 for a script of somebody else's course, 409 ``no_open_appeal``.
    """
    require_teacher(by)
    if not Script.objects.marked_by(by).filter(pk=script.pk).exists():
        raise not_found()
    with transaction.atomic():
        attempt = held_for_update(script.attempt_id)
        appeal = Appeal.objects.select_related("mark", "script").filter(script=script, decided_at__isnull=True).first()
        if appeal is None:
            raise Refusal("no_open_appeal", zh="没有待处理的申诉。", en="There is no open appeal.")
        mark = Mark.objects.create(
            script=appeal.script,
            value=value,
            kind=MarkerKind.TEACHER,
            marker=by,
            comment=words.strip(),
            rubric_id=appeal.mark.rubric_id,
        )
        now = database_now()
        Appeal.objects.filter(pk=appeal.pk).update(decided_at=now, decided_by=by, decision=mark)
        Script.objects.filter(pk=script.pk).update(state=ScriptState.MARKED)
        scores.settle(attempt, at=now)
        record(by, "script.appeal_decided", attempt, script=script.pk, was=appeal.mark.value, value=value)
        cause = f"appeal:{appeal.pk}"
        notices.withdraw(cause=cause, kind=NoticeKind.APPEALED)
        notices.tell([attempt.student_id], NoticeKind.APPEAL_DECIDED, cause=cause, about=_about(attempt, script))
        tell(attempt)
    return mark


def _about(attempt: Attempt, script: Script) -> NoticeBody:
    assignment = attempt.assignment
    if assignment is None:
        return NoticeBody(attempt=attempt.pk)
    course = assignment.course
    return NoticeBody(title=assignment.title, course=course.pk, course_name=course.name, attempt=attempt.pk, script=script.pk)
