"""How long the matrix takes, said before it begins: a run that nobody has the time for is never run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from faults.drills import BESIDE
from faults.table import FAULTS, Fault

MOST_SECONDS = 45 * 60.0
BEGINNINGS = {"school": 150.0, "wires": 60.0, "small": 60.0}
"""Starting the world and making the attempts that are filled."""
CONTROLS, DRILL, AFTER = 75.0, 150.0, 4.0


def expected(faults: Sequence[Fault], *, spacing: float, drills: Iterable[str], measured: Mapping[str, float]) -> float:
    """Seconds. ``measured``: what each fault and drill took the last time; of one that never ran, what it may take at the most.

    The school comes first and alone; the smaller worlds and the drills of ``BESIDE`` side by side; the other drills at the end.
    """
    in_a6 = [fault for fault in FAULTS if fault.in_a6]
    is_a6 = all(fault in faults for fault in in_a6)
    alone = [fault for fault in faults if not (is_a6 and fault.in_a6)]
    worlds = dict.fromkeys((fault.world for fault in faults), 0.0)
    for world in worlds:
        held = sum(measured.get(fault.name, longest(fault)) for fault in alone if fault.world == world)
        worlds[world] = BEGINNINGS[world] + held
    school = worlds.pop("school") + CONTROLS + is_a6 * spacing * len(in_a6) if "school" in worlds else 0.0
    took = {name: measured.get(name, DRILL) for name in drills}
    beside = sum(seconds for name, seconds in took.items() if name in BESIDE)
    return school + max(0.0, beside, *worlds.values()) + sum(took.values()) - beside


def longest(fault: Fault) -> float:
    return fault.times * fault.hold + fault.longest_down + AFTER


def said(seconds: float) -> str:
    over = "" if seconds <= MOST_SECONDS else f", more than the {MOST_SECONDS / 60:.0f} that it may take"
    return f"expected: {seconds / 60:.0f} minutes{over}"
