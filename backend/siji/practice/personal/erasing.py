"""One student's name leaves the product. The numbers of their marks stay, without a name, so that class figures stay true."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q

from siji.accounts import audit
from siji.accounts.actions import subject
from siji.accounts.models import Notice, NoticePreference, SignInFailure, User
from siji.courses.models import AssignmentException, Roster
from siji.practice.models import (
    Answer,
    AudioGrant,
    LateAnswer,
    MachineMark,
    Mark,
    Reopening,
    Script,
    TimeExtension,
    WrittenFeedback,
)
from siji.problems import Refusal, refusal_on
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager

WRITTEN = ("W", "T")
"""The slots whose answers are a student's own words."""
ROSTER_FIELDS = ("student_number", "name", "administrative_class", "username", "email", "minor")


def erase(*, by: User, person: User, typed: str, blanks_scripts: bool) -> User:
    """Cannot be undone. Raises Refusal: 422 where ``typed`` is not the username, 409 for staff and during an attempt."""
    with transaction.atomic():
        row: User = User.objects.select_for_update().get(pk=person.pk)
        _may_be_erased(row, typed)
        places = _places(row)
        _forget_what_was_said(row)
        if blanks_scripts:
            _blank(row)
        _make_nameless(row)
        audit.record(actor=by, action="user.erased", subject=subject(row), detail={"blanked_scripts": blanks_scripts})
        cache_manager.invalidate(*places)
    return row


def _may_be_erased(row: User, typed: str) -> None:
    if typed != row.username:
        raise refusal_on(
            "username", "not_the_username", zh="和这个账号的用户名不一致。", en="This is not the account's username."
        )
    if not row.is_student:
        raise Refusal(
            "not_a_student",
            zh="只能清除学生的个人数据。教师和管理员的账号可以停用。",
            en="Only a student's data can be erased; deactivate a teacher's or administrator's account.",
        )
    if row.attempts.filter(closed_at__isnull=True).exists():
        raise Refusal(
            "attempt_open",
            zh="这名学生还有没交卷的作答。请等它结束，或让学生先交卷。",
            en="This student has an attempt that is still open: let it end or be handed in first.",
        )


def _places(row: User) -> list[str]:
    """Of the cache: wherever the name or a text may be shown."""
    courses = list(row.enrollments.values_list("course_id", "course__teacher_id"))
    named = [spaces.PEOPLE, spaces.person(row.pk)]
    return named + [place for pk, teacher in courses for place in (spaces.course(pk), spaces.work(pk), spaces.desk(teacher))]


def _forget_what_was_said(row: User) -> None:
    Notice.objects.filter(person=row).delete()
    NoticePreference.objects.filter(person=row).delete()
    SignInFailure.objects.filter(username=row.username.lower()).delete()
    AssignmentException.objects.filter(student=row).update(reason="")
    for model in (TimeExtension, Reopening, AudioGrant):
        model._default_manager.filter(attempt__student=row).update(reason="")
    _take_off_rosters(row)


def _take_off_rosters(row: User) -> None:
    """The line stays, so that the counts of an import stay true; who it was does not."""
    keys = {"username": row.username, "student_number": row.student_number, "person": row.pk}
    known = {name: value for name, value in keys.items() if value}
    wanted = Q()
    for name, value in known.items():
        wanted |= Q(rows__contains=[{name: value}])
    for roster in Roster.objects.select_for_update().filter(wanted | Q(accounts__contains=[{"username": row.username}])):
        roster.rows = [_nameless(line) if _is_of(line, known) else line for line in roster.rows]
        roster.accounts = [one for one in roster.accounts if one.get("username") != row.username]
        roster.save(update_fields=["rows", "accounts"])


def _is_of(line: dict[str, Any], known: dict[str, Any]) -> bool:
    return any(line.get(name) == value for name, value in known.items())


def _nameless(line: dict[str, Any]) -> dict[str, Any]:
    return line | dict.fromkeys(ROSTER_FIELDS, "") | {"problem": "", "problem_en": ""}


def _blank(row: User) -> None:
    """What they wrote and what quotes it; the numbers beside it stay."""
    Answer.objects.filter(attempt__student=row, slot__in=WRITTEN).update(value="")
    LateAnswer.objects.filter(attempt__student=row, slot__in=WRITTEN).update(value="")
    Script.objects.filter(attempt__student=row).update(text="")
    Mark.objects.filter(script__attempt__student=row).update(comment="")
    MachineMark.objects.filter(script__attempt__student=row).update(evidence=[], feedback={}, flags=[])
    WrittenFeedback.objects.filter(script__attempt__student=row).delete()  # of one that is being written too


def _make_nameless(row: User) -> None:
    row.username, row.name = f"erased-{row.pk}", f"#{row.pk}"
    row.email = row.student_number = row.administrative_class = row.guardian_consent = ""
    row.is_active, row.must_change_password = False, False
    row.session_salt = secrets.token_hex(16)
    row.set_unusable_password()
    row.save()
