"""One student's data: handed out, or made nameless. For administrators."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import Field

from siji.accounts.auth import Signed, require_admin
from siji.accounts.models import User
from siji.accounts.schemas import PersonOut
from siji.practice.api.responses import READ, WRITE, attachment, file_of
from siji.practice.personal.erasing import erase
from siji.practice.personal.export import export
from siji.schema import Schema

ZIP = "application/zip"

personal = Router(tags=["people"])


class ErasureIn(Schema):
    username: str = Field(min_length=1, max_length=150)
    """The account's own, typed again: so that nobody is erased by a slip."""
    blank_scripts: bool
    """Also what they wrote, and remarks that quote it; the marks stay."""


@personal.post("/users/{user_id}/exports", response={200: None, **READ}, openapi_extra=file_of(ZIP))
def export_person(request: Signed, user_id: int) -> FileResponse:
    """Administrators only. A zip with all that is kept of this person."""
    person = _person(request, user_id)
    return attachment(export(by=request.user, person=person), name=f"siji-{person.username}.zip", content_type=ZIP)


@personal.post("/users/{user_id}/erasures", response={200: PersonOut, **WRITE})
def erase_person(request: Signed, user_id: int, body: ErasureIn) -> User:
    """Administrators only; students only. Cannot be undone."""
    person = _person(request, user_id)
    return erase(by=request.user, person=person, typed=body.username, blanks_scripts=body.blank_scripts)


def _person(request: Signed, user_id: int) -> User:
    require_admin(request.user)
    person: User = get_object_or_404(User.objects.visible_to(request.user), pk=user_id)
    return person
