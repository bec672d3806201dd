"""``siji restart``: parts replaced one after the other while people work.

A new process is started beside the old one. Once it is well it takes the name; the balancer reads its file again and asks the
new one from then on; the old one is stopped when nobody is connected to it any more, or after a while. A new process that does
not become well is ended and the old one stays: a broken release stops here. A part of which two cannot run at once (beat; web,
api and stream without a balancer) is stopped first, which is said before.

The command writes what it wants into ``run/restart.json`` and sends SIGUSR1; the supervisor answers in ``run/restarted.json``.
"""

from __future__ import annotations

import os
import secrets
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

import psutil

from siji.embedded.home import Home, read_json, write_json
from siji.embedded.processes import Identity, end
from siji.embedded.supervisor import BESIDE, Kept, Supervisor
from siji.embedded.words import CannotStart, say

KINDS = ("api", "stream", "worker", "web", "beat")
SETTLE = 1.5
"""Seconds that nginx has to read its file again before anybody is sent away."""
DRAIN = 20.0
"""Seconds for the requests that were begun, and streams, which begin again elsewhere."""
LEAVE = 30.0
"""Seconds to end in after that: a worker finishes its jobs."""
PATIENCE = 600.0


class Rolling:
    def __init__(self, supervisor: Supervisor, moved: Callable[[], None]) -> None:
        """``moved``: tells the balancer where the parts are now."""
        self.supervisor, self.moved = supervisor, moved
        self.queue = deque[str]()
        self.coming: Kept | None = None
        self.going: Kept | None = None
        self.returning = ""
        self.since = 0.0
        self.is_told = False
        self.order = ""
        self.wanted = False

    def listen(self) -> None:
        def wanted(number: int, frame: FrameType | None) -> None:
            self.wanted = True

        signal.signal(signal.SIGUSR1, wanted)

    def look(self) -> None:
        if self.coming:
            self._look_at_coming(self.coming)
        elif self.going:
            self._look_at_going(self.going)
        elif self.returning:
            self._look_at_returning(self.supervisor.kept[self.returning])
        elif self.queue:
            self._begin(self.queue.popleft())
        elif self.order:
            self._answer("")
        elif self.wanted:
            self.wanted = False
            request = read_json(self.supervisor.home.run / "restart.json")
            self.order = str(request.get("order", ""))
            self.queue.extend(name for name in request.get("parts", []) if name in self.supervisor.kept)

    def _begin(self, name: str) -> None:
        old = self.supervisor.kept[name]
        if old.part.renewed is None:
            self._replace_at_once(old)
            return
        say(name, "being replaced: starting the new one beside it")
        try:
            self.coming = self.supervisor.spawn(old.part.renewed())
            self.supervisor.beside.append(self.coming)
            self.supervisor.write_record()
        except (OSError, CannotStart) as error:
            self._give_up(name, str(error))

    def _replace_at_once(self, old: Kept) -> None:
        say(old.part.name, "being replaced: only one can run, so it is stopped first")
        old.watch.retire()
        end(old.identity, stop=old.part.stop)
        old.process.wait()
        self.supervisor.begin(old.part)
        self.returning = old.part.name

    def _look_at_returning(self, kept: Kept) -> None:
        """The supervisor tries on and on, as with any part that ended."""
        if kept.is_well:
            self.returning = ""
        elif time.monotonic() - kept.since > kept.part.patience or kept.again_at is not None:
            self.returning = ""
            self._give_up(kept.part.name, f"{kept.watch.wrong}")

    def _look_at_coming(self, new: Kept) -> None:
        name = new.part.name
        if new.watch.is_well:
            self.coming, self.going = None, self.supervisor.kept[name]
            self.supervisor.kept[name] = new
            self.going.watch.retire()
            self.supervisor.beside[:] = [self.going]
            self.supervisor.say_well(new)
            self.supervisor.write_record()
            self.moved()
            self.since, self.is_told = time.monotonic(), False
        elif new.process.poll() is not None or time.monotonic() - new.since > new.part.patience:
            new.watch.retire()
            end(new.identity, stop=new.part.stop, patience=2)
            new.process.wait()
            self.coming = None
            self.supervisor.beside.clear()
            self.supervisor.write_record()
            self._give_up(name, f"{new.watch.wrong}")

    def _look_at_going(self, old: Kept) -> None:
        waited = time.monotonic() - self.since
        if old.process.poll() is not None:
            end(old.identity)
            self.supervisor.beside.clear()
            self.supervisor.write_record()
            say(old.part.name, f"the old one has ended (pid {old.identity.pid}, {waited:.1f} s)")
            self.going = None
        elif not self.is_told and waited > SETTLE and (waited > DRAIN or not _is_used(old)):
            self.is_told, self.since = True, time.monotonic()
            with suppress(ProcessLookupError):
                old.process.send_signal(old.part.stop)
        elif self.is_told and waited > LEAVE:
            end(old.identity, stop=old.part.stop, patience=0)

    def _give_up(self, name: str, why: str) -> None:
        say(name, f"cannot be replaced, the old one stays: {why}")
        self.queue.clear()
        self._answer(f"{name}: {why}")

    def _answer(self, wrong: str) -> None:
        write_json(self.supervisor.home.run / "restarted.json", {"order": self.order, "wrong": wrong})
        self.order = ""


