"""Who is told of a mark."""

from __future__ import annotations

from siji.accounts import notices
from siji.accounts.models import NoticeKind
from siji.accounts.schemas import NoticeBody
from siji.practice.models import Attempt, Mark


def tell_marked(attempt: Attempt, mark: Mark) -> None:
    """Once nothing waits any more, and again of each mark that is changed after that."""
    assignment = attempt.assignment
    if attempt.marked_at is None or assignment is None:
        return
    about = NoticeBody(
        title=assignment.title, course=assignment.course_id, course_name=assignment.course.name, attempt=attempt.pk
    )
    notices.tell([attempt.student_id], NoticeKind.MARKED, cause=f"mark:{mark.pk}", about=about)
