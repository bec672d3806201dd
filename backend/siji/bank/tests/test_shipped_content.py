"""What the product ships is held against its own rules."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from siji.bank.findings import errors
from siji.bank.sources import read_content
from siji.bank.validation import check_content


def test_the_shipped_papers_break_no_rule() -> None:
    content = read_content(Path(settings.SIJI_CONTENT))
    findings = check_content(content)
    assert [paper.about.slug for paper in content.papers] == ["siji-01", "siji-02"]
    assert not errors(findings), "\n".join(map(str, errors(findings)))
