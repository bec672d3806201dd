"""What is next, kept until somebody does something or the clock changes it. The time in the answer is always the present one."""

from __future__ import annotations

from siji.accounts.models import User
from siji.courses.changed import spaces_of
from siji.practice.agenda.schemas import Agenda
from siji.practice.agenda.work import work_of
from siji.practice.timing import database_now
from siji.storage.cache import spaces
from siji.storage.cache.results import Timed, cached_value


def agenda_of(user: User) -> Agenda:
    """Of staff nothing is set."""
    if not user.is_student:
        return Agenda(server_time=database_now(), work=[], has_more=False)
    kept = cached_value(
        name="agenda",
        shape=Agenda,
        make=lambda: _read(user),
        namespaces=[*spaces_of(user), spaces.PAPERS],
        owner=user.pk,
        key=[user.role],
    )
    kept.server_time = database_now()
    return kept


def _read(student: User) -> Timed[Agenda]:
    at = database_now()
    work, has_more, seconds = work_of(student, at)
    return Timed(Agenda(server_time=at, work=work, has_more=has_more), seconds)