def _is_used(kept: Kept) -> bool:
    """Somebody is connected to it; a worker finishes its jobs by itself."""
    if kept.part.port is None:
        return False
    for process in [kept.identity.process(), *kept.identity.family()]:
        with suppress(psutil.Error):
            links = process.net_connections(kind="tcp") if process else []
            if any(link.laddr.port == kept.part.port and link.status == psutil.CONN_ESTABLISHED for link in links):
                return True
    return False


def ask(home: Home, wanted: Sequence[str]) -> None:
    """Replace these parts (a kind or a name; none: all that are ours) and wait until it is done. Raises CannotStart."""
    rows = read_json(home.run / "parts.json")
    row = rows.get("supervisor")
    supervisor = Identity.of_row(row).process() if row else None
    if supervisor is None:
        raise CannotStart(
            f"{home.root} 中的 Siji 没有在运行，不需要重启。", f"Siji does not run in {home.root}: nothing to restart."
        )
    ours = [name for name in rows if name.partition("-")[0] in KINDS and BESIDE not in name]
    names = [name for name in ours if not wanted or name in wanted or name.partition("-")[0] in wanted]
    unknown = [word for word in wanted if not any(word in (name, name.partition("-")[0]) for name in names)]
    if unknown:
        raise CannotStart(
            f"没有可以重启的 {'、'.join(unknown)}。可以写：{'、'.join(ours)}。数据库和 Redis 要停下整个 Siji 再启动。",
            f"There is no {', '.join(unknown)} to restart. There are: {', '.join(ours)}. The database and Redis are "
            "restarted with the whole of Siji.",
        )
    order = secrets.token_hex(8)
    write_json(home.run / "restart.json", {"order": order, "parts": names})
    os.kill(supervisor.pid, signal.SIGUSR1)
    until = time.monotonic() + PATIENCE
    while (told := read_json(home.run / "restarted.json")).get("order") != order:
        if time.monotonic() > until or not supervisor.is_running():
            raise CannotStart("重启没有完成，请看 siji up 的输出。", "The restart did not end: see what siji up says.")
        time.sleep(0.1)
    if told["wrong"]:
        raise CannotStart(
            f"新进程没有启动，旧的还在运行：{told['wrong']}。请看 {home.root}/log。",
            f"The new process did not start and the old one still runs: {told['wrong']}. See {home.root}/log.",
        )
    print(f"已替换 / replaced: {', '.join(names)}")
