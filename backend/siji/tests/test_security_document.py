"""docs/security.md points to tests, and the tests are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [line for line in DOCUMENT.splitlines() if re.match(r"\| (V\d|LLM\d)", line)]


def test_every_row_names_a_test_and_each_of_them_exists() -> None:
    assert len(ROWS) > 10
    for row in ROWS:
        named = re.findall(r"`([^`]+/test_\w+\.py)`", row.rsplit("|", 2)[1])
        assert named, row
        assert [path for path in named if "def test_" not in (ROOT / path).read_text("utf-8")] == []
