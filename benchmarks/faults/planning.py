"""How long the matrix takes, said before it begins: a run that nobody has the time for is never run. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from faults.table import FAULTS, Fault

MOST_SECONDS = 45 * 60.0
BEGINNINGS = {"school": 150.0, "wires": 60.0, "small": 60.0}
"""Starting the world and making the attempts that are filled."""
CONTROLS, DRILL, AFTER = 75.0, 150.0, 4.0


def expected(faults: Sequence[Fault], *, spacing: float, drills: int, measured: Mapping[str, float]) -> float:
    """Seconds. ``measured``: what each took the last time; of one that never ran, what it may take at the most."""
    in_a6 = [fault for fault in FAULTS if fault.in_a6]
    is_a6 = all(fault in faults for fault in in_a6)
    alone = [fault for fault in faults if not (is_a6 and fault.in_a6)]
    worlds = {fault.world for fault in faults}
    held = sum(measured.get(fault.name, longest(fault)) for fault in alone)
    controls = CONTROLS if "school" in worlds else 0.0
    return held + is_a6 * spacing * len(in_a6) + sum(BEGINNINGS[world] for world in worlds) + controls + DRILL * drills


def longest(fault: Fault) -> float:
    return fault.times * fault.hold + fault.longest_down + AFTER


def said(seconds: float) -> str:
    over = "" if seconds <= MOST_SECONDS else f", more than the {MOST_SECONDS / 60:.0f} that it may take"
    return f"expected: {seconds / 60:.0f} minutes{over}"
