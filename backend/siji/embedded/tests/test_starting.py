"""Every process that serves asks first whether it may: tried by starting the real ones against the database of the test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.db import connection

from siji.accounts.models import Role, User
from siji.conftest import make_user
from siji.embedded.demo.accounts import close_demo, remember
from siji.embedded.environment import BACKEND
from siji.embedded.parts import answers
from siji.embedded.ports import free_port
from siji.embedded.processes import Identity, end

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]

GRANIAN = [sys.executable, "-m", "granian", "--no-ws"]
CELERY = [sys.executable, "-m", "celery", "-A", "siji.worker"]
COMMANDS = {
    "api": [*GRANIAN, "--interface", "wsgi", "siji.wsgi:application"],
    "stream": [*GRANIAN, "--interface", "asginl", "siji.asgi:application"],
    "worker": [*CELERY, "worker", "-P", "threads", "-c", "1"],
}
PRODUCTION = {
    "SIJI_ENV": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "siji.example.edu.cn",
    "TRUSTED_PROXIES": "127.0.0.1",
}


@dataclass(frozen=True)
class Told:
    code: int
    words: str


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    given = {"DATABASE_URL": url, "CACHE_URL": settings.CACHE_URL, "BROKER_URL": settings.CELERY_BROKER_URL}
    system = {"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND)}
    return {name: value for name, value in {**system, **given, **PRODUCTION, **changes}.items() if value}


def start(process: str, **changes: str) -> Told:
    """As an operator starts it, in production; a process that does not refuse would be killed after a while and fail the test."""
    command = [*COMMANDS[process], *(["--port", str(free_port())] if process != "worker" else [])]
    done = subprocess.run(
        command,
        env=_environment(changes),
        cwd=BACKEND,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return Told(done.returncode, done.stdout)


@pytest.fixture
def demo_school(db: None) -> list[User]:
    """Small, and remembered as the real one is."""
    people = [make_user("admin", Role.ADMIN), make_user("student01", student_number="20240001")]
    remember(people)
    return people


@pytest.mark.parametrize("process", COMMANDS)
def test_production_does_not_serve_a_demo_school(process: str, demo_school: list[User]) -> None:
    told = start(process)
    assert told.code == 1
    assert "还有 2 个演示账号" in told.words
    assert "siji demo remove" in told.words
    assert "Traceback" not in told.words


@pytest.mark.parametrize("process", COMMANDS)
def test_pools_that_exceed_the_database_are_refused(process: str, db: None) -> None:
    told = start(process, DB_POOL_PROCESSES="50", DB_POOL_MAX="20")
    assert told.code == 1
    assert "1008 个数据库连接" in told.words
    assert "50 × 20 + 8" in told.words
    assert "Traceback" not in told.words


@pytest.mark.parametrize(
    ("process", "change", "words"),
    [
        ("api", {"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ("stream", {"DEBUG": "1"}, "DEBUG must not be set"),
        ("worker", {"SIJI_DEMO": "1"}, "SIJI_DEMO must be off"),
        ("api", {"TRUSTED_PROXIES": ""}, "Nobody could sign in"),
        ("api", {"DB_POOL_TIMEOUT": "abc"}, "DB_POOL_TIMEOUT is 'abc'"),
        ("stream", {"DATABASE_URL": "postgresql://siji:x@127.0.0.1:99999/siji"}, "DATABASE_URL cannot be used"),
        ("worker", {"BROKER_URL": ""}, "must name DATABASE_URL, CACHE_URL and BROKER_URL"),
    ],
)
def test_a_configuration_that_must_not_run_ends_in_words(process: str, change: dict[str, str], words: str, db: None) -> None:
    told = start(process, **change)
    assert told.code == 1
    assert words in told.words
    assert "Traceback" not in told.words


def test_a_right_production_serves_behind_https(demo_school: list[User]) -> None:
    close_demo()
    port = free_port()
    command = [*COMMANDS["api"], "--port", str(port)]
    with subprocess.Popen(command, env=_environment({"HSTS_SECONDS": "3600"}), cwd=BACKEND, start_new_session=True) as process:
        identity = Identity.of(process.pid)
        try:
            until = time.monotonic() + 30
            while answers(f"http://127.0.0.1:{port}/api/v1/health/live", host="siji.example.edu.cn"):
                assert time.monotonic() < until
                time.sleep(0.1)
            assert _sign_in(port, proto="https") == (401, "max-age=3600")
            assert _sign_in(port, proto="http") == (403, None)
        finally:
            end(identity)


def _sign_in(port: int, *, proto: str) -> tuple[int, str | None]:
    """As a browser at https://siji.example.edu.cn; 403 is the foreign origin, 401 a wrong password."""
    headers = {
        "Host": "siji.example.edu.cn",
        "Origin": "https://siji.example.edu.cn",
        "X-Forwarded-Proto": proto,
        "Content-Type": "application/json",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as link:
        link.request("POST", "/api/v1/session", body='{"username": "nobody", "password": "wrong"}', headers=headers)
        response = link.getresponse()
        return response.status, response.headers["Strict-Transport-Security"]
