"""The marking desk."""

from __future__ import annotations

from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.practice import marking as desk
from siji.practice.api.responses import READ, WRITE
from siji.practice.schemas import DeskRow, DeskScript, MarkIn
from siji.storage.pages import Page, keyset_page

marking = Router(tags=["marking"])


@marking.get("/scripts", response={200: Page[DeskRow], **READ})
def list_scripts(
    request: Signed,
    course: int | None = None,
    assignment: int | None = None,
    slot: str = "",
    state: str = "waiting",
    after: str | None = None,
    needs: bool = False,
    limit: int = 50,
) -> Page[DeskRow]:
    """The pile, oldest first. ``needs``: only what a person has to look at, appeals too. Staff only."""
    scripts = desk.narrowed(desk.lines(request.user), course=course, assignment=assignment, slot=slot, state=state, needs=needs)
    return keyset_page(scripts, after=after, limit=limit, show=desk.row_view, newest_first=False)


@marking.get("/scripts/{script_id}", response={200: DeskScript, **READ})
def get_script(request: Signed, script_id: int) -> DeskScript:
    return desk.desk_view(desk.script_to_mark(script_id, request.user))


@marking.post("/scripts/{script_id}/marks", response={201: DeskScript, **WRITE})
def mark_script(request: Signed, script_id: int, body: MarkIn) -> Status[DeskScript]:
    script = desk.script_to_mark(script_id, request.user)
    desk.mark_script(script=script, value=body.value, comment=body.comment, by=request.user)
    return Status(201, desk.desk_view(desk.script_to_mark(script_id, request.user)))
