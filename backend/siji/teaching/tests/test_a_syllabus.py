"""A syllabus from the upload to its text: read in a job, shown with its pages, its editions kept, deleted with its file."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from siji.accounts.models import AuditEntry
from siji.conftest import Counting, Person
from siji.courses.models import Course
from siji.jobs import work
from siji.jobs.models import Job
from siji.teaching import syllabi
from siji.teaching.documents.troubles import SAID
from siji.teaching.models import Syllabus
from siji.uploads import files
from siji.uploads.actions import Received, Wish, append, create_upload
from siji.uploads.models import Upload

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "一、课程性质\n本课程面向本科一、二年级学生，旨在提高听说读写译的能力。\n"
TEXT = f"{FIRST}\f二、考核方式\n平时成绩占百分之四十，期末占百分之六十。\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.SIJI_HOME = tmp_path


def uploaded(who: Person, text: str = TEXT, name: str = "教学大纲.txt", *, all_of_it: bool = True) -> Upload:
    data = text.encode()
    upload = create_upload(by=who.user, wish=Wish(uuid.uuid4().hex, name, len(data)))
    piece = Received(data if all_of_it else data[:9], offset=0, checksum=None)
    return append(upload_id=upload.pk, by=who.user, piece=piece)


def added(who: Person, course: Course, upload: Upload, **body: str) -> dict[str, Any]:
    reply = who.post(f"/courses/{course.pk}/syllabi", {"upload": str(upload.pk), **body})
    assert reply.status_code == 201, reply.content.decode()
    made: dict[str, Any] = reply.json()
    return made


def was_read(who: Person, made: dict[str, Any]) -> dict[str, Any]:
    work.run(made["job"])
    found: dict[str, Any] = who.get(f"/syllabi/{made['id']}").json()
    return found


def test_what_was_uploaded_is_read_and_shown_with_its_pages(teacher: Person, course: Course) -> None:
    made = added(teacher, course, uploaded(teacher))
    assert (made["state"], made["title"], made["edition"]) == ("reading", "教学大纲", 1)
    assert teacher.get(f"/syllabi/{made['id']}/text").json()["code"] == "not_read"
    found = was_read(teacher, made)
    assert (found["state"], found["pages"], found["trouble"]) == ("ready", 2, None)
    text = teacher.get(f"/syllabi/{made['id']}/text").json()
    assert [(page["number"], [block["text"][:5] for block in page["blocks"]]) for page in text["pages"]] == [
        (1, ["一、课程性", "本课程面向"]),
        (2, ["二、考核方", "平时成绩占"]),
    ]
    assert teacher.get(f"/jobs/{made['job']}").json()["result"] == {"state": "ready"}


def test_the_same_upload_makes_one_syllabus(teacher: Person, course: Course) -> None:
    upload = uploaded(teacher)
    assert added(teacher, course, upload)["id"] == added(teacher, course, upload)["id"]
    assert (Syllabus.objects.count(), Job.objects.count()) == (1, 1)
    elsewhere = Course.objects.create(name="大学英语六级", teacher=teacher.user, code="SIXSIXSI")
    refused = teacher.post(f"/courses/{elsewhere.pk}/syllabi", {"upload": str(upload.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "in_use")


def test_half_a_file_is_no_syllabus(teacher: Person, course: Course) -> None:
    half = uploaded(teacher, all_of_it=False)
    refused = teacher.post(f"/courses/{course.pk}/syllabi", {"upload": str(half.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "unfinished")
    assert not Syllabus.objects.exists()


def test_the_file_of_another_is_not_to_be_had(teacher: Person, other_teacher: Person, course: Course) -> None:
    theirs = uploaded(other_teacher)
    assert teacher.post(f"/courses/{course.pk}/syllabi", {"upload": str(theirs.pk)}).status_code == 404


def test_what_cannot_be_read_says_so_and_is_not_tried_again(teacher: Person, course: Course) -> None:
    made = added(teacher, course, uploaded(teacher, TEXT, "教学大纲.pdf"))
    found = was_read(teacher, made)
    assert (found["state"], found["trouble"]["zh"]) == ("failed", SAID["wrong_name"][0].format(found="TXT"))
    job = Job.objects.get(pk=made["job"])
    assert (job.state, job.attempts) == ("done", 1)


def test_a_reader_that_is_lost_for_good_leaves_no_syllabus_waiting(
    teacher: Person, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = added(teacher, course, uploaded(teacher))

    def broken(*args: object, **named: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(syllabi, "read_document", broken)
    for _ in range(3):
        Job.objects.update(due_at="2026-01-01T00:00:00Z")
        work.run(made["job"])
    found = teacher.get(f"/syllabi/{made['id']}").json()
    assert (found["state"], found["trouble"]["zh"]) == ("failed", SAID["server"][0])


def test_the_next_edition_stands_beside_the_one_before(teacher: Person, course: Course) -> None:
    first = added(teacher, course, uploaded(teacher), title="大学英语大纲")
    reply = teacher.post(f"/syllabi/{first['id']}/editions", {"upload": str(uploaded(teacher, name="新版.txt").pk)})
    second = reply.json()
    assert (second["edition"], second["series"], second["title"]) == (2, first["series"], "大学英语大纲")
    listed = teacher.get(f"/courses/{course.pk}/syllabi").json()
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


def test_a_deleted_syllabus_takes_its_file_along(teacher: Person, course: Course) -> None:
    upload = uploaded(teacher)
    made = added(teacher, course, upload)
    assert teacher.delete(f"/syllabi/{made['id']}").status_code == 204
    assert not files.path_of(upload.pk).exists()
    assert not Upload.objects.exists()
    work.run(made["job"])
    assert Job.objects.get().error.startswith("这份大纲已经删除")
    actions = AuditEntry.objects.filter(subject=f"course:{course.pk}").values_list("action", flat=True)
    assert {"syllabus.added", "syllabus.removed"} <= set(actions)


def test_a_course_keeps_so_many(teacher: Person, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syllabi, "MOST", 1)
    added(teacher, course, uploaded(teacher))
    one_more = uploaded(teacher)
    refused = teacher.post(f"/courses/{course.pk}/syllabi", {"upload": str(one_more.pk)})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many")
    one_more.refresh_from_db()
    assert one_more.claimed_at is None


@pytest.mark.counts("GET /courses/{course_id}/syllabi")
@pytest.mark.parametrize("size", [1, 8])
def test_the_list_costs_the_same_however_long(
    teacher: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    for _ in range(size):
        added(teacher, course, uploaded(teacher))
    teacher.get("/me")
    with django_assert_num_queries(3):
        assert len(teacher.get(f"/courses/{course.pk}/syllabi").json()) == size
