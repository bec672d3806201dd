"""A model endpoint on this machine that is set up, and the process's loop closed after each story."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from model_server.running import running
from model_server.server import ModelServer
from siji.ai.loop import close_loop
from siji.ai.tests.acting import HONEST


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[ModelServer]:
    """Allowed, not yet chosen."""
    with running() as server:
        server.script.rules = [HONEST]
        settings.MODEL_ENDPOINTS = (server.url,)
        yield server
        close_loop()
    _sockets_of_calls_that_were_cut_off()


def _sockets_of_calls_that_were_cut_off() -> None:
    """A call that is cancelled while it connects leaves its socket to the collector: here, and not within a later story."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
