"""A file comes in over a bad network: piece by piece, once, true after a crash, and seen by nobody else."""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siji.conftest import Person
from siji.uploads import actions, files
from siji.uploads.actions import KEPT, LARGEST, LARGEST_PIECE, MOST_UNCLAIMED, claim, sweep
from siji.uploads.models import Upload

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "大学英语四级教学大纲".encode() * 10
MEDIA = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.SIJI_HOME = tmp_path


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def send(who: Person, method: str, path: str, data: bytes = b"", **headers: str) -> Reply:
    who.get("/me")
    said = {"Tus-Resumable": "1.0.0", "X-CSRFToken": who.browser.cookies["csrftoken"].value}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return who.browser.generic(method, f"/api/v1{path}", data=data, content_type=MEDIA, headers=said | named)


def begin(who: Person, length: int = len(TEXT), key: str = "key-of-this-file", name: str = "大纲.txt") -> Reply:
    metadata = f"filename {b64(name)},key {b64(key)}"
    return send(who, "POST", "/uploads", Upload_Length=str(length), Upload_Metadata=metadata)


def place(reply: Reply) -> str:
    assert reply.status_code == 201, reply.content.decode()
    return reply["Location"].removeprefix("/api/v1")


def patch(who: Person, path: str, data: bytes, offset: int, **headers: str) -> Reply:
    return send(who, "PATCH", path, data, Upload_Offset=str(offset), **headers)


def code(reply: Reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def on_disk(path: str) -> bytes:
    return files.path_of(UUID(path.rpartition("/")[2])).read_bytes()


def test_a_file_comes_in_pieces_and_is_what_was_sent(teacher: Person) -> None:
    path = place(begin(teacher))
    assert patch(teacher, path, TEXT[:100], 0)["Upload-Offset"] == "100"
    head = send(teacher, "HEAD", path)
    assert (head["Upload-Offset"], head["Upload-Length"], head["Tus-Resumable"]) == ("100", str(len(TEXT)), "1.0.0")
    assert patch(teacher, path, TEXT[100:], 100).status_code == 204
    upload = Upload.objects.get()
    assert upload.is_whole
    assert on_disk(path) == TEXT
    assert (upload.sha256, upload.filename) == (hashlib.sha256(TEXT).hexdigest(), "大纲.txt")


def test_a_creation_that_is_sent_again_finds_the_same_upload(teacher: Person) -> None:
    path = place(begin(teacher))
    patch(teacher, path, TEXT[:50], 0)
    again = begin(teacher)
    assert (place(again), again["Upload-Offset"]) == (path, "50")
    assert code(begin(teacher, length=5)) == (409, "another_file")
    assert Upload.objects.count() == 1


def test_a_piece_in_the_wrong_place_is_told_the_right_one(teacher: Person) -> None:
    path = place(begin(teacher))
    patch(teacher, path, TEXT[:50], 0)
    for offset in (0, 49, 51):
        refused = patch(teacher, path, TEXT[50:60], offset)
        assert code(refused) == (409, "wrong_offset")
        assert refused["Upload-Offset"] == "50"
    assert on_disk(path) == TEXT[:50]


def test_what_a_killed_process_left_behind_the_offset_is_cut_off(teacher: Person) -> None:
    path = place(begin(teacher))
    patch(teacher, path, TEXT[:50], 0)
    with files.path_of(Upload.objects.get().pk).open("ab") as file:
        file.write(b"written, synced, and never acknowledged")
    assert send(teacher, "HEAD", path)["Upload-Offset"] == "50"
    patch(teacher, path, TEXT[50:60], 50)
    assert on_disk(path) == TEXT[:60]


def test_an_upload_whose_bytes_are_lost_is_gone_and_begins_again(teacher: Person) -> None:
    path = place(begin(teacher))
    patch(teacher, path, TEXT[:50], 0)
    files.path_of(Upload.objects.get().pk).write_bytes(b"short")
    assert code(patch(teacher, path, TEXT[50:], 50)) == (410, "upload_expired")
    assert send(teacher, "HEAD", path).status_code == 410
    begun = begin(teacher)
    assert (place(begun) != path, begun["Upload-Offset"]) == (True, "0")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_damaged_piece_is_not_kept(teacher: Person, algorithm: str) -> None:
    path = place(begin(teacher))
    right = base64.b64encode(hashlib.new(algorithm, TEXT[:50]).digest()).decode()
    assert code(patch(teacher, path, b"x" * 50, 0, Upload_Checksum=f"{algorithm} {right}")) == (460, "bad_checksum")
    assert on_disk(path) == b""
    assert patch(teacher, path, TEXT[:50], 0, Upload_Checksum=f"{algorithm} {right}")["Upload-Offset"] == "50"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Checksum": "crc32 AAAA"}, 400),
        ({"Upload_Checksum": "sha1 ???"}, 400),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "9" * 30}, 400),
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Content_Type": "application/json"}, 415),
    ],
)
def test_a_piece_that_is_not_understood_changes_nothing(teacher: Person, headers: dict[str, str], status: int) -> None:
    path = place(begin(teacher))
    refused = send(teacher, "PATCH", path, b"abc", **({"Upload_Offset": "0"} | headers))
    assert refused.status_code == status
    assert refused.json()["message"]["zh"]
    assert Upload.objects.get().offset == 0


