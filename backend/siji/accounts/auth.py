"""Who is asking. ``Signed`` is a request whose person is known; ``signed_in`` is Ninja's check for it (session and CSRF)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja.security import SessionAuth

from siji.accounts.crowding import note_person, note_stranger
from siji.accounts.models import User
from siji.problems import Refusal, forbidden


class Signed(HttpRequest):
    """For annotations: after ``signed_in`` the user is one of ours, never anonymous."""

    user: User


class SignedIn(SessionAuth):
    """A valid session; who must change the password may do nothing else first."""

    def __init__(self, *, fresh_password: bool = True) -> None:
        super().__init__()
        self.fresh_password = fresh_password

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        user = request.user
        if not isinstance(user, User):
            if settings.SESSION_COOKIE_NAME in request.COOKIES:  # who has none was counted on the way in
                note_stranger(request)
            get_token(request)  # sets the cookie, so that the first unsafe request after signing in can be made
            return None
        note_person(request, user)
        if self.fresh_password and user.must_change_password:
            raise Refusal(
                "password_change_required",
                zh="请先修改初始密码。",
                en="Change your initial password first.",
                status=403,
            )
        return user


signed_in = SignedIn()
signed_in_any_password = SignedIn(fresh_password=False)


def require_teacher(user: User) -> None:
    """Raises Refusal (403) unless this is a teacher or an administrator."""
    if not (user.is_teacher or user.is_admin):
        raise forbidden()


def require_admin(user: User) -> None:
    """Raises Refusal (403) unless this is an administrator."""
    if not user.is_admin:
        raise forbidden()


def whose(user: User) -> dict[str, int]:
    """What a kept query of the rows that a person may see is asked with: an administrator sees whatever there is."""
    return {} if user.is_admin else {"user": user.pk}
