"""What the built-in engine says of a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from siji.language.grammar.rules import Kind
from siji.language.signs import Sign


@dataclass(frozen=True, slots=True)
class Both:
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A named reason to look twice; ``quote`` is empty where the whole script shows it."""

    name: Sign
    says: Both
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """``script[start:end]`` is ``quote``. ``speaks``: for or against the script."""

    quote: str
    start: int
    end: int
    speaks: Literal["for", "against"]
    says: Both


@dataclass(frozen=True, slots=True)
class Inline:
    """A mark in the text; ``script[start:end]`` is ``quote``. ``better`` is None where the repair is the writer's own."""

    kind: Kind
    quote: str
    start: int
    end: int
    reason: Both
    better: str | None
    is_serious: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """Two sentences on the whole, three things to do next, marks in the text in its order."""

    overall: Both
    next: tuple[Both, ...]
    inline: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of the source and what became of it. ``script`` is the sentence that comes nearest, empty where none does."""

    source: str
    script: str
    met: tuple[str, ...]
    missed: tuple[str, ...]
    accepted: Mapping[str, tuple[str, ...]]
    best: str
    is_conveyed: bool


@dataclass(frozen=True, slots=True)
class Provisional:
    """A mark from 0 to 15 in an anchor band, with the chance that it is at most one away (``confidence``) and where four of five
    marks would lie (``low`` to ``high``). ``parts``: what each measure gives or takes, in marks, against a middling script."""

    mark: int
    anchor: int
    low: int
    high: int
    confidence: float
    flags: tuple[Flag, ...]
    evidence: tuple[Evidence, ...]
    measures: Mapping[str, float]
    parts: Mapping[str, float]
    feedback: Feedback
    sentences: tuple[SourceSentence, ...] = ()
