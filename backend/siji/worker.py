"""The worker and beat processes: the app of siji.celery, and what is asked before it works."""

import gc
import logging
import os
import sys
import threading
from importlib import import_module
from typing import Any

from celery.signals import after_setup_logger, after_setup_task_logger, heartbeat_sent, worker_init, worker_ready
from django.conf import settings

from siji.embedded.starting import check_start, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
# Of its many threads nearly all wait for a model and have given their connection back; without a pool each would keep its own.
POOL = {"DB_POOL": "1", "DB_POOL_MIN": "1", "DB_POOL_MAX": "8", "DB_POOL_RESERVED": "0", "DB_POOL_TIMEOUT": "30"}
for name, value in POOL.items():
    os.environ.setdefault(name, value)
or_refuse(lambda: import_module("siji.settings"))

from siji.celery import app  # noqa: E402  # it reads the settings, which may be refused above
from siji.language.marking.loading import load  # noqa: E402  # not before the settings
from siji.storage.scrubbing import Scrubbing  # noqa: E402
from siji.storage.tracing import WithRequestId  # noqa: E402

__all__ = ["app"]

SWITCH_AFTER = 0.0005
"""Seconds that a thread computes while others want to: each of the many short steps to a model would wait the usual 5 ms."""

TABLES_AFTER = 10.0
"""Seconds from readiness until the tables of the marking are read, which takes 3 s of processor."""


@after_setup_logger.connect
@after_setup_task_logger.connect
def write_as_the_others_do(logger: logging.Logger, **_: Any) -> None:
    """Celery brings handlers of its own, whose lines had neither the request's id nor anything taken out."""
    for handler in logger.handlers:
        handler.setFormatter(Scrubbing(settings.LINE))
        handler.addFilter(WithRequestId())


@worker_init.connect
def check(**_: Any) -> None:
    or_refuse(check_start)
    sys.setswitchinterval(SWITCH_AFTER)


@worker_ready.connect
def go_on(**_: Any) -> None:
    """Imported here: the apps are ready only now."""
    import_module("siji.monitoring.writing").start_writing()
    # After the start, which the other parts share the processor for; a script that comes sooner reads them itself.
    reading = threading.Timer(TABLES_AFTER, _read_tables)
    reading.name, reading.daemon = "marking-tables", True
    reading.start()


def _read_tables() -> None:
    """What stays for as long as the process is not looked through by the collector, which stops every thread 0.2 s for it."""
    load()
    gc.collect()
    gc.freeze()


@heartbeat_sent.connect
def beat(**_: Any) -> None:
    """From the loop that takes tasks, so a loop that hangs falls silent. Nobody looks where no supervisor made the folder."""
    if (folder := settings.SIJI_HOME / "run").is_dir():
        (folder / settings.HEARTBEAT).touch()
