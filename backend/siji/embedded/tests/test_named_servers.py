"""Servers that a school has already are used as they are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from siji.embedded.home import read_json
from siji.embedded.tests.machine import Machine

pytestmark = pytest.mark.machine


def test_servers_that_are_named_are_used_and_not_started(tmp_path: Path) -> None:
    """Those of this test run, as a school's own. Without papers: nobody waits for their voices here."""
    without_papers = shutil.copytree(settings.SIJI_CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("siji-*"))
    own = {name: os.environ[name] for name in ("DATABASE_URL", "CACHE_URL", "BROKER_URL")}
    machine = Machine(root=None, port=None, SIJI_CONTENT=str(without_papers), **own)
    try:
        machine.start()
        report = machine.doctor()
        assert report["ready"], report
        assert not any(part["port"] for part in report["parts"] if part["name"] in ("postgres", "redis-cache", "redis-broker"))
        assert set(read_json(machine.home / "run" / "parts.json")) == {"supervisor", "api", "stream", "worker", "beat", "web"}
        assert not list(machine.home.glob("postgres*")), "what is not started leaves nothing"
    finally:
        machine.remove()
