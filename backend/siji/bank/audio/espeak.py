"""Speech by espeak-ng in a process of its own: robotic, but always there, at 100 times real time."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from siji.bank.audio.script import Speaker
from siji.bank.audio.voices import CannotSpeak, Spoken

PROGRAM = Path(__file__).with_name("espeak_process.py")
LONGEST_SECONDS = 120.0
NATURAL_SPEED = 150

VOICES: dict[Speaker, dict[str, Any]] = {
    "W": {"voice": "en-us+f3", "pitch": 58, "pace": 1.0},
    "M": {"voice": "en-gb-x-rp+m3", "pitch": 36, "pace": 1.0},
    "N": {"voice": "en-us", "pitch": 46, "pace": 0.95},
}


def engine() -> str | None:
    """The engine and its release, None where it is not installed. Nothing is started for this."""
    try:
        return f"espeakng-loader {version('espeakng-loader')}"
    except PackageNotFoundError:
        return None


@contextmanager
def espeak(*, seconds: float = LONGEST_SECONDS) -> Iterator[Espeak]:
    """The speaker, killed when done or after so many seconds. Raises CannotSpeak."""
    if engine() is None:
        raise CannotSpeak("espeak-ng is not installed (espeakng-loader).", permanent=True)
    process = subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-I", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    watchdog = threading.Timer(seconds, process.kill)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield Espeak(process)
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


class Espeak:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._in, self._out = _pipe(process.stdin), _pipe(process.stdout)
        try:
            header = json.loads(self._out.readline())
        except ValueError:
            raise self._died() from None
        self.sample_rate: int = header["sample_rate"]

    def speak(self, lines: Sequence[Spoken]) -> list[bytes]:
        return [self._speak(line) for line in lines]

    def _speak(self, line: Spoken) -> bytes:
        voice = VOICES[line.voice]
        speed = round(NATURAL_SPEED * voice["pace"] * line.speed)
        wanted = {"voice": voice["voice"], "pitch": voice["pitch"], "speed": speed, "text": line.text}
        try:
            self._in.write(json.dumps(wanted).encode() + b"\n")
            self._in.flush()
        except BrokenPipeError:
            raise self._died() from None
        return self._read(struct.unpack(">I", self._read(4))[0])

    def _read(self, count: int) -> bytes:
        data = self._out.read(count)
        if len(data) < count:
            raise self._died()
        return data

    def _died(self) -> CannotSpeak:
        self._process.kill()
        said = _pipe(self._process.stderr).read().decode(errors="replace").strip().rpartition("\n")[2]
        return CannotSpeak(f"espeak-ng stopped: {said or 'it was killed or ran out of time'}", permanent=False)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise CannotSpeak("espeak-ng has no pipe.", permanent=True)
    return pipe
