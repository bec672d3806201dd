"""What the lines of a model's feedback mean, while they come and once they are all there. Pure, no Django.

One thing a line, named at its beginning, fields apart by ``||``:

    OVERALL: two sentences        NEXT: one thing to do        HIGHER: what a script of the next band does
    MARK: kind || quote || better || why                       SENTENCE: source || an acceptable version || comment
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from siji.practice.automarking.rules import place_of

Kind = Literal["grammar", "word_choice", "collocation", "coherence", "chinglish", "spelling"]
KINDS = frozenset(get_args(Kind))
MOST_NEXT, MOST_MARKS, MOST_SENTENCES, LONGEST = 3, 20, 12, 600
NAMES_A_MARK = re.compile(r"\d\s*分(?![钟之])|[/／]\s*15\b|满分|分数\s*[是为:：]|\b\d+\s*(?:marks?|points?)\b", re.IGNORECASE)
"""The mark is made by other rules and stands beside: words that name one are left out, whoever talked the model into them."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A fault as the model named it, not looked up yet."""

    kind: str
    quote: str
    better: str
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    source: str
    version: str
    comment: str


@dataclass(frozen=True, slots=True)
class Written:
    overall: str = ""
    next: tuple[str, ...] = ()
    higher: str = ""
    noted: tuple[Noted, ...] = ()
    sentences: tuple[Sentence, ...] = ()

    @property
    def is_enough(self) -> bool:
        return bool(self.overall and self.next)


@dataclass(frozen=True, slots=True)
class Found:
    """A fault whose words stand in the script at ``start``."""

    kind: str
    quote: str
    start: int
    end: int
    better: str
    why: str


def read(text: str, *, is_whole: bool) -> Written:
    """Of a text that is still being written the last line is shown only where a half sentence may be."""
    found: dict[str, list[str]] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines):
        name, colon, rest = line.strip().partition(":")
        is_open = not is_whole and number == len(lines) - 1
        if not colon or (is_open and name not in PROSE) or NAMES_A_MARK.search(rest):
            continue
        if said := rest.strip()[:LONGEST]:
            found.setdefault(name, []).append(said)
    fields = {name: [_fields(said) for said in found.get(name, [])] for name in ("MARK", "SENTENCE")}
    return Written(
        overall=next(iter(found.get("OVERALL", [])), ""),
        next=tuple(found.get("NEXT", [])[:MOST_NEXT]),
        higher=next(iter(found.get("HIGHER", [])), ""),
        noted=tuple(Noted(*parts) for parts in fields["MARK"] if len(parts) == 4)[:MOST_MARKS],
        sentences=tuple(Sentence(*parts) for parts in fields["SENTENCE"] if len(parts) == 3)[:MOST_SENTENCES],
    )


PROSE = frozenset({"OVERALL", "NEXT", "HIGHER"})


def _fields(said: str) -> list[str]:
    return [part.strip() for part in said.split("||")]


def verified(noted: Iterable[Noted], script: str, barred: Iterable[tuple[int, int]] = ()) -> tuple[Found, ...]:
    """Those that the script shows, in its order. What reaches into one before it, or speaks to a marker, is left out."""
    orders = list(barred)
    found = sorted((spot for one in noted if (spot := _looked_up(one, script)) is not None), key=lambda spot: spot.start)
    kept: list[Found] = []
    for spot in found:
        is_free = not kept or kept[-1].end <= spot.start
        if is_free and not any(spot.start < end and start < spot.end for start, end in orders):
            kept.append(spot)
    return tuple(kept)


def _looked_up(one: Noted, script: str) -> Found | None:
    place = place_of(one.quote, script)
    if place is None or one.kind not in KINDS or not one.why or one.better == one.quote:
        return None
    return Found(one.kind, script[slice(*place)], *place, one.better, one.why)


def of_source(sentences: Iterable[Sentence], source: str) -> tuple[Sentence, ...]:
    """Those whose source sentence is one."""
    return tuple(one for one in sentences if one.version and place_of(one.source, source) is not None)
