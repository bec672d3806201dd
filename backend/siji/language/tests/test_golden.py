"""The golden scripts are what their README says, and on the held-out ones the marking is good enough."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from siji.language.calibration import agreement
from siji.language.marking.ordinal import anchor_of
from siji.language.marking.translation import KeyTerm, TranslationTask, mark_translation
from siji.language.marking.writing import WritingTask, mark_writing
from siji.language.text import count_chinese

CONTENT = Path(__file__).resolve().parents[4] / "content"
KINDS = pytest.mark.parametrize(("kind", "least"), [("writing", 60), ("translation", 40)])


def loaded(*parts: str) -> Any:
    return yaml.safe_load(CONTENT.joinpath(*parts).read_text(encoding="utf-8"))


def scripts(kind: str) -> list[dict[str, str]]:
    files = sorted((CONTENT / "golden" / kind / "scripts").glob("*.yaml"))
    return [
        {**script, "task": body["task"]} for body in map(yaml.safe_load, map(Path.read_text, files)) for script in body["scripts"]
    ]


def marks(kind: str, which: str) -> dict[str, int]:
    found: dict[str, int] = loaded("golden", kind, f"marks-{which}.yaml")["marks"]
    return found


def task(kind: str, name: str) -> WritingTask | TranslationTask:
    each = next(each for each in loaded("golden", kind, "tasks.yaml")["tasks"] if each["id"] == name)
    body = loaded("papers", each["paper"], f"{kind}.yaml")["items"][0] if "paper" in each else each
    if kind == "writing":
        return WritingTask(body["prompt"], tuple(body["points"]), body["words"]["min"], body["words"]["max"])
    terms = tuple(KeyTerm(term["zh"], tuple(term["en"])) for term in body["terms"])
    return TranslationTask(body["source"], tuple(body["references"]), terms)


@KINDS
def test_every_script_is_marked_twice_and_a_third_or_more_was_held_out(kind: str, least: int) -> None:
    found = scripts(kind)
    assert len(found) == len({script["id"] for script in found}) >= least
    assert {script["id"] for script in found} == set(marks(kind, "first")) == set(marks(kind, "second"))
    assert all(0 <= mark <= 15 for which in ("first", "second") for mark in marks(kind, which).values())
    assert sum(script["part"] == "held-out" for script in found) * 3 >= len(found)


@KINDS
def test_every_band_is_there_on_four_tasks_or_more(kind: str, least: int) -> None:
    tasks = defaultdict(set)
    for script in scripts(kind):
        tasks[anchor_of(marks(kind, "second")[script["id"]])].add(script["task"])
    assert {anchor: len(tasks[anchor]) >= 4 for anchor in (2, 5, 8, 11, 14)} == dict.fromkeys((2, 5, 8, 11, 14), True)


@KINDS
def test_no_held_out_script_was_fitted_on(kind: str, least: int) -> None:
    fitted = loaded("..", "backend", "siji", "language", "marking", f"{kind}.json")
    held_out = {script["id"] for script in scripts(kind) if script["part"] == "held-out"}
    assert not held_out & set(fitted["scripts"])
    assert set(fitted["held_out_tasks"]) <= {script["task"] for script in scripts(kind)}


def test_the_sources_are_as_long_as_in_the_examination() -> None:
    for each in loaded("golden", "translation", "tasks.yaml")["tasks"]:
        if "source" in each:
            assert 140 <= count_chinese(each["source"]) <= 160


@KINDS
def test_on_the_held_out_scripts_kappa_and_bias_are_within_the_targets(kind: str, least: int) -> None:
    second = marks(kind, "second")
    held_out = [script for script in scripts(kind) if script["part"] == "held-out"]
    given = []
    for script in held_out:
        asked = task(kind, script["task"])
        marked = (
            mark_writing(script["text"], asked) if isinstance(asked, WritingTask) else mark_translation(script["text"], asked)
        )
        given.append(marked.mark)
    said = agreement(given, [second[script["id"]] for script in held_out], draws=100)
    assert said.kappa.value >= 0.75
    assert abs(said.bias.value) <= 0.5
