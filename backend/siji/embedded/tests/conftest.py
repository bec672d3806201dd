"""These tests look at servers of their own from outside; the test run's cache is none of their business."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from siji.embedded.door import Door
from siji.embedded.tests.begun import begun_machine, remove_begun
from siji.embedded.tests.machine import Machine
from siji.embedded.tests.stand_in import open_door


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        remove_begun()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """In place of the one that clears the cache of the test run."""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with open_door(tmp_path_factory.mktemp("a home")) as door:
        yield door


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """One that runs, for all tests of a file."""
    machine = begun_machine()
    try:
        machine.start()
        yield machine
    finally:
        machine.remove()
