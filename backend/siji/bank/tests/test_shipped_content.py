"""What the product ships is held against its own rules."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from siji.bank.bodies import Keyed
from siji.bank.findings import errors
from siji.bank.sources import read_content
from siji.bank.validation import check_content


def test_the_shipped_papers_break_no_rule() -> None:
    content = read_content(Path(settings.SIJI_CONTENT))
    findings = check_content(content)
    assert [paper.about.slug for paper in content.papers] == ["siji-01", "siji-02"]
    assert not errors(findings), "\n".join(map(str, errors(findings)))


def test_every_shipped_item_was_solved_with_its_passage_and_guessed_without() -> None:
    findings = check_content(read_content(Path(settings.SIJI_CONTENT)))
    assert not [str(finding) for finding in findings if finding.code.startswith("review")]


def test_what_a_pass_says_of_the_last_key_is_true() -> None:
    content = read_content(Path(settings.SIJI_CONTENT))
    for paper in content.papers:
        for item in paper.items():
            if isinstance(item.body, Keyed):
                solved = [one for one in item.review if one.kind == "with-passage"]
                assert solved[-1].answer == item.body.key, f"{item.file} {item.slot}"
