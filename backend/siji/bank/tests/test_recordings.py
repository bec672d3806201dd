"""A teacher's own recording: taken, heard, kept through a new version, taken back; or refused with what to export."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from siji.accounts.models import AuditEntry
from siji.bank.audio.actions import ensure_audio
from siji.bank.audio.files import path_of
from siji.bank.audio.mp3 import frame_at
from siji.bank.loading import load_all
from siji.bank.models import Paper
from siji.bank.tests.test_audio import now, run
from siji.bank.tests.test_mp3 import made
from siji.conftest import Person
from siji.uploads import files as uploaded
from siji.uploads.actions import LARGEST_PIECE, Received, Wish, append, claim, create_upload
from siji.uploads.models import Upload


def recording(minutes: float, *, kbits: int = 64) -> bytes:
    """One frame of 24 ms again and again."""
    data = made(kbits, 48_000, seconds=0.2)
    frame = data[: frame_at(data, 0).size]
    return frame * round(minutes * 60_000 / 24)


def upload(person: Person, paper: Paper, data: bytes) -> Any:
    return person.post(f"/papers/{paper.pk}/recordings", {"upload": str(sent(person, data).pk)})


def sent(person: Person, data: bytes) -> Upload:
    upload = create_upload(by=person.user, wish=Wish(f"key-{uuid4()}", "listening.mp3", len(data)))
    while not upload.is_whole:
        piece = data[upload.offset : upload.offset + LARGEST_PIECE]
        upload = append(upload_id=upload.pk, by=person.user, piece=Received(piece, offset=upload.offset, checksum=None))
    return upload


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
        (recording(10), "wrong_length"),
        (recording(31), "wrong_length"),
        (recording(10) + recording(10, kbits=96), "not_constant"),
        (b"\0" * (40 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=["wav", "short", "long", "variable", "huge"],
)
def test_what_cannot_be_played_by_the_clock_is_refused_with_what_to_do(
    short_paper: Paper, teacher: Person, data: bytes, code: str
) -> None:
    reply = upload(teacher, short_paper, data)
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert "CBR" in reply.json()["message"]["zh"]
    assert now(short_paper).audio is None
    assert Upload.objects.count() == 0, "what cannot be used takes none of the person's room"


def test_an_upload_becomes_one_recording(
    short_paper: Paper, teacher: Person, other_teacher: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """What is not whole stays as it is and may go on; what is another's, or used up, is nobody's here."""
    data = recording(16)
    begun = create_upload(by=teacher.user, wish=Wish("begun", "listening.mp3", len(data)))
    unfinished = teacher.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(begun.pk)})
    assert (unfinished.status_code, unfinished.json()["code"]) == (409, "unfinished")
    assert Upload.objects.get() == begun
    theirs = sent(other_teacher, data)
    assert teacher.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(theirs.pk)}).status_code == 404
    whole = sent(teacher, data)
    path = uploaded.path_of(whole.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert teacher.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(whole.pk)}).status_code == 201
    assert not path.exists()
    assert teacher.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(whole.pk)}).status_code == 404


def test_what_something_else_was_made_of_is_not_used_up(short_paper: Paper, teacher: Person) -> None:
    whole = sent(teacher, recording(16))
    with transaction.atomic():
        claim(upload_id=whole.pk, by=teacher.user)
    reply = teacher.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(whole.pk)})
    assert (reply.status_code, reply.json()["code"]) == (409, "in_use")
    assert uploaded.path_of(whole.pk).exists()


def test_students_cannot_replace_the_track(short_paper: Paper, student: Person) -> None:
    assert student.post(f"/papers/{short_paper.pk}/recordings", {"upload": str(uuid4())}).status_code == 403
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
