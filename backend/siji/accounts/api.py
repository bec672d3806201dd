"""Sign-in, the person signed in, people, audit."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from siji.accounts.auth import Signed, signed_in_any_password
from siji.accounts.schemas import (
    AuditOut,
    InitialPassword,
    Me,
    PasswordChange,
    PersonChange,
    PersonCreated,
    PersonIn,
    PersonOut,
    SignIn,
)
from siji.problems import Problem
from siji.storage.pages import Page

session = Router(tags=["session"])
people = Router(tags=["people"])


@session.post("/session", auth=None, response={200: Me, 401: Problem, 403: Problem, 422: Problem, 429: Problem})
def sign_in(request: HttpRequest, body: SignIn) -> Me:
    raise NotImplementedError


@session.delete("/session", auth=signed_in_any_password, response={204: None, 401: Problem, 403: Problem})
def sign_out(request: Signed) -> tuple[int, None]:
    raise NotImplementedError


@session.get("/me", auth=signed_in_any_password, response={200: Me, 401: Problem})
def me(request: Signed) -> Me:
    raise NotImplementedError


@session.put(
    "/me/password",
    auth=signed_in_any_password,
    response={200: Me, 401: Problem, 403: Problem, 422: Problem, 429: Problem},
)
def change_my_password(request: Signed, body: PasswordChange) -> Me:
    """Ends every other session of this person."""
    raise NotImplementedError


@session.delete("/me/sessions", auth=signed_in_any_password, response={204: None, 401: Problem, 403: Problem})
def sign_out_everywhere(request: Signed) -> tuple[int, None]:
    raise NotImplementedError


@people.get("/users", response={200: Page[PersonOut], 401: Problem, 403: Problem, 422: Problem})
def list_people(request: Signed, role: str = "", q: str = "", after: str | None = None, limit: int = 50) -> Page[PersonOut]:
    """Administrators only. ``q`` is the beginning of a username, name or student number."""
    raise NotImplementedError


@people.post("/users", response={201: PersonCreated, 401: Problem, 403: Problem, 409: Problem, 422: Problem})
def create_person(request: Signed, body: PersonIn) -> tuple[int, PersonCreated]:
    raise NotImplementedError


@people.patch("/users/{user_id}", response={200: PersonOut, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem})
def change_person(request: Signed, user_id: int, body: PersonChange) -> PersonOut:
    raise NotImplementedError


@people.post("/users/{user_id}/password-resets", response={201: InitialPassword, 401: Problem, 403: Problem, 404: Problem})
def reset_password(request: Signed, user_id: int) -> tuple[int, InitialPassword]:
    """Administrators for everybody; teachers use the course's own path for their students."""
    raise NotImplementedError


@people.delete("/users/{user_id}/sessions", response={204: None, 401: Problem, 403: Problem, 404: Problem})
def end_sessions(request: Signed, user_id: int) -> tuple[int, None]:
    raise NotImplementedError


@people.get("/audit", response={200: Page[AuditOut], 401: Problem, 403: Problem, 422: Problem})
def list_audit(request: Signed, subject: str = "", action: str = "", after: str | None = None, limit: int = 50) -> Page[AuditOut]:
    raise NotImplementedError
