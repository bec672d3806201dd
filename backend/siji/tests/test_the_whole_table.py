"""``make bench`` puts the rows of several commands into one table, and only those that this run measured."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from measure import acceptance
from measure.whole import FAULTS, LIGHTHOUSE, PAGES, PARTS, UPLOADS, table

BEGAN = 1_000_000.0
UPLOADED = {"uploads": 300, "success_percent": 100.0, "different": 0, "megabytes": 600, "connections": 9, "cut": 1, "delayed": 1}
UPLOADED |= {"kills": 6, "sent_again_percent_at_most": 25.0}
SEEN = {"pages": [{"page": "/a", "lcp": 900, "inp": 90}]}
A6 = {"value": 99.9, "must": 99.5, "aim": 99.95, "ok": True, "how": "15 faults"}


def leave(folder: Path, file: str, found: Any, at: float) -> None:
    (folder / file).write_text(json.dumps(found))
    os.utime(folder / file, (at, at))


def test_what_an_earlier_run_left_is_not_taken_for_this_ones(tmp_path: Path) -> None:
    leave(tmp_path, "acceptance.json", {"A1": acceptance.row(9, "ms", "", "", True, ""), "measured": {}}, BEGAN + 1)
    leave(tmp_path, UPLOADS.file, UPLOADED, BEGAN - 1)
    leave(tmp_path, PAGES.file, SEEN, BEGAN + 2)
    leave(tmp_path, LIGHTHOUSE.file, {"pages": [{"page": "/b", "lcp": 1900}]}, BEGAN - 1)
    rows = table(tmp_path, BEGAN)
    assert sorted(rows) == ["A1", "A2", "A9"]
    assert rows["A2"]["value"] == 900
    leave(tmp_path, UPLOADS.file, UPLOADED, BEGAN + 3)
    assert table(tmp_path, BEGAN)["A11"]["value"] == 100.0


def test_availability_is_as_the_faults_left_it_and_says_when(tmp_path: Path) -> None:
    assert table(tmp_path, BEGAN) == {}
    found = {"A6": A6, "is_whole": True, "lost": 0, "answers_acknowledged": 50_000}
    leave(tmp_path, FAULTS, found, 86_400.0)
    assert table(tmp_path, BEGAN)["A6"]["how"].endswith("make faults, 1970-01-02")


def test_every_command_of_the_table_is_one_of_the_makefile() -> None:
    makefile = (Path(__file__).resolve().parents[3] / "Makefile").read_text()
    for part in PARTS:
        assert f"\n{part.command}:" in makefile
