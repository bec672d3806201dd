"""What the stories of runs share: a syllabus that has been read, jobs worked off, a teacher who decides."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from siji.conftest import Person
from siji.courses.models import Course
from siji.jobs import work
from siji.jobs.models import Job, JobState
from siji.uploads.actions import Received, Wish, append, create_upload

SAMPLES = Path(__file__).resolve().parents[4] / "content" / "syllabi"


def read_syllabus(teacher: Person, course: Course, name: str = "terse.txt", *, text: str = "") -> dict[str, Any]:
    data = text.encode() or (SAMPLES / name).read_bytes()
    upload = create_upload(by=teacher.user, wish=Wish(uuid.uuid4().hex, name, len(data)))
    append(upload_id=upload.pk, by=teacher.user, piece=Received(data, offset=0, checksum=None))
    made: dict[str, Any] = teacher.post(f"/courses/{course.pk}/syllabi", {"upload": str(upload.pk)}).json()
    work.run(made["job"])
    return made


def begun(teacher: Person, course: Course, syllabus: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {"syllabus": syllabus["id"], "hours": 32, "session_hours": 2, **fields}
    reply = teacher.post(f"/courses/{course.pk}/runs", body)
    assert reply.status_code == 201, reply.content.decode()
    made: dict[str, Any] = reply.json()
    return made


def work_off() -> list[Job]:
    """All stages that wait, and those that begin meanwhile."""
    done = []
    while job := Job.objects.filter(kind="teaching.stage", state=JobState.QUEUED).order_by("pk").first():
        work.run(job.pk)
        job.refresh_from_db()
        assert job.state == JobState.DONE, job.error
        done.append(job)
    return done


def shown(teacher: Person, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = teacher.get(f"/runs/{run['id']}").json()
    return found


def stage(teacher: Person, run: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in shown(teacher, run)["stages"] if one["name"] == name)
    return found


def draft(teacher: Person, run: dict[str, Any], name: str) -> dict[str, Any]:
    reply = teacher.get(f"/runs/{run['id']}/{name}")
    assert reply.status_code == 200, reply.content.decode()
    found: dict[str, Any] = reply.json()
    return found


def approves(teacher: Person, run: dict[str, Any], *names: str) -> None:
    for name in names:
        newest = draft(teacher, run, name)["draft"]["id"]
        reply = teacher.post(f"/runs/{run['id']}/stages/{name}/approval", {"draft": newest})
        assert reply.status_code == 200, reply.content.decode()
        work_off()


def decides(teacher: Person, run: dict[str, Any], state: str = "approved") -> None:
    """Those that somebody has proven together, each other one by itself."""
    found = draft(teacher, run, "questions")
    together = [one["key"] for one in found["questions"] if state != "approved" or one["blind"]["state"] == "proven"]
    alone = [one["key"] for one in found["questions"] if one["key"] not in together]
    base = found["draft"]["version"]
    for keys in ([together] if together else []) + [[key] for key in alone]:
        body = {"base": base, "keys": keys, "state": state}
        reply = teacher.post(f"/runs/{run['id']}/questions/decisions", body)
        assert reply.status_code == 200, reply.content.decode()
        base = reply.json()["draft"]["version"]
