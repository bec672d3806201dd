"""What the rubric says of a mark."""

from __future__ import annotations

from siji.bank.content import PaperContent
from siji.bank.facts import Band
from siji.problems import Words


def band_of(content: PaperContent, slot: str, value: int) -> Words | None:
    """What the rubric says of scripts with this mark."""
    rubric = content.items[slot].rubric
    bands: list[Band] = rubric.bands if rubric is not None else []
    return next((band.about for band in bands if band.lowest <= value <= band.highest), None)
