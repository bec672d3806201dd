"""Signing in and what stops guessing. A try is a row before its password is looked at, so that tries at once are counted too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import QuerySet

from siji.accounts import audit, lockout
from siji.accounts.models import SignInFailure, User
from siji.problems import Refusal

LONGEST_NAME = 150
SIGNED_IN = "signed-in"
"""Stands for the device where somebody who is signed in types the password once more: a counter of its own."""


def check_password(*, username: str, password: str, device: str = "", address: str | None = None) -> User:
    """The person whose password this is.

    Raises Refusal: 429 ``locked_out`` with the seconds to wait; 503 ``busy``; 401 ``bad_credentials``, the same words and the
    same work for an unknown name, a wrong password and a closed account.
    """
    name = username.strip().lower()[:LONGEST_NAME]
    with _counted_try(name, device, address):
        user = _whose(name, password)
    if user is None:
        audit.record(actor=None, action="session.refused", subject=f"username:{name}"[:120], address=address)
        raise Refusal("bad_credentials", zh="用户名或密码不对。", en="The username or the password is wrong.", status=401)
    _forgive(name, device)
    return user


def is_own_password(*, person: User, password: str) -> bool:
    """Asked of somebody who is signed in; a stolen session cannot guess either. Raises Refusal: 429, 503."""
    name = person.username.lower()
    with _counted_try(name, SIGNED_IN, None):
        is_right = person.check_password(password)
    if is_right:
        _forgive(name, SIGNED_IN)
    return is_right


def forgive_everywhere(person: User) -> None:
    """After a reset: the guesses were at a password that is gone, and its owner must get in with the new one."""
    SignInFailure.objects.filter(username=person.username.lower()).delete()


def _forgive(name: str, device: str) -> None:
    SignInFailure.objects.filter(username=name, device=device).delete()


def _whose(name: str, password: str) -> User | None:
    user: User | None = User.objects.filter(username__iexact=name).first()
    if user is None:
        make_password(password)  # the same work, so that time does not tell which names exist
        return None
    return user if user.check_password(password) and user.is_active else None


@contextmanager
def _counted_try(name: str, device: str, address: str | None) -> Iterator[None]:
    """Who is sent away before the password was looked at has not tried."""
    with transaction.atomic():
        _one_at_a_time(f"{name}|{device}")
        now = _database_now()
        failed = SignInFailure.objects.filter(at__gt=now - lockout.PERSON.window)
        of_address = 0 if address is None or device else failed.filter(address=address).count()
        policy = lockout.policy_of(failures_of_address=of_address, is_known_device=bool(device))
        _refuse_while_waiting(failed.filter(username=name, device=device), now=now, policy=policy)
        tried = SignInFailure.objects.create(username=name, device=device, address=address, at=now)
    try:
        yield
    except Refusal:
        tried.delete()
        raise


def _refuse_while_waiting(recent: QuerySet[SignInFailure], *, now: datetime, policy: lockout.Policy) -> None:
    wait = lockout.wait_seconds(list(recent.values_list("at", flat=True)), now=now, policy=policy)
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
