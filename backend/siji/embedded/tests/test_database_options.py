"""What stands behind the question mark of a database's URL reaches the driver, or is refused by its name."""

from __future__ import annotations

import os

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from siji.settings import Environment, database

URL = "postgresql://siji:secret@db:6000/siji"


def options(query: str) -> dict[str, object]:
    found: dict[str, object] = database("DATABASE_URL", f"{URL}?{query}", pool=False)["OPTIONS"]
    return found


def test_without_options_it_is_as_before() -> None:
    assert database("DATABASE_URL", URL, pool=False) == {
        "ENGINE": "siji.storage.postgres",
        "NAME": "siji",
        "USER": "siji",
        "PASSWORD": "secret",
        "HOST": "db",
        "PORT": 6000,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "siji",
            "prepare_threshold": 5,
            "options": "-c gin_fuzzy_search_limit=20000",
        },
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sslmode=verify-full&sslrootcert=%2Fetc%2Froot+ca.pem", {"sslmode": "verify-full", "sslrootcert": "/etc/root+ca.pem"}),
        ("target_session_attrs=read-write", {"target_session_attrs": "read-write"}),
        ("connect_timeout=9&application_name=school", {"connect_timeout": "9", "application_name": "school"}),
        ("ssl=true", {"sslmode": "require"}),
        ("options=-c%20work_mem%3D8MB", {"options": "-c gin_fuzzy_search_limit=20000 -c work_mem=8MB"}),
    ],
)
def test_what_libpq_knows_is_handed_on(query: str, expected: dict[str, object]) -> None:
    assert options(query).items() >= expected.items()


def test_they_reach_the_server(db: None) -> None:
    """Through the driver itself, as Django calls it."""
    url = os.environ["DATABASE_URL"] + "?application_name=school%204&options=-c%20work_mem%3D8MB&sslmode=disable"
    described = database("DATABASE_URL", url, pool=False)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    with psycopg.connect(**{ours: described[name] for name, ours in names.items()}, **described["OPTIONS"]) as connection:
        asked = (
            "SELECT current_setting('application_name'), current_setting('work_mem'), current_setting('gin_fuzzy_search_limit')"
        )
        assert connection.execute(asked).fetchone() == ("school 4", "8MB", "20000")


@pytest.mark.parametrize("name", ["DATABASE_URL", "REPLICA_URLS"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sslmod=require", "'sslmod' cannot be used"),
        ("sslmode", "'sslmode' cannot be used"),
        ("=require", "'' cannot be used"),
        ("replication=database", "'replication' cannot be used"),
        ("sslmode=require&pool=true", "'pool' cannot be used"),
        ("host=other", "host belongs before the question mark"),
        ("password=other%21", "password belongs before the question mark"),
        ("connect_timeout=other%21", "connect_timeout must be a whole number"),
    ],
)
def test_what_nobody_would_read_is_refused_by_its_name(name: str, query: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        Environment.read({name: f"{URL}?{query}"})
    assert name in str(refusal.value)
    assert not {word for word in ("secret", "other", "!") if word in str(refusal.value)}, "a value is said"


def test_each_replica_has_its_own() -> None:
    first, second = Environment.read({"REPLICA_URLS": f"{URL}?sslmode=require, {URL}?connect_timeout=1"}).replica_urls
    assert database("REPLICA_URLS", first, pool=False, connect_timeout=2)["OPTIONS"]["connect_timeout"] == 2
    assert database("REPLICA_URLS", second, pool=False, connect_timeout=2)["OPTIONS"]["connect_timeout"] == "1"
