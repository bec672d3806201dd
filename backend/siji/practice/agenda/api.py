"""What is next for the person who asks."""

from __future__ import annotations

from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.agenda.duties import duties_of
from siji.practice.agenda.schemas import Agenda
from siji.practice.agenda.work import work_of
from siji.practice.timing import database_now
from siji.problems import Problem

agenda = Router(tags=["agenda"])


@agenda.get("/me/assignments", response={200: Agenda, 401: Problem, 403: Problem})
def my_assignments(request: Signed) -> Agenda:
    """A student's assignments over all courses, what is due first on top; what waits for a teacher."""
    at = database_now()
    if not request.user.is_student:
        return Agenda(server_time=at, work=[], has_more=False, duties=duties_of(request.user, at))
    work, has_more = work_of(request.user, at)
    return Agenda(server_time=at, work=work, has_more=has_more, duties=None)
