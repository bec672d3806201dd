"""What is next, kept until somebody does something or the clock changes it. The time in the answer is always the present one."""

from __future__ import annotations

from siji.accounts.models import User
from siji.courses.changed import spaces_of
from siji.practice.agenda.duties import duties_of
from siji.practice.agenda.schemas import Agenda
from siji.practice.agenda.work import work_of
from siji.practice.timing import database_now
from siji.storage.cache import spaces
from siji.storage.cache.results import Timed, cached_value


def agenda_of(user: User) -> Agenda:
    own = [spaces.PAPERS] if user.is_student else [spaces.desk(user.pk), spaces.teaching(user.pk)]
    kept = cached_value(
        name="agenda",
        shape=Agenda,
        make=lambda: _read(user),
        namespaces=[*spaces_of(user), *own],
        owner=user.pk,
        key=[user.role],
    )
    kept.server_time = database_now()
    return kept


def _read(user: User) -> Timed[Agenda]:
    at = database_now()
    if user.is_student:
        work, has_more, seconds = work_of(user, at)
        return Timed(Agenda(server_time=at, work=work, has_more=has_more, duties=None), seconds)
    duties, seconds = duties_of(user, at)
    return Timed(Agenda(server_time=at, work=[], has_more=False, duties=duties), seconds)
