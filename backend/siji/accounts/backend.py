"""Who a session belongs to: asked by every request, before anything else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from siji.accounts.models import User
from siji.storage.prepared import Prepared


def _by_id(_: object, pk: int) -> QuerySet[User]:
    found: QuerySet[User] = User.objects.filter(pk=pk)
    return found


_user = Prepared(User, _by_id, pk=-1)


class SessionBackend(ModelBackend):
    """As Django's own, with a query whose text is kept."""

    def get_user(self, user_id: Any) -> User | None:
        user = _user.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
