"""What a moment costs to read: by Django's loader and by ours, microseconds of this process.

``bin/siji with-services -- .venv/bin/python benchmarks/read_moments.py``: 50,000 of each in turn, the least of ROUNDS.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import django  # noqa: E402  # the paths come first

django.setup()

from django.db import connection  # noqa: E402
from django.db.backends.postgresql.psycopg_any import register_tzloader  # noqa: E402

from siji.storage.postgres.base import MomentLoader  # noqa: E402

MOMENTS, ROUNDS = 50_000, 7
SQL = f"SELECT now() + n * interval '1.001 s' FROM generate_series(1, {MOMENTS}) AS n"  # noqa: S608  # a number of ours


def main() -> None:
    spent: dict[str, list[float]] = {"Django's": [], "ours": []}
    for _ in range(ROUNDS):
        for name, seconds in spent.items():
            seconds.append(_read(is_ours=name == "ours"))
    for name, seconds in spent.items():
        print(f"{name:9} {min(seconds) / MOMENTS * 1e6:.2f} µs a moment")


def _read(*, is_ours: bool) -> float:
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor
        if is_ours:
            raw.adapters.register_loader("timestamptz", MomentLoader)
        else:
            register_tzloader(connection.timezone, raw)
        cursor.execute(SQL)
        began = time.process_time()
        assert len(cursor.fetchall()) == MOMENTS
        return time.process_time() - began


if __name__ == "__main__":
    main()
