"""What only ``make bench`` can measure, as it wrote it last (build/acceptance.json); nothing where it was never run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from numbers import Real
from pathlib import Path
from typing import Any

from siji.monitoring.board_schemas import BenchOut

WRITTEN = Path(__file__).resolve().parents[3] / "build" / "acceptance.json"
NAMES = ("A5", "A10", "A13")


def last_benches(path: Path = WRITTEN) -> list[BenchOut]:
    try:
        rows, at = json.loads(path.read_text("utf-8")), datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        rows, at = {}, None
    return [_bench(name, rows.get(name), at) for name in NAMES]


def _bench(name: str, row: dict[str, Any] | None, at: datetime | None) -> BenchOut:
    if row is None:
        return BenchOut(name=name, figures={}, is_kept=None, at=None)  # type: ignore[arg-type]  # one of NAMES
    value = row["value"] if isinstance(row["value"], dict) else {row["unit"]: row["value"]}
    figures = {what: float(one) for what, one in value.items() if isinstance(one, Real)}
    return BenchOut(name=name, figures=figures, is_kept=bool(row["ok"]), at=at)  # type: ignore[arg-type]  # one of NAMES
