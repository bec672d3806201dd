"""Which accounts are the demo school's. Remembered when it is made, since a real school may have an ``admin`` of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from siji.accounts import audit
from siji.accounts.models import AuditEntry, User, UserQuerySet
from siji.courses.models import Course, CourseStatus
from siji.storage.cache.manager import cache_manager

SUBJECT = "demo:school"


def remember(accounts: Iterable[User]) -> None:
    """In the transaction that makes them."""
    audit.record(actor=None, action="demo.loaded", subject=SUBJECT, detail={"accounts": [user.pk for user in accounts]})


def open_demo_accounts() -> UserQuerySet:
    """Those that somebody could still sign in to."""
    loaded = AuditEntry.objects.filter(subject=SUBJECT, action="demo.loaded").values_list("detail", flat=True)
    ids = [pk for detail in loaded for pk in detail["accounts"]]
    found: UserQuerySet = User.objects.filter(pk__in=ids, is_active=True)
    return found


def close_demo() -> int:
    """How many accounts were closed. Nobody signs in to one again; their courses are archived.

    Nothing is deleted: real people may have joined a demo course, and what they did there is theirs. The usernames and
    student numbers become free for real people.
    """
    with transaction.atomic():
        accounts = list(open_demo_accounts().select_for_update().order_by("pk"))
        for user in accounts:
            user.username = f"demo-{user.pk}-{user.username}"[:150]
            user.student_number, user.is_active = "", False
            user.set_unusable_password()
        User.objects.bulk_update(accounts, ["username", "student_number", "is_active", "password"])
        Course.objects.filter(teacher__in=accounts).update(status=CourseStatus.ARCHIVED, is_code_open=False)
        if accounts:
            audit.record(actor=None, action="demo.removed", subject=SUBJECT, detail={"accounts": [user.pk for user in accounts]})
            cache_manager.forget_everything()
    return len(accounts)
