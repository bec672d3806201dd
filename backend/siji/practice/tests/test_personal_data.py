"""One student's data: all of it is handed out, and all that names them can be taken away while class figures stay true."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from siji.accounts.models import AuditEntry, Notice, User
from siji.conftest import Person
from siji.courses.models import Assignment, Roster
from siji.practice.models import Answer, Mark, Script, WrittenFeedback
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.test_marking_desk import hand_in, script_of

pytestmark = pytest.mark.django_db

ESSAY = "An essay of nobody else"
FEEDBACK = f"OVERALL: {ESSAY}：切题。"


def written_about(sitting: Sitting) -> None:
    script = Script.objects.get(attempt=sitting.row_id, slot="W")
    WrittenFeedback.objects.create(script=script, digest=script.digest, text=FEEDBACK, state="done", version="writing@1")


@pytest.fixture
def marked(student: Person, exam: Assignment, teacher: Person) -> Sitting:
    sitting = hand_in(student, exam, essay=ESSAY)
    ok(teacher.post(f"/scripts/{script_of(sitting, 'W')}/marks", {"value": 11, "comment": "Student, well done"}), 201)
    return sitting


def erase(admin: Person, who: User, *, typed: str | None = None, blank: bool = True) -> Any:
    body = {"username": who.username if typed is None else typed, "blank_scripts": blank}
    return admin.post(f"/users/{who.pk}/erasures", body)


def exported(admin: Person, who: User) -> dict[str, Any]:
    reply = admin.post(f"/users/{who.pk}/exports")
    assert reply.status_code == 200
    with zipfile.ZipFile(io.BytesIO(reply.getvalue())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_export_holds_all_of_this_student_and_nothing_of_another(
    marked: Sitting, classmate: Person, exam: Assignment, admin: Person, student: Person
) -> None:
    hand_in(classmate, exam, essay="Somebody else wrote this")
    written_about(marked)
    files = exported(admin, student.user)
    tables = {name.removesuffix(".json"): json.loads(text) for name, text in files.items() if name.endswith(".json")}
    assert tables["account"][0]["student_number"] == "2024001"
    assert [row["id"] for row in tables["attempts"]] == [marked.id]
    assert [row["value"] for row in tables["marks"] if row["kind"] == "teacher"] == [11]
    assert files[f"scripts/{marked.id}-W.txt"] == ESSAY
    assert {row["slot"] for row in tables["answers"]} == {"W", "T"}
    assert [row["text"] for row in tables["written_feedback"]] == [FEEDBACK]
    everything = "".join(files.values())
    assert "Somebody else wrote this" not in everything
    assert "password" not in everything
    assert AuditEntry.objects.get(action="user.exported").subject == f"user:{student.user.pk}"


@pytest.mark.parametrize("blank", [True, False])
def test_after_erasure_nothing_names_them_and_the_figures_stay(
    marked: Sitting, admin: Person, student: Person, teacher: Person, exam: Assignment, blank: bool
) -> None:
    figures = ok(teacher.get(f"/courses/{exam.course_id}/results"))["assignments"]
    written_about(marked)
    assert ok(erase(admin, student.user, blank=blank))["name"] == f"#{student.user.pk}"
    assert student.get("/me").status_code == 401
    row = User.objects.get(pk=student.user.pk)
    assert (row.username, row.email, row.student_number, row.administrative_class) == (f"erased-{row.pk}", "", "", "")
    assert not row.is_active
    assert not row.has_usable_password()
    assert not Notice.objects.filter(person=row).exists()
    assert ok(teacher.get(f"/courses/{exam.course_id}/results"))["assignments"] == figures
    assert Mark.objects.get(script__attempt=marked.row_id, kind="teacher").value == 11
    text = Script.objects.get(attempt=marked.row_id, slot="W").text
    answer = Answer.objects.get(attempt=marked.row_id, slot="W").value
    assert (text, answer) == (("", "") if blank else (ESSAY, ESSAY))
    assert WrittenFeedback.objects.exists() is not blank
    entry = AuditEntry.objects.get(action="user.erased")
    assert (entry.actor, entry.detail) == (admin.user, {"blanked_scripts": blank})


def test_an_uploaded_list_forgets_this_line_alone(admin: Person, student: Person, exam: Assignment, teacher: Person) -> None:
    def line(number: int, name: str) -> dict[str, Any]:
        return {"line": number, "student_number": f"202400{number}", "name": name, "username": f"202400{number}", "email": ""}

    roster = Roster.objects.create(
        course=exam.course,
        by=teacher.user,
        filename="a.csv",
        rows=[line(1, "Student"), line(2, "Classmate")],
        accounts=[{"username": student.user.username, "password": "x"}, {"username": "2024002", "password": "y"}],
    )
    ok(erase(admin, student.user))
    roster.refresh_from_db()
    assert [row["name"] for row in roster.rows] == ["", "Classmate"]
    assert [row["username"] for row in roster.accounts] == ["2024002"]


def test_the_wrong_name_staff_and_an_open_attempt_are_refused(
    admin: Person, student: Person, teacher: Person, exam: Assignment
) -> None:
    refused(erase(admin, student.user, typed="student "), 422, "not_the_username")
    refused(erase(admin, teacher.user), 409, "not_a_student")
    Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    refused(erase(admin, student.user), 409, "attempt_open")
    student.user.refresh_from_db()
    assert student.user.name == "Student"


def test_the_audit_log_says_which_fields_changed_and_no_name(admin: Person, student: Person) -> None:
    ok(admin.patch(f"/users/{student.user.pk}", {"name": "王小明", "student_number": "777", "role": "teacher"}))
    detail = AuditEntry.objects.get(action="user.changed").detail
    assert detail == {"before": {"role": "student"}, "after": {"role": "teacher"}, "fields": ["name", "student_number"]}
