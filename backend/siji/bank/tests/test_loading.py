"""Content into the database: once, again, edited, refused."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from siji.bank.content import content_of
from siji.bank.loading import load_all
from siji.bank.models import Audio, Item, Paper, PaperItem, Passage
from siji.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content with one paper."""
    shutil.copytree(settings.SIJI_CONTENT, tmp_path / "content")
    shutil.rmtree(tmp_path / "content/papers/siji-02")
    return tmp_path / "content"


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    def change(file: str, pattern: str, new: str) -> None:
        path = folder / file
        text, times = re.subn(pattern, new, path.read_text("utf-8"), count=1)
        assert times == 1
        path.write_text(text, "utf-8")

    return change


def test_loading_twice_changes_nothing(folder: Path) -> None:
    first = load_all(folder)
    assert (first.is_loaded, first.papers, first.tracks_to_make) == (True, ["siji-01@1"], 1)
    assert (first.new["Item"], first.new["Paper"], first.new["Passage"]) == (57, 1, 12)
    again = load_all(folder)
    assert again.is_loaded
    assert not any(again.new.values())
    assert (Paper.objects.count(), Item.objects.count(), Audio.objects.count(), Job.objects.count()) == (1, 57, 1, 1)


def test_an_edited_item_is_a_new_version_and_the_old_paper_stays_as_it_was(
    folder: Path, edit: Callable[[str, str, str], None]
) -> None:
    load_all(folder)
    old = Paper.objects.get()
    before = content_of(old).items["46"].body
    edit("papers/siji-01/reading-c.yaml", r"          A: [^\n]*", "          A: Deep sleep was rare all week.")
    report = load_all(folder)
    assert (report.papers, report.new["Item"], report.new["Passage"]) == (["siji-01@2"], 1, 0)
    newer = Paper.objects.current().get()
    assert newer.version == 2
    assert content_of(newer).items["46"].body != before
    kept = PaperItem.objects.get(paper=old, slot="46").item
    assert kept.version == 1
    assert Item.objects.get(lineage="siji-01/46", version=2).body["choices"]["A"] == "Deep sleep was rare all week."
    assert newer.audio_id == old.audio_id, "the same words are not spoken twice"


def test_an_edited_passage_takes_its_items_along(folder: Path, edit: Callable[[str, str, str], None]) -> None:
    load_all(folder)
    edit("papers/siji-01/reading-c.yaml", r"topic: [^\n]*", "topic: nights")
    report = load_all(folder)
    assert (report.new["Passage"], report.new["Item"]) == (1, 5)
    newest = Passage.objects.get(lineage="siji-01/careful-1", version=2)
    assert {item.lineage for item in Item.objects.filter(passage=newest)} == {f"siji-01/{slot}" for slot in range(46, 51)}


def test_a_published_fact_may_not_change(folder: Path, edit: Callable[[str, str, str], None]) -> None:
    load_all(folder)
    edit("clocks/cet4@1.yaml", "writing: 30", "writing: 35")
    report = load_all(folder)
    assert not report.is_loaded
    assert [finding.code for finding in report.findings if finding.severity == "error"] == ["published"]
    assert any("cet4@2" in finding.zh and "cet4@2" in finding.en for finding in report.findings)


def test_a_wrong_file_loads_nothing_of_anything(folder: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("papers/siji-01/reading-c.yaml", r"key: [A-D]\n", "key: E\n")
    report = load_all(folder)
    assert not report.is_loaded
    assert not Paper.objects.exists()
    assert not Item.objects.exists()
    assert ("papers/siji-01/reading-c.yaml", "46", "key") in {(one.file, one.place, one.code) for one in report.findings}


def test_the_review_is_brought_up_to_date_in_place(folder: Path, edit: Callable[[str, str, str], None]) -> None:
    load_all(folder)
    edit(
        "papers/siji-01/translation.yaml",
        r"    skills: \[",
        "    review: [{pass: mending, change: a comma}]\n    skills: [",
    )
    report = load_all(folder)
    assert not any(report.new.values())
    assert Item.objects.get(lineage="siji-01/T").provenance["review"][-1]["change"] == "a comma"


@pytest.mark.django_db(transaction=True)
def test_two_loaders_take_turns(folder: Path) -> None:
    def load() -> Counter[str]:
        try:
            return load_all(folder).new
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        loads = [pool.submit(load) for _ in range(2)]
    assert sorted(one.result()["Item"] for one in loads) == [0, 57]
    assert (Paper.objects.count(), Audio.objects.count(), Job.objects.count()) == (1, 1, 1)
