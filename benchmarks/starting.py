"""How long a school waits for its product: the first start of a home, later ones and each stop, seconds.

``.venv/bin/python benchmarks/starting.py [STARTS]`` (3 unless told; the front door has to be built:
``make web``). Without a demo school, which the first start would load in the background.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend")]

from siji.embedded.tests.machine import Machine  # noqa: E402  # the path comes first


def main(starts: int) -> None:
    machine = Machine()
    try:
        for number in range(1, starts + 1):
            seconds = machine.start()
            assert machine.doctor()["ready"]
            began = time.monotonic()
            assert machine.stop() == 0
            print(f"start {number}: ready after {seconds:.1f} s; stopped in {time.monotonic() - began:.1f} s")
    finally:
        machine.remove()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
