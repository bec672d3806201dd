"""Whoever is woken finds the page that the alert names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siji.monitoring.alerts.rules import RULES
from siji.monitoring.alerts.words import RUNBOOKS, SAYINGS, runbook_of

ROOT = Path(__file__).parents[4]
GENERAL = {"backup-and-restore.md", "failover.md"}
PARTS = ("**用户感受**", "**怎样看**", "**怎样做**", "**怎样算结束**", "**试过什么**")
IN_ENGLISH = ("**Users notice.**", "**Look**", "**Do**", "**It is over when**", "**Tried.**")
MOST_LINES = 60


def test_each_rule_has_its_words_and_its_page_and_each_page_a_rule() -> None:
    pages = {f"{RUNBOOKS}/{path.name}" for path in (ROOT / RUNBOOKS).glob("*.md") if path.name not in GENERAL}
    assert pages == {runbook_of(rule) for rule in RULES}
    assert set(SAYINGS) == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_page_says_what_to_do_in_both_languages_and_points_nowhere_in_vain(rule: str) -> None:
    path = ROOT / runbook_of(rule)
    text = path.read_text(encoding="utf-8")
    title = SAYINGS[rule].title
    assert text.startswith(f"# {title.zh} · {title.en}\n")
    at = [text.find(part) for part in (*PARTS, *IN_ENGLISH)]
    assert at == sorted(at)
    assert at[0] > 0
    assert len(text.splitlines()) <= MOST_LINES
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (path.parent / target).is_file(), target
    for test in re.findall(r"`(?:\w+/tests/)?(test_\w+\.py)`", text):
        assert list((ROOT / "backend/siji").rglob(test)), test
