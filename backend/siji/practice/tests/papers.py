"""A small but complete paper: 57 slots, the shipped facts, texts of one line each; ``key_of`` says what is right."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from siji.bank.models import (
    Audio,
    AudioState,
    Blueprint,
    Clock,
    Item,
    NormTable,
    Paper,
    PaperItem,
    Passage,
    Rubric,
    Vocabulary,
)

LETTERS = "ABCDEFGHIJKLMNO"
WORDS = {"zh": "因为原文这样说。", "en": "Because the passage says so."}
GROUPS = {
    "listening-a": ("news", [2, 2, 3]),
    "listening-b": ("conversation", [4, 4]),
    "listening-c": ("talk", [3, 3, 4]),
    "reading-a": ("cloze", [10]),
    "reading-b": ("long", [10]),
    "reading-c": ("reading", [5, 5]),
}
BYTES_PER_SECOND = 6000
SECONDS_A_SLOT = 20
_numbers = count(1)


def key_of(slot: str) -> str:
    """The key of a slot of every paper made here."""
    number = int(slot)
    return LETTERS[(number - 26) % 10] if 26 <= number <= 45 else "B"


def make_paper(slug: str = "", *, with_audio: bool = False) -> Paper:
    number = next(_numbers)
    paper = Paper.objects.create(
        slug=slug or f"test-{number}",
        version=1,
        title_zh="测试卷",
        title_en="Test paper",
        blueprint=_fact(Blueprint, "blueprints/cet4-2016@1.yaml"),
        clock=_fact(Clock, "clocks/cet4@1.yaml"),
        norm=_fact(NormTable, "norms/cet4@1.yaml"),
        fingerprint=f"paper-{number}",
        audio=make_audio(number) if with_audio else None,
    )
    _vocabulary("traps", {"heard_word": {"zh": "听到原词", "en": "Heard word"}})
    _vocabulary("skills", {"detail": {"zh": "细节", "en": "Detail"}})
    places = [*_writing(number), *_objective(number), *_translation(number)]
    Item.objects.bulk_create(place.item for place in places)
    for position, place in enumerate(places):
        place.paper, place.position = paper, position
    PaperItem.objects.bulk_create(places)
    return paper


def _fact(model: type[Any], name: str) -> Any:
    body = deepcopy(_shipped(name))
    return model.objects.get_or_create(
        key=body["key"], version=body["version"], defaults={"body": body, "source": body["source"]}
    )[0]


@cache
def _shipped(name: str) -> Any:
    return yaml.safe_load((Path(settings.SIJI_CONTENT) / name).read_text("utf-8"))


def _vocabulary(key: str, names: dict[str, Any]) -> None:
    body = {"key": key, "version": 1, "source": "test", "names": names}
    Vocabulary.objects.get_or_create(key=key, version=1, defaults={"body": body, "source": "test"})


def _place(number: int, slot: str, section: str, body: dict[str, Any], passage: Passage | None = None) -> PaperItem:
    item = Item(
        lineage=f"test-{number}/{slot}",
        version=1,
        kind=body["kind"],
        passage=passage,
        body=body,
        cell=section,
        skills=["detail"],
        fingerprint=f"{number}-{slot}",
    )
    return PaperItem(slot=slot, section=section, item=item)


def _anchors() -> list[dict[str, Any]]:
    return [{"band": band, "text": f"A script of band {band}.", "why": {"zh": "示例"}} for band in (14, 11, 8, 5, 2)]


def _writing(number: int) -> list[PaperItem]:
    body = {
        "kind": "essay",
        "genre": "argument",
        "prompt": "Write about libraries.",
        "words": {"min": 120, "max": 180},
        "points": ["an opinion"],
        "anchors": _anchors(),
    }
    place = _place(number, "W", "writing", body)
    place.rubric = _fact(Rubric, "rubrics/cet4-writing@1.yaml")
    return [place]


def _translation(number: int) -> list[PaperItem]:
    body = {
        "kind": "translation",
        "source": "茶馆是人们见面的地方。",
        "references": ["The secret reference."],
        "terms": [],
        "points": ["见面"],
        "anchors": _anchors(),
    }
    place = _place(number, "T", "translation", body)
    place.rubric = _fact(Rubric, "rubrics/cet4-translation@1.yaml")
    return [place]


def _objective(number: int) -> list[PaperItem]:
    passages, places, slot = [], [], 1
    for section, (kind, groups) in GROUPS.items():
        for index, size in enumerate(groups, 1):
            slots = [str(n) for n in range(slot, slot + size)]
            passage = Passage(
                lineage=f"test-{number}/{section}-{index}",
                version=1,
                kind=kind,
                body=_passage_body(kind, slots),
                fingerprint=f"{number}-{section}-{index}",
            )
            passages.append(passage)
            places += [_place(number, name, section, _item_body(kind, name), passage) for name in slots]
            slot += size
    Passage.objects.bulk_create(passages)
    return places


def _passage_body(kind: str, slots: list[str]) -> dict[str, Any]:
    body: dict[str, Any] = {"kind": kind, "title": {"zh": "标题", "en": "Title"}, "topic": "test"}
    proofs = [f"The proof of item {slot} stands here." for slot in slots]
    match kind:
        case "news" | "conversation" | "talk":
            return body | {"script": [{"voice": "W", "text": " ".join(["The secret transcript begins.", *proofs])}]}
        case "cloze":
            blanks = [f"Blank {{{{{slot}}}}} is here." for slot in slots]
            return body | {"paragraphs": [" ".join(blanks)], "bank": {x: {"word": f"word{x}", "pos": "noun"} for x in LETTERS}}
        case "long":
            return body | {"lettered": dict(zip(LETTERS, proofs, strict=False))}
    return body | {"paragraphs": [" ".join(proofs)]}


def _item_body(kind: str, slot: str) -> dict[str, Any]:
    key = key_of(slot)
    wrong = next(letter for letter in LETTERS if letter != key)
    body: dict[str, Any] = {
        "key": key,
        "proof": f"Blank {{{{{slot}}}}} is here." if kind == "cloze" else f"The proof of item {slot} stands here.",
        "explanation": WORDS,
        "traps": {wrong: {"trap": "heard_word", "why": "因为"}},
    }
    if kind == "cloze":
        return body | {"kind": "banked_cloze"}
    if kind == "long":
        return body | {"kind": "paragraph_matching", "statement": f"Statement {slot}."}
    choices = {letter: f"Choice {letter} of {slot}" for letter in "ABCD"}
    name = "careful_reading" if kind == "reading" else "listening_choice"
    return body | {"kind": name, "question": f"Question {slot}?", "choices": choices}


def make_audio(number: int) -> Audio:
    """A track in which each listening slot has a passage (10 s), a question (5 s) and a pause (5 s), and byte n is n % 251."""
    size = 25 * SECONDS_A_SLOT * BYTES_PER_SECOND
    path = Path(settings.SIJI_HOME) / "media" / f"test-{number}.mp3"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(track_bytes(0, size))
    return Audio.objects.create(
        key=f"test-{number}",
        state=AudioState.READY,
        path=path.name,
        origin="espeak-ng",
        size_bytes=size,
        bytes_per_second=BYTES_PER_SECOND,
        duration_ms=size // 6,
        timeline=[segment for slot in range(1, 26) for segment in _segments(slot)],
    )


def track_bytes(first: int, end: int) -> bytes:
    turn = bytes(range(251))
    return (turn * ((end - first) // 251 + 2))[first % 251 : first % 251 + end - first]


def _segments(slot: int) -> list[dict[str, Any]]:
    at = (slot - 1) * SECONDS_A_SLOT * 1000
    section = next(key for key, last in (("listening-a", 7), ("listening-b", 15), ("listening-c", 25)) if slot <= last)
    about = {"section": section, "passage": f"{section}-1"}
    return [
        {"kind": "sentence", "start_ms": at, "end_ms": at + 10_000, "turn": 0, "sentence": 0, **about},
        {"kind": "question", "start_ms": at + 10_000, "end_ms": at + 15_000, "slot": str(slot), **about},
        {"kind": "pause", "start_ms": at + 15_000, "end_ms": at + 20_000, **about},
    ]
