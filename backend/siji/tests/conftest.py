"""The world of ``world.py``: built once for each file, and for each test as fresh as built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection, transaction

from siji.tests.world import World, build

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker as Blocker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The city of ``test_nothing_is_scanned.py`` takes as long to build as a hundred tests. What comes first is taken over by no
    other process (``--dist worksteal`` takes from the end), so that it is built once.
    """
    items.sort(key=lambda item: "city" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: Blocker, tmp_path_factory: pytest.TempPathFactory, _own_cache: None
) -> Iterator[World]:
    """In one transaction that is never committed: building it for each test would take a minute more."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "SIJI_HOME", tmp_path_factory.mktemp("home"))
        world = build()
        connection.check_constraints()  # once, and not at the end of each test for all that was built
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> World:
    """What a test does to it is undone by ``db``, whose transaction lies within that of the building."""
    return _built
