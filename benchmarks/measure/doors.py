"""What each front door costs: the same questions to an API process itself, through nginx, and through Next.js (``make run``).

Here Next.js asks the API through nginx, since it knows no more than one address; ``make run`` alone has a step less.
"""

from __future__ import annotations

import statistics

from measure.load import Load

TIMES = 60
PATHS = ("/api/v1/health/live", "/api/v1/me", "/api/v1/courses")


def compare(load: Load, *, users: int) -> dict[str, dict[str, float]]:
    """Median milliseconds by path and door, one person at a time, the first tenth left out."""
    place = next(n for n, _ in enumerate(range(users)) if n in (1, 3, 0))
    doors = {"api": load.product.ports["api-1"], "nginx": load.product.nginx_port, "next": load.product.ports["web-1"]}
    found: dict[str, dict[str, float]] = {path: {} for path in PATHS}
    for name, port in doors.items():
        for one in load.look([(place, path) for path in PATHS], users=users, port=port, times=TIMES):
            if one["status"] != 200:
                raise SystemExit(f"{one['path']} through {name} answered {one['status']}")
            found[one["path"]][name] = round(statistics.median(one["times"][TIMES // 10 :]), 2)
    return found
