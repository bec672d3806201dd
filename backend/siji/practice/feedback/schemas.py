"""What the interface says of marking while it goes on."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

from siji.practice.schemas import InlineMark, MachineMarks
from siji.problems import Words


class SourceSentenceWritten(Schema):
    """A sentence of the source, a version that would do, and what the student made of it. A key."""

    source: str
    version: str
    comment: str


class WrittenOut(Schema):
    """A model's longer feedback, in Chinese. While it is being written: as far as it is."""

    state: Literal["writing", "done", "failed"]
    overall: str
    next: list[str]
    higher: str
    """What a script of the next band would do."""
    inline: list[InlineMark]
    """Empty until every quote was looked up in the script."""
    noted: int
    """How many it named so far, looked up or not."""
    sentences: list[SourceSentenceWritten]
    failure: Words | None
    version: str
    model: str


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
