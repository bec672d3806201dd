"""Reads a document in a process of its own, which is killed with all it started when its time is over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from siji.teaching.documents.blocks import Document
from siji.teaching.documents.troubles import SAID, Unreadable

Progress = Callable[[int, int], None]
SECONDS = 60.0
LONGEST_LINE = 32 * 2**20
SOURCES = Path(__file__).resolve().parents[3]
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from siji.teaching.documents.process import main; main(*sys.argv[2:])"


def read_document(path: Path, filename: str, *, progress: Progress, seconds: float = SECONDS) -> Document:
    """Raises Unreadable, which says why; FileNotFoundError; and whatever ``progress`` raises. After it nothing runs any more."""
    path = path.resolve(strict=True)
    with _reader(path, filename, seconds) as lines:
        for line in _said(lines):
            if "document" in line:
                return Document.parsed(line["document"])
            if "trouble" in line:
                raise Unreadable(line["trouble"] if line["trouble"] in SAID else "damaged", str(line["found"])[:40])
            progress(int(line["done"]), int(line["total"]))
    # It ended without a word: out of time, memory or processor, or the file has brought a library down.
    raise Unreadable("too_complex")


@contextmanager
def _reader(path: Path, filename: str, seconds: float) -> Iterator[IO[bytes]]:
    process = subprocess.Popen(  # noqa: S603  # our own program; the file's name is an argument, never a command
        [sys.executable, "-I", "-c", PROGRAM, str(SOURCES), str(path), filename],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env={"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")},
    )
    watchdog = threading.Timer(seconds, _kill, args=(process.pid,))
    watchdog.daemon = True
    watchdog.start()
    try:
        if process.stdout is None:
            raise Unreadable("server")
        yield process.stdout
    finally:
        watchdog.cancel()
        _kill(process.pid)
        process.communicate()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(pid, signal.SIGKILL)


def _said(lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    while line := lines.readline(LONGEST_LINE):
        try:
            yield json.loads(line)
        except ValueError:
            return
