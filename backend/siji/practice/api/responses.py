"""What may come back besides the answer, and how an attempt is loaded."""

from __future__ import annotations

from uuid import UUID

from siji.accounts.models import User
from siji.practice.closing import up_to_date
from siji.practice.models import Attempt
from siji.problems import Problem, not_found

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def visible_attempt(attempt_id: UUID, user: User) -> Attempt:
    """As its clock has it by now. Raises Refusal (404) for what this person may not see."""
    attempt = Attempt.objects.visible_to(user).with_everything().filter(pk=attempt_id).first()
    if attempt is None:
        raise not_found()
    return up_to_date(attempt)
