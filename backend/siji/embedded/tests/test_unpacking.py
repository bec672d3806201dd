"""What a backup's archive may hold: an archive from elsewhere must not write beside the folder it is unpacked into."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from siji.embedded.backup.restoring import _unpack
from siji.embedded.backup.sealing import Damaged


def packed(folder: Path, name: str, **more: object) -> Path:
    archive = folder / "home.tar.gz"
    member = tarfile.TarInfo(name)
    member.size = 0 if more else 4
    for field, value in more.items():
        setattr(member, field, value)
    with tarfile.open(archive, "w:gz") as made:
        made.addfile(member, io.BytesIO(b"kept"))
    return archive


def test_files_come_out_under_their_names(tmp_path: Path) -> None:
    _unpack(packed(tmp_path, "recordings/a..b.mp3"), tmp_path / "into")
    assert (tmp_path / "into" / "recordings" / "a..b.mp3").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("../beside", {}),
        ("a/../../beside", {}),
        ("/tmp/beside", {}),  # noqa: S108  # never written
        ("link", {"type": tarfile.SYMTYPE, "linkname": "/etc"}),
        ("hard", {"type": tarfile.LNKTYPE, "linkname": "../beside"}),
        ("pipe", {"type": tarfile.FIFOTYPE}),
    ],
)
def test_nothing_leads_out(tmp_path: Path, name: str, more: dict[str, object]) -> None:
    with pytest.raises(Damaged, match="no file or folder of a backup"):
        _unpack(packed(tmp_path, name, **more), tmp_path / "into")
    assert list((tmp_path / "into").iterdir()) == []
    assert not (tmp_path / "beside").exists()
