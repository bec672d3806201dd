"""A teacher brings a class in from a file: what it would do, what is wrong in words, and all or nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from zeal import zeal_context

from siji.accounts.models import AuditEntry, Role, User
from siji.conftest import Counting, Person, make_user
from siji.courses import progress
from siji.courses.models import Course, Roster
from siji.courses.roster.actions import forget_passwords, preview_roster
from siji.jobs import work
from siji.jobs.models import Job

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = "学号,姓名,班级\n2024101,王小雨,外语 2401\n2024102,赵一,外语 2401\n"


def upload(teacher: Person, course: Course, data: bytes | str, name: str = "名单.csv") -> Reply:
    raw = data.encode() if isinstance(data, str) else data
    token = teacher.browser.cookies["csrftoken"].value if teacher.get("/me") else ""
    return teacher.browser.post(
        f"/api/v1/courses/{course.pk}/rosters", {"file": SimpleUploadedFile(name, raw)}, headers={"X-CSRFToken": token}
    )


def problems(reply: Reply) -> list[str]:
    assert reply.status_code == 201, reply.content
    return [row["problem"] for row in reply.json()["rows"]]


def run_import(teacher: Person, course: Course, roster: int) -> Job:
    started = teacher.post(f"/courses/{course.pk}/rosters/{roster}/imports")
    assert started.status_code == 202, started.content
    work.run(started.json()["job"])
    return Job.objects.get(pk=started.json()["job"])


def test_a_class_comes_in_and_its_passwords_are_shown_once(teacher: Person, course: Course) -> None:
    preview = upload(teacher, course, GOOD).json()
    assert (preview["creates"], preview["enrols"], preview["errors"]) == (2, 0, 0)
    assert not User.objects.filter(student_number="2024101").exists()
    job = run_import(teacher, course, preview["id"])
    assert (job.state, job.result) == ("done", {"created": 2, "enrolled": 0, "unchanged": 0})
    accounts = teacher.post(f"/courses/{course.pk}/rosters/{preview['id']}/accounts").json()["accounts"]
    made = User.objects.get(student_number="2024101")
    assert made.must_change_password
    assert made.check_password(accounts[0]["password"])
    assert course.enrollments.active().count() == 2
    written = AuditEntry.objects.filter(action="user.created", actor=teacher.user).values_list("subject", flat=True)
    assert set(written) == {f"user:{one.pk}" for one in User.objects.filter(student_number__startswith="20241")}
    again = teacher.post(f"/courses/{course.pk}/rosters/{preview['id']}/accounts")
    assert (again.status_code, again.json()["code"]) == (409, "taken")


def test_a_file_says_who_is_under_18_and_never_takes_it_back(teacher: Person, course: Course, stranger: Person) -> None:
    User.objects.filter(pk=stranger.user.pk).update(student_number="2024103", name="孙三")
    lines = "学号,姓名,未成年\n2024101,王小雨,是\n2024102,赵一,否\n2024103,孙三,Yes\n"
    run_import(teacher, course, upload(teacher, course, lines).json()["id"])
    marked = User.objects.filter(student_number__startswith="20241").order_by("student_number").values_list("is_minor", flat=True)
    assert list(marked) == [True, False, True]
    run_import(teacher, course, upload(teacher, course, lines.replace("是", "").replace("Yes", "no")).json()["id"])
    assert list(marked.all()) == [True, False, True]
    (wrong,) = problems(upload(teacher, course, "学号,姓名,未成年\n2024104,钱二,17 岁\n"))
    assert "请填“是”或“否”" in wrong


def test_importing_twice_is_one_import(teacher: Person, course: Course) -> None:
    roster = upload(teacher, course, GOOD).json()["id"]
    run_import(teacher, course, roster)
    run_import(teacher, course, roster)
    assert User.objects.filter(role=Role.STUDENT).count() == 2


def test_every_line_says_what_is_wrong_with_it(teacher: Person, course: Course, student: Person) -> None:
    lines = [
        "学号,姓名,用户名",
        ",缺号,",
        "2024201,,",
        "2024202,甲,",
        "2024202,乙,",
        "2024001,别人,",
        "2024203,=cmd|calc,",
        "2024204,丙,student",
        "2024205,丁,有空格 的",
        "2024206," + "长" * 101 + ",",
    ]
    preview = upload(teacher, course, "\n".join(lines))
    found = problems(preview)
    for said, part in zip(
        found, ("缺少学号", "缺少姓名", "多次", "多次", "Student", "公式", "已被别人", "只能用", "超过 100"), strict=True
    ):
        assert part in said
    assert [row["line"] for row in preview.json()["rows"]] == list(range(2, 11))


def test_nothing_is_half_imported(teacher: Person, course: Course) -> None:
    roster = upload(teacher, course, GOOD + ",没有学号,\n").json()["id"]
    reply = teacher.post(f"/courses/{course.pk}/rosters/{roster}/imports")
    assert (reply.status_code, reply.json()["code"]) == (409, "has_errors")
    assert not course.enrollments.exists()


def test_what_changed_since_the_preview_stops_the_whole_import(teacher: Person, course: Course) -> None:
    roster = upload(teacher, course, GOOD).json()["id"]
    make_user("2024102", name="另一个人")
    job = run_import(teacher, course, roster)
    assert job.state == "failed"
    assert "第 3 行" in job.error
    assert not User.objects.filter(student_number="2024101").exists()


def test_known_people_are_enrolled_not_made_again(teacher: Person, course: Course, stranger: Person, student: Person) -> None:
    User.objects.filter(pk=stranger.user.pk).update(student_number="2024301")
    preview = upload(teacher, course, "学号,姓名\n2024301,Stranger\n2024001,Student\n").json()
    assert [row["action"] for row in preview["rows"]] == ["enrol", "none"]
    assert run_import(teacher, course, preview["id"]).result == {"created": 0, "enrolled": 1, "unchanged": 1}


def test_staff_cannot_be_brought_in_as_students(teacher: Person, course: Course) -> None:
    make_user("boss", Role.ADMIN, student_number="900", name="校长")
    assert "教师或管理员" in problems(upload(teacher, course, "学号,姓名\n900,校长\n"))[0]


@pytest.mark.parametrize(
    "data",
    [GOOD.encode("gb18030"), GOOD.encode("utf-8-sig"), GOOD.replace(",", ";").encode(), GOOD.replace(",", "\t").encode()],
)
def test_files_as_chinese_offices_write_them(teacher: Person, course: Course, data: bytes) -> None:
    preview = upload(teacher, course, data).json()
    assert [row["name"] for row in preview["rows"]] == ["王小雨", "赵一"]


def workbook(rows: list[list[object]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    book.save(out)
    return out.getvalue()


def test_a_spreadsheet_with_numbers_and_a_formula(teacher: Person, course: Course) -> None:
    data = workbook([["学号", "姓名"], [2024401, "孙二"], [2024402.0, "周三"], [2024403, '=HYPERLINK("x")']])
    reply = upload(teacher, course, data, "名单.xlsx")
    rows = reply.json()["rows"]
    assert [row["student_number"] for row in rows] == ["2024401", "2024402", "2024403"]
    assert [row["action"] for row in rows] == ["create", "create", "error"]


def test_a_bomb_is_refused_before_it_is_opened(teacher: Person, course: Course) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 * 2**20))
    reply = upload(teacher, course, out.getvalue(), "bomb.xlsx")
    assert reply.status_code == 422
    assert "展开后过大" in reply.json()["fields"]["file"]["zh"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "没有学生"),
        ("姓名,性别\n张三,男\n", "第一行要有"),
        ("学号,姓名\n", "没有学生"),
        (b"\xd0\xcf\x11\xe0old", "另存为"),
        (b"PK\x03\x04broken", "损坏"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(teacher: Person, course: Course, data: bytes | str, says: str) -> None:
    reply = upload(teacher, course, data, "名单.xls" if isinstance(data, bytes) and data[:1] == b"\xd0" else "名单.csv")
    assert reply.status_code == 422
    assert says in reply.json()["fields"]["file"]["zh"]


def test_a_roster_is_seen_by_whoever_uploaded_it(teacher: Person, admin: Person, other_teacher: Person, course: Course) -> None:
    place = f"/courses/{course.pk}/rosters/{upload(teacher, course, GOOD).json()['id']}"
    assert teacher.get(place).status_code == 200
    assert admin.get(place).status_code == 404
    assert other_teacher.get(place).status_code == 404


def test_passwords_that_nobody_took_are_forgotten_after_a_day(teacher: Person, course: Course) -> None:
    roster = upload(teacher, course, GOOD).json()["id"]
    run_import(teacher, course, roster)
    assert forget_passwords() == 0
    Roster.objects.update(imported_at=timezone.now() - timedelta(hours=25))
    assert forget_passwords() == 1
    assert Roster.objects.get().accounts == []


def test_a_title_over_the_heading_and_full_width_digits_are_read(teacher: Person, course: Course) -> None:
    preview = upload(
        teacher, course, "外语 2401 班名单,,\n\n学 号,姓名,邮箱\n２０２４５０１,钱 一,q@x.cn\n".replace("学 号", "学号：")
    ).json()
    assert [(row["line"], row["student_number"], row["action"]) for row in preview["rows"]] == [(4, "2024501", "create")]


def test_formulas_in_columns_that_are_not_read_do_no_harm(teacher: Person, course: Course) -> None:
    data = workbook([["序号", "学号", "姓名"], ["=ROW()-1", 2024601, "冯三"], ["=ROW()-1", "=A2", "冯四"]])
    rows = upload(teacher, course, data, "名单.xlsx").json()["rows"]
    assert [row["action"] for row in rows] == ["create", "error"]


def test_a_cell_far_below_is_not_searched_for(teacher: Person, course: Course) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for place, text in {"A1": "学号", "B1": "姓名", "A900000": "2024701"}.items():
        sheet[place] = text
    book.save(out)
    reply = upload(teacher, course, out.getvalue(), "名单.xlsx")
    assert reply.status_code == 422
    assert "行" in reply.json()["fields"]["file"]["zh"]


@pytest.mark.parametrize(("size", "status"), [(5 * 2**20 + 1, 422), (40 * 2**20, 422)])
def test_a_large_file_is_refused_unread(teacher: Person, course: Course, size: int, status: int) -> None:
    reply = upload(teacher, course, b"x" * size)
    assert reply.status_code == status
    assert "5 MB" in reply.json()["fields"]["file"]["zh"]


def test_as_many_rows_as_a_large_school_has(teacher: Person, course: Course) -> None:
    lines = "\n".join(f"{10_000_000 + n},学生{n}" for n in range(5_000))
    assert upload(teacher, course, f"学号,姓名\n{lines}\n").json()["creates"] == 5_000
    assert "5000" in upload(teacher, course, f"学号,姓名\n{lines}\n1,多一个\n").json()["fields"]["file"]["zh"]


def test_passwords_are_not_given_after_a_day_even_before_they_are_forgotten(teacher: Person, course: Course) -> None:
    roster = upload(teacher, course, GOOD).json()["id"]
    run_import(teacher, course, roster)
    Roster.objects.update(imported_at=timezone.now() - timedelta(hours=25))
    assert teacher.post(f"/courses/{course.pk}/rosters/{roster}/accounts").json()["code"] == "taken"


def test_a_preview_that_nobody_imported_is_forgotten_after_a_week(teacher: Person, course: Course) -> None:
    upload(teacher, course, GOOD)
    forget_passwords()
    assert Roster.objects.count() == 1
    Roster.objects.update(created_at=timezone.now() - timedelta(days=8))
    forget_passwords()
    assert Roster.objects.count() == 0


def test_who_was_brought_in_is_on_record(teacher: Person, course: Course) -> None:
    run_import(teacher, course, upload(teacher, course, GOOD).json()["id"])
    entry = AuditEntry.objects.get(action="roster.imported")
    assert entry.actor == teacher.user
    assert entry.detail["students"] == list(User.objects.filter(role=Role.STUDENT).order_by("pk").values_list("pk", flat=True))


def test_a_failed_import_leaves_nobody_behind(teacher: Person, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = upload(teacher, course, GOOD).json()["id"]

    def breaks(course_id: int) -> None:
        raise RuntimeError("the database went away")

    with monkeypatch.context() as broken:
        broken.setattr(progress, "make_rows", breaks)
        assert run_import(teacher, course, roster).state == "queued"
    assert not User.objects.filter(role=Role.STUDENT).exists()
    assert not course.enrollments.exists()
    Job.objects.update(due_at=timezone.now())
    assert run_import(teacher, course, roster).state == "done"
    assert course.enrollments.count() == 2


@pytest.mark.counts("GET /courses/{course_id}/rosters/{roster_id}")
@pytest.mark.parametrize("size", [2, 300])
def test_a_preview_costs_the_same_at_any_size(
    teacher: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    lines = "\n".join(f"2025{n:04},学生{n},外语 2501" for n in range(size))
    data = f"学号,姓名,班级\n{lines}\n".encode()
    with zeal_context(), django_assert_num_queries(4):  # who is in the course, known by number, by name, the roster
        roster = preview_roster(by=teacher.user, course=course, filename="名单.csv", data=data)
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(3):  # who, the course, the roster
        shown = teacher.get(f"/courses/{course.pk}/rosters/{roster.pk}").json()
    assert (shown["creates"], shown["errors"], len(shown["rows"])) == (size, 0, size)
