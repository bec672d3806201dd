"""A teacher makes a course, people come in and leave, work is set: through the interface, by named people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses import assigning, progress
from siji.courses.assigning import change_assignment
from siji.courses.models import Assignment, AssignmentException, Course, Enrollment, Progress

pytestmark = pytest.mark.django_db


def in_hours(hours: float) -> str:
    return (timezone.now().replace(microsecond=0) + timedelta(hours=hours)).isoformat()


def set_work(teacher: Person, course: Course, paper: Paper, **fields: object) -> int:
    reply = teacher.post(f"/courses/{course.pk}/assignments", {"paper": paper.pk, "title": "模考", **fields})
    assert reply.status_code == 201, reply.content
    number: int = reply.json()["id"]
    return number


def test_a_teacher_makes_a_course_and_a_student_joins_by_code(teacher: Person, stranger: Person) -> None:
    made = teacher.post("/courses", {"name": "四级强化", "status": "active"}).json()
    assert made["student_count"] == 0
    code = made["code"]
    joined = stranger.post("/enrollments", {"code": f" {code[:4]}-{code[4:].lower()} "})
    assert joined.status_code == 201
    assert joined.json()["code"] is None
    assert stranger.post("/enrollments", {"code": code}).status_code == 200
    assert teacher.get(f"/courses/{made['id']}").json()["student_count"] == 1


def test_a_wrong_closed_or_inactive_code_reads_the_same(teacher: Person, stranger: Person, course: Course) -> None:
    teacher.patch(f"/courses/{course.pk}", {"is_code_open": False})
    closed = stranger.post("/enrollments", {"code": "TESTCODE"})
    wrong = stranger.post("/enrollments", {"code": "NOSUCH22"})
    assert closed.status_code == wrong.status_code == 404
    assert closed.json() == wrong.json()


def test_codes_cannot_be_guessed_for_ever(stranger: Person) -> None:
    codes = [stranger.post("/enrollments", {"code": f"GUESS{n}"}).status_code for n in range(21)]
    assert codes == [404] * 20 + [429]


def test_staff_do_not_enrol(teacher: Person, course: Course) -> None:
    assert teacher.post("/enrollments", {"code": "TESTCODE"}).status_code == 403


def test_a_course_of_somebody_else_does_not_exist(other_teacher: Person, stranger: Person, course: Course) -> None:
    assert other_teacher.get(f"/courses/{course.pk}").status_code == 404
    assert other_teacher.patch(f"/courses/{course.pk}", {"name": "x"}).status_code == 404
    assert stranger.get(f"/courses/{course.pk}").status_code == 404


def test_a_draft_is_not_shown_to_its_students(teacher: Person, student: Person, course: Course) -> None:
    teacher.patch(f"/courses/{course.pk}", {"status": "draft"})
    assert student.get("/courses").json()["courses"] == []
    assert student.get(f"/courses/{course.pk}").status_code == 404


def test_a_removed_student_comes_back_with_what_they_had_done(
    teacher: Person, student: Person, course: Course, paper: Paper
) -> None:
    set_work(teacher, course, paper)
    Progress.objects.filter(student=student.user).update(status="completed")
    place = f"/courses/{course.pk}/students/{student.user.pk}"
    assert teacher.delete(place).status_code == 204
    assert student.get(f"/courses/{course.pk}").status_code == 404
    assert teacher.post(place).json()["progress"] == 100
    assert student.get(f"/courses/{course.pk}").status_code == 200


def test_a_teacher_resets_the_password_of_their_student_only(
    teacher: Person, student: Person, stranger: Person, course: Course
) -> None:
    assert teacher.post(f"/courses/{course.pk}/students/{student.user.pk}/password-resets").status_code == 201
    assert teacher.post(f"/courses/{course.pk}/students/{stranger.user.pk}/password-resets").status_code == 404


def test_a_student_who_becomes_an_administrator_is_out_of_their_teachers_reach(
    teacher: Person, admin: Person, student: Person, course: Course
) -> None:
    admin.patch(f"/users/{student.user.pk}", {"role": "admin"})
    assert teacher.post(f"/courses/{course.pk}/students/{student.user.pk}/password-resets").status_code == 404
    assert student.get("/users").status_code == 200, "the session and the password are as they were"


def test_a_window_must_close_after_it_opens(teacher: Person, course: Course, paper: Paper) -> None:
    body = {"paper": paper.pk, "title": "x", "opens_at": in_hours(2), "closes_at": in_hours(1)}
    reply = teacher.post(f"/courses/{course.pk}/assignments", body)
    assert reply.status_code == 422
    assert "closes_at" in reply.json()["fields"]


def test_practice_has_no_common_start(teacher: Person, course: Course, paper: Paper) -> None:
    body = {"paper": paper.pk, "title": "x", "mode": "practice", "start": "room"}
    assert teacher.post(f"/courses/{course.pk}/assignments", body).status_code == 422


def test_what_somebody_has_begun_is_fixed(teacher: Person, student: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper)
    assert teacher.patch(f"/assignments/{work}", {"mode": "practice"}).status_code == 200
    assert teacher.patch(f"/assignments/{work}", {"mode": "exam"}).status_code == 200
    Progress.objects.filter(assignment=work, student=student.user).update(status="in_progress")
    assert teacher.patch(f"/assignments/{work}", {"mode": "practice"}).json()["code"] == "begun"
    assert teacher.patch(f"/assignments/{work}", {"title": "新标题", "mode": "exam"}).json()["title"] == "新标题"
    assert teacher.delete(f"/assignments/{work}").json()["code"] == "begun"


def test_an_unbegun_assignment_can_be_deleted(teacher: Person, course: Course, paper: Paper) -> None:
    assert teacher.delete(f"/assignments/{set_work(teacher, course, paper)}").status_code == 204
    assert not Assignment.objects.exists()


def test_a_room_starts_once(teacher: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper, start="room")
    first = teacher.post(f"/assignments/{work}/room-start").json()["room_started_at"]
    assert first
    assert teacher.post(f"/assignments/{work}/room-start").json()["room_started_at"] == first
    alone = set_work(teacher, course, paper)
    assert teacher.post(f"/assignments/{alone}/room-start").json()["code"] == "not_a_room"


def test_an_exception_changes_the_window_of_one_student_alone(
    teacher: Person, student: Person, classmate: Person, course: Course, paper: Paper
) -> None:
    work = set_work(teacher, course, paper, closes_at=in_hours(1))
    later = in_hours(5)
    body = {"student": student.user.pk, "extra_percent": 25, "closes_at": later, "reason": "病假"}
    assert teacher.put(f"/assignments/{work}/exceptions", body).status_code == 200
    mine = student.get(f"/assignments/{work}").json()["my_closes_at"]
    theirs = classmate.get(f"/assignments/{work}").json()["my_closes_at"]
    assert datetime.fromisoformat(mine) == datetime.fromisoformat(later)
    assert datetime.fromisoformat(theirs) < datetime.fromisoformat(later)
    assert teacher.delete(f"/assignments/{work}/exceptions/{student.user.pk}").status_code == 204
    assert student.get(f"/assignments/{work}").json()["my_closes_at"] == theirs


def test_an_exception_is_for_students_of_the_course(teacher: Person, stranger: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper)
    assert teacher.put(f"/assignments/{work}/exceptions", {"student": stranger.user.pk}).status_code == 404


def test_a_student_sees_their_own_progress(teacher: Person, student: Person, course: Course, paper: Paper) -> None:
    set_work(teacher, course, paper)
    assert student.get("/me/progress").json() == {"total_progress": 0, "completed_assignments": 0}
    assert teacher.get("/me/progress").status_code == 403


def test_a_paper_set_as_exam_says_so_to_its_students(
    teacher: Person, student: Person, stranger: Person, course: Course, paper: Paper
) -> None:
    set_work(teacher, course, paper)
    assert student.get(f"/papers/{paper.pk}").json()["is_set_as_exam"] is True
    assert stranger.get(f"/papers/{paper.pk}").json()["is_set_as_exam"] is False


def test_a_longer_window_of_one_keeps_the_paper_closed_to_all(
    teacher: Person, student: Person, classmate: Person, course: Course, paper: Paper
) -> None:
    work = set_work(teacher, course, paper, opens_at=in_hours(-2), closes_at=in_hours(-1))
    teacher.put(f"/assignments/{work}/exceptions", {"student": student.user.pk, "closes_at": in_hours(2)})
    for person in (student, classmate):
        said = person.get(f"/papers/{paper.pk}").json()
        assert (said["is_set_as_exam"], said["withheld"]["reason"], said["withheld"]["title"]) == (True, "window", "模考")
    teacher.delete(f"/assignments/{work}/exceptions/{student.user.pk}")
    assert classmate.get(f"/papers/{paper.pk}").json()["withheld"] is None


def test_keys_are_released_once(teacher: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper, key_release="by_teacher")
    first = teacher.post(f"/assignments/{work}/key-release").json()["keys_released_at"]
    assert first
    assert teacher.post(f"/assignments/{work}/key-release").json()["keys_released_at"] == first


def test_enrolment_is_one_row_however_often(student: Person, course: Course) -> None:
    for _ in range(3):
        student.post("/enrollments", {"code": "TESTCODE"})
    assert Enrollment.objects.filter(course=course, student=student.user).count() == 1


def test_times_without_a_zone_and_windows_that_never_open_are_refused(
    teacher: Person, student: Person, course: Course, paper: Paper
) -> None:
    body = {"paper": paper.pk, "title": "x", "opens_at": "2026-01-01T00:00:00", "closes_at": in_hours(1)}
    assert teacher.post(f"/courses/{course.pk}/assignments", body).status_code == 422
    work = set_work(teacher, course, paper, opens_at=in_hours(1))
    early = {"student": student.user.pk, "closes_at": in_hours(0.5)}
    assert "closes_at" in teacher.put(f"/assignments/{work}/exceptions", early).json()["fields"]
    assert teacher.put(f"/assignments/{work}/exceptions", early | {"opens_at": in_hours(0.2)}).status_code == 200


def test_sections_come_once_and_in_the_order_of_the_paper(teacher: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper, sections=["translation", "writing", "writing"])
    assert teacher.get(f"/assignments/{work}").json()["sections"] == ["writing", "translation"]
    assert teacher.patch(f"/assignments/{work}", {"sections": []}).json()["sections"] == []


def test_who_is_no_teacher_any_more_sees_nothing_of_the_course(
    teacher: Person, student: Person, admin: Person, course: Course, paper: Paper
) -> None:
    work = set_work(teacher, course, paper)
    attempt = student.post("/attempts", {"paper": paper.pk, "mode": "exam", "assignment": work}).json()["id"]
    assert teacher.get(f"/attempts/{attempt}").status_code == 200
    admin.patch(f"/users/{teacher.user.pk}", {"role": "student"})
    assert teacher.get(f"/attempts/{attempt}").status_code == 404
    assert teacher.get(f"/courses/{course.pk}").status_code == 404
    teacher.user.refresh_from_db()
    for rows in (Enrollment.objects, Progress.objects, AssignmentException.objects):
        assert not rows.visible_to(teacher.user).exists()
        assert rows.visible_to(admin.user).count() == rows.count()


def test_only_spaces_are_no_name(teacher: Person) -> None:
    assert teacher.post("/courses", {"name": "   "}).status_code == 422
    assert teacher.post("/courses", {"name": " 四级 "}).json()["name"] == "四级"


def test_a_change_does_not_undo_what_happened_since_it_was_read(teacher: Person, course: Course, paper: Paper) -> None:
    work = set_work(teacher, course, paper, start="room")
    read_before = Assignment.objects.get(pk=work)
    teacher.post(f"/assignments/{work}/room-start")
    changed = change_assignment(by=teacher.user, assignment=read_before, changes={"title": "新标题"})
    assert (changed.title, changed.room_started_at is None) == ("新标题", False)
    assert Assignment.objects.get(pk=work).room_started_at is not None


def test_a_time_without_a_zone_is_refused_in_words(teacher: Person, student: Person, course: Course, paper: Paper) -> None:
    body = {"paper": paper.pk, "title": "x", "closes_at": "2030-01-01T10:00:00"}
    reply = teacher.post(f"/courses/{course.pk}/assignments", body)
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["closes_at"])
    work = set_work(teacher, course, paper)
    assert teacher.patch(f"/assignments/{work}", {"opens_at": "2030-01-01T10:00:00"}).status_code == 422
    exception = {"student": student.user.pk, "closes_at": "2030-01-01T10:00:00"}
    assert teacher.put(f"/assignments/{work}/exceptions", exception).status_code == 422


def test_a_percentage_of_time_is_refused_once_the_student_writes(
    teacher: Person, student: Person, course: Course, paper: Paper
) -> None:
    work = assigning.create_assignment(by=teacher.user, course=course, fields={"title": "期末", "paper": paper.pk})
    path, own = f"/assignments/{work.pk}/exceptions", {"student": student.user.pk}
    assert teacher.put(path, own | {"extra_percent": 25}).status_code == 200
    progress.mark_started(assignment=work, student=student.user)
    refused = teacher.put(path, own | {"extra_percent": 50})
    assert (refused.status_code, refused.json()["code"]) == (409, "is_writing")
    assert teacher.put(path, own | {"extra_percent": 25, "extra_attempts": 1}).status_code == 200
    progress.mark_completed(assignment=work, student=student.user)
    assert teacher.put(path, own | {"extra_percent": 50}).status_code == 200
