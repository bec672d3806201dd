"""Is a part well, and is it alive at all? Asked in a thread of its own, so that a question that hangs holds nobody up.

Frozen is who lives but has not answered for a while. Slow is not frozen: only silence without a gap counts, over several
questions, and who works hard meanwhile is given more time. A part is not judged while one that it needs is silent itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import psutil

from siji.embedded.processes import Identity

Question = Callable[[], str | None]

SOON, LATER, AGAIN = 0.1, 3.0, 1.0  # seconds between questions: until it is well, then, and while it is silent
LONGEST_QUESTION = 10.0
FEWEST_FAILURES = 3
BUSY_SHARE = 0.05  # of one core, since it fell silent
BUSY_PATIENCE = 4


class Watch:
    """What is known of one process, from its start to its end."""

    def __init__(self, identity: Identity, *, is_ready: Question, is_silent: Question) -> None:
        self.identity = identity
        self.is_ready, self.is_silent = is_ready, is_silent
        self.is_well = False
        self.wrong: str | None = "has not answered yet"
        self._over = threading.Event()
        self._asked_at: float | None = None
        self._silent_since: float | None = None
        self._failures = 0
        self._work_before = 0.0
        threading.Thread(target=self._ask_on, daemon=True).start()

    def retire(self) -> None:
        self._over.set()

    def forgive(self) -> None:
        """What it needs was silent itself: its own silence counts from now."""
        if self._silent_since is not None:
            self._silent_since, self._failures = time.monotonic(), 0

    def seconds_silent(self) -> float:
        """0.0 unless it has been silent over several questions, or hangs in one."""
        now, asked, since = time.monotonic(), self._asked_at, self._silent_since
        if asked is not None and now - asked > LONGEST_QUESTION:
            return now - min(asked, since or asked)
        return now - since if since is not None and self._failures >= FEWEST_FAILURES else 0.0

    def is_working(self) -> bool:
        """It has used the processor since it fell silent: slow rather than frozen, or in an endless loop."""
        since = self._silent_since
        return since is not None and _work(self.identity) - self._work_before > BUSY_SHARE * (time.monotonic() - since)

    def is_stopped(self) -> bool:
        """By SIGSTOP: no other signal but SIGKILL reaches it."""
        return any(_status(process) == psutil.STATUS_STOPPED for process in _all(self.identity))

    def _ask_on(self) -> None:
        while not self._over.is_set():
            self._asked_at = time.monotonic()
            self._hear(self._asked_at, self._answer())
            self._asked_at = None
            silent = self._silent_since is not None
            self._over.wait((AGAIN if silent else LATER) if self.is_well else SOON)

    def _answer(self) -> str | None:
        """What is wrong with its being alive; notes on the way whether it is well."""
        if not self.is_well:
            self.wrong = _asked(self.is_ready)
            if self.wrong is None:
                self.is_well = True
                return None
        main = self.identity.process()
        return "is stopped" if main and _status(main) == psutil.STATUS_STOPPED else _asked(self.is_silent)

    def _hear(self, asked_at: float, silent: str | None) -> None:
        if silent is None:
            self._silent_since, self._failures = None, 0
            return
        self.wrong = silent
        self._failures += 1
        if self._silent_since is None:
            self._work_before, self._silent_since = _work(self.identity), asked_at


def _asked(question: Question) -> str | None:
    """An error of the question itself is an answer too: it must not end the thread that asks."""
    try:
        return question()
    except Exception as error:  # noqa: BLE001  # said with what is wrong
        return f"could not be asked: {error!r}"


def _all(identity: Identity) -> list[psutil.Process]:
    return [process for process in [identity.process(), *identity.family()] if process]


def _work(identity: Identity) -> float:
    """Seconds of processor used by all of it so far."""
    total = 0.0
    for process in _all(identity):
        with suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def _status(process: psutil.Process) -> str | None:
    with suppress(psutil.Error):
        return str(process.status())
    return None
