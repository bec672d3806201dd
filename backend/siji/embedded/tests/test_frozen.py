"""A part that lives but does not answer is ended and started again; one that is only slow is left in peace."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread

import pytest

from siji.embedded import supervisor, watch
from siji.embedded.home import Home
from siji.embedded.parts import Part, server_parts
from siji.embedded.services import Services
from siji.embedded.supervisor import Supervisor

SLEEPER = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
BUSY = "while True: pass"


class Voice:
    """Whether a part answers, as the test decides."""

    def __init__(self) -> None:
        self.wrong: str | None = None
        self.hangs = Event()
        self.hangs.set()

    def __call__(self) -> str | None:
        self.hangs.wait(20)
        return self.wrong


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("SOON", 0.02), ("LATER", 0.05), ("AGAIN", 0.1), ("LONGEST_QUESTION", 1.0)):
        monkeypatch.setattr(watch, name, seconds)
    monkeypatch.setattr(supervisor, "TICK", 0.02)


@pytest.fixture
def home() -> Iterator[Home]:
    root = Path(mkdtemp(prefix="siji home "))
    root.chmod(0o711)
    yield Home.open(root)
    shutil.rmtree(root)


def part(name: str, voice: Callable[[], str | None], code: str = SLEEPER, **more: object) -> Part:
    made = Part(name, [sys.executable, "-c", code], {}, voice, silence=0.5, grace=0.5)
    return replace(made, **more)  # type: ignore[arg-type]


@contextmanager
def kept(home: Home, *parts: Part) -> Iterator[Supervisor]:
    keeper = Supervisor(home)
    keeper.start([parts])
    thread = Thread(target=keeper.watch)
    thread.start()
    try:
        yield keeper
    finally:
        keeper.stopping.set()
        thread.join(30)
        keeper.stop([parts])


def pid(keeper: Supervisor, name: str) -> int:
    return keeper.kept[name].identity.pid


def replaced(keeper: Supervisor, name: str, before: int, *, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while pid(keeper, name) == before:
        assert time.monotonic() < until, f"{name} is still {before}"
        time.sleep(0.02)


def healed(keeper: Supervisor, name: str, before: int, *, seconds: float = 20) -> None:
    replaced(keeper, name, before, seconds=seconds)
    until = time.monotonic() + seconds
    while not keeper.kept[name].is_well:
        assert time.monotonic() < until, f"{name} does not become well"
        time.sleep(0.02)


@pytest.mark.parametrize("code", [SLEEPER, STUBBORN])
def test_who_does_not_answer_is_ended_in_the_end_by_force(home: Home, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice()
    with kept(home, part("api", voice, code)) as keeper:
        time.sleep(0.5)  # until the stubborn one has learnt to be so
        before = pid(keeper, "api")
        voice.wrong = "does not answer"
        until = time.monotonic() + 10
        while keeper.kept["api"].kill_at is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        voice.wrong = None
        healed(keeper, "api", before)
    said = capsys.readouterr().out
    assert f"(does not answer): ending it (pid {before})" in said
    assert f"ended ({'SIGKILL' if code is STUBBORN else 'SIGTERM'}): starting it again" in said


def test_a_stopped_process_is_frozen_whatever_else_answers(home: Home) -> None:
    with kept(home, part("api", Voice())) as keeper:
        before = pid(keeper, "api")
        os.kill(before, signal.SIGSTOP)
        healed(keeper, "api", before)


def test_a_silence_with_gaps_is_only_slow(home: Home) -> None:
    voice = Voice()
    with kept(home, part("api", voice)) as keeper:
        before = pid(keeper, "api")
        for _ in range(4):
            voice.wrong = "timed out"
            time.sleep(0.3)
            voice.wrong = None
            time.sleep(1.1)
        assert pid(keeper, "api") == before


def test_who_works_hard_is_given_more_time(home: Home) -> None:
    lazy, busy = Voice(), Voice()
    with kept(home, part("lazy", lazy), part("busy", busy, BUSY, silence=1.0)) as keeper:
        before = pid(keeper, "busy")
        lazy.wrong = busy.wrong = "timed out"
        began = time.monotonic()
        until = began + 3.0
        while time.monotonic() < until:
            assert pid(keeper, "busy") == before
            time.sleep(0.05)
        assert keeper.kept["lazy"].freezes
        replaced(keeper, "busy", before)


def test_each_freeze_soon_after_another_is_tolerated_longer(home: Home) -> None:
    voice = Voice()
    with kept(home, part("api", voice)) as keeper:
        limits = []
        for _ in range(3):
            before = pid(keeper, "api")
            limits.append(keeper._tolerated(keeper.kept["api"]))
            os.kill(before, signal.SIGSTOP)
            healed(keeper, "api", before)
        assert limits == [0.5, 1.0, 2.0]


def test_a_question_that_hangs_stops_nobody_and_counts_as_silence(home: Home) -> None:
    hanging, voice = Voice(), Voice()
    with kept(home, part("api", hanging), part("web", voice)) as keeper:
        api, web = pid(keeper, "api"), pid(keeper, "web")
        hanging.hangs.clear()
        os.kill(web, signal.SIGKILL)
        healed(keeper, "web", web, seconds=5)
        replaced(keeper, "api", api)
        hanging.hangs.set()


def test_a_question_that_fails_is_said_and_asked_again(home: Home) -> None:
    """Before a part is well, and after: with the thread that asks gone, nobody would hear it again."""
    answers: list[Exception | None] = [OSError("no such file"), None, OSError("gone for a moment"), None, None]

    def voice() -> None:
        if len(answers) > 1 and (failure := answers.pop(0)):
            raise failure

    with kept(home, part("api", voice)) as keeper:
        before = pid(keeper, "api")
        until = time.monotonic() + 10
        while len(answers) > 1:
            assert time.monotonic() < until, f"nobody asks any more: {answers}"
            time.sleep(0.02)
        time.sleep(1.5)  # longer than LONGEST_QUESTION: a thread that ended in a question looks like one that hangs
        assert keeper.kept["api"].is_well
        assert pid(keeper, "api") == before


def test_nobody_is_blamed_for_a_server_that_is_silent(home: Home) -> None:
    server, voice = Voice(), Voice()
    """And once the server answers, who needs it is given its whole time to answer too."""
    api_part = part("api", voice, silence=1.5, needs=("postgres",))
    with kept(home, part("postgres", server, silence=9.0), api_part) as keeper:
        postgres, api = pid(keeper, "postgres"), pid(keeper, "api")
        server.wrong = voice.wrong = "timed out"
        time.sleep(3)
        assert pid(keeper, "api") == api
        server.wrong = None
        time.sleep(0.8)
        assert keeper.kept["api"].freezes == 0
        replaced(keeper, "api", api)
        assert pid(keeper, "postgres") == postgres


def test_who_cannot_be_started_again_is_tried_again_and_stops_nobody(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A replica needs its primary for a start."""
    starts: list[None] = []

    def prepare() -> None:
        starts.append(None)
        if len(starts) == 2:
            raise RuntimeError("the primary is away")

    with kept(home, part("replica", Voice(), before=prepare), part("api", Voice())) as keeper:
        replica, api = pid(keeper, "replica"), pid(keeper, "api")
        os.kill(replica, signal.SIGKILL)
        healed(keeper, "replica", replica)
        os.kill(api, signal.SIGKILL)
        healed(keeper, "api", api)
    assert "cannot start, next try in 0.4 s: the primary is away" in capsys.readouterr().out


@pytest.mark.machine
def test_a_frozen_database_heals_and_keeps_what_is_committed(home: Home) -> None:
    servers = Services(home, home.choose_ports(["postgres", "redis-broker", "redis-cache"]))
    (database,) = server_parts(servers, frozenset({"BROKER_URL", "CACHE_URL"}))
    with kept(home, replace(database, silence=1.0)) as keeper:
        with servers.postgres.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        before = pid(keeper, "postgres")
        os.kill(before, signal.SIGSTOP)
        healed(keeper, "postgres", before, seconds=40)
        with servers.postgres.connect() as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
