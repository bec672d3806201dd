"""What is heard, in order: directions, announcements, passages sentence by sentence, questions and the pauses to answer in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from siji.bank.bodies import ListeningChoice, ScriptPassage
from siji.bank.facts import BlueprintBody
from siji.bank.timeline import SegmentKind
from siji.language.text import sentences

Speaker = Literal["W", "M", "N"]
"""Woman, man, announcer."""

AFTER_SENTENCE_MS = 350
AFTER_TURN_MS = 550
AFTER_ANNOUNCEMENT_MS = 900
BEFORE_QUESTIONS_MS = 1_200

_ORDINALS = ("one", "two", "three", "four", "five")
_CALLED = {"news": "news report", "conversation": "conversation", "talk": "passage"}


@dataclass(frozen=True, slots=True)
class Line:
    """Something spoken and the silence after it. ``answer_ms`` is the part of that silence that is for answering."""

    kind: SegmentKind
    voice: Speaker
    text: str
    section: str
    silence_ms: int
    passage: str | None = None
    slot: str | None = None
    turn: int | None = None
    sentence: int | None = None
    answer_ms: int = 0


@dataclass(frozen=True, slots=True)
class SpokenPassage:
    name: str
    body: ScriptPassage
    questions: Sequence[tuple[str, ListeningChoice]]


def script_of(blueprint: BlueprintBody, passages: dict[str, Sequence[SpokenPassage]]) -> list[Line]:
    """The whole listening part. ``passages`` by section key; sections without any are not announced."""
    return list(_lines(blueprint, passages))


def _lines(blueprint: BlueprintBody, passages: dict[str, Sequence[SpokenPassage]]) -> Iterator[Line]:
    part = next(part for part in blueprint.parts if part.key == "listening")
    heard = [key for key in part.sections if passages.get(key)]
    pause = blueprint.listening.pause_after_question_seconds * 1000
    for number, key in enumerate(heard):
        section = blueprint.section(key)
        opening = f"{part.title.en}. {section.title.en}." if number == 0 else f"{section.title.en}."
        yield Line("announcement", "N", opening, key, AFTER_ANNOUNCEMENT_MS)
        for text in sentences(section.directions.en):
            yield Line("directions", "N", text, key, AFTER_TURN_MS)
        for place, passage in enumerate(passages[key]):
            yield from _passage(key, place, passage, pause)
    if heard:
        yield Line("announcement", "N", "This is the end of the listening part.", heard[-1], AFTER_SENTENCE_MS)


def _passage(section: str, place: int, passage: SpokenPassage, pause_ms: int) -> Iterator[Line]:
    called, name = _CALLED[passage.body.kind], passage.name
    slots = [slot for slot, _ in passage.questions]
    yield Line("announcement", "N", f"{called.capitalize()} {_ORDINALS[place]}.", section, AFTER_ANNOUNCEMENT_MS, name)
    for turn, spoken in enumerate(passage.body.script):
        parts = sentences(spoken.text)
        for number, text in enumerate(parts):
            silence = AFTER_SENTENCE_MS if number + 1 < len(parts) else AFTER_TURN_MS
            yield Line("sentence", spoken.voice, text, section, silence, name, turn=turn, sentence=number)
    yield Line("announcement", "N", _based_on(slots, called), section, BEFORE_QUESTIONS_MS, name)
    for slot, item in passage.questions:
        yield Line("announcement", "N", f"Question {slot}.", section, AFTER_TURN_MS, name, slot)
        yield Line("question", "N", item.question, section, 0, name, slot, answer_ms=pause_ms)


def _based_on(slots: Sequence[str], called: str) -> str:
    """Questions 1 and 2 are based on the news report you have just heard."""
    if len(slots) == 1:
        return f"Question {slots[0]} is based on the {called} you have just heard."
    joined = "and" if len(slots) == 2 else "to"
    return f"Questions {slots[0]} {joined} {slots[-1]} are based on the {called} you have just heard."
