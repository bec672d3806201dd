"""Keeps the parts running: starts them in order, waits until each is well, starts again what ends or freezes, and stops all in
reverse.

A part that ends is started again after a pause that doubles up to 30 s and is forgotten after a minute of running. One that is
frozen (see watch.py) is asked to stop, then killed; each time soon after another it is given twice as long, so that a part that
is only slow under load is not restarted for ever. Everything started is recorded with its start time; what a killed supervisor
left behind is ended by the next one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from siji.embedded.home import Home, read_json, write_json
from siji.embedded.parts import Part, Step
from siji.embedded.processes import Identity, end, kill, spawn
from siji.embedded.services import last_words
from siji.embedded.watch import BUSY_PATIENCE, Watch
from siji.embedded.words import CannotStart, say

TICK = 0.2
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
STABLE = 60.0
CALM = 600.0
LONGER = (1, 2, 4, 8, 16)
STOP_PATIENCE = 8.0
BESIDE = " beside "
LOG_LIMIT = 10 * 1024 * 1024

Stage = Sequence[Part] | Step


class Stopped(Exception):
    """Somebody asked us to stop while we were still starting."""


@dataclass
class Kept:
    """A part and the process that is it now."""

    part: Part
    process: subprocess.Popen[bytes]
    identity: Identity
    since: float
    watch: Watch
    is_well: bool = False
    """Said so."""
    pause: float = SHORTEST_PAUSE
    again_at: float | None = None
    """When it has ended: the time to start it again."""
    kill_at: float | None = None
    """When it was frozen and has been asked to stop: the time to kill it."""
    freezes: int = 0
    """How often it froze, of late."""


class Supervisor:
    def __init__(self, home: Home) -> None:
        self.home = home
        self.kept: dict[str, Kept] = {}
        self.stopping = threading.Event()
        self.looks: list[Callable[[], None]] = []
        """What else is looked after, as often as the parts are."""
        self.beside: list[Kept] = []
        """Not yet or no longer what bears their name: coming, or finishing what they have begun."""

    def listen_for_stop(self) -> None:
        def stop(number: int, frame: FrameType | None) -> None:
            self.stopping.set()

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)

    def end_orphans(self) -> None:
        """What an earlier supervisor started and could not stop."""
        for name, row in reversed(read_json(self._record).items()):
            identity = Identity.of_row(row)
            if name != "supervisor" and (identity.process() or identity.family()):
                say(name, f"still runs from before (pid {identity.pid}): ending it")
                end(identity, stop=signal.SIGINT if name == "postgres" else signal.SIGTERM, patience=STOP_PATIENCE)

    def start(self, stages: Sequence[Stage]) -> None:
        """Raises CannotStart when a part does not come up or a step fails, Stopped when asked to stop meanwhile."""
        for stage in stages:
            if isinstance(stage, Step):
                self._do(stage)
                continue
            for part in stage:
                self.begin(part)
            for part in stage:
                self._wait(self.kept[part.name])
                part.after()

    def watch(self) -> None:
        """Until asked to stop."""
        cut_at = 0.0
        while not self.stopping.wait(TICK):
            self._look()
            for look in self.looks:
                look()
            if time.monotonic() >= cut_at:
                self.cut_logs()
                cut_at = time.monotonic() + 30

    def stop(self, stages: Sequence[Stage]) -> None:
        """The last started first; the parts of a stage at once."""
        for one in self.beside:
            end(one.identity, stop=one.part.stop, patience=1)
        for stage in reversed([stage for stage in stages if not isinstance(stage, Step)]):
            leaving = [self.kept.pop(part.name) for part in reversed(stage) if part.name in self.kept]
            for kept in leaving:
                kept.watch.retire()
                with suppress(ProcessLookupError):
                    kept.process.send_signal(kept.part.stop)
            for kept in leaving:
                end(kept.identity, stop=kept.part.stop, patience=STOP_PATIENCE)
                kept.process.wait()
                say(kept.part.name, "stopped")
        self._record.unlink(missing_ok=True)

    def _do(self, step: Step) -> None:
        began, log = time.monotonic(), self.home.log(step.name)
        process = spawn(step.command, log=log, env=step.environment)
        while process.poll() is None:
            if self.stopping.wait(TICK / 4):
                end(Identity.of(process.pid))
                raise Stopped
        if process.returncode and step.is_needed:
            raise CannotStart(
                f"{step.name} 失败，日志 {log} 的最后几行：\n{last_words(log)}",
                f"{step.name} failed; the last lines of its log are above.",
            )
        if process.returncode:
            say(step.name, f"failed; Siji starts without it. The last lines of {log}:\n{last_words(log)}")
        else:
            say(step.name, f"done ({time.monotonic() - began:.1f} s)")

    def begin(self, part: Part) -> None:
        before = self.kept.get(part.name)
        kept = self.kept[part.name] = self.spawn(part)
        if before:
            kept.pause, kept.freezes = before.pause, before.freezes
        self.write_record()

    def spawn(self, part: Part) -> Kept:
        part.before()
        process = spawn(part.command, log=self.home.log(part.name), env=part.environment, cwd=part.cwd, account=part.account)
        identity = Identity.of(process.pid)
        watch = Watch(identity, is_ready=part.what_is_wrong, is_silent=part.is_silent or part.what_is_wrong)
        return Kept(part, process, identity, time.monotonic(), watch)

    def _wait(self, kept: Kept) -> None:
        while not kept.watch.is_well:
            is_over = kept.process.poll() is not None or time.monotonic() - kept.since > kept.part.patience
            if is_over:
                log, wrong = self.home.log(kept.part.name), kept.watch.wrong
                raise CannotStart(
                    f"{kept.part.name} 没有启动：{wrong}\n日志 {log} 的最后几行：\n{last_words(log)}",
                    f"{kept.part.name} did not start: {wrong}\nThe last lines of its log are above.",
                )
            if self.stopping.wait(TICK / 4):
                raise Stopped
        self.say_well(kept)

    def say_well(self, kept: Kept) -> None:
        kept.is_well = True
        where = f" on port {kept.part.port}" if kept.part.port else ""
        say(kept.part.name, f"ready{where} (pid {kept.identity.pid}, {time.monotonic() - kept.since:.1f} s)")

    def _look(self) -> None:
        for kept in list(self.kept.values()):
            if kept.again_at is not None:
                if time.monotonic() >= kept.again_at:
                    self._start_again(kept)
            elif (code := kept.process.poll()) is not None:
                self._has_ended(kept, code)
            elif not kept.is_well and kept.watch.is_well:
                self.say_well(kept)
            else:
                self._look_for_frost(kept)

    def _look_for_frost(self, kept: Kept) -> None:
        now = time.monotonic()
        if kept.kill_at is not None:
            if now >= kept.kill_at:
                kill([process for process in [kept.identity.process(), *kept.identity.family()] if process])
        elif any(self._is_doubtful(self.kept.get(name)) for name in kept.part.needs):
            kept.watch.forgive()
        elif (silent := kept.watch.seconds_silent()) and silent > self._tolerated(kept):
            self._end_frozen(kept, silent)

    def _is_doubtful(self, needed: Kept | None) -> bool:
        """None: another runs it, elsewhere."""
        return needed is not None and (needed.again_at is not None or not needed.is_well or needed.watch.seconds_silent() > 0)

    def _tolerated(self, kept: Kept) -> float:
        """Seconds of silence."""
        if time.monotonic() - kept.since > CALM:
            kept.freezes = 0
        limit = kept.part.silence if kept.is_well else kept.part.patience
        limit *= LONGER[min(kept.freezes, len(LONGER) - 1)]
        # Asked only when it matters, since it looks at every process.
        is_slow = kept.watch.seconds_silent() > limit and kept.watch.is_working()
        return limit * BUSY_PATIENCE if is_slow else limit

    def _end_frozen(self, kept: Kept, silent: float) -> None:
        say(kept.part.name, f"frozen, silent for {silent:.0f} s ({kept.watch.wrong}): ending it (pid {kept.identity.pid})")
        kept.freezes += 1
        kept.kill_at = time.monotonic() + (0 if kept.watch.is_stopped() else kept.part.grace)
        with suppress(ProcessLookupError):
            kept.process.send_signal(kept.part.stop)

    def _has_ended(self, kept: Kept, code: int) -> None:
        kept.watch.retire()
        kill(kept.identity.family())
        if time.monotonic() - kept.since > STABLE:
            kept.pause = SHORTEST_PAUSE
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        say(kept.part.name, f"ended ({how}): starting it again in {kept.pause:.1f} s")
        kept.again_at = time.monotonic() + kept.pause
        kept.pause = min(kept.pause * 2, LONGEST_PAUSE)

    def _start_again(self, kept: Kept) -> None:
        try:
            self.begin(kept.part)
        except Exception as error:  # noqa: BLE001  # what one part needs (a replica its primary) may be away: the others are kept
            say(kept.part.name, f"cannot start, next try in {kept.pause:.1f} s: {error}")
            kept.again_at = time.monotonic() + kept.pause
            kept.pause = min(kept.pause * 2, LONGEST_PAUSE)

    @property
    def _record(self) -> Path:
        return self.home.run / "parts.json"

    def write_record(self) -> None:
        rows = {"supervisor": Identity.of(os.getpid()).as_row() | {"port": None}}
        beside = [(f"{kept.part.name}{BESIDE}{kept.identity.pid}", kept) for kept in self.beside]
        for name, kept in [*self.kept.items(), *beside]:
            rows[name] = kept.identity.as_row() | {"port": kept.part.port}
        write_json(self._record, rows)

    def cut_logs(self) -> None:
        """One earlier file is kept. The writers append, so they go on at the new end."""
        for log in self.home.log("x").parent.glob("*.log"):
            if log.stat().st_size > LOG_LIMIT:
                shutil.copyfile(log, log.with_suffix(".log.1"))
                os.truncate(log, 0)
