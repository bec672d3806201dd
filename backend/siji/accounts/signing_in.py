"""Signing in and what stops guessing. A try is a row before its password is looked at, so that tries at once are counted too."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Q

from siji.accounts import audit, lockout
from siji.accounts.models import SignInFailure, User
from siji.problems import Refusal


def check_password(*, username: str, password: str, device: str = "", address: str | None = None) -> User:
    """The person whose password this is.

    Raises Refusal: 429 ``locked_out`` with the seconds to wait; 401 ``bad_credentials``, the same words and the same work
    for an unknown name, a wrong password and a closed account.
    """
    name = username.strip().lower()
    attempt = _counted_try(name, device, address)
    user: User | None = User.objects.filter(username__iexact=name).first()
    if user is None:
        make_password(password)  # the same work, so that time does not tell which names exist
    if user is None or not _is_right(user, password):
        audit.record(actor=None, action="session.refused", subject=f"username:{name}"[:120], address=address)
        raise Refusal("bad_credentials", zh="用户名或密码不对。", en="The username or the password is wrong.", status=401)
    SignInFailure.objects.filter(username=name, device=device).delete()
    SignInFailure.objects.filter(pk=attempt.pk).delete()
    return user


def _is_right(user: User, password: str) -> bool:
    return user.check_password(password) and user.is_active


def _counted_try(name: str, device: str, address: str | None) -> SignInFailure:
    with transaction.atomic():
        _one_at_a_time(f"{name}|{device}")
        now = _database_now()
        mine = Q(username=name, device=device)
        _refuse_while_waiting(mine, now=now, policy=lockout.PERSON)
        if address is not None:
            _refuse_while_waiting(Q(address=address), now=now, policy=lockout.ADDRESS)
        return SignInFailure.objects.create(username=name, device=device, address=address, at=now)


def _refuse_while_waiting(whose: Q, *, now: datetime, policy: lockout.Policy) -> None:
    recent = SignInFailure.objects.filter(whose, at__gt=now - policy.window).values_list("at", flat=True)
    wait = lockout.wait_seconds(list(recent), now=now, policy=policy)
    if wait:
        zh, en = _in_words(wait)
        raise Refusal(
            "locked_out",
            zh=f"密码错误次数过多，请等 {zh}再试。你常用的设备不受影响；忘记密码请找老师或管理员重置。",
            en=f"Too many wrong passwords: wait {en}. A device that you have used before is not affected; staff can reset it.",
            status=429,
            retry_after=wait,
        )


def _in_words(seconds: int) -> tuple[str, str]:
    if seconds < 60:
        return f"{seconds} 秒", f"{seconds} s"
    minutes = -(-seconds // 60)
    return f"{minutes} 分钟", f"{minutes} min"


def _one_at_a_time(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4))", [key])


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
