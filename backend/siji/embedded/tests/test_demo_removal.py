"""``siji demo remove``: nobody signs in to a demo account again, and nothing of a real person is touched."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings

from siji.accounts.models import AuditEntry, Role, User
from siji.conftest import PASSWORD, Person, make_user
from siji.courses.models import Course, CourseStatus, Enrollment
from siji.embedded.demo import removal
from siji.embedded.demo.accounts import open_demo_accounts, remember
from siji.embedded.words import CannotStart


@pytest.fixture
def school(db: None, settings: LazySettings, tmp_path: Path) -> dict[str, Person]:
    """A demo teacher with a course that a real student joined, a demo student, and a real administrator."""
    settings.SIJI_HOME = tmp_path
    (tmp_path / "demo-accounts.json").write_text("{}")
    people = {
        "teacher": Person(make_user("teacher01", Role.TEACHER)),
        "student": Person(make_user("student01", student_number="20240001")),
        "real": Person(make_user("real", student_number="2025001")),
        "admin": Person(make_user("head", Role.ADMIN)),
    }
    remember([people["teacher"].user, people["student"].user])
    course = Course.objects.create(name="演示", teacher=people["teacher"].user, status=CourseStatus.ACTIVE, code="DEMOCODE")
    for name in ("student", "real"):
        Enrollment.objects.create(course=course, student=people[name].user)
    return people


def test_closed_accounts_are_out_at_once_and_for_good(school: dict[str, Person]) -> None:
    removal.remove(is_agreed=True)
    assert school["student"].get("/me").status_code == 401
    back = Person(school["student"].user, signed_in=False).post("/session", {"username": "student01", "password": PASSWORD})
    assert back.status_code == 401
    assert not open_demo_accounts().exists()
    assert not any(user.has_usable_password() for user in User.objects.filter(is_active=False))
    assert AuditEntry.objects.filter(action="demo.removed").count() == 1


def test_what_is_real_stays(school: dict[str, Person]) -> None:
    removal.remove(is_agreed=True)
    assert school["real"].get("/me").status_code == 200
    assert Enrollment.objects.filter(student=school["real"].user, is_active=True).exists()
    course = Course.objects.get()
    assert (course.status, course.is_code_open) == (CourseStatus.ARCHIVED, False)


def test_names_and_numbers_are_free_for_real_people(school: dict[str, Person]) -> None:
    removal.remove(is_agreed=True)
    make_user("student01", student_number="20240001")
    assert not open_demo_accounts().exists()


def test_the_file_of_passwords_goes_too_and_again_changes_nothing(
    school: dict[str, Person], settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    removal.remove(is_agreed=True)
    assert not (settings.SIJI_HOME / "demo-accounts.json").exists()
    removal.remove(is_agreed=False)
    said = capsys.readouterr().out
    assert "2 demo accounts are closed" in said
    assert "0 demo accounts are closed" in said
    assert AuditEntry.objects.filter(action="demo.removed").count() == 1


@pytest.mark.parametrize(("typed", "is_closed"), [("yes\n", True), ("no\n", False), ("", False)])
def test_it_asks_first(school: dict[str, Person], monkeypatch: pytest.MonkeyPatch, typed: str, is_closed: bool) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    if is_closed:
        removal.remove(is_agreed=False)
    else:
        with pytest.raises(CannotStart, match="Nothing was changed"):
            removal.remove(is_agreed=False)
    assert open_demo_accounts().exists() is not is_closed


def test_who_closed_the_last_administrator_is_told(school: dict[str, Person], capsys: pytest.CaptureFixture[str]) -> None:
    remember([school["admin"].user])
    removal.remove(is_agreed=True)
    assert "siji user create" in capsys.readouterr().out
