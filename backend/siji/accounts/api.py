"""Sign-in, the person signed in, people, audit."""

from __future__ import annotations

from django.contrib.auth import login, logout, update_session_auth_hash
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts import actions, audit
from siji.accounts.auth import Signed, require_admin, signed_in_any_password
from siji.accounts.models import AuditEntry, User
from siji.accounts.request import client_address, known_device, remember_device, require_own_origin
from siji.accounts.schemas import (
    AuditOut,
    ConsentIn,
    InitialPassword,
    Me,
    PasswordChange,
    PersonChange,
    PersonCreated,
    PersonIn,
    PersonOut,
    SignIn,
)
from siji.accounts.signing_in import check_password
from siji.problems import Problem
from siji.storage.pages import Page, keyset_page

session = Router(tags=["session"])
people = Router(tags=["people"])


@session.post("/session", auth=None, response={200: Me, 401: Problem, 403: Problem, 422: Problem, 429: Problem, 503: Problem})
def sign_in(request: HttpRequest, response: HttpResponse, body: SignIn) -> Me:
    require_own_origin(request)
    address, device = client_address(request), known_device(request, body.username)
    user = check_password(username=body.username, password=body.password, device=device, address=address)
    if request.user.is_authenticated:
        request.session.cycle_key()  # for the same person over again login() would keep the old one
    login(request, user)
    audit.record(actor=user, action="session.opened", subject=actions.subject(user), address=address)
    remember_device(request, response, user)
    return _me(request, user)


@session.delete("/session", auth=signed_in_any_password, response={204: None, 401: Problem, 403: Problem})
def sign_out(request: Signed) -> Status[None]:
    audit.record(actor=request.user, action="session.closed", subject=actions.subject(request.user))
    logout(request)
    return Status(204, None)


@session.get("/me", auth=signed_in_any_password, response={200: Me, 401: Problem})
def me(request: Signed) -> Me:
    return _me(request, request.user)


@session.put(
    "/me/password",
    auth=signed_in_any_password,
    response={200: Me, 401: Problem, 403: Problem, 422: Problem, 429: Problem, 503: Problem},
)
def change_my_password(request: Signed, body: PasswordChange) -> Me:
    """Ends every other session of this person."""
    user = actions.change_password(person=request.user, old=body.old, new=body.new)
    update_session_auth_hash(request, user)
    return _me(request, user)


@session.delete("/me/sessions", auth=signed_in_any_password, response={204: None, 401: Problem, 403: Problem})
def sign_out_everywhere(request: Signed) -> Status[None]:
    actions.end_sessions(by=request.user, person=request.user)
    logout(request)
    return Status(204, None)


@people.get("/users", response={200: Page[PersonOut], 401: Problem, 403: Problem, 422: Problem})
def list_people(request: Signed, role: str = "", q: str = "", after: str | None = None, limit: int = 50) -> Page[PersonOut]:
    """Administrators only. ``q`` is the beginning of a username, name or student number."""
    require_admin(request.user)
    found = User.objects.visible_to(request.user)
    if role:
        found = found.filter(role=role)
    if q:
        found = found.filter(Q(username__istartswith=q) | Q(name__istartswith=q) | Q(student_number__startswith=q))
    return keyset_page(found, after=after, limit=limit, show=PersonOut.model_validate)


@people.post("/users", response={201: PersonCreated, 401: Problem, 403: Problem, 409: Problem, 422: Problem})
def create_person(request: Signed, body: PersonIn) -> Status[PersonCreated]:
    require_admin(request.user)
    person, password = actions.create_person(by=request.user, **body.model_dump())
    person.refresh_from_db()
    return Status(201, PersonCreated(person=PersonOut.model_validate(person), password=password))


@people.patch("/users/{user_id}", response={200: PersonOut, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem})
def change_person(request: Signed, user_id: int, body: PersonChange) -> User:
    person = _person(request, user_id)
    changes = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    return actions.change_person(by=request.user, person=person, changes=changes)


@people.post(
    "/users/{user_id}/password-resets",
    response={201: InitialPassword, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 503: Problem},
)
def reset_password(request: Signed, user_id: int) -> Status[InitialPassword]:
    """Administrators for everybody; teachers use the course's own path for their students."""
    person = _person(request, user_id)
    password = actions.reset_password(by=request.user, person=person)
    return Status(201, InitialPassword(username=person.username, password=password))


@people.put(
    "/users/{user_id}/guardian-consent", response={200: PersonOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem}
)
def record_consent(request: Signed, user_id: int, body: ConsentIn) -> User:
    """Administrators only. Until it is there, what a minor writes goes to no outside model."""
    return actions.record_consent(by=request.user, person=_person(request, user_id), how=body.how)


@people.delete(
    "/users/{user_id}/guardian-consent", response={200: PersonOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem}
)
def withdraw_consent(request: Signed, user_id: int) -> User:
    """Administrators only. What was sent before cannot be called back."""
    return actions.withdraw_consent(by=request.user, person=_person(request, user_id))


@people.delete("/users/{user_id}/sessions", response={204: None, 401: Problem, 403: Problem, 404: Problem, 422: Problem})
def end_sessions(request: Signed, user_id: int) -> Status[None]:
    actions.end_sessions(by=request.user, person=_person(request, user_id))
    return Status(204, None)


@people.get("/audit", response={200: Page[AuditOut], 401: Problem, 403: Problem, 422: Problem})
def list_audit(request: Signed, subject: str = "", action: str = "", after: str | None = None, limit: int = 50) -> Page[AuditOut]:
    """Administrators only, newest first. ``action`` is its beginning: ``session`` finds ``session.opened`` and the others."""
    require_admin(request.user)
    found = AuditEntry.objects.visible_to(request.user).select_related("actor")
    if subject:
        found = found.filter(subject=subject)
    if action:
        found = found.filter(action__startswith=action)
    return keyset_page(found, after=after, limit=limit, show=_audit)


def _person(request: Signed, user_id: int) -> User:
    require_admin(request.user)
    person: User = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    return person


def _me(request: HttpRequest, user: User) -> Me:
    return Me(
        id=user.pk,
        username=user.username,
        name=user.name,
        role=user.role,  # type: ignore[arg-type]  # a choice of the column
        student_number=user.student_number,
        administrative_class=user.administrative_class,
        must_change_password=user.must_change_password,
        csrf_token=get_token(request),
    )


def _audit(entry: AuditEntry) -> AuditOut:
    actor = entry.actor.name if entry.actor else None
    return AuditOut(id=entry.pk, at=entry.at, actor=actor, action=entry.action, subject=entry.subject, detail=entry.detail)
