"""Settings refuse what must not run, in words that say what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from siji.embedded.environment import BACKEND, has_demo
from siji.settings import DEVELOPMENT_SECRET, Environment

GOOD = {
    "SIJI_ENV": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "siji.example.edu.cn",
    "DATABASE_URL": "postgresql://siji:secret@db/siji",
}


def test_a_complete_production_starts() -> None:
    assert Environment.read(GOOD).mode == "production"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": DEVELOPMENT_SECRET}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "at least 40"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"SIJI_DEMO": "1"}, "SIJI_DEMO must be off"),
        ({"DATABASE_URL": "postgresql://siji@db/siji"}, "DATABASE_URL must hold a password"),
        ({"DEBUG": "1"}, "DEBUG"),
    ],
)
def test_production_refuses(change: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        Environment.read(GOOD | change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SIJI_ENV": "staging"}, "must be development, test or production"),
        ({"SIJI_DEMO": "perhaps"}, "use 1 or 0"),
        ({"PORT": "eight"}, "PORT must be a whole number"),
        ({"DB_POOL_MIN": "30"}, "above DB_POOL_MAX"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        Environment.read(change)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "192.168.1.7"}, False),
        ({"HOST": "0.0.0.0", "SIJI_DEMO": "1"}, True),
        ({"SIJI_DEMO": "0"}, False),
        (GOOD, False),
    ],
)
def test_demo_accounts_are_for_ones_own_machine(environment: dict[str, str], expected: bool) -> None:
    assert has_demo(Environment.read(environment)) is expected


def test_the_command_says_it_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "siji.embedded", "up"],
        env={"PYTHONPATH": str(BACKEND), "SIJI_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Production refuses to start" in done.stderr
    assert "配置有误" in done.stderr
    assert "Traceback" not in done.stderr
