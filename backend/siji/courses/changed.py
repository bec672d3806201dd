"""What was made from a course or a person's place in it is made again, once the present transaction has committed."""

from __future__ import annotations

from collections.abc import Iterable

from siji.accounts.models import User
from siji.courses.models import Course, Enrollment
from siji.storage.cache import spaces
from siji.storage.cache.manager import Tier, cache_manager
from siji.storage.cache.results import cached_result


def course_changed(course: Course, *, students: Iterable[int] = ()) -> None:
    """``students``: whose place in it is another now."""
    cache_manager.invalidate(
        spaces.COURSES, spaces.course(course.pk), spaces.teaching(course.teacher_id), *map(spaces.person, students)
    )


def spaces_of(user: User) -> list[str]:
    """What a list of this person's courses is made from."""
    if user.is_admin:
        return [spaces.COURSES, spaces.PEOPLE]
    if user.is_teacher:
        return [spaces.teaching(user.pk), spaces.PEOPLE]
    return [spaces.person(user.pk), spaces.PEOPLE, *map(spaces.course, studied_by(user.pk))]


@cached_result(namespaces=lambda student: [spaces.person(student)], tier=Tier.MEDIUM, owner=lambda student: student)
def studied_by(student: int) -> list[int]:
    """Drafts and what is over among them: whether one of these is shown changes with the course itself."""
    return list(Enrollment.objects.active().filter(student=student).order_by("course").values_list("course", flat=True))