def test_sizes_have_limits(teacher: Person) -> None:
    assert code(begin(teacher, LARGEST + 1)) == (413, "too_large")
    assert code(begin(teacher, 0)) == (422, "empty")
    path = place(begin(teacher, LARGEST))
    assert code(patch(teacher, path, b"x" * (LARGEST_PIECE + 1), 0)) == (413, "piece_too_large")
    short = place(begin(teacher, 10, "key-of-a-short-one"))
    assert code(patch(teacher, short, b"x" * 11, 0)) == (413, "beyond_the_end")


def test_only_so_many_may_be_unfinished(teacher: Person, other_teacher: Person) -> None:
    for number in range(MOST_UNCLAIMED):
        place(begin(teacher, 10, f"key-number-{number}"))
    assert code(begin(teacher, 10, "one-too-many")) == (409, "too_many_uploads")
    assert begin(other_teacher, 10, "of-somebody-else").status_code == 201
    send(teacher, "DELETE", f"/uploads/{Upload.objects.filter(owner=teacher.user).earliest('created_at').pk}")
    assert begin(teacher, 10, "one-too-many").status_code == 201


def test_there_is_room_for_so_much(teacher: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_BYTES", 100)
    place(begin(teacher, 60))
    assert code(begin(teacher, 41, "the-second-file")) == (409, "quota")


def test_nobody_continues_or_ends_what_another_sends(teacher: Person, other_teacher: Person, admin: Person) -> None:
    path = place(begin(teacher))
    for other in (other_teacher, admin):
        assert patch(other, path, TEXT, 0).status_code == 404
        assert send(other, "HEAD", path).status_code == 404
        assert send(other, "DELETE", path).status_code == 404
    assert Upload.objects.get().offset == 0


def test_an_upload_is_never_handed_out(teacher: Person) -> None:
    path = place(begin(teacher))
    patch(teacher, path, TEXT, 0)
    assert teacher.get(path).status_code == 405


def test_what_nobody_went_on_with_expires_and_is_swept(teacher: Person) -> None:
    path = place(begin(teacher))
    kept = place(begin(teacher, 3, "made-into-something"))
    patch(teacher, kept, b"abc", 0)
    claim_it(kept, teacher)
    Upload.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert code(patch(teacher, path, TEXT, 0)) == (410, "upload_expired")
    assert sweep() == 1
    assert not files.path_of(UUID(path.rpartition("/")[2])).exists()
    assert on_disk(kept) == b"abc"
    assert send(teacher, "HEAD", path).status_code == 404


def test_a_file_that_no_row_knows_is_swept_when_it_is_old(teacher: Person) -> None:
    kept = place(begin(teacher))
    orphan, fresh = uuid.uuid4(), uuid.uuid4()
    files.create(orphan)
    files.create(fresh)
    old = files.path_of(orphan).stat().st_mtime - KEPT.total_seconds() - 60
    for one in (files.path_of(orphan), files.path_of(UUID(kept.rpartition("/")[2]))):
        os.utime(one, (old, old))
    assert sweep() == 1
    assert not files.path_of(orphan).exists()
    assert files.path_of(fresh).exists()
    assert on_disk(kept) == b""


def claim_it(path: str, who: Person) -> Upload:
    with transaction.atomic():
        return claim(upload_id=UUID(path.rpartition("/")[2]), by=who.user)


def test_what_is_in_use_is_not_taken_away(teacher: Person) -> None:
    path = place(begin(teacher, 3))
    patch(teacher, path, b"abc", 0)
    claim_it(path, teacher)
    assert code(send(teacher, "DELETE", path)) == (409, "in_use")
    assert on_disk(path) == b"abc"


def test_a_row_claims_more_than_its_length_never(teacher: Person) -> None:
    place(begin(teacher))
    with pytest.raises(IntegrityError):
        Upload.objects.update(offset=F("length") + 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=1, max_size=400), cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=12))
def test_whatever_is_sent_in_whatever_order_the_file_is_the_file(
    teacher: Person, data: bytes, cuts: list[tuple[int, int]]
) -> None:
    """Pieces of the true file anywhere, then the rest from where the server stands."""
    path = place(begin(teacher, len(data), f"key-{hashlib.sha256(data).hexdigest()[:20]}-{len(cuts)}"))
    for start, length in cuts:
        patch(teacher, path, data[start : start + length], start)
    offset = int(send(teacher, "HEAD", path)["Upload-Offset"])
    assert on_disk(path) == data[:offset]
    patch(teacher, path, data[offset:], offset)
    assert on_disk(path) == data
    send(teacher, "DELETE", path)
