"""A track that could not be made says so and can be tried again; a file that is lost is made again, or its loss is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.db.models.functions import Now

from siji.accounts.models import AuditEntry
from siji.bank.audio.actions import ensure_audio
from siji.bank.audio.files import path_of
from siji.bank.models import Audio, Paper
from siji.bank.tests.test_audio import now, run
from siji.bank.tests.test_recordings import recording, upload
from siji.conftest import Person
from siji.embedded import doctor
from siji.jobs import work
from siji.jobs.models import Job, JobState


def shown(person: Person, paper: Paper) -> tuple[str, str]:
    """State and trouble, as the page has them."""
    body = person.get(f"/papers/{paper.pk}").json()
    trouble = body["audio_trouble"]
    return body["audio"], trouble["zh"] if trouble else ""


def jobs_of(paper: Paper) -> QuerySet[Job]:
    """The fixtures load papers of their own, whose tracks wait as well."""
    return Job.objects.filter(payload__paper=paper.pk).order_by("pk")


def tried(job: Job, times: int) -> Job:
    for _ in range(times):
        Job.objects.filter(pk=job.pk).update(due_at=Now())
        run(job)
    job.refresh_from_db()
    return job


def test_what_breaks_every_time_ends_in_words_and_can_be_tried_again(
    short_paper: Paper, teacher: Person, student: Person, home: Path
) -> None:
    home.mkdir()
    (home / "media").write_text("a file where the folder should be")
    job = ensure_audio(paper=short_paper)
    assert job is not None
    tried(job, 2)
    assert shown(teacher, short_paper) == ("building", ""), "it is tried again by itself"
    assert tried(job, 1).state == JobState.FAILED
    state, trouble = shown(teacher, short_paper)
    assert state == "failed"
    assert trouble.startswith("音频没有做成。可以重新制作")
    assert shown(student, short_paper) == ("failed", "")
    assert student.post(f"/papers/{short_paper.pk}/tracks").status_code == 403
    (home / "media").unlink()
    reply = teacher.post(f"/papers/{short_paper.pk}/tracks")
    assert (reply.status_code, reply.json()["audio"], reply.json()["audio_trouble"]) == (202, "building", None)
    again = jobs_of(short_paper).get(state=JobState.QUEUED)
    assert teacher.post(f"/papers/{short_paper.pk}/tracks").status_code == 202
    assert jobs_of(short_paper).get(state=JobState.QUEUED) == again
    assert AuditEntry.objects.filter(action="paper.track.remade", actor=teacher.user).exists()
    run(again)
    assert shown(teacher, short_paper) == ("ready", "")


def test_a_worker_that_is_lost_every_time_ends_in_words_too(short_paper: Paper, teacher: Person) -> None:
    job = ensure_audio(paper=short_paper)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=3, lease_until=Now() - timedelta(seconds=1))
    assert (work.fail_exhausted(), work.fail_exhausted()) == (1, 0)
    state, trouble = shown(teacher, short_paper)
    assert (state, "the worker was lost" in trouble) == ("failed", True)


def test_a_worker_that_comes_back_late_does_not_call_a_ready_track_failed(short_paper: Paper, teacher: Person) -> None:
    run(ensure_audio(paper=short_paper))
    late = jobs_of(short_paper).get()
    Job.objects.filter(pk=late.pk).update(state=JobState.RUNNING, attempts=3, lease_until=Now() - timedelta(seconds=1))
    assert work.fail_exhausted() == 1
    assert shown(teacher, short_paper) == ("ready", "")


def lose(paper: Paper) -> Audio:
    audio = now(paper).audio
    assert audio is not None
    path_of(audio).unlink()
    return audio


def test_a_lost_file_is_made_again_when_it_is_asked_for(short_paper: Paper, teacher: Person) -> None:
    run(ensure_audio(paper=short_paper))
    audio = lose(short_paper)
    assert shown(teacher, short_paper) == ("lost", "音频文件在服务器上丢失了。请点“重新制作”。")
    reply = teacher.get(f"/papers/{short_paper.pk}/audio", Range="bytes=0-")
    assert (reply.status_code, reply.json()["code"], reply["Retry-After"]) == (503, "track_is_being_made", "30")
    assert shown(teacher, short_paper) == ("building", "")
    assert teacher.get(f"/papers/{short_paper.pk}/audio").status_code == 404, "there is no track while it is made"
    run(jobs_of(short_paper).get(state=JobState.QUEUED))
    assert teacher.get(f"/papers/{short_paper.pk}/audio", Range="bytes=0-99").status_code == 206
    assert now(short_paper).audio == audio


def test_a_lost_recording_says_so_until_it_is_uploaded_again_or_given_up(short_paper: Paper, teacher: Person) -> None:
    assert upload(teacher, short_paper, recording(16)).status_code == 201
    lose(short_paper)
    assert shown(teacher, short_paper) == ("lost", "上传的录音文件在服务器上丢失了。请重新上传，或换回合成音频。")
    reply = teacher.get(f"/papers/{short_paper.pk}/audio")
    assert (reply.status_code, reply.json()["code"]) == (409, "recording_is_lost")
    assert teacher.post(f"/papers/{short_paper.pk}/tracks").json()["code"] == "recording_in_service"
    assert ensure_audio(paper=now(short_paper)) is None, "nothing is made behind the back of who uploaded it"
    assert not jobs_of(short_paper).exists()
    assert upload(teacher, short_paper, recording(16)).status_code == 201
    assert shown(teacher, short_paper) == ("ready", "")
    lose(short_paper)
    assert teacher.delete(f"/papers/{short_paper.pk}/recordings").json()["audio"] == "building"


def test_the_doctor_names_what_is_missing(short_paper: Paper, teacher: Person) -> None:
    run(ensure_audio(paper=short_paper))
    assert "1 ready" in doctor._audio()
    lose(short_paper)
    with pytest.raises(doctor.Wrong, match=r"1 files missing: short@1 \(run siji content load"):
        doctor._audio()
    upload(teacher, short_paper, recording(16))
    lose(short_paper)
    with pytest.raises(doctor.Wrong, match=r"short@1 \(a recording: upload it again"):
        doctor._audio()
