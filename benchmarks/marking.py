"""Fits the built-in engine's marking to the tuning part of the golden scripts, and measures it on the held-out part.

.venv/bin/python benchmarks/marking.py fit        # writes backend/siji/language/marking/{writing,translation}.json
.venv/bin/python benchmarks/marking.py            # measures; writes build/marking.json
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

import numpy as np
import psutil
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "backend"))

from siji.language.calibration import agreement  # noqa: E402
from siji.language.marking import ordinal  # noqa: E402
from siji.language.marking.loading import load  # noqa: E402
from siji.language.marking.translation import KeyTerm, TranslationTask, mark_translation, translation_values  # noqa: E402
from siji.language.marking.writing import WritingTask, mark_writing, measured, read_script  # noqa: E402

GOLDEN, PAPERS = ROOT / "content/golden", ROOT / "content/papers"
PACKAGE = ROOT / "backend/siji/language/marking"
KIND = Literal["writing", "translation"]
# Of L2 on the weights; the one number that was chosen by leaving out one task of the tuning part after another.
RIDGE = 0.01


@dataclass(frozen=True)
class Script:
    id: str
    task: Any
    part: str
    text: str
    mark: int
    task_id: str


def scripts(kind: KIND) -> list[Script]:
    folder = GOLDEN / kind
    tasks = {each["id"]: task_of(kind, each) for each in _yaml(folder / "tasks.yaml")["tasks"]}
    marks = _yaml(folder / "marks-second.yaml")["marks"]
    return [
        Script(each["id"], tasks[file["task"]], each["part"], each["text"], marks[each["id"]], file["task"])
        for file in map(_yaml, sorted((folder / "scripts").glob("*.yaml")))
        for each in file["scripts"]
    ]


def anchors(kind: KIND, *, held_out: set[str]) -> list[Script]:
    """The anchor scripts of the shipped papers, for fitting: those of tasks that are wholly held out stay out."""
    folder = GOLDEN / kind
    return [
        Script(f"{each['paper']}-{anchor['band']}", task_of(kind, each), "tuning", anchor["text"], anchor["band"], each["id"])
        for each in _yaml(folder / "tasks.yaml")["tasks"]
        if "paper" in each and each["id"] not in held_out
        for anchor in _item(kind, each["paper"])["anchors"]
    ]


def task_of(kind: KIND, each: Mapping[str, Any]) -> WritingTask | TranslationTask:
    body = _item(kind, each["paper"]) if "paper" in each else each
    if kind == "writing":
        return WritingTask(body["prompt"], tuple(body["points"]), body["words"]["min"], body["words"]["max"])
    return TranslationTask(
        body["source"], tuple(body["references"]), tuple(KeyTerm(t["zh"], tuple(t["en"])) for t in body["terms"])
    )


def values(kind: KIND, script: Script) -> Mapping[str, float]:
    if kind == "writing":
        return measured(read_script(script.text, script.task), script.task)
    return translation_values(script.text, script.task)


def fit(kind: KIND) -> None:
    found = scripts(kind)
    whole = {each.task_id for each in found} - {each.task_id for each in found if each.part == "tuning"}
    tuning = [each for each in found if each.part == "tuning" and each.mark > 0] + anchors(kind, held_out=whole)
    body = fitted([values(kind, each) for each in tuning], [each.mark for each in tuning])
    note = {
        "fitted_by": "benchmarks/marking.py fit",
        "scripts": [each.id for each in tuning],
        "held_out_tasks": sorted(whole),
        "ridge": RIDGE,
        **_left_out(kind, tuning),
    }
    (PACKAGE / f"{kind}.json").write_text(json.dumps({**note, **body}, indent=1) + "\n", encoding="utf-8")
    print(
        kind,
        len(tuning),
        "scripts",
        {each["name"]: each["weight"] for each in body["measures"]},
        note["left_out_task_kappa"],
        note["trust"],
    )


def fitted(
    rows: Sequence[Mapping[str, float]], marks: Sequence[int], *, ridge: float = RIDGE, rounds: int = 4000
) -> dict[str, Any]:
    """The most likely weights under the ridge, none below 0, by Adam on their logarithms; deterministic."""
    names = list(rows[0])
    raw = np.array([[row[name] for name in names] for row in rows])
    mean, deviation = raw.mean(0), np.maximum(raw.std(0), 1e-6)
    x = np.clip((raw - mean) / deviation, -ordinal.CLIP, ordinal.CLIP)
    cuts = np.arange(1, ordinal.HIGHEST + 1)
    reached = (np.array(marks)[:, None] >= cuts).astype(float)
    at = np.concatenate([np.full(len(names), -1.5), [-8.0, 0.0]])
    first, second = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, rounds + 1):
        slope = _slope(at, x, cuts, reached, ridge)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        at = at - 0.02 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    weights = np.exp(at[:-2])
    measures = [
        {"name": name, "mean": round(float(m), 4), "deviation": round(float(d), 4), "weight": round(float(w), 4)}
        for name, m, d, w in zip(names, mean, deviation, weights, strict=True)
    ]
    return {"measures": measures, "start": round(float(at[-2]), 4), "step": round(float(np.exp(at[-1])), 4)}


def _slope(at: Any, x: Any, cuts: Any, reached: Any, ridge: float) -> Any:
    """Of minus the mean log-likelihood of where each script stands among the cuts, with the ridge."""
    weights, start, step = np.exp(at[:-2]), at[-2], np.exp(at[-1])
    total = (x @ weights)[:, None] - start - step * cuts
    padded = np.concatenate([np.full((len(x), 1), 40.0), total, np.full((len(x), 1), -40.0)], 1)
    place = reached.sum(1).astype(int)
    row = np.arange(len(x))
    above, below = _logistic(padded[row, place]), _logistic(padded[row, place + 1])
    share = np.maximum(above - below, 1e-9)
    d_above, d_below = above * (1 - above) / share, below * (1 - below) / share
    d_above[place == 0], d_below[place == ordinal.HIGHEST] = 0, 0
    d_total = -(d_above - d_below)
    d_weights = (x * d_total[:, None]).mean(0) + 2 * ridge * weights
    d_start = (d_above - d_below).mean()
    d_step = (d_above * place - d_below * (place + 1)).mean()
    return np.concatenate([d_weights * weights, [d_start, d_step * step]])


def _logistic(z: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def _left_out(kind: KIND, tuning: Sequence[Script]) -> dict[str, float]:
    """Over the tuning scripts, each marked by a model that has not seen its task: quadratic kappa, and how far the model's own
    confidence may be trusted (what came out within one mark over what it claimed)."""
    rows = {each.id: values(kind, each) for each in tuning}
    given: list[int] = []
    wanted: list[int] = []
    claimed: list[float] = []
    for task in sorted({each.task_id for each in tuning}):
        rest = [each for each in tuning if each.task_id != task]
        body = fitted([rows[each.id] for each in rest], [each.mark for each in rest])
        model = ordinal.Model(tuple(ordinal.Measure(**m) for m in body["measures"]), body["start"], body["step"], 1.0)
        for each in (each for each in tuning if each.task_id == task):
            chances = model.chances(rows[each.id])
            given.append(ordinal.mark_of(chances))
            claimed.append(ordinal.confidence_of(chances, given[-1]))
            wanted.append(each.mark)
    said = agreement(given, wanted, draws=10)
    return {
        "left_out_task_kappa": round(said.kappa.value, 3),
        "trust": round(min(1.0, said.within_one / float(np.mean(claimed))), 3),
    }


def loading() -> dict[str, float]:
    before, began = psutil.Process().memory_info().rss, time.perf_counter()
    load()
    took, grown = time.perf_counter() - began, psutil.Process().memory_info().rss - before
    print(f"loading: {took:.1f} s, {grown / 1e6:.0f} MB")
    return {"seconds": round(took, 2), "megabytes": round(grown / 1e6)}


def evaluate(kind: KIND) -> dict[str, Any]:
    found = scripts(kind)
    mark = mark_writing if kind == "writing" else mark_translation
    figures: dict[str, Any] = {}
    for part in ("tuning", "held-out"):
        chosen = [each for each in found if each.part == part]
        given, times = [], []
        for each in chosen:
            began = time.perf_counter()
            given.append(mark(each.text, each.task))  # type: ignore[operator]
            times.append(1000 * (time.perf_counter() - began))
        said = agreement([each.mark for each in given], [each.mark for each in chosen])
        figures[part] = {**asdict(said), "milliseconds": round(median(times)), "slowest": round(max(times))}
        figures[part]["claimed_within_one"] = round(sum(each.confidence for each in given) / len(given), 3)
        _show(kind, part, figures[part])
        if "-v" in sys.argv and part == "tuning":
            for each, got in sorted(zip(chosen, given, strict=True), key=lambda pair: pair[0].mark):
                print(f"  {each.id:24} {each.mark:3} {got.mark:3} {got.confidence:.2f} {[flag.name for flag in got.flags]}")
    return figures


def _show(kind: KIND, part: str, figures: Mapping[str, Any]) -> None:
    kappa, bias = figures["kappa"], figures["bias"]
    print(
        f"{kind} {part}: {figures['scripts']} scripts, exact {figures['exact']:.0%}, within one {figures['within_one']:.0%}, "
        f"kappa {kappa['value']:.3f} [{kappa['low']:.3f}, {kappa['high']:.3f}], "
        f"bias {bias['value']:+.2f} [{bias['low']:+.2f}, {bias['high']:+.2f}], "
        f"squeeze {figures['squeeze']:.2f}, claimed within one {figures['claimed_within_one']:.0%}, "
        f"{figures['milliseconds']} ms (slowest {figures['slowest']})"
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _item(kind: KIND, paper: str) -> Any:
    return _yaml(PAPERS / paper / f"{kind}.yaml")["items"][0]


if __name__ == "__main__":
    kinds: tuple[KIND, ...] = ("writing", "translation")
    if "fit" in sys.argv:
        for kind in kinds:
            fit(kind)
    else:
        (ROOT / "build").mkdir(exist_ok=True)
        figures = {"loading": loading(), **{kind: evaluate(kind) for kind in kinds}}
        (ROOT / "build/marking.json").write_text(json.dumps(figures, indent=1) + "\n")
