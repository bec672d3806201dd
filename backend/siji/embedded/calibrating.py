"""``siji calibrate FOLDER``: how far the built-in engine agrees with marks that people gave to scripts of their own.

Each ``*.yaml`` of the folder is one task with its scripts:

    kind: writing                       kind: translation
    prompt: For this part, …            source: 茶馆……
    points: [first, second]             references: [The teahouse …]
    words: {min: 120, max: 180}         terms: [{zh: 茶馆, en: [teahouse, tea house]}]
    scripts:
    - {id: s1, mark: 11, text: "…"}

A model is calibrated in the product, course by course: there its calls are paid for, limited and written down.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from siji.embedded.words import CannotStart
from siji.language.calibration import Agreement, agreement
from siji.language.marking.translation import KeyTerm, TranslationTask, mark_translation
from siji.language.marking.writing import WritingTask, mark_writing

Kind = Literal["writing", "translation"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Marked(_Strict):
    id: str = Field(min_length=1)
    mark: int = Field(ge=0, le=15, strict=True)
    text: str = Field(min_length=1, max_length=20_000)


class Length(_Strict):
    min: int = Field(ge=1)
    max: int = Field(ge=1)


class Term(_Strict):
    zh: str
    en: list[str] = Field(min_length=1)


class Writing(_Strict):
    kind: Literal["writing"]
    prompt: str
    points: list[str] = []
    words: Length
    scripts: list[Marked] = Field(min_length=1)


class Translation(_Strict):
    kind: Literal["translation"]
    source: str
    references: list[str] = Field(min_length=1)
    terms: list[Term] = []
    scripts: list[Marked] = Field(min_length=1)


FILE: TypeAdapter[Writing | Translation] = TypeAdapter(Annotated[Writing | Translation, Field(discriminator="kind")])


def calibrate(folder: Path) -> dict[Kind, Agreement]:
    """Raises CannotStart, which names the file and what is wrong with it."""
    pairs: dict[Kind, list[tuple[int, int]]] = {}
    for task in _tasks(folder):
        marker = _marker(task)
        pairs.setdefault(task.kind, []).extend((marker(one.text), one.mark) for one in task.scripts)
    return {kind: agreement([given for given, _ in both], [wanted for _, wanted in both]) for kind, both in pairs.items()}


def _tasks(folder: Path) -> Iterator[Writing | Translation]:
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        raise CannotStart(f"{folder} 里没有 .yaml 文件。", f"There is no .yaml file in {folder}.")
    for path in paths:
        try:
            yield FILE.validate_python(yaml.safe_load(path.read_text("utf-8")))
        except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
            raise CannotStart(f"{path} 无法使用：{_said(error)}", f"{path} cannot be used: {_said(error)}") from error


def _said(error: ValidationError | yaml.YAMLError | UnicodeDecodeError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return " ".join(str(error).split())


def _marker(task: Writing | Translation) -> Callable[[str], int]:
    if isinstance(task, Writing):
        writing = WritingTask(task.prompt, tuple(task.points), task.words.min, task.words.max)
        return lambda text: mark_writing(text, writing).mark
    terms = tuple(KeyTerm(term.zh, tuple(term.en)) for term in task.terms)
    translation = TranslationTask(task.source, tuple(task.references), terms)
    return lambda text: mark_translation(text, translation).mark


def as_json(found: dict[Kind, Agreement]) -> str:
    return json.dumps({kind: asdict(one) for kind, one in found.items()}, indent=1)


NAMES: dict[Kind, str] = {"writing": "写作 · writing", "translation": "翻译 · translation"}


def as_text(found: dict[Kind, Agreement]) -> str:
    return "\n\n".join(_lines(kind, one) for kind, one in found.items())


def _lines(kind: Kind, one: Agreement) -> str:
    return "\n".join(
        (
            f"{NAMES[kind]}: {one.scripts}",
            f"  相同 · exact            {one.exact:.0%}",
            f"  相差不过 1 · within 1    {one.within_one:.0%}",
            f"  kappa (quadratic)      {one.kappa.value:.2f}  ({one.kappa.low:.2f} – {one.kappa.high:.2f})",
            f"  偏差 · bias             {one.bias.value:+.1f}  ({one.bias.low:+.1f} – {one.bias.high:+.1f})",
            f"  拉开程度 · spread        {one.squeeze:.2f}",
        )
    )
