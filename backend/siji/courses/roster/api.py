"""Rosters: upload, look, import, take the passwords."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import File, Router, Status, UploadedFile

from siji.accounts.auth import Signed
from siji.courses.api import READ, WRITE, taught
from siji.courses.models import Roster
from siji.courses.roster import actions
from siji.courses.roster.tables import LARGEST_FILE
from siji.courses.schemas import RosterAccount, RosterAccounts, RosterImported, RosterPreview, RosterRow

rosters = Router(tags=["courses"])


@rosters.post("/courses/{course_id}/rosters", response={201: RosterPreview, **WRITE})
def upload_roster(request: Signed, course_id: int, file: File[UploadedFile]) -> Status[RosterPreview]:
    """XLSX or CSV with a header line. Nothing is changed yet."""
    course = taught(request, course_id)
    data = file.read(LARGEST_FILE + 1)
    roster = actions.preview_roster(by=request.user, course=course, filename=file.name or "", data=data)
    return Status(201, _shown(roster))


@rosters.get("/courses/{course_id}/rosters/{roster_id}", response={200: RosterPreview, **READ})
def get_roster(request: Signed, course_id: int, roster_id: int) -> RosterPreview:
    return _shown(_mine(request, course_id, roster_id))


@rosters.post("/courses/{course_id}/rosters/{roster_id}/imports", response={202: RosterImported, **WRITE})
def import_roster(request: Signed, course_id: int, roster_id: int) -> Status[RosterImported]:
    """409 while the preview has errors: all or nothing."""
    job = actions.start_import(by=request.user, roster=_mine(request, course_id, roster_id))
    return Status(202, RosterImported(job=job.pk))


@rosters.post("/courses/{course_id}/rosters/{roster_id}/accounts", response={200: RosterAccounts, **WRITE})
def take_roster_accounts(request: Signed, course_id: int, roster_id: int) -> RosterAccounts:
    """The initial passwords, once; a second call is 409."""
    accounts = actions.take_accounts(by=request.user, roster=_mine(request, course_id, roster_id))
    return RosterAccounts(accounts=[RosterAccount(**account) for account in accounts])


def _mine(request: Signed, course_id: int, roster_id: int) -> Roster:
    found = Roster.objects.visible_to(request.user).filter(course=taught(request, course_id))
    roster: Roster = get_object_or_404(found.select_related("course"), pk=roster_id)
    return roster


def _shown(roster: Roster) -> RosterPreview:
    rows = [RosterRow(**{name: row[name] for name in RosterRow.model_fields}) for row in roster.rows]
    count = {name: sum(row.action == name for row in rows) for name in ("create", "enrol", "none", "error")}
    return RosterPreview(
        id=roster.pk,
        filename=roster.filename,
        rows=rows,
        creates=count["create"],
        enrols=count["enrol"],
        unchanged=count["none"],
        errors=count["error"],
    )
