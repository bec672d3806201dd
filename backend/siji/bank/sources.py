"""Content as its writers left it: YAML files read into typed sources, with a finding for whatever cannot be read.

Reading stops at nothing: one broken file leaves the others readable, so that a writer sees every slip at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from siji.bank.bodies import (
    Body,
    ClozePassage,
    Essay,
    KeyedItem,
    LongPassage,
    ReadingPassage,
    ScriptPassage,
    Translation,
    parse_item,
    parse_passage,
)
from siji.bank.facts import BlueprintBody, ClockBody, Fact, NormBody, RubricBody, VocabularyBody
from siji.bank.findings import Finding
from siji.problems import Words

F = TypeVar("F", bound=Fact)
M = TypeVar("M", bound=BaseModel)
Mapping = dict[str, Any]


class ReviewPass(BaseModel):
    """What a checking pass wrote down: the answer it chose and why, or what was mended."""

    model_config = ConfigDict(frozen=True, extra="allow")

    kind: Literal["with-passage", "without-passage", "mending"] = Field(alias="pass")
    answer: str | None = None
    evidence: str | None = None
    agreed: bool | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True)
class ItemSource:
    file: str
    slot: str
    body: KeyedItem | Essay | Translation
    skills: list[str]
    review: list[ReviewPass]


@dataclass(frozen=True, slots=True)
class PassageSource:
    file: str
    name: str
    body: ScriptPassage | ClozePassage | LongPassage | ReadingPassage
    items: list[ItemSource]


@dataclass(frozen=True, slots=True)
class SectionSource:
    """``items`` are all of the section, those of its passages among them."""

    file: str
    key: str
    passages: list[PassageSource]
    items: list[ItemSource]


class PaperFile(Body):
    slug: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    title: Words
    blueprint: str
    clock: str
    norm: str
    rubrics: dict[str, str]
    provenance: dict[str, Any] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class PaperSource:
    file: str
    about: PaperFile
    sections: dict[str, SectionSource]

    def items(self) -> Iterator[ItemSource]:
        return (item for section in self.sections.values() for item in section.items)


@dataclass(slots=True)
class Content:
    """Everything in a content folder. Facts by ``key@version``."""

    blueprints: dict[str, BlueprintBody] = field(default_factory=dict)
    clocks: dict[str, ClockBody] = field(default_factory=dict)
    norms: dict[str, NormBody] = field(default_factory=dict)
    rubrics: dict[str, RubricBody] = field(default_factory=dict)
    vocabularies: dict[str, VocabularyBody] = field(default_factory=dict)
    papers: list[PaperSource] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def names(self, vocabulary: str) -> set[str]:
        """The traps or skills that content may use."""
        found = self.vocabularies.get(vocabulary)
        return set(found.names) if found else set()


def read_content(root: Path) -> Content:
    """Reads what can be read; what cannot is in ``findings``."""
    content = Content()
    reader = _Reader(root, content.findings)
    content.blueprints = reader.facts("blueprints", BlueprintBody)
    content.clocks = reader.facts("clocks", ClockBody)
    content.norms = reader.facts("norms", NormBody)
    content.rubrics = reader.facts("rubrics", RubricBody)
    content.vocabularies = {key: names for key in ("traps", "skills") if (names := reader.vocabulary(key))}
    for folder in sorted(path.parent for path in root.glob("papers/*/paper.yaml")):
        if paper := reader.paper(folder, content.blueprints):
            content.papers.append(paper)
    if not content.papers:
        content.findings.append(
            Finding("papers", "", "no_papers", f"在 {root} 里没有找到试卷。", f"There is no paper in {root}.")
        )
    return content


class _Reader:
    def __init__(self, root: Path, findings: list[Finding]) -> None:
        self.root, self.findings = root, findings

    def facts(self, folder: str, kind: type[F]) -> dict[str, F]:
        found: dict[str, F] = {}
        for path in sorted((self.root / folder).glob("*.yaml")):
            raw = self.mapping(path)
            fact = self.parsed(kind, raw, self.name(path), "")
            if fact is None:
                continue
            if path.stem != fact.name:
                self.say(
                    self.name(path), "", "name", f"文件名应为 {fact.name}.yaml。", f"The file should be named {fact.name}.yaml."
                )
            found[fact.name] = fact
        return found

    def vocabulary(self, key: str) -> VocabularyBody | None:
        path = self.root / f"{key}.yaml"
        raw = self.mapping(path)
        names = raw.pop(key, None)
        return self.parsed(VocabularyBody, {**raw, "key": key, "names": names}, path.name, "")

    def paper(self, folder: Path, blueprints: dict[str, BlueprintBody]) -> PaperSource | None:
        file = self.name(folder / "paper.yaml")
        about = self.parsed(PaperFile, self.mapping(folder / "paper.yaml"), file, "")
        if about is None:
            return None
        blueprint = blueprints.get(about.blueprint)
        if blueprint is None:
            self.say(file, "", "blueprint", f"没有蓝图 {about.blueprint}。", f"There is no blueprint {about.blueprint}.")
            return None
        sections: dict[str, SectionSource] = {
            section.key: self.section(folder / f"{section.key}.yaml", section.key, section.passage_kind)
            for section in blueprint.sections
            if (folder / f"{section.key}.yaml").exists()
        }
        return PaperSource(file, about, sections)

    def section(self, path: Path, key: str, passage_kind: str | None) -> SectionSource:
        file, raw = self.name(path), self.mapping(path)
        if raw.get("section") != key:
            self.say(file, "", "section", f"section 应为 {key}。", f"section should be {key}.")
        passages = [passage for one in _list(raw.get("passages")) if (passage := self.passage(one, passage_kind, file))]
        loose = [item for one in _list(raw.get("items")) if (item := self.item(one, file))]
        return SectionSource(file, key, passages, [*(item for passage in passages for item in passage.items), *loose])

    def passage(self, raw: Mapping, kind: str | None, file: str) -> PassageSource | None:
        name = str(raw.get("id", "?"))
        items = [item for one in _list(raw.get("items")) if (item := self.item(one, file))]
        body = {**{key: value for key, value in raw.items() if key not in ("id", "items")}, "kind": kind}
        try:
            return PassageSource(file, name, parse_passage(body), items)
        except ValidationError as error:
            self.explain(error, file, name)
            return None

    def item(self, raw: Mapping, file: str) -> ItemSource | None:
        slot = str(raw.get("slot", "?"))
        body = {key: value for key, value in raw.items() if key not in ("slot", "skills", "review")}
        try:
            review = [ReviewPass.model_validate(one) for one in _list(raw.get("review"))]
            return ItemSource(file, slot, parse_item(body), [str(skill) for skill in raw.get("skills") or []], review)
        except ValidationError as error:
            self.explain(error, file, slot)
            return None

    def parsed(self, kind: type[M], raw: Mapping, file: str, place: str) -> M | None:
        try:
            return kind.model_validate(raw)
        except ValidationError as error:
            self.explain(error, file, place)
            return None

    def mapping(self, path: Path) -> Mapping:
        """The file's mapping, {} with a finding where it cannot be read."""
        try:
            loaded = yaml.load(path.read_text("utf-8"), _Unambiguous)  # noqa: S506  # a safe loader
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            self.say(self.name(path), "", "unreadable", f"文件无法读取：{error}", f"The file cannot be read: {error}")
            return {}
        if not isinstance(loaded, dict):
            self.say(
                self.name(path), "", "unreadable", "文件应是键和值的列表。", "The file should be a mapping of keys and values."
            )
            return {}
        return loaded

    def explain(self, error: ValidationError, file: str, place: str) -> None:
        for one in error.errors():
            where = ".".join(str(part) for part in one["loc"])
            zh = _CHINESE.get(one["type"], "{where} 的值不对。").format(where=where)
            self.say(file, place, "shape", zh, f"{where}: {one['msg']}")

    def say(self, file: str, place: str, code: str, zh: str, en: str) -> None:
        self.findings.append(Finding(file, place, code, zh, en))

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


_CHINESE = {"missing": "缺少 {where}。", "extra_forbidden": "不认识 {where} 这一项。", "string_too_short": "{where} 是空的。"}


class _Unambiguous(yaml.CSafeLoader):
    """YAML keeps the last of two equal keys; here that is an error, since the first would be lost unseen."""


def _construct_mapping(loader: _Unambiguous, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Unambiguous.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def _list(raw: Any) -> list[Any]:
    """YAML's null and a missing key read as nothing."""
    return raw if isinstance(raw, list) else []
