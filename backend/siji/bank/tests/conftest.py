"""Papers and places for the bank's own tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from siji.bank.content import content_of
from siji.bank.models import Blueprint, Paper, PaperItem


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """Tracks are written to a folder of the test's own."""
    settings.SIJI_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def short_paper(paper: Paper) -> Paper:
    """The first news report of the shipped paper with its two questions: a track of a minute and a half."""
    full = content_of(paper).blueprint
    section = full.section("listening-a").model_copy(update={"slots": ["1", "2"]})
    part = next(part for part in full.parts if part.key == "listening").model_copy(update={"sections": ["listening-a"]})
    rules = full.listening.model_copy(update={"pause_after_question_seconds": 1})
    body = full.model_copy(update={"key": "short", "sections": [section], "parts": [part], "listening": rules})
    blueprint = Blueprint.objects.create(key="short", version=1, source="test", body=body.model_dump(mode="json"))
    short = Paper.objects.create(
        slug="short", version=1, title_zh="短", title_en="Short", blueprint=blueprint, clock=paper.clock, norm=paper.norm
    )
    PaperItem.objects.bulk_create(
        PaperItem(paper=short, slot=slot.slot, position=slot.position, section=slot.section, item=slot.item)
        for slot in paper.slots.filter(slot__in=["1", "2"])
    )
    return short
