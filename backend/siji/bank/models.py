"""What is asked. A published version never changes; an edit is a new version of the same lineage.

An Item is one thing to be answered (57 in a paper). What items share (passage, script, word bank) is a Passage.
JSON bodies are parsed into the typed classes of ``bank/bodies.py`` at the border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    from siji.accounts.models import User


class VersionedData(models.Model):
    """A fact about the examination that may change one day: immutable, with its source and date."""

    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    source = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"


class Blueprint(VersionedData):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="blueprint_version")]


class Clock(VersionedData):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="clock_version")]


class NormTable(VersionedData):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="norm_version")]


class Rubric(VersionedData):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="rubric_version")]


class Vocabulary(VersionedData):
    """Names that content may use: key ``traps`` or ``skills``."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="vocabulary_version")]


class PassageKind(models.TextChoices):
    NEWS = "news"
    CONVERSATION = "conversation"
    TALK = "talk"
    CLOZE = "cloze"
    LONG = "long"
    READING = "reading"


class Passage(models.Model):
    lineage = models.CharField(max_length=120)
    """Stable name across versions, ``<paper slug>/<passage id>`` for shipped content."""
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=PassageKind.choices)
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    provenance: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lineage", "version"], name="passage_version")]


class ItemKind(models.TextChoices):
    ESSAY = "essay"
    LISTENING_CHOICE = "listening_choice"
    BANKED_CLOZE = "banked_cloze"
    PARAGRAPH_MATCHING = "paragraph_matching"
    CAREFUL_READING = "careful_reading"
    TRANSLATION = "translation"


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> Self:
        """Teachers and administrators: an item says its key. Students meet items in papers only."""
        return self if user.is_teacher or user.is_admin else self.none()


class Item(models.Model):
    lineage = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    passage = models.ForeignKey(Passage, null=True, on_delete=models.PROTECT, related_name="items")
    body: models.JSONField[dict[str, Any]] = models.JSONField()
    cell = models.CharField(max_length=40)
    """The blueprint section it was written for, for example ``listening-a``."""
    skills: models.JSONField[list[str]] = models.JSONField(default=list)
    provenance: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())
    search = SearchVectorField(null=True)
    """What is asked, the choices, and what it is asked of (``bank/searching.py``)."""

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lineage", "version"], name="item_version")]
        indexes = [GinIndex(fields=["search"], name="item_search")]


class AudioState(models.TextChoices):
    MISSING = "missing"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class Audio(models.Model):
    """One listening track: constant bitrate, so that time = bytes ÷ ``bytes_per_second``.

    ``timeline`` is a list of segments ``{kind, start_ms, end_ms, section, slot?, passage?, turn?, sentence?}`` where kind is
    directions, announcement, sentence, question or pause; ``passage`` is the passage's name in its paper, for example
    ``news-1``. A recording has one segment of kind ``recording``, or one for each section where its teacher has said
    where they begin. A ready row never changes: a new track, or new times of the same one, is a new row.
    """

    key = models.CharField(max_length=64, unique=True)
    """Hash of the script, the voices and the synthesiser's version; for a recording, of its bytes and its sections' starts."""
    state = models.CharField(max_length=10, choices=AudioState.choices, default=AudioState.BUILDING)
    path = models.CharField(max_length=200, default="")
    """Relative to SIJI_HOME/media."""
    origin = models.CharField(max_length=40, default="")
    """espeak-ng, "espeak-ng (fallback)" where the speech endpoint failed (``error`` says why), speech-endpoint or recording."""
    size_bytes = models.PositiveIntegerField(default=0)
    bytes_per_second = models.PositiveIntegerField(default=6000)
    duration_ms = models.PositiveIntegerField(default=0)
    timeline: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    error = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> Self:
        """Students and teachers choose from what is published; administrators see drafts too."""
        return self if user.is_admin else self.filter(is_published=True)

    def current(self) -> Self:
        """The newest version of each paper."""
        newest = Paper.objects.filter(slug=models.OuterRef("slug")).order_by("-version").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))


class Paper(models.Model):
    slug = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT)
    norm = models.ForeignKey(NormTable, on_delete=models.PROTECT)
    audio = models.ForeignKey(Audio, null=True, on_delete=models.SET_NULL, related_name="papers")
    provenance: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    is_published = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())
    search = SearchVectorField(null=True)
    """Titles in both languages, and the titles of its passages."""

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="paper_version")]
        indexes = [GinIndex(fields=["search"], name="paper_search")]


class PaperItem(models.Model):
    """An item in its place. ``slot`` is what the answer protocol calls ``item``: "W", "1" … "55", "T"."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="slots")
    slot = models.CharField(max_length=4)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=40)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey(Rubric, null=True, on_delete=models.PROTECT, related_name="+")
    """What a script for this slot is marked by; null for items with a key."""

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "slot"], name="paper_slot_once"),
            models.UniqueConstraint(fields=["paper", "position"], name="paper_position_once"),
        ]
