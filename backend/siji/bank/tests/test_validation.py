"""Each rule for content: one slip made in a copy of a shipped paper, and the finding that names it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from siji.bank.findings import Finding
from siji.bank.sources import read_content
from siji.bank.validation import check_content

PAPER = "papers/siji-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(settings.SIJI_CONTENT, tmp_path / "content")
    shutil.rmtree(tmp_path / "content/papers/siji-02")
    return tmp_path / "content"


def found(folder: Path) -> list[Finding]:
    return [finding for finding in check_content(read_content(folder)) if finding.code != "review"]


def replace(folder: Path, file: str, pattern: str, new: str) -> None:
    path = folder / file
    text, times = re.subn(pattern, new, path.read_text("utf-8"), count=1, flags=re.DOTALL)
    assert times == 1, f"{pattern} is not in {file}"
    path.write_text(text, "utf-8")


VALUE = r"(?:>-\n(?: {12,}[^\n]*\n)+|[^\n]*\n)"
"""A scalar of an item, on its line or in a block."""

SLIPS = [
    ("listening-a", r'slot: "2"\n', 'slot: "8"\n', "slots", ""),
    ("listening-a", r"kind: listening_choice", "kind: careful_reading", "kind", "1"),
    ("listening-a", r"  - id: news-2.*?items:\n", "", "groups", ""),
    ("listening-a", r"id: news-2", "id: news-1", "passage_name", "news-1"),
    ("listening-a", r"(text: >-\n +)", r"\1" + "word " * 60, "words", "news-1"),
    ("listening-b", r"- voice: M\n", "- voice: W\n", "turns", "conversation-1"),
    ("listening-a", r"(          A: )[^\n]*", r"\1" + "word " * 20, "choice_words", "1"),
    ("listening-a", r"(text: >-\n +)", r"\1**Now** ", "typing", "news-1"),
    ("listening-a", r"(text: >-\n +)", r"\1That’s it. ", "typing", "news-1"),
    ("reading-c", r"key: [A-D]\n", "key: E\n", "key", "46"),
    ("reading-c", r"(A: )[^\n]*(\n +B: )([^\n]*)", r"\1\3\2\3", "duplicate", "46"),
    ("reading-c", r"          D: [^\n]*\n(?=        key)", "", "choices", "46"),
    ("reading-c", r"          [A-D]: \{trap", "          E: {trap", "traps", "46"),
    ("reading-c", r"trap: \w+", "trap: too_wide", "trap_name", "46"),
    ("reading-c", r"(key: )([A-D])(.*?traps:\n +)[A-D]: ", r"\1\2\3\2: ", "trap_key", "46"),
    ("reading-c", f"proof: {VALUE}", "proof: Nothing of the kind was written.\n", "proof_missing", "46"),
    ("reading-c", f"proof: {VALUE}", "proof: the\n", "proof_twice", "46"),
    ("reading-c", f"          zh: {VALUE}", "          zh: In English\n", "explanation_zh", "46"),
    ("reading-c", f"          en: {VALUE}", "          en: 中文\n", "explanation_en", "46"),
    ("reading-c", r"skills: \[[^]]*\]", "skills: [detial]", "skill_name", "46"),
    ("reading-c", r"skills: \[[^]]*\]", "skills: []", "skills", "46"),
    ("reading-a", r"(      B: \{word: )\w+", r"\1zebra", "bank_order", "cloze-1"),
    ("reading-a", r"(A: \{word: )(\w+)(.*?B: \{word: )\w+", r"\1\2\3\2", "bank_twice", "cloze-1"),
    ("reading-a", r"      O: \{word[^\n]*\n", "", "bank", "cloze-1"),
    ("reading-a", r"\{\{26\}\}", "{{27}}", "blanks", "cloze-1"),
    ("reading-a", r"(key: )([A-O])(\n.*?key: )[A-O]\n", r"\1\2\3\2\n", "key_twice", "cloze-1"),
    ("reading-a", r"          [A-O]: \{trap", "          Z: {trap", "traps", "26"),
    ("reading-a", f"proof: {VALUE}", "proof: Nothing of the kind was written.\n", "proof_blank", "26"),
    ("reading-b", r"(key: )([A-P])(\n.*?key: )([A-P])\n", r"\1\4\3\2\n", "proof_elsewhere", "36"),
    ("reading-b", r"      B: >-", "      Z: >-", "letters", "long-1"),
    ("reading-b", r"key: [A-P]\n", "key: Z\n", "key", "36"),
    ("writing", r"words: \{min: 120", "words: {min: 100", "limits", "W"),
    ("writing", r"prompt: >-\n.*?(?=    words:)", "prompt: Write something.\n", "prompt", "W"),
    ("writing", r"band: 11", "band: 10", "anchors", "W"),
    ("translation", r"(source: )", r"\1一二三四五六七八九十一二三四五六七八九十", "characters", "T"),
    ("translation", r"references:\n( +- >-\n.*?)( +- >-\n)", r"references:\n\2", "references", "T"),
    ("translation", r"\{zh: [^,]*, en", "{zh: 飞船, en", "term_missing", "T"),
]


@pytest.mark.parametrize(("section", "pattern", "new", "code", "place"), SLIPS, ids=[slip[3] for slip in SLIPS])
def test_a_slip_is_named_with_its_file_and_place(
    folder: Path, section: str, pattern: str, new: str, code: str, place: str | None
) -> None:
    file = f"{PAPER}/{section}.yaml"
    replace(folder, file, pattern, new)
    named = [finding for finding in found(folder) if finding.code == code]
    assert named, [str(finding) for finding in found(folder)]
    assert place is None or (file, place) in {(finding.file, finding.place) for finding in named}
    assert all(finding.zh != finding.en and finding.severity == "error" for finding in named)


def test_a_missing_section_is_named(folder: Path) -> None:
    (folder / PAPER / "reading-b.yaml").unlink()
    assert {finding.code for finding in found(folder)} == {"no_section"}


@pytest.mark.parametrize(
    ("pattern", "new", "code"),
    [
        (r"clock: cet4@1", "clock: cet4@9", "reference"),
        (r"rubrics: \{W: cet4-writing@1, ", "rubrics: {", "rubrics"),
        (r"blueprint: cet4-2016@1", "blueprint: cet5@1", "blueprint"),
        (r"title: \{", "titel: {", "shape"),
    ],
)
def test_what_a_paper_refers_to_must_be_there(folder: Path, pattern: str, new: str, code: str) -> None:
    replace(folder, f"{PAPER}/paper.yaml", pattern, new)
    assert code in {finding.code for finding in found(folder)}


def test_a_key_that_stands_twice_is_not_lost_unseen(folder: Path) -> None:
    replace(folder, f"{PAPER}/reading-c.yaml", r"          B: ", "          A: ")
    named = next(finding for finding in found(folder) if finding.code == "unreadable")
    assert "'A' stands twice" in named.en
    assert "line " in named.en


def test_a_misspelt_field_is_named_with_its_item(folder: Path) -> None:
    replace(folder, f"{PAPER}/reading-c.yaml", r"question: ", "qestion: ")
    named = {(finding.place, finding.zh) for finding in found(folder) if finding.code == "shape"}
    assert named == {("46", "缺少 careful_reading.question。"), ("46", "不认识 careful_reading.qestion 这一项。")}


def test_a_blueprint_must_add_up(folder: Path) -> None:
    replace(folder, "blueprints/cet4-2016@1.yaml", r"raw_marks: 100", "raw_marks: 110")
    assert "blueprint_marks" in {finding.code for finding in found(folder)}


@pytest.mark.parametrize("minutes", ["0", "-5", ".inf"])
def test_a_clock_runs_forward_and_ends(folder: Path, minutes: str) -> None:
    replace(folder, "clocks/cet4@1.yaml", r"writing, minutes: 30", f"writing, minutes: {minutes}")
    assert "shape" in {finding.code for finding in found(folder)}


REVIEW = """        review:
          - {pass: with-passage, answer: B, evidence: it says so, agreed: false}
          - {pass: without-passage, answer: C, evidence: it is the longest, agreed: true}
