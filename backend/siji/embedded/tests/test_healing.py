"""A part that is killed or frozen is started again, and so are all of them at once."""

from __future__ import annotations

import os
import signal

import pytest

from siji.embedded.tests.machine import PARTS, Machine

pytestmark = pytest.mark.machine


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_heals(machine: Machine, part: str) -> None:
    before = machine.identity(part)
    os.kill(before.pid, signal.SIGKILL)
    machine.wait(lambda: machine.identity(part).pid != before.pid, f"a new {part}")
    machine.wait(lambda: f"ready on port {machine.port_of(part)} (pid {machine.identity(part).pid}" in machine.words
                 or f"ready (pid {machine.identity(part).pid}" in machine.words, f"a well {part}")  # fmt: skip
    assert f"{part:<13} ended (SIGKILL): starting it again" in machine.words


def test_frozen_parts_heal(machine: Machine) -> None:
    """At once, so that it takes as long as the most patient of them. Of the API the process that serves is frozen, not the one
    that would start it again."""
    frozen = [part for part in PARTS if part != "postgres"]
    before = {part: machine.identity(part) for part in frozen}
    for part in frozen:
        os.kill(before[part].family()[0].pid if part == "api" else before[part].pid, signal.SIGSTOP)
    for part in frozen:
        machine.wait(lambda: machine.identity(part).pid != before[part].pid, f"a new {part}", seconds=120)  # noqa: B023
        assert f"{part:<13} frozen, silent for" in machine.words
    machine.wait(lambda: machine.doctor()["ready"], "health", seconds=60)


def test_all_parts_killed_at_once_heal(machine: Machine) -> None:
    for part in PARTS:
        os.kill(machine.identity(part).pid, signal.SIGKILL)
    machine.wait(lambda: machine.doctor()["ready"], "health", seconds=60)
