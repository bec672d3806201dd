"""What items and papers are found by, and the words that a result shows of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from siji.bank.bodies import (
    BankedCloze,
    CarefulReading,
    ClozePassage,
    Essay,
    KeyedItem,
    ListeningChoice,
    LongPassage,
    ParagraphMatching,
    ReadingPassage,
    ScriptPassage,
    Translation,
)
from siji.bank.fulltext import search_vector
from siji.problems import Words

PassageOf = ScriptPassage | ClozePassage | LongPassage | ReadingPassage


def item_vector(body: KeyedItem | Essay | Translation, passage: PassageOf | None) -> Any:
    """What is asked above the choices, both above what it is asked of."""
    title, more = item_texts(body)
    named = "" if passage is None else f"{passage.title.zh} {passage.title.en} {passage.topic}"
    return search_vector(A=title, B=more, C=named, D=" ".join(passage.texts()) if passage else "")


def paper_vector(title: Words, passages: Iterable[Words]) -> Any:
    return search_vector(A=f"{title.zh} {title.en}", B=" ".join(f"{one.zh} {one.en}" for one in passages))


def item_texts(body: KeyedItem | Essay | Translation) -> tuple[str, str]:
    """What is asked in a line, and what else it says."""
    match body:
        case ListeningChoice() | CarefulReading():
            return body.question, " ".join(body.choices.values())
        case ParagraphMatching():
            return body.statement, ""
        case BankedCloze():
            return body.proof, ""
        case Essay():
            return body.prompt, " ".join(body.points)
        case Translation():
            return body.source, " ".join(body.points)