"""


@pytest.mark.parametrize(
    ("added", "codes"),
    [
        ("", {"review_open"}),
        ("          - {pass: mending, change: a clearer choice}\n", set()),
        ("          - {pass: mending}\n", {"review_empty"}),
        ("          - {pass: with-passage, answer: C, evidence: now it does, agreed: true}\n", set()),
    ],
)
def test_what_a_solver_disagreed_with_must_be_mended(folder: Path, added: str, codes: set[str]) -> None:
    path = folder / PAPER / "reading-c.yaml"
    first, second = re.split(r'(?=      - slot: "47")', path.read_text("utf-8"), maxsplit=1)
    first = re.sub(r" +review:.*", "", first, flags=re.DOTALL)
    path.write_text(first + REVIEW + added + second, "utf-8")
    findings = [finding for finding in check_content(read_content(folder)) if finding.place == "46"]
    assert {finding.code for finding in findings} == codes


def test_a_missing_review_is_a_warning(folder: Path) -> None:
    path = folder / PAPER / "reading-c.yaml"
    path.write_text(re.sub(r"        review:\n(?: {10,}[^\n]*\n)*", "", path.read_text("utf-8")), "utf-8")
    named = [finding for finding in check_content(read_content(folder)) if finding.code == "review"]
    assert {finding.severity for finding in named} == {"warning"}
    assert {str(slot) for slot in range(46, 56)} <= {finding.place for finding in named}
