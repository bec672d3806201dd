"""The negative controls: what the verdict must see when the product is made worse on purpose."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from beside import api_beside

from faults.users import at_work
from faults.verdict import downtime, lost
from faults.world import World

SAVING, NOBODY = 20.0, 15.0
MORE_THAN = 8.0
"""Seconds that users must have been down for, when nobody starts again what was killed."""


def acknowledges_early(world: World, folder: Path) -> dict[str, Any]:
    """An API that rolls back one save in ten after it has acknowledged it: the ledgers must show it."""
    from faults.run import acknowledged_in, kept_in

    with (
        api_beside(world.machine, "early_acknowledging:application") as base,
        at_work(world.machine.inside, base.removesuffix("/api/v1"), folder, seconds=SAVING, kinds={"save": 4}) as users,
    ):
        time.sleep(SAVING)
    gone = len(lost(acknowledged_in(folder, users), kept_in(world)))
    sign = f"{gone} of {sum(user.acknowledged for user in users)} lost, as they must be"
    return {"name": "control: acknowledges-early", "is_control": True, "lost": gone, "ok": gone > 0, "sign": sign}


def nobody_restarts(world: World, folder: Path) -> dict[str, Any]:
    """Both API processes killed while the supervisor stands still: users must be seen to be down until it goes on."""
    supervisor = world.supervisor()
    with at_work(world.machine.inside, world.base, folder, seconds=60, kinds={"save": 2}) as users:
        time.sleep(2)
        supervisor.suspend()
        try:
            for part in ("api-1", "api-2"):
                world.send(world.pids(part), signal.SIGKILL)
            time.sleep(NOBODY)
        finally:
            supervisor.resume()
        time.sleep(2)
        down = downtime([ask for user in users for ask in list(user.asks)], until=time.monotonic())
    sign = f"users down for {down:.1f} s, as they must be"
    return {"name": "control: nobody-restarts", "is_control": True, "lost": 0, "downtime_s": round(down, 1),
            "longest_allowed_s": f">{MORE_THAN:.0f}", "ok": down > MORE_THAN, "sign": sign}  # fmt: skip


CONTROLS_OF: dict[str, list[Callable[[World, Path], dict[str, Any]]]] = {"school": [acknowledges_early, nobody_restarts]}
