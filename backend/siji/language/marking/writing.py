"""A provisional mark for an essay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from siji.language import signs
from siji.language.marking import feedback
from siji.language.marking.faults import READ, accuracy, clean_share, faults
from siji.language.marking.flags import flagged
from siji.language.marking.ordinal import anchor_of, confidence_of, interval_of, mark_of, model
from siji.language.marking.provisional import Evidence, Flag, Inline, Provisional
from siji.language.measuring import Measures, measure
from siji.language.similarity import copied_share, repeated_share
from siji.language.tokens import Sentence, read
from siji.language.topic import Topic, topic
from siji.language.worn import worn_phrases, worn_share

UNSURE = frozenset(("off_topic", "copied", "repeated", "not_english", "orders_to_marker", "template"))
"""Flags under which the model's chances do not hold: its confidence is halved."""


@dataclass(frozen=True, slots=True)
class WritingTask:
    prompt: str
    points: tuple[str, ...] = ()
    least: int = 120
    most: int | None = 180


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in a script, once."""

    text: str
    sentences: Sequence[Sentence]
    measures: Measures
    faults: tuple[Inline, ...]
    topic: Topic
    worn: float
    copied: float
    repeated: float


def mark_writing(text: str, task: WritingTask) -> Provisional:
    """About 30 ms for 150 words, and once a process some 3 s for its dictionaries. Never raises on what a student can write."""
    reading = read_script(text[:READ], task)
    flags = flagged(reading, task)
    values = measured(reading, task)
    if any(flag.name in ("blank", "not_english", "off_topic") for flag in flags):
        return _nothing(reading, values, flags)
    marker = model("writing")
    chances = marker.chances(values)
    mark = mark_of(chances)
    low, high = interval_of(chances)
    unsure = any(flag.name in UNSURE for flag in flags)
    parts = marker.parts(values)
    return Provisional(
        mark=mark,
        anchor=anchor_of(mark),
        low=min(low, mark),
        high=max(high, mark),
        confidence=confidence_of(chances, mark) * marker.trust * (0.5 if unsure else 1.0),
        flags=flags,
        evidence=_evidence(reading, flags),
        measures=values,
        parts=parts,
        feedback=feedback.on_writing(reading.faults, parts, flags, mark, _worn_marks(reading)),
    )


def read_script(text: str, task: WritingTask) -> Reading:
    sentences = read(text)
    words = [token.lower for sentence in sentences for token in sentence.words]
    return Reading(
        text=text,
        sentences=sentences,
        measures=measure(text, sentences),
        faults=faults(text, sentences),
        topic=topic(words, " ".join((task.prompt, *task.points))),
        worn=worn_share(text),
        copied=copied_share(text, task.prompt),
        repeated=repeated_share(text),
    )


def measured(reading: Reading, task: WritingTask) -> Mapping[str, float]:
    """The measures of the model, each turned so that more is better."""
    found = reading.measures
    own = found.words * (1 - reading.copied) * (1 - reading.repeated)
    return {
        "accuracy": accuracy(reading.faults, found.words),
        "clean": clean_share(reading.faults, reading.sentences),
        "length": min(own / task.least, 1.1),
        "range": found.range,
        "level": found.level,
        "sentences": min(found.sentence_length, 20.0),
        "depth": min(found.depth, 1.5),
        "variety": min(found.spread, 0.6),
        "linking": float(min(found.relations, 6)),
        "own_words": -reading.worn,
        "on_topic": min(reading.topic.density, 0.15),
    }


def _nothing(reading: Reading, values: Mapping[str, float], flags: tuple[Flag, ...]) -> Provisional:
    """Band 0: blank, isolated words, or nothing to do with the topic. How sure that is depends on how it was seen."""
    is_blank = any(flag.name == "blank" for flag in flags)
    return Provisional(
        mark=0,
        anchor=0,
        low=0,
        high=0 if is_blank else 5,
        confidence=0.99 if is_blank else 0.4,
        flags=flags,
        evidence=(),
        measures=values,
        parts={},
        feedback=feedback.on_writing(reading.faults, {}, flags, 0, ()),
    )


def _worn_marks(reading: Reading) -> tuple[Inline, ...]:
    """Marked in the text only where they are many: one or two are how essays are written."""
    spots = worn_phrases(reading.text)
    return tuple(feedback.worn(reading.text, start, end) for start, end in spots) if reading.worn >= signs.WORN else ()


def _evidence(reading: Reading, flags: tuple[Flag, ...]) -> tuple[Evidence, ...]:
    worst = sorted(reading.faults, key=lambda each: (not each.is_serious, each.start))[:3]
    against = [Evidence(each.quote, each.start, each.end, "against", each.reason) for each in worst]
    clean = [
        sentence
        for sentence in reading.sentences
        if len(sentence.words) >= 8
        and not any(sentence.start <= each.start < sentence.end for each in reading.faults)
        and not any(sentence.start <= flag.start < sentence.end for flag in flags if flag.quote)
    ]
    best = sorted(clean, key=lambda sentence: -len(sentence.words))[:2]
    return (*against, *(Evidence(each.text, each.start, each.end, "for", feedback.CLEAN) for each in best))
