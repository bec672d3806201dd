"""Content files into the database: checked first, then all of it in one transaction, then the tracks.

What has not changed is left alone, told by a fingerprint; what has changed becomes a new version. Attempts point to the version
they were sat under, so nothing changes under a person who is writing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection, transaction
from pydantic import ValidationError

from siji.bank.audio.actions import ensure_audio, inherit_recording
from siji.bank.facts import Fact
from siji.bank.findings import Finding, errors
from siji.bank.models import Blueprint, Clock, Item, NormTable, Paper, PaperItem, Passage, Rubric, VersionedData, Vocabulary
from siji.bank.sources import Content, ItemSource, PaperSource, read_content
from siji.bank.validation import check_content
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager

LOCK = 0x51_4A_01
"""Two loaders at once (two machines starting) take turns."""

R = TypeVar("R", Passage, Item)


@dataclass(slots=True)
class LoadReport:
    """``new`` counts rows by table; all zero where everything was there already. Nothing is loaded where there are errors."""

    findings: list[Finding]
    is_loaded: bool = False
    new: Counter[str] = field(default_factory=Counter)
    papers: list[str] = field(default_factory=list)
    tracks_to_make: int = 0


def load_all(root: Path) -> LoadReport:
    """Twice in a row changes nothing the second time."""
    content = read_content(root)
    report = LoadReport(check_content(content))
    if errors(report.findings):
        return report
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        report.findings += _changed_facts(content)
        if errors(report.findings):
            return report
        papers = _load(content, report.new)
        cache_manager.invalidate(spaces.PAPERS)
    report.is_loaded = True
    report.papers = [f"{paper.slug}@{paper.version}" for paper in papers]
    report.tracks_to_make = sum(ensure_audio(paper=paper) is not None for paper in papers)
    return report


def _facts(content: Content) -> Iterable[tuple[type[VersionedData], str, Mapping[str, Fact]]]:
    return (
        (Blueprint, "blueprints", content.blueprints),
        (Clock, "clocks", content.clocks),
        (NormTable, "norms", content.norms),
        (Rubric, "rubrics", content.rubrics),
        (Vocabulary, "vocabularies", content.vocabularies),
    )


def _changed_facts(content: Content) -> list[Finding]:
    """A fact that is in use under its version may not say something else."""
    findings = []
    for model, folder, facts in _facts(content):
        stored = {str(row): row.body for row in _rows(model)}
        for fact in facts.values():
            if fact.name in stored and not _same(fact, stored[fact.name]):
                following = f"{fact.key}@{fact.version + 1}"
                zh = f"{fact.name} 已经发布，不能再改；请把改动写成 {following}。"
                en = f"{fact.name} is published and may not change: write the change as {following}."
                findings.append(Finding(f"{folder}/{fact.name}", "", "published", zh, en))
    return findings


def _rows(model: type[VersionedData]) -> Iterable[VersionedData]:
    return model._default_manager.all()


def _same(fact: Fact, stored: dict[str, Any]) -> bool:
    try:
        return type(fact).model_validate(stored) == fact
    except ValidationError:
        return False


def _load(content: Content, new: Counter[str]) -> list[Paper]:
    for model, _, facts in _facts(content):
        known = {str(row) for row in _rows(model)}
        fresh = [fact for fact in facts.values() if fact.name not in known]
        model._default_manager.bulk_create(
            [model(key=fact.key, version=fact.version, source=fact.source, body=fact.model_dump(mode="json")) for fact in fresh]
        )
        new[model.__name__] += len(fresh)
    return [_load_paper(paper, new) for paper in content.papers]


def _load_paper(source: PaperSource, new: Counter[str]) -> Paper:
    passages = _load_passages(source, new)
    items = _load_items(source, passages, new)
    fingerprint = _paper_fingerprint(source, items)
    newest = Paper.objects.select_related("audio").filter(slug=source.about.slug).order_by("-version").first()
    provenance = _plain(source.about.provenance)
    if newest and newest.fingerprint == fingerprint:
        Paper.objects.filter(pk=newest.pk).update(provenance=provenance)
        return newest
    about = source.about
    paper = Paper.objects.create(
        slug=about.slug,
        version=newest.version + 1 if newest else 1,
        title_zh=about.title.zh,
        title_en=about.title.en,
        blueprint=_fact(Blueprint, about.blueprint),
        clock=_fact(Clock, about.clock),
        norm=_fact(NormTable, about.norm),
        provenance=provenance,
        fingerprint=fingerprint,
    )
    rubrics = {slot: _fact(Rubric, name) for slot, name in about.rubrics.items()}
    PaperItem.objects.bulk_create(
        PaperItem(paper=paper, slot=slot, position=number, section=item.cell, item=item, rubric=rubrics.get(slot))
        for number, (slot, item) in enumerate(items.items())
    )
    new["Paper"] += 1
    inherit_recording(paper=paper, previous=newest)
    return paper


def _load_passages(source: PaperSource, new: Counter[str]) -> dict[str, Passage]:
    """By name."""
    drafts: dict[str, Passage] = {}
    for section in source.sections.values():
        for passage in section.passages:
            body = passage.body.model_dump(mode="json")
            drafts[passage.name] = Passage(
                lineage=f"{source.about.slug}/{passage.name}",
                kind=passage.body.kind,
                body=body,
                provenance=_plain(source.about.provenance),
                fingerprint=_fingerprint([passage.body.kind, body]),
            )
    return _newest_versions(Passage, drafts, new)


def _load_items(source: PaperSource, passages: dict[str, Passage], new: Counter[str]) -> dict[str, Item]:
    """By slot. A passage's new version makes new versions of its items, since they are asked of it."""
    home = {
        item.slot: passages[passage.name]
        for section in source.sections.values()
        for passage in section.passages
        for item in passage.items
    }
    drafts = {
        item.slot: _draft(item, section=key, source=source, passage=home.get(item.slot))
        for key, section in source.sections.items()
        for item in section.items
    }
    return _newest_versions(Item, drafts, new)


