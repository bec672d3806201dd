"""What one has been told, and what one wants to be told."""

from __future__ import annotations

from ninja import Router

from siji.accounts import notices as telling
from siji.accounts.auth import Signed
from siji.accounts.models import Notice, User
from siji.accounts.schemas import NoticeBody, NoticeOut, NoticePage, NoticePreferences, ReadingIn, UnreadOut
from siji.problems import Problem
from siji.storage.pages import keyset_page

notices = Router(tags=["notices"])


@notices.get("/me/notices", response={200: NoticePage, 401: Problem, 403: Problem, 422: Problem})
def my_notices(request: Signed, after: str | None = None, limit: int = 20) -> NoticePage:
    """Newest first, with how many are unread."""
    page = keyset_page(Notice.objects.visible_to(request.user), after=after, limit=limit, show=_shown)
    return NoticePage(items=page.items, next=page.next, unread=telling.count_unread(request.user))


@notices.post("/me/notices/readings", response={200: UnreadOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem})
def read_notices(request: Signed, body: ReadingIn) -> UnreadOut:
    """One notice, or with ``and_older`` everything up to it. Reading again changes nothing."""
    telling.mark_read(person=request.user, notice_id=body.notice, and_older=body.and_older)
    return UnreadOut(unread=telling.count_unread(request.user))


@notices.get("/me/notice-preferences", response={200: NoticePreferences, 401: Problem, 403: Problem})
def my_preferences(request: Signed) -> NoticePreferences:
    return _preferences(request.user)


@notices.put("/me/notice-preferences", response={200: NoticePreferences, 401: Problem, 403: Problem, 422: Problem})
def change_my_preferences(request: Signed, body: NoticePreferences) -> NoticePreferences:
    """Kinds that are not named stay as they are. From now on: what was told stays."""
    telling.change_preferences(person=request.user, wanted=body.wanted)
    return _preferences(request.user)


def _preferences(person: User) -> NoticePreferences:
    return NoticePreferences(wanted=telling.preferences_of(person))  # type: ignore[arg-type]  # kinds are the names


def _shown(row: Notice) -> NoticeOut:
    return NoticeOut(
        id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]  # a choice of the column
        at=row.at,
        is_read=row.read_at is not None,
        about=NoticeBody(**row.data),
    )
