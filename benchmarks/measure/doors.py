"""What each front door costs: the same questions to the API itself, through nginx, and through Next.js (``make run``)."""

from __future__ import annotations

import statistics

from measure.load import Load

TIMES = 60
PATHS = ("/api/v1/health/live", "/api/v1/me", "/api/v1/courses")


def compare(load: Load, *, users: int) -> dict[str, dict[str, float]]:
    """Median milliseconds by path and door, one person at a time, the first tenth left out."""
    place = next(n for n, _ in enumerate(range(users)) if n in (1, 3, 0))
    doors = {"api": load.product.ports["api"], "nginx": load.product.nginx_port, "next": load.product.ports["web"]}
    found: dict[str, dict[str, float]] = {path: {} for path in PATHS}
    for name, port in doors.items():
        for one in load.look([(place, path) for path in PATHS], users=users, port=port, times=TIMES):
            if one["status"] != 200:
                raise SystemExit(f"{one['path']} through {name} answered {one['status']}")
            found[one["path"]][name] = round(statistics.median(one["times"][TIMES // 10 :]), 2)
    return found
