"""Settings refuse what must not run, in words that say what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from siji.embedded.environment import BACKEND, has_demo
from siji.production import DEVELOPMENT_SECRET
from siji.settings import Environment

GOOD = {
    "SIJI_ENV": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "siji.example.edu.cn",
    "DATABASE_URL": "postgresql://siji:secret@db/siji",
    "TRUSTED_PROXIES": "127.0.0.1",
}

REDIS = ("CACHE_URL", "BROKER_URL")
BAD_REDIS = (
    "redis://h:99999/0",
    "redis://h:abc/0",
    "redis://h:-1/0",
    "redis:///0",
    "redis://h/zero",
    "http://h:6379/0",
    "h:6379",
)
BAD_DATABASES = (
    *("postgresql://u:p@h:99999/d", "postgresql://u:p@h:abc/d", "postgresql://u:p#w@h/d", "postgresql://u:p@h:5432"),
    *("mysql://u:p@h/d", "nonsense", "postgresql://[::1/d", "postgresql://u:p@h:/d"),
)
BAD_ORIGINS = ("siji.example.edu.cn", "https://siji.example.edu.cn/", "https://*", "https://h:0", "ftp://h", "https://")


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
        ({"TRUSTED_PROXIES": ""}, "Nobody could sign in"),
        ({"TRUSTED_ORIGINS": "http://siji.example.edu.cn"}, "not https"),
        (
            {"TRUSTED_PROXIES": "", "TRUSTED_ORIGINS": "https://a.example", "HSTS_SECONDS": "60"},
            "HSTS_SECONDS needs TRUSTED_PROXIES",
        ),
    ],
)
def test_production_refuses(change: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        Environment.read(GOOD | change)


@pytest.mark.parametrize(
    "change",
    [{"TRUSTED_PROXIES": "", "TRUSTED_ORIGINS": "https://siji.example.edu.cn"}, {"TRUSTED_PROXIES": "", "SECURE_COOKIES": "0"}],
)
def test_one_way_for_browsers_to_sign_in_is_enough(change: dict[str, str]) -> None:
    assert Environment.read(GOOD | change).mode == "production"


def test_all_that_production_refuses_is_said_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment.read(GOOD | {"SECRET_KEY": "short", "SIJI_DEMO": "1"})
    assert "SECRET_KEY" in str(refusal.value)
    assert "SIJI_DEMO" in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SIJI_ENV": "staging"}, "must be one of development, test, production"),
        ({"SIJI_DEMO": "perhaps"}, "use 1 or 0"),
        *(({"PORT": text}, "PORT is .* from 0 to 65535") for text in ("eight", "99999", "-1", "80.5", "٣", "9" * 5000)),
        *(({"DB_POOL_TIMEOUT": text}, "DB_POOL_TIMEOUT is") for text in ("abc", "-1", "0", "nan", "inf", "1e9")),
        *(({name: "-2"}, f"{name} is '-2'") for name in ("DB_POOL_MIN", "DB_POOL_MAX", "DB_POOL_PROCESSES", "HASHES_AT_ONCE")),
        *(({"DATABASE_URL": text}, "DATABASE_URL cannot be used; write it like postgresql://") for text in BAD_DATABASES),
        *(({name: text}, f"{name} cannot be used; write it like redis://") for name in REDIS for text in BAD_REDIS),
        *(
            ({"SPEECH_URL": text, "SPEECH_MODEL": "m"}, "SPEECH_URL cannot be used")
            for text in ("speech", "ftp://h/", "http://h:0/")
        ),
        *(({"TRUSTED_ORIGINS": text}, "TRUSTED_ORIGINS: .* cannot be used") for text in BAD_ORIGINS),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES: 'nginx' is no address"),
        *(({"MODEL_ENDPOINTS": text}, "MODEL_ENDPOINTS cannot be used") for text in ("deepseek", "ftp://h/v1", "https://a,h:0")),
        ({"MODEL_KEY_FILE": "/nowhere/key"}, "MODEL_KEY_FILE: the file /nowhere/key cannot be read"),
        ({"MODEL_PROCESSES": "0"}, "MODEL_PROCESSES is '0'"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'LOUD'"),
        ({"DB_POOL_MIN": "30"}, "above DB_POOL_MAX"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        Environment.read(change)
    assert ":p" not in str(refusal.value), "a password is said"


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
