"""A provisional mark for a translation into English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from siji.language import signs
from siji.language.marking import feedback
from siji.language.marking.faults import READ, accuracy, clean_share, faults
from siji.language.marking.flags import SAYS, orders
from siji.language.marking.ordinal import anchor_of, confidence_of, interval_of, mark_of, model
from siji.language.marking.provisional import Evidence, Flag, Inline, Provisional, SourceSentence
from siji.language.measuring import content_lemmas
from siji.language.similarity import chrf, pieces_of
from siji.language.text import count_words
from siji.language.text import sentences as split
from siji.language.tokens import Sentence, read

CONVEYED = 0.4
"""The share of a reference sentence's content words from which the sentence counts as translated: other words are allowed."""
UNRELATED = 0.12
_CHINESE_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")


@dataclass(frozen=True, slots=True)
class KeyTerm:
    zh: str
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TranslationTask:
    """``references``: at least one good translation; more are better."""

    source: str
    references: tuple[str, ...]
    terms: tuple[KeyTerm, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    sentences: Sequence[Sentence]
    faults: tuple[Inline, ...]
    chrf: float
    met: frozenset[str]
    recall: tuple[float, ...]
    task: TranslationTask


def mark_translation(text: str, task: TranslationTask) -> Provisional:
    """As quick as ``mark_writing``. Raises ValueError where the task has no reference: there is nothing to compare with."""
    if not task.references:
        raise ValueError("A translation needs at least one reference · 翻译题至少要有一个参考译文")
    reading = _read(text[:READ], task)
    flags = _flags(reading)
    values = _measured(reading)
    is_nothing = any(flag.name in ("blank", "not_english", "off_topic") for flag in flags)
    marker = model("translation")
    chances = [1.0, *[0.0] * 15] if is_nothing else marker.chances(values)
    mark = 0 if is_nothing else mark_of(chances)
    low, high = interval_of(chances)
    parts = {} if is_nothing else marker.parts(values)
    unsure = any(flag.name in ("off_topic", "not_english", "orders_to_marker") for flag in flags)
    return Provisional(
        mark=mark,
        anchor=anchor_of(mark),
        low=min(low, mark),
        high=max(high, mark),
        confidence=confidence_of(chances, mark) * marker.trust * (0.5 if unsure else 1.0),
        flags=flags,
        evidence=_evidence(reading),
        measures=values,
        parts=parts,
        feedback=feedback.on_translation(reading.faults, parts, flags, mark),
        sentences=_source_sentences(reading),
    )


def translation_values(text: str, task: TranslationTask) -> Mapping[str, float]:
    """The measures of the model alone: what it is fitted on."""
    return _measured(_read(text, task))


def _read(text: str, task: TranslationTask) -> _Reading:
    sentences = read(text)
    lower = f" {' '.join(pieces_of(text))} "
    return _Reading(
        text=text,
        sentences=sentences,
        faults=faults(text, sentences),
        chrf=chrf(" ".join(text.split()), task.references) if text.strip() else 0.0,
        met=frozenset(term.zh for term in task.terms if any(f" {' '.join(pieces_of(en))} " in lower for en in term.en)),
        recall=tuple(_recalls(text, task.references)),
        task=task,
    )


def _recalls(text: str, references: Sequence[str]) -> list[float]:
    """For each sentence of the reference that the text comes nearest to: the share of its content words that the text has."""
    own = set(content_lemmas(pieces_of(text)))
    each = [[_recall(own, sentence) for sentence in split(reference)] for reference in references]
    return max(each, key=lambda recalls: fmean(recalls))


def _recall(own: set[str], sentence: str) -> float:
    wanted = set(content_lemmas(pieces_of(sentence)))
    return len(own & wanted) / len(wanted) if wanted else 1.0


def _measured(reading: _Reading) -> Mapping[str, float]:
    words = count_words(reading.text)
    terms = reading.task.terms
    return {
        "accuracy": accuracy(reading.faults, words),
        "clean": clean_share(reading.faults, reading.sentences),
        "meaning": reading.chrf,
        "terms": len(reading.met) / len(terms) if terms else 0.5,
        "complete": fmean(min(recall / CONVEYED, 1.5) for recall in reading.recall),
        "length": min(words / fmean(count_words(each) for each in reading.task.references), 1.0),
    }


def _flags(reading: _Reading) -> tuple[Flag, ...]:
    names: list[signs.Sign] = []
    if signs.length_sign(reading.text, least=0, most=None) == "blank":
        names.append("blank")
    elif not reading.met and fmean(reading.recall) < UNRELATED:
        names.append("off_topic")
    if signs.is_not_english(reading.text):
        names.append("not_english")
    return (*(Flag(name, SAYS[name]) for name in names), *orders(reading.text))


def _source_sentences(reading: _Reading) -> tuple[SourceSentence, ...]:
    """Sentence by sentence where a reference has as many as the source; otherwise with the whole reference beside each."""
    sources = [each.strip() for each in _CHINESE_SENTENCE.findall(reading.task.source) if each.strip()]
    aligned = [split(each) for each in reading.task.references if len(split(each)) == len(sources)]
    return tuple(
        _beside(
            source,
            at / len(sources),
            [each[at] for each in aligned] or list(reading.task.references),
            reading,
            is_aligned=bool(aligned),
        )
        for at, source in enumerate(sources)
    )


def _beside(source: str, place: float, wanted: Sequence[str], reading: _Reading, *, is_aligned: bool) -> SourceSentence:
    own = [sentence.text for sentence in reading.sentences]
    near = own[_nearest(place, own, wanted)] if own else ""
    best = max(wanted, key=lambda reference: chrf(near, [reference])) if near else wanted[0]
    terms = [term for term in reading.task.terms if _stands_in(term.zh, source)]
    lemmas = set(content_lemmas(pieces_of(reading.text)))
    return SourceSentence(
        source=source,
        script=near,
        met=tuple(term.zh for term in terms if term.zh in reading.met),
        missed=tuple(term.zh for term in terms if term.zh not in reading.met),
        accepted={term.zh: term.en for term in terms},
        best=best,
        is_conveyed=is_aligned and max(_recall(lemmas, each) for each in wanted) >= CONVEYED,
    )


def _nearest(place: float, own: Sequence[str], wanted: Sequence[str]) -> int:
    """By likeness, and by place, since a translation keeps the order: half the text away counts as half as like."""
    return max(range(len(own)), key=lambda at: chrf(own[at], wanted) * (1 - abs(at / len(own) - place)))


def _stands_in(term: str, sentence: str) -> bool:
    """The characters of the term in their order: 拉近距离 stands in 拉近了人与人之间的距离."""
    at = -1
    for letter in term:
        at = sentence.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _evidence(reading: _Reading) -> tuple[Evidence, ...]:
    worst = sorted(reading.faults, key=lambda each: (not each.is_serious, each.start))[:3]
    return tuple(Evidence(each.quote, each.start, each.end, "against", each.reason) for each in worst)
