"""What a person can do to an account. Every one of them leaves an audit row."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from siji.accounts import audit
from siji.accounts.models import Role, User
from siji.accounts.signing_in import forgive_everywhere, is_own_password
from siji.problems import Refusal, forbidden, refusal_on
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is read as something else: no i, l, o, 0, 1."""

WHY_NOT = {
    "password_too_short": ("密码至少要 8 个字符。", "At least 8 characters."),
    "password_too_common": ("这个密码太常见，请换一个。", "This password is too common."),
    "password_entirely_numeric": ("密码不能全是数字。", "Not only digits."),
    "password_too_similar": ("密码和用户名或姓名太像，请换一个。", "Too similar to the username or name."),
}


def one_time_password() -> str:
    """Readable aloud: three groups of four, about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def create_person(*, by: User | None, password: str | None = None, **fields: Any) -> tuple[User, str]:
    """A new account and its password; one made here must be changed at first. Raises Refusal (409) for a taken name."""
    chosen = password or one_time_password()
    person = User(**fields, must_change_password=password is None)
    person.set_password(chosen)
    try:
        with transaction.atomic():
            person.save()
            audit.record(actor=by, action="user.created", subject=subject(person), detail={"role": person.role})
    except IntegrityError as error:
        raise taken(error) from error
    return person, chosen


def change_person(*, by: User, person: User, changes: dict[str, Any]) -> User:
    """Raises Refusal (409) when the change would leave no administrator, lock the actor out, or take somebody's number."""
    gives_up = changes.get("role", Role.ADMIN) != Role.ADMIN or changes.get("is_active", True) is False
    try:
        with transaction.atomic():
            if gives_up:
                _keep_an_administrator(by, person)
            row: User = User.objects.select_for_update().get(pk=person.pk)
            before = {name: getattr(row, name) for name in changes}
            for name, value in changes.items():
                setattr(row, name, value)
            row.save(update_fields=[*changes]) if changes else None
            audit.record(actor=by, action="user.changed", subject=subject(row), detail=_told(before, changes))
            cache_manager.invalidate(spaces.PEOPLE, spaces.person(row.pk))
    except IntegrityError as error:
        raise taken(error) from error
    return row


def record_consent(*, by: User, person: User, how: str) -> User:
    """A guardian's. The words stay with the account; the log keeps who recorded it and when."""
    with transaction.atomic():
        row = _keep_consent(person, how)
        audit.record(actor=by, action="user.consent_recorded", subject=subject(row))
    return row


def withdraw_consent(*, by: User, person: User) -> User:
    with transaction.atomic():
        row = _keep_consent(person, "")
        audit.record(actor=by, action="user.consent_withdrawn", subject=subject(row))
    return row


def _keep_consent(person: User, how: str) -> User:
    """Inside the caller's transaction."""
    row: User = User.objects.select_for_update().get(pk=person.pk)
    row.guardian_consent = how
    row.save(update_fields=["guardian_consent"])
    cache_manager.invalidate(spaces.PEOPLE, spaces.person(row.pk))
    return row


def _told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The audit log outlives a person's data: of what says who somebody is it keeps only that it was changed."""
    rights = [name for name in after if name in ("role", "is_active")]
    told: dict[str, Any] = {"before": {name: before[name] for name in rights}, "after": {name: after[name] for name in rights}}
    personal = sorted(set(after) - set(rights))
    return told | ({"fields": personal} if personal else {})


def _keep_an_administrator(by: User, person: User) -> None:
    """All administrators are locked in one order: two who demote each other take turns, and the second is none any more."""
    rows = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True).order_by("pk")
    admins = {row.pk for row in rows}
    if person.pk not in admins:
        return
    if by.pk == person.pk:
        raise Refusal(
            "own_role", zh="不能取消自己的管理员身份，请由另一位管理员操作。", en="Another administrator must do this to you."
        )
    if by.pk not in admins:
        raise forbidden()
    if admins == {person.pk}:
        raise Refusal("last_administrator", zh="至少要保留一位管理员。", en="At least one administrator must remain.")


def change_password(*, person: User, old: str, new: str) -> User:
    """Ends every other session of this person. Raises Refusal: 422 naming the field, 429 after many guesses."""
    if not is_own_password(person=person, password=old):
        raise refusal_on("old", "bad_credentials", zh="原密码不对。", en="The old password is wrong.")
    if old == new:
        raise refusal_on("new", "weak_password", zh="新密码不能和原密码相同。", en="The new password must differ.")
    check_strength(person, new)
    with transaction.atomic():
        person.set_password(new)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        audit.record(actor=person, action="user.password_changed", subject=subject(person))
    return person


def check_strength(person: User, password: str) -> None:
    """Raises Refusal (422) with what is wrong."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        words = [WHY_NOT.get(one.code or "", (str(one.message), str(one.message))) for one in error.error_list]
        zh, en = " ".join(zh for zh, _ in words), " ".join(en for _, en in words)
        raise refusal_on("new", "weak_password", zh=zh, en=en) from error


def reset_password(*, by: User, person: User) -> str:
    """A password for one use: it must be changed at the next sign-in, every session ends, a lock-out too."""
    password = one_time_password()
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        forgive_everywhere(person)
        audit.record(actor=by, action="user.password_reset", subject=subject(person))
    return password


def end_sessions(*, by: User, person: User) -> None:
    """Signs the person out everywhere, at once: every session's hash is made with the salt."""
    with transaction.atomic():
        person.session_salt = secrets.token_hex(16)
        person.save(update_fields=["session_salt"])
        audit.record(actor=by, action="user.sessions_ended", subject=subject(person))


def subject(person: User) -> str:
    return f"user:{person.pk}"


def taken(error: IntegrityError) -> Refusal:
    if "student_number" in str(error):
        zh, en = "这个学号已经属于另一个账号。", "Another account has this student number."
        return refusal_on("student_number", "number_taken", zh=zh, en=en, status=409)
    return refusal_on("username", "username_taken", zh="这个用户名已经有人用了。", en="This username is taken.", status=409)
