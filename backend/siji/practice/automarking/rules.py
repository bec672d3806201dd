"""What a model may say of a script and what is made of it. Pure, no Django.

The model names an anchor band and a lean and quotes the script; this turns it into a whole mark, at most one from the anchor, and
refuses what cannot be shown in the script. Where the two engines differ, or something in the script speaks to its marker, a
person has to look: then the built-in mark is the provisional one, since no words in a script can talk it over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Doubt = Literal["far_apart", "checks_failed", "unsure", "orders_to_marker", "off_topic", "not_english", "template", "copied"]
"""Why a person has to look, by name."""

ANCHORS = (0, 2, 5, 8, 11, 14)
FAR_APART = 3
"""Marks, the width of a band, from which two engines do not say the same."""
LEAST_QUOTES = 2
LEAST_WORDS = 3
UNSURE = 0.35
"""Confidence of the built-in engine below which it should not be alone."""
SUSPECT: tuple[Doubt, ...] = ("orders_to_marker", "off_topic", "not_english", "template", "copied")
"""Flags of a script that are for a person to judge."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One engine's word on a script; ``mark`` None where it has none."""

    mark: int | None
    confidence: float | None = None
    flags: Collection[str] = ()
    has_failed_checks: bool = False


def whole_mark(band: int, lean: int) -> int:
    """Raises ValueError for what is no anchor or leans by more than one."""
    if band not in ANCHORS or lean not in (-1, 0, 1):
        raise ValueError(f"no band {band} with lean {lean}")
    return band + lean if band else 0


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Where the script has these words, whatever white space lies between them; None where it has not."""
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None


def check_quotes(quotes: Sequence[str], text: str, band: int, forbidden: Iterable[tuple[int, int]] = ()) -> None:
    """Raises ValueError, in words for the model, unless enough of the script itself was quoted.

    ``forbidden``: spans that speak to the marker and show nothing of the language.
    """
    barred = list(forbidden)
    for quote in quotes:
        place = place_of(quote, text)
        if place is None:
            raise ValueError(f"the script does not contain: {quote[:80]!r}")
        if any(place[0] < end and start < place[1] for start, end in barred):
            raise ValueError(f"this is addressed to the marker and is no evidence: {quote[:80]!r}")
    long_enough = {" ".join(quote.split()) for quote in quotes if len(quote.split()) >= LEAST_WORDS}
    if band and len(long_enough) < min(LEAST_QUOTES, max(len(text.split()) // LEAST_WORDS, 0)):
        raise ValueError(f"quote at least {LEAST_QUOTES} different passages of {LEAST_WORDS} words or more")


def doubts(builtin: Opinion | None, model: Opinion | None) -> tuple[Doubt, ...]:
    """Every reason for a person to look at the script before anything is said of it."""
    flags = {flag for each in (builtin, model) if each is not None for flag in each.flags}
    found: list[Doubt] = []
    if _is_far_apart(builtin, model):
        found.append("far_apart")
    if model is not None and model.has_failed_checks:
        found.append("checks_failed")
    if _is_alone_and_unsure(builtin, model):
        found.append("unsure")
    return (*found, *(name for name in SUSPECT if name in flags))


def provisional(builtin: Opinion | None, model: Opinion | None) -> Literal["builtin", "model"] | None:
    """Whose mark is shown meanwhile."""
    if _has_mark(model) and not doubts(builtin, model):
        return "model"
    return "builtin" if _has_mark(builtin) else None


def _has_mark(opinion: Opinion | None) -> bool:
    return opinion is not None and opinion.mark is not None


def _is_far_apart(builtin: Opinion | None, model: Opinion | None) -> bool:
    if builtin is None or model is None or builtin.mark is None or model.mark is None:
        return False
    return abs(builtin.mark - model.mark) >= FAR_APART


def _is_alone_and_unsure(builtin: Opinion | None, model: Opinion | None) -> bool:
    if builtin is None or builtin.confidence is None or _has_mark(model):
        return False
    return builtin.confidence < UNSURE
