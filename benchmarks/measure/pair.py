"""Ours and the naive build beside each other: same database, same people, same mix, alternating step by step.

The mix is the part of the day that both builds have: course list, course, own progress, class results, class list. Before
anything is timed their answers are compared, body by body; one difference ends the measurement.
"""

from __future__ import annotations

import json
from typing import Any

from measure.figures import holds
from measure.load import Load

SAMPLED = 20


def measure(load: Load, naive: int, users: list[int], seconds: float) -> dict[str, Any]:
    """Each of the two climbs until a step does not hold; at one number ours goes first, at the next the naive build."""
    compared = compare(load, naive, users=max(SAMPLED, min(users)))
    found: dict[str, Any] = {"ours": [], "naive": [], "compared_bodies": compared}
    doors = {"ours": None, "naive": naive}
    for turn, number in enumerate(users):
        for name in sorted(doors, reverse=turn % 2 == 0):
            steps = found[name]
            if steps and not holds(steps[-1]):
                continue
            step = load.step(users=number, seconds=seconds, mix="pair", port=doors[name])
            steps.append(step)
            cpu = step["naive_cpu_percent"] if name == "naive" else step["product_cpu_percent"]
            figures = f"{step['requests_per_second']}/s, mean {step['mean_ms']:.1f} ms, {cpu} % CPU, {step['errors']}"
            print(f"  {name} {number}: {figures}", flush=True)
    return found


def compare(load: Load, naive: int, *, users: int) -> int:
    """How many bodies were the same. Ends the measurement at the first that is not."""
    school = load.school
    asks = [(place, path) for place, card in enumerate(school["people"][:SAMPLED]) for path in paths_of(card)]
    users = min(users, len(school["people"]))
    pairs = zip(load.look(asks, users=users), load.look(asks, users=users, port=naive), strict=True)
    for mine, theirs in pairs:
        if mine["status"] != 200 or mine["body"] != theirs["body"]:
            detail = json.dumps([mine, theirs], ensure_ascii=False)[:3000]
            raise SystemExit(f"the naive build answers {mine['path']} otherwise than ours: {detail}")
    return len(asks)


def paths_of(card: dict[str, Any]) -> list[str]:
    courses = [f"/api/v1/courses/{course}" for course in card["courses"][:3]]
    if card["role"] != "teaching":
        return ["/api/v1/courses", "/api/v1/me/progress", *courses]
    staff = [f"{course}/{what}" for course in courses for what in ("results", "students")]
    return ["/api/v1/courses", *courses, *staff]
