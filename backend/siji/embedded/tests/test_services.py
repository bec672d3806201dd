"""Servers of one's own for one command; PostgreSQL after a crash and behind a closed folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from django.test import override_settings

from siji.embedded import places, postgres
from siji.embedded.budget import check_budget
from siji.embedded.environment import BACKEND
from siji.embedded.home import Home
from siji.embedded.parts import server_parts
from siji.embedded.places import ELSEWHERE
from siji.embedded.processes import Identity, end, spawn
from siji.embedded.services import Services, wait_until_well
from siji.embedded.words import CannotStart

LOOK = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as c:
    print(c.info.server_version // 10000, c.execute("SELECT rolsuper FROM pg_roles WHERE rolname = 'siji'").fetchone()[0])
for name in ("BROKER_URL", "CACHE_URL"):
    print(redis.Redis.from_url(os.environ[name]).config_get("maxmemory-policy")["maxmemory-policy"])
print(os.environ["SIJI_HOME"])
raise SystemExit(7)
"""


@pytest.fixture
def home() -> Iterator[Home]:
    root = Path(mkdtemp(prefix="siji home "))
    root.chmod(0o711)
    yield Home.open(root)
    shutil.rmtree(root)


def _services(home: Home) -> Services:
    return Services(home, home.choose_ports(["postgres", "redis-broker", "redis-cache"]))


@contextmanager
def _running(server: postgres.Postgres, home: Home) -> Iterator[subprocess.Popen[bytes]]:
    server.heal_or_make()
    log = home.log("postgres")
    with spawn(server.command, log=log, env=postgres.environment(), account=server.place.account) as process:
        identity = Identity.of(process.pid)
        try:
            wait_until_well(server.what_is_wrong, name="postgres", log=log, is_alive=lambda: process.poll() is None)
            yield process
        finally:
            end(identity, stop=signal.SIGINT)


@pytest.mark.machine
def test_a_command_gets_real_servers_and_its_exit_code_comes_back() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "siji.embedded", "with-services", "--", sys.executable, "-c", LOOK],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    version, broker, cache, home = done.stdout.splitlines()
    assert version == "18 False"
    assert (broker, cache) == ("noeviction", "allkeys-lfu")
    assert not Path(home).exists()


@pytest.mark.machine
def test_postgres_heals_after_a_kill_with_a_strangers_pid_in_its_file(home: Home) -> None:
    server = _services(home).postgres
    with _running(server, home) as process:
        server.prepare()
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        with psycopg.connect(server.url) as busy:
            busy.execute("SELECT 1")
            process.kill()
            process.wait()
            busy.close()
    pid_file = server.place.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    with spawn(["sleep", "60"], log=home.log("stranger"), env={}, account=server.place.account) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with _running(server, home), psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.machine
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives PostgreSQL another user")
def test_a_closed_folder_above_sends_the_data_elsewhere(home: Home) -> None:
    home.root.chmod(0o700)
    server = _services(home).postgres
    assert server.place.folder.parent == ELSEWHERE
    assert _services(home).postgres.place == server.place
    with _running(server, home):
        assert server.place.data.stat().st_uid != 0
    shutil.rmtree(server.place.folder)


def test_a_first_start_cut_short_is_made_anew(home: Home) -> None:
    server = _services(home).postgres
    half = server.place.data.with_name(".half-made")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server.make()
    assert not half.exists()
    assert (server.place.data / "global" / "pg_control").exists()


@pytest.mark.django_db
def test_the_budget_is_held_against_what_the_database_admits() -> None:
    with override_settings(CONNECTIONS_NEEDED=10):
        assert check_budget().startswith("at most 10 of ")
    with override_settings(CONNECTIONS_NEEDED=10_000), pytest.raises(CannotStart, match="DB_POOL_MAX"):
        check_budget()


def test_a_database_elsewhere_costs_this_machine_no_user_and_no_folder(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(*_: object) -> None:
        raise AssertionError("the machine is touched")

    for name in ("own_account", "_folder", "_copy_programs"):
        monkeypatch.setattr(places, name, make)
    monkeypatch.setattr("siji.embedded.services.choose_place", make)
    parts = server_parts(_services(home), frozenset({"DATABASE_URL"}))
    assert [part.name for part in parts] == ["redis-broker", "redis-cache"]
    with pytest.raises(AssertionError, match="touched"):
        server_parts(_services(home), frozenset())
