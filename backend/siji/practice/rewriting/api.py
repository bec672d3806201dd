"""Writing a marked text anew."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.practice import views
from siji.practice.api.responses import WRITE
from siji.practice.models import Script
from siji.practice.rewriting.actions import rewrite_script
from siji.practice.schemas import AttemptOut
from siji.practice.timing import database_now

rewriting = Router(tags=["attempts"])


@rewriting.post("/scripts/{script_id}/rewrites", response={201: AttemptOut, 200: AttemptOut, **WRITE})
def rewrite(request: Signed, script_id: int) -> Status[AttemptOut]:
    """201 for a new attempt that begins with the text as it is; 200 with the rewrite that is open already."""
    seen = Script.objects.visible_to(request.user).with_marks()
    script = get_object_or_404(seen.select_related("attempt__paper__audio", "attempt__rewrite_of"), pk=script_id)
    attempt, is_new = rewrite_script(script=script, by=request.user)
    return Status(201 if is_new else 200, views.attempt_view(attempt, request.user, database_now()))
