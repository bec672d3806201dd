"""A sealed file opens with its passphrase and in no other way; whoever touches it is found out."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from siji.embedded.backup.folder import Backup, Part, name_of, to_drop
from siji.embedded.backup.sealing import PIECE, Damaged, seal, sha256, unseal

PHRASE = "correct horse battery"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_was_sealed_comes_back(tmp_path: Path, size: int) -> None:
    plain, sealed, again = tmp_path / "plain", tmp_path / "sealed", tmp_path / "again"
    plain.write_bytes(os.urandom(size))
    seal(plain, sealed, PHRASE)
    unseal(sealed, again, PHRASE)
    assert again.read_bytes() == plain.read_bytes()
    assert size < 16 or plain.read_bytes()[:16] not in sealed.read_bytes()


def test_the_same_file_is_sealed_differently_each_time(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"secret")
    for name in ("one", "two"):
        seal(tmp_path / "plain", tmp_path / name, PHRASE)
    assert (tmp_path / "one").read_bytes() != (tmp_path / "two").read_bytes()


def cut_a_piece(data: bytes) -> bytes:
    return data[: 24 + 4 + PIECE + 16]


def swap_pieces(data: bytes) -> bytes:
    piece = 4 + PIECE + 16
    return data[:24] + data[24 + piece : 24 + 2 * piece] + data[24 : 24 + piece] + data[24 + 2 * piece :]


def flip_a_bit(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "touch", [cut_a_piece, swap_pieces, flip_a_bit, lambda data: data[:-3], lambda data: data[:24], lambda data: b"x" + data]
)
def test_what_was_touched_is_refused_and_nothing_is_left(tmp_path: Path, touch: object) -> None:
    plain, sealed, again = tmp_path / "plain", tmp_path / "sealed", tmp_path / "again"
    plain.write_bytes(os.urandom(2 * PIECE + 5))
    seal(plain, sealed, PHRASE)
    assert callable(touch)
    sealed.write_bytes(touch(sealed.read_bytes()))
    with pytest.raises(Damaged):
        unseal(sealed, again, PHRASE)
    assert not again.exists()


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"secret")
    seal(tmp_path / "plain", tmp_path / "sealed", PHRASE)
    with pytest.raises(Damaged, match="passphrase"):
        unseal(tmp_path / "sealed", tmp_path / "again", PHRASE + "!")


def test_a_backup_knows_each_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "home.tar.gz").write_bytes(b"all of it")
    part = Part("home.tar.gz", 9, sha256(tmp_path / "home.tar.gz"))
    Backup("", "", "", "", "0" * 24, is_sealed=False, parts=[part]).write(tmp_path)
    Backup.read(tmp_path).check(tmp_path)
    (tmp_path / "home.tar.gz").write_bytes(b"all 0f it")
    with pytest.raises(Damaged, match="not what was written"):
        Backup.read(tmp_path).check(tmp_path)
    (tmp_path / "home.tar.gz").unlink()
    with pytest.raises(Damaged, match="missing"):
        Backup.read(tmp_path).check(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", '{"parts": 5}', '{"parts": [{}]}'])
def test_what_says_nothing_of_itself_is_no_backup(tmp_path: Path, text: str) -> None:
    (tmp_path / "backup.json").write_text(text)
    with pytest.raises(Damaged):
        Backup.read(tmp_path)


def test_the_newest_are_kept() -> None:
    assert to_drop(["a", "b", "c"], 2) == ["a"]
    assert to_drop(["a", "b"], 2) == []
    assert to_drop(["a"], 5) == []


def test_names_sort_by_time() -> None:
    beijing = datetime(2026, 11, 27, 7, 0, tzinfo=timezone(timedelta(hours=8)))
    assert name_of(beijing) == "2026-11-26T230000Z" < name_of(datetime(2026, 11, 27, tzinfo=UTC))
