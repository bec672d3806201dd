"""A course goes over to another teacher, with its students, assignments and everything done in it."""

from __future__ import annotations

from django.db import transaction

from siji.accounts import audit, notices
from siji.accounts.models import NoticeKind, Role, User
from siji.accounts.schemas import NoticeBody
from siji.courses.actions import subject
from siji.courses.changed import course_changed
from siji.courses.models import Course
from siji.problems import not_found, refusal_on
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager


def hand_over(*, course: Course, username: str, by: User) -> Course:
    """The new teacher is told. To whom it belongs already, nothing happens.

    Both teachers' counts follow by the database's own trigger (``tallies``). Raises Refusal: 404 where it is not ``by``'s to give
    (any more), 422 ``unknown_teacher``.
    """
    with transaction.atomic():
        mine = Course.objects.taught_by(by).select_for_update(of=("self",)).select_related("teacher")
        held = mine.filter(pk=course.pk).first()
        if held is None:
            raise not_found()
        teacher = User.objects.filter(username__iexact=username, role=Role.TEACHER, is_active=True).first()
        if teacher is None:
            raise refusal_on(
                "username",
                "unknown_teacher",
                zh="没有用这个账号的老师，请核对后再填。",
                en="No teacher has this username: check it and try again.",
            )
        if teacher != held.teacher:
            _give(held, teacher, by)
    return held


def _give(course: Course, teacher: User, by: User) -> None:
    before, course.teacher = course.teacher, teacher
    course.save(update_fields=["teacher"])
    course_changed(course)
    cache_manager.invalidate(spaces.teaching(before.pk), spaces.desk(before.pk), spaces.desk(teacher.pk))
    detail = {"from": before.pk, "to": teacher.pk}
    audit.record(actor=by, action="course.handed_over", subject=subject(course), detail=detail)
    # Who had it before and gets it back is told again.
    cause = subject(course)
    notices.withdraw(cause=cause, kind=NoticeKind.COURSE_RECEIVED)
    said = NoticeBody(course=course.pk, course_name=course.name)
    notices.tell([teacher.pk], NoticeKind.COURSE_RECEIVED, cause=cause, about=said)