def _draft(item: ItemSource, *, section: str, source: PaperSource, passage: Passage | None) -> Item:
    body = item.body.model_dump(mode="json")
    review = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in item.review]
    return Item(
        lineage=f"{source.about.slug}/{item.slot}",
        kind=item.body.kind,
        passage=passage,
        body=body,
        cell=section,
        skills=item.skills,
        provenance={**_plain(source.about.provenance), "review": review},
        fingerprint=_fingerprint([section, body, item.skills, passage.fingerprint if passage else ""]),
    )


def _newest_versions(model: type[R], drafts: dict[str, R], new: Counter[str]) -> dict[str, R]:
    """The stored row where the fingerprint is that of its newest version, else the draft as the next version.

    Provenance (with the review) is about the content, not the content: it is brought up to date in place.
    """
    lineages = [draft.lineage for draft in drafts.values()]
    rows = model._default_manager.filter(lineage__in=lineages).order_by("lineage", "-version").distinct("lineage")
    stored = {row.lineage: row for row in rows}
    fresh, kept, outdated = [], dict(drafts), []
    for name, draft in drafts.items():
        row = stored.get(draft.lineage)
        if row is None or row.fingerprint != draft.fingerprint:
            draft.version = row.version + 1 if row else 1
            fresh.append(draft)
            continue
        kept[name] = row
        if row.provenance != draft.provenance:
            row.provenance = draft.provenance
            outdated.append(row)
    model._default_manager.bulk_create(fresh)
    model._default_manager.bulk_update(outdated, ["provenance"])
    new[model.__name__] += len(fresh)
    return kept


V = TypeVar("V", bound=VersionedData)


def _fact(model: type[V], name: str) -> V:
    key, _, version = name.rpartition("@")
    return model._default_manager.get(key=key, version=int(version))


def _paper_fingerprint(source: PaperSource, items: dict[str, Item]) -> str:
    about = source.about.model_dump(mode="json", exclude={"provenance"})
    return _fingerprint([about, [[slot, item.fingerprint] for slot, item in items.items()]])


def _fingerprint(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """YAML's dates as text."""
    plain: dict[str, Any] = json.loads(json.dumps(value, default=str, ensure_ascii=False))
    return plain
