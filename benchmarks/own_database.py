"""A database of its own for what asks the application in one process, made before and dropped after, as the tests have one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import get_runner, setup_test_environment


@contextmanager
def own_database() -> Iterator[None]:
    """After ``django.setup()``."""
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        yield
    finally:
        connection.close()
        runner.teardown_databases(databases)
