"""The built-in engine's mark of a script: under a second, and never raises on what a student can write."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from siji.language.marking.provisional import Provisional
from siji.practice.automarking.asked import asked_of
from siji.practice.models import Engine, MachineMark, Script

VERSION = "builtin@1"


def mark(script: Script) -> MachineMark:
    """Not saved."""
    found = asked_of(script).mark(script.text)
    return MachineMark(
        script=script,
        engine=Engine.BUILTIN,
        digest=script.digest,
        value=found.mark,
        anchor=found.anchor,
        low=found.low,
        high=found.high,
        confidence=round(found.confidence, 3),
        flags=[asdict(flag) for flag in found.flags],
        evidence=[asdict(each) for each in found.evidence],
        feedback=_feedback(found),
        version=VERSION,
    )


def _feedback(found: Provisional) -> dict[str, Any]:
    return asdict(found.feedback) | {"sentences": [asdict(each) for each in found.sentences]}
