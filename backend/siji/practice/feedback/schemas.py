"""What the interface says of marking while it goes on."""

from __future__ import annotations

from typing import Literal

from siji.practice.schemas import MachineMarks, WrittenOut
from siji.schema import Schema


class ScriptMarking(Schema):
    id: int
    slot: str
    state: Literal["unassigned", "waiting", "marked"]
    machine: MachineMarks
    written: WrittenOut | None


class MarkingNow(Schema):
    scripts: list[ScriptMarking]
    is_settled: bool
    """No engine is at it any more."""
