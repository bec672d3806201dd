"""A teacher's own recording: taken, heard, kept through a new version, taken back; or refused with what to export."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from siji.accounts.models import AuditEntry
from siji.bank.audio.actions import ensure_audio
from siji.bank.audio.files import path_of
from siji.bank.audio.mp3 import frame_at
from siji.bank.loading import load_all
from siji.bank.models import Paper
from siji.bank.tests.test_audio import now, run
from siji.bank.tests.test_mp3 import made
from siji.conftest import Person


def recording(minutes: float, *, kbits: int = 64) -> bytes:
    """One frame of 24 ms again and again."""
    data = made(kbits, 48_000, seconds=0.2)
    frame = data[: frame_at(data, 0).size]
    return frame * round(minutes * 60_000 / 24)


def upload(person: Person, paper: Paper, data: bytes) -> Any:
    browser = Client()
    browser.force_login(person.user)
    response: HttpResponse = browser.post(  # type: ignore[assignment]  # the test client's response is a HttpResponse with extras
        f"/api/v1/papers/{paper.pk}/recordings",
        {"file": SimpleUploadedFile("listening.mp3", data, content_type="audio/mpeg")},
    )
    return response


def test_a_recording_takes_the_place_of_the_made_track_and_gives_it_back(short_paper: Paper, teacher: Person) -> None:
    run(ensure_audio(paper=short_paper))
    made_track = now(short_paper).audio
    reply = upload(teacher, short_paper, b"ID3\x04\0\0\0\0\0\x05title" + recording(16))
    made = {"audio": "ready", "audio_ms": 960_000, "audio_origin": "recording", "audio_starts": {}, "audio_trouble": None}
    assert (reply.status_code, reply.json()) == (201, made)
    audio = now(short_paper).audio
    assert audio is not None
    assert audio.size_bytes == path_of(audio).stat().st_size == 16 * 60 * audio.bytes_per_second
    assert audio.timeline == [{"kind": "recording", "start_ms": 0, "end_ms": 960_000, "section": ""}]
    assert ensure_audio(paper=now(short_paper)) is None, "loading content again leaves the recording in service"

    back = teacher.delete(f"/papers/{short_paper.pk}/recordings")
    assert (back.status_code, back.json()["audio_origin"], now(short_paper).audio) == (200, "espeak-ng", made_track)
    assert teacher.delete(f"/papers/{short_paper.pk}/recordings").status_code == 409
    done = [(entry.actor, entry.action) for entry in AuditEntry.objects.filter(subject=f"paper:{short_paper.pk}").order_by("id")]
    assert done == [(teacher.user, "paper.recording.set"), (teacher.user, "paper.recording.removed")]


def test_a_track_that_was_being_made_does_not_push_the_recording_out(short_paper: Paper, teacher: Person) -> None:
    job = ensure_audio(paper=short_paper)
    assert upload(teacher, short_paper, recording(16)).status_code == 201
    run(job)
    audio = now(short_paper).audio
    assert audio is not None
    assert audio.origin == "recording"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"RIFF0000WAVEfmt ", "not_mp3"),
        (b"", "not_mp3"),
        (recording(10), "wrong_length"),
        (recording(31), "wrong_length"),
        (recording(10) + recording(10, kbits=96), "not_constant"),
        (b"\0" * (40 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=["wav", "empty", "short", "long", "variable", "huge"],
)
def test_what_cannot_be_played_by_the_clock_is_refused_with_what_to_do(
    short_paper: Paper, teacher: Person, data: bytes, code: str
) -> None:
    reply = upload(teacher, short_paper, data)
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert "CBR" in reply.json()["message"]["zh"]
    assert now(short_paper).audio is None


def test_students_cannot_replace_the_track(short_paper: Paper, student: Person) -> None:
    assert upload(student, short_paper, recording(16)).status_code == 403
    assert student.delete(f"/papers/{short_paper.pk}/recordings").status_code == 403


def test_a_new_version_with_the_same_words_keeps_the_recording(teacher: Person, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(settings.SIJI_CONTENT, folder)
    load_all(folder)
    upload(teacher, Paper.objects.get(slug="siji-01"), recording(20))
    reading, listening = folder / "papers/siji-01/reading-c.yaml", folder / "papers/siji-01/listening-a.yaml"
    reading.write_text(reading.read_text("utf-8").replace("question: ", "question: Now, ", 1), "utf-8")
    load_all(folder)
    second = Paper.objects.select_related("audio").get(slug="siji-01", version=2)
    assert second.audio is not None
    assert second.audio.origin == "recording"
    text = listening.read_text("utf-8")
    listening.write_text(text.replace("question: ", "question: Now, ", 1), "utf-8")
    assert listening.read_text("utf-8") != text
    load_all(folder)
    third = Paper.objects.select_related("audio").get(slug="siji-01", version=3)
    assert third.audio is not None
    assert (third.audio.origin, third.audio.state) == ("", "building")
