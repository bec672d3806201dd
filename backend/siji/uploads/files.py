"""The bytes on disk, under SIJI_HOME/uploads. Whatever returns from here has reached the disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from siji.storage.durable import sync_folder


class Lost(Exception):
    """The file is shorter than what was acknowledged: a disk was exchanged, or somebody cleaned up."""


def folder() -> Path:
    return Path(settings.SIJI_HOME) / "uploads"


def path_of(upload_id: UUID) -> Path:
    return folder() / upload_id.hex


def create(upload_id: UUID) -> None:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path_of(upload_id), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    sync_folder(folder())


def write(upload_id: UUID, offset: int, data: bytes) -> None:
    """Raises Lost. What stood behind ``offset`` is gone."""
    try:
        descriptor = os.open(path_of(upload_id), os.O_WRONLY)
    except FileNotFoundError as error:
        raise Lost(upload_id.hex) from error
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        if os.fstat(descriptor).st_size < offset:
            raise Lost(upload_id.hex)
        os.ftruncate(descriptor, offset)
        file.seek(offset)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(descriptor)


def is_lost(upload_id: UUID, offset: int) -> bool:
    path = path_of(upload_id)
    return not path.is_file() or path.stat().st_size < offset


def sha256_of(upload_id: UUID) -> str:
    with path_of(upload_id).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(upload_id: UUID) -> None:
    path_of(upload_id).unlink(missing_ok=True)


def older_than(seconds: float, *, now: float) -> Iterator[UUID]:
    """Files that nothing has been written to for so long."""
    if not folder().is_dir():
        return
    for path in folder().iterdir():
        with _still_there():
            if now - path.stat().st_mtime > seconds:
                yield UUID(hex=path.name)


@contextmanager
def _still_there() -> Iterator[None]:
    """Another sweeper may take it first; what bears another name is not ours to judge."""
    try:
        yield
    except (FileNotFoundError, ValueError):
        return
