"""What is next for the person who asks."""

from __future__ import annotations

from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.agenda.reading import agenda_of
from siji.practice.agenda.schemas import Agenda
from siji.problems import Problem

agenda = Router(tags=["agenda"])


@agenda.get("/me/assignments", response={200: Agenda, 401: Problem, 403: Problem})
def my_assignments(request: Signed) -> Agenda:
    """A student's assignments over all courses, what is due first on top. Of staff nothing: see ``/me/dashboard``."""
    return agenda_of(request.user)
