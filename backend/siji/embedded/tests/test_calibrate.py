"""``siji calibrate``: a folder of scripts with marks, and how far the built-in engine agrees; bad files are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from siji.embedded import cli

GOLDEN = Path(__file__).resolve().parents[4] / "content" / "golden" / "writing"


def folder_of(golden: Path, into: Path) -> Path:
    """One golden task as a school would write it down."""
    tasks = {task["id"]: task for task in yaml.safe_load((golden / "tasks.yaml").read_text("utf-8"))["tasks"]}
    marks = yaml.safe_load((golden / "marks-second.yaml").read_text("utf-8"))["marks"]
    name, task = next((name, task) for name, task in tasks.items() if "prompt" in task)
    scripts = yaml.safe_load((golden / "scripts" / f"{name}.yaml").read_text("utf-8"))["scripts"]
    told = {key: task[key] for key in ("prompt", "points", "words")}
    told["scripts"] = [{"id": one["id"], "mark": marks[one["id"]], "text": one["text"]} for one in scripts]
    (into / "task.yaml").write_text(yaml.safe_dump({"kind": "writing", **told}, allow_unicode=True), "utf-8")
    return into


def test_the_engine_is_compared_with_the_marks_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(GOLDEN, tmp_path)
    assert cli.main(["calibrate", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["writing"]
    assert found["scripts"] >= 10
    assert found["kappa"]["value"] > 0.5
    assert found["kappa"]["low"] <= found["kappa"]["value"] <= found["kappa"]["high"]
    assert cli.main(["calibrate", str(folder)]) == 0
    assert "kappa" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kind: essay", "kind"),
        ("kind: translation\nsource: 茶馆\nreferences: [Tea]\nscripts: [{id: a, mark: 16, text: Tea}]", "mark"),
        ("kind: [", "flow"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, names: str) -> None:
    (tmp_path / "wrong.yaml").write_text(text, "utf-8")
    assert cli.main(["calibrate", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "wrong.yaml 无法使用" in told
    assert names in told


def test_a_folder_without_scripts_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["calibrate", str(tmp_path)]) == 1
    assert "没有 .yaml" in capsys.readouterr().err
