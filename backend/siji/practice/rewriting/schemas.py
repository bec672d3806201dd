"""What the interface says of a text and the versions of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from siji.practice.feedback.rules import Kind
from siji.problems import Words
from siji.schema import Schema


class VersionMark(Schema):
    value: int
    by: Literal["teacher", "rule", "model", "builtin"]
    marker: str
    """The teacher's name; "" for every other."""
    is_provisional: bool


class TextVersion(Schema):
    """The first text or one of its rewrites, with the mark that stands or is shown meanwhile."""

    attempt: UUID
    number: int
    """1 for the first text."""
    submitted_at: datetime
    words: int
    mark: VersionMark | None
    builtin: int | None
    """The built-in engine's, the same engine for every version: by it they can be compared."""


class TextPiece(Schema):
    change: Literal["same", "gone", "new"]
    text: str


class TextFault(Schema):
    kind: Kind
    quote: str
    better: str | None


class AdviceTaken(Schema):
    """One of the three things to do that the first text was given."""

    words: Words
    is_done: bool
    """True where it is none of the three that the new text is given."""


class TextComparison(Schema):
    """With the first text. Faults and advice are the built-in engine's; null until it has read both."""

    pieces: list[TextPiece]
    advice: list[AdviceTaken] | None
    faults_gone: list[TextFault] | None
    faults_left: list[TextFault] | None
    faults_new: list[TextFault] | None


class Rewriting(Schema):
    may_rewrite: bool
    versions: list[TextVersion]
    """Oldest first; one where it was not written anew."""
    this: int
    """The number of the version that the report is of."""
    compared: TextComparison | None
    """null for the first text."""
