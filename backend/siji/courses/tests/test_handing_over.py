"""A course goes over to another teacher: who may give it, who is told, and that nothing else moves."""

from __future__ import annotations

from siji.accounts.models import AuditEntry, Notice, Role, User
from siji.conftest import Person
from siji.courses.models import Course, CourseCount, CourseStatus
from siji.courses.tallies import drifted
from siji.practice.tests.acting import ok, refused


def gives(person: Person, course: Course, to: str) -> object:
    return ok(person.put(f"/courses/{course.pk}/teacher", {"username": to}))


def count_of(person: User) -> int:
    return sum(CourseCount.objects.filter(teacher=person, status=CourseStatus.ACTIVE).values_list("number", flat=True))


def test_the_course_and_what_is_in_it_go_over(course: Course, teacher: Person, other_teacher: Person, student: Person) -> None:
    students = course.enrollments.count()
    before = count_of(teacher.user), count_of(other_teacher.user)
    assert gives(teacher, course, " OTHER_TEACHER ".replace("OTHER_TEACHER", other_teacher.user.username.upper())) == {
        "id": other_teacher.user.pk,
        "name": other_teacher.user.name,
    }
    refused(teacher.get(f"/courses/{course.pk}"), 404, "not_found")
    refused(teacher.patch(f"/courses/{course.pk}", {"name": "x"}), 404, "not_found")
    assert ok(other_teacher.get(f"/courses/{course.pk}"))["student_count"] == students
    ok(student.get(f"/courses/{course.pk}"))
    assert (count_of(teacher.user), count_of(other_teacher.user)) == (before[0] - 1, before[1] + 1)
    assert drifted() == ([], [])
    entry = AuditEntry.objects.get(action="course.handed_over")
    assert (entry.actor, entry.subject) == (teacher.user, f"course:{course.pk}")
    assert entry.detail == {"from": teacher.user.pk, "to": other_teacher.user.pk}
    notice = Notice.objects.get()
    assert (notice.person, notice.kind) == (other_teacher.user, "course_received")
    assert notice.data == {"course": course.pk, "course_name": course.name}


def test_twice_is_once_and_who_gets_it_back_is_told(
    course: Course, admin: Person, teacher: Person, other_teacher: Person
) -> None:
    for _ in range(2):
        gives(admin, course, other_teacher.user.username)
    assert (Notice.objects.count(), AuditEntry.objects.filter(action="course.handed_over").count()) == (1, 1)
    gives(other_teacher, course, teacher.user.username)
    gives(teacher, course, other_teacher.user.username)
    assert Notice.objects.get().person == other_teacher.user


def test_only_to_a_teacher_who_works_here(course: Course, teacher: Person, student: Person, admin: Person) -> None:
    User.objects.create(username="gone", role=Role.TEACHER, is_active=False)
    for username in ("nobody-here", student.user.username, admin.user.username, "gone"):
        reply = refused(teacher.put(f"/courses/{course.pk}/teacher", {"username": username}), 422, "unknown_teacher")
        assert reply["fields"]["username"]["zh"]
    course.refresh_from_db()
    assert course.teacher == teacher.user
    assert not Notice.objects.exists()


def test_what_is_not_ones_own_is_not_given(course: Course, other_teacher: Person, student: Person) -> None:
    body = {"username": other_teacher.user.username}
    refused(other_teacher.put(f"/courses/{course.pk}/teacher", body), 404, "not_found")
    refused(student.put(f"/courses/{course.pk}/teacher", body), 403, "forbidden")
