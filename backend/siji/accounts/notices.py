"""Telling people, and what they do about it. Rooms above call ``tell`` in the transaction of whatever there is to tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from siji.accounts.models import Notice, NoticeKind, NoticePreference, Role, User
from siji.accounts.schemas import NoticeBody, NoticeName
from siji.problems import not_found, refusal_on

MOST_COUNTED = 100
"""An unread count is read by every page: it stops where nobody would read the number any more."""

KINDS_OF: Mapping[str, tuple[NoticeKind, ...]] = {
    Role.STUDENT: (
        NoticeKind.ASSIGNED,
        NoticeKind.ROOM_STARTED,
        NoticeKind.DUE_SOON,
        NoticeKind.MARKED,
        NoticeKind.RETURNED,
        NoticeKind.APPEAL_DECIDED,
    ),
    Role.TEACHER: (NoticeKind.ROSTER_IMPORTED, NoticeKind.COURSE_RECEIVED, NoticeKind.APPEALED),
    Role.ADMIN: (NoticeKind.ROSTER_IMPORTED,),
}
"""What each role can be told, and so what it chooses about."""

# Sorted, so that two who tell the same people at once cannot wait for each other in a circle.
TELL = """
INSERT INTO accounts_notice (person_id, kind, cause, data)
SELECT person.id, %(kind)s, %(cause)s, %(data)s::jsonb FROM unnest(%(people)s::bigint[]) AS person (id)
WHERE NOT EXISTS (
    SELECT 1 FROM accounts_noticepreference AS chosen
    WHERE chosen.person_id = person.id AND chosen.kind = %(kind)s AND NOT chosen.is_on
)
ORDER BY person.id
ON CONFLICT (cause, kind, person_id) DO NOTHING
"""


def tell(people: Iterable[int], kind: NoticeKind, *, cause: str, about: NoticeBody) -> int:
    """How many were told: one statement for a whole class. Who does not want the kind, or knows already, is passed over."""
    ids = list(people)
    if not ids:
        return 0
    data = json.dumps(about.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(TELL, {"kind": str(kind), "cause": cause, "data": data, "people": ids})
        told: int = cursor.rowcount
    return told


def withdraw(*, cause: str, kind: NoticeKind | None = None, person_id: int | None = None) -> None:
    """What is no longer so: the thing is gone, or has another date and will be told again."""
    asked = {"kind": kind, "person": person_id}
    Notice.objects.filter(cause=cause, **{name: value for name, value in asked.items() if value is not None}).delete()


def count_unread(person: User) -> int:
    return Notice.objects.visible_to(person).unread()[:MOST_COUNTED].count()


def mark_read(*, person: User, notice_id: int, and_older: bool = False) -> None:
    """The first reading counts. Raises Refusal (404) for a notice that is not this person's."""
    mine = Notice.objects.visible_to(person)
    if not mine.filter(pk=notice_id).exists():
        raise not_found()
    read = mine.filter(pk__lte=notice_id) if and_older else mine.filter(pk=notice_id)
    read.unread().update(read_at=Now())


def preferences_of(person: User) -> dict[NoticeKind, bool]:
    chosen = dict(NoticePreference.objects.visible_to(person).values_list("kind", "is_on"))
    return {kind: chosen.get(kind, True) for kind in KINDS_OF[person.role]}


def change_preferences(*, person: User, wanted: Mapping[NoticeName, bool]) -> None:
    """Kinds that are not named stay as they are. Raises Refusal (422) for a kind that this role never gets."""
    if strange := set(wanted) - set(KINDS_OF[person.role]):
        kinds = ", ".join(sorted(strange))
        raise refusal_on("wanted", "invalid", zh=f"你的身份没有这类通知：{kinds}。", en=f"Not among your notices: {kinds}.")
    rows = [NoticePreference(person=person, kind=kind, is_on=is_on) for kind, is_on in wanted.items()]
    with transaction.atomic():
        NoticePreference.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["person", "kind"], update_fields=["is_on"]
        )


def forget_old() -> int:
    gone, _ = Notice.objects.filter(at__lt=Now() - timedelta(days=settings.KEEP_NOTICES_DAYS)).delete()
    return gone
