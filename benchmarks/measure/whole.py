"""``make bench``: every row of the acceptance table, one command after another. Writes build/acceptance.json.

The school day, fifty scripts at once, uploads over a bad network, the main pages in a slowed-down browser and in Lighthouse:
each by its own command, alone on the machine, and none keeps the others from being measured. A6 takes half an hour of faults by
itself; it is what ``make faults`` measured last here, and says when. What no command of this run measured is not in the
table, whatever an earlier one left in build/. Arguments go to the school day.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measure import acceptance

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"


@dataclass(frozen=True)
class Part:
    """A command of the Makefile, its arguments, and the file that it writes in build/."""

    command: str
    arguments: str
    file: str


DAY = Part("bench-day", "", "acceptance.json")
MARKING = Part("bench-ai", "", "ai_marking.json")
UPLOADS = Part("bench-uploads", "--uploads 300 --kills 6", "uploads.json")
PAGES = Part("bench-pages", "--main", "pages.json")
LIGHTHOUSE = Part("bench-lighthouse", "--runs 1", "lighthouse.json")
PARTS = (DAY, MARKING, UPLOADS, PAGES, LIGHTHOUSE)
FAULTS = "faults.json"


def main() -> None:
    began = time.time()
    broken = [part.command for part in PARTS if not measured(part, sys.argv[1:], began)]
    rows = table(BUILD, began)
    details = {"measured": day["measured"]} if (day := written(BUILD, DAY, began)) else {}
    (BUILD / "acceptance.json").write_text(json.dumps({**rows, **details}, indent=1, ensure_ascii=False) + "\n")
    print(f"\n{acceptance.printed(rows)}\n\n{time.time() - began:.0f} s; build/acceptance.json", flush=True)
    if broken:
        raise SystemExit(f"without a figure, for a reason that stands above: {', '.join(broken)}")


def measured(part: Part, arguments: list[str], began: float) -> bool:
    """Whether it wrote what it found: a target that is missed ends a command with an error, too."""
    given = " ".join(arguments) if part is DAY else part.arguments
    print(f"[{time.strftime('%H:%M:%S')}] make {part.command} {given}", flush=True)
    subprocess.run(["make", "--no-print-directory", part.command, f"ARGS={given}"], cwd=ROOT, check=False)
    return written(BUILD, part, began) is not None


def written(build: Path, part: Part, began: float) -> dict[str, Any] | None:
    """None where it is of an earlier run."""
    file = build / part.file
    if not file.exists() or file.stat().st_mtime < began:
        return None
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def table(build: Path, began: float) -> dict[str, acceptance.Row]:
    """The rows measured since ``began`` (seconds since 1970), and A6 as ``make faults`` left it, whenever that was."""
    rows = {name: row for name, row in (written(build, DAY, began) or {}).items() if name in acceptance.NAMES}
    if marking := written(build, MARKING, began):
        rows |= acceptance.of_marking(marking)
    if uploads := written(build, UPLOADS, began):
        rows |= acceptance.of_uploads(uploads)
    if pages := written(build, PAGES, began):
        rows |= acceptance.of_pages(pages, written(build, LIGHTHOUSE, began))
    return rows | _of_faults(build / FAULTS)


def _of_faults(file: Path) -> dict[str, acceptance.Row]:
    if not file.exists():
        return {}
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    rows = acceptance.of_faults(json.loads(file.read_text()))
    return {name: {**row, "how": f"{row['how']}, {at:%Y-%m-%d}"} for name, row in rows.items()}


if __name__ == "__main__":
    main()
