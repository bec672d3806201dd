"""Named people and how they act: every story test speaks through these.

``student`` and ``classmate`` are in ``course``, which ``teacher`` teaches; ``stranger`` is a student who is in no course;
``other_teacher`` teaches something else; ``admin`` administers. Real PostgreSQL and Redis: run through ``make test-backend`` or
``siji with-services -- pytest``.
"""

from __future__ import annotations

import functools
import gc
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.cache import cache, caches
from django.db import connection
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from siji.accounts import crowding
from siji.accounts.models import AuditEntry, AuditSeal, Role, User
from siji.bank import loading
from siji.bank.models import Paper
from siji.bank.sources import Content, read_content
from siji.courses.models import Course, CourseStatus, Enrollment

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply
    from pytest_django.plugin import DjangoDbBlocker as Blocker

PASSWORD = "Correct-horse-4"
_hashed: list[str] = []

# A busy machine is slow now and then; that is no failure of a rule.
hypothesis.settings.register_profile("siji", deadline=None)
hypothesis.settings.load_profile("siji")


class Person:
    """Somebody at a browser, signed in unless asked otherwise: JSON in and out, with CSRF as a real browser sends it."""

    def __init__(self, user: User, *, signed_in: bool = True) -> None:
        self.user = user
        self.browser = Client(enforce_csrf_checks=True)
        if signed_in:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = _session_of(user)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        if "csrftoken" not in self.browser.cookies:
            self.browser.cookies["csrftoken"] = get_random_string(CSRF_SECRET_LENGTH)
        token = self.browser.cookies["csrftoken"].value
        return self.browser.generic(
            method,
            f"/api/v1{path}",
            data=b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"X-CSRFToken": token, **headers},
        )

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None) -> Reply:
        return self.send("POST", path, body)

    def put(self, path: str, body: Any = None) -> Reply:
        return self.send("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> Reply:
        return self.send("PATCH", path, body)

    def delete(self, path: str) -> Reply:
        return self.send("DELETE", path)


def _session_of(user: User) -> str:
    """As ``force_login`` leaves it, which saves a session twice: a tenth of all that thousands of tests do."""
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    session.save()
    return str(session.session_key)


def make_user(username: str, role: str = Role.STUDENT, **fields: Any) -> User:
    """A user whose password is PASSWORD; hashed once a session, since argon2 is slow on purpose."""
    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    fields.setdefault("name", username.title())
    user: User = User.objects.create(username=username, role=role, password=_hashed[0], **fields)
    return user


class Counting(Protocol):
    """What ``django_assert_num_queries`` is: use it as ``with counting(n):``."""

    def __call__(self, num: int) -> AbstractContextManager[CaptureQueriesContext]: ...


def pytest_collection_finish() -> None:
    """What thousands of tests are made of stays to the end: the collector need not look at it again and again.

    Nor as often at what each of them makes: at its own pace it took a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(worker_id: str) -> None:
    """Each worker of a parallel run has a Redis database of its own: one empties it while another counts on it."""
    place, _, number = settings.CACHE_URL.rpartition("/")
    worker = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
    settings.CACHE_URL = settings.CACHES["default"]["LOCATION"] = f"{place}/{int(number or 0) + worker}"
    with suppress(AttributeError):
        del caches["default"]  # made while tests were collected, with the address before this one


@pytest.fixture(autouse=True, scope="session")
def _sessions_ended(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[None]:
    """The threads of event loops keep sessions open, which would keep the test database from being dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        others = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        connection.close()


@pytest.fixture(autouse=True, scope="session")
def _emptied_and_no_more() -> Iterator[None]:
    """What a test that commits has left is deleted where there is something; Django truncates all tables, which takes far longer,
    and fills in permissions and content types, which nothing here asks for.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.management.commands.flush.sql_flush", _what_empties)
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield


AUDIT = {AuditEntry._meta.db_table, AuditSeal._meta.db_table}


def _what_empties(_style: object, connection: BaseDatabaseWrapper, **_how: object) -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables))
        filled = {table for (table,) in cursor.fetchall()}
    # Foreign keys are asked at the end of the transaction; from the audit nothing can be deleted.
    emptied = [f"TRUNCATE {', '.join(AUDIT)}"] if filled & AUDIT else []
    return [*emptied, *(f"DELETE FROM {table}" for table in sorted(filled - AUDIT))]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    crowding.people.forget()
    crowding.addresses.forget()
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def teacher(db: None) -> Person:
    return Person(make_user("teacher", Role.TEACHER))


@pytest.fixture
def other_teacher(db: None) -> Person:
    return Person(make_user("other_teacher", Role.TEACHER))


@pytest.fixture
def admin(db: None) -> Person:
    return Person(make_user("admin", Role.ADMIN))


@pytest.fixture
def course(teacher: Person) -> Course:
    return Course.objects.create(name="大学英语四级", teacher=teacher.user, status=CourseStatus.ACTIVE, code="TESTCODE")


def _enrolled(username: str, number: str, course: Course) -> Person:
    person = Person(make_user(username, student_number=number, administrative_class="外语 2401"))
    Enrollment.objects.create(course=course, student=person.user)
    return person


@pytest.fixture
def student(course: Course) -> Person:
    return _enrolled("student", "2024001", course)


@pytest.fixture
def classmate(course: Course) -> Person:
    return _enrolled("classmate", "2024002", course)


@pytest.fixture
def stranger(db: None) -> Person:
    return Person(make_user("stranger"))


@functools.cache
def _first_shipped() -> Content:
    """Read once: its files take half as long again as everything else that loading does."""
    content = read_content(settings.SIJI_CONTENT)
    return replace(content, papers=[paper for paper in content.papers if paper.about.slug == "siji-01"])


@pytest.fixture
def paper(db: None, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The first shipped paper, loaded as it is shipped and without the second; its track is not made."""
    with monkeypatch.context() as patch:
        patch.setattr(loading, "read_content", lambda _: _first_shipped())
        loading.load_all(settings.SIJI_CONTENT)
    return Paper.objects.get(slug="siji-01")
