"""Texts: their length, the turns of a script, and plain typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from siji.bank.bodies import CarefulReading, ListeningChoice, LongPassage, ScriptPassage
from siji.bank.facts import Bounds
from siji.bank.findings import Finding
from siji.bank.sources import ItemSource, PassageSource
from siji.bank.validation.scope import Scope, about
from siji.language.text import count_words

LEAST_TURNS = 10
SPOKEN_CHOICE_WORDS = (1, 14)
_ODD = re.compile(r"[“”‘’…—–]|\*\*|`|[一-鿿]")


def words_of(passage: PassageSource) -> int:
    """Words as an examiner counts; a blank counts as the word that fills it."""
    return sum(count_words(text) for text in passage.body.texts())


def check_lengths(scope: Scope) -> Iterator[Finding]:
    """Words of each passage, paragraphs of a long one, words of each spoken item's choices."""
    for wanted, passage in scope.passages():
        if wanted.passage_words:
            yield from _within(passage, "words", words_of(passage), wanted.passage_words, "词数", "words")
        if wanted.paragraphs and isinstance(passage.body, LongPassage):
            yield from _within(passage, "paragraphs", len(passage.body.lettered), wanted.paragraphs, "段落数", "paragraphs")
    for _, item, body in scope.keyed_items():
        if isinstance(body, ListeningChoice):
            for letter, text in body.choices.items():
                count = count_words(text)
                yield from _within(
                    item, "choice_words", count, SPOKEN_CHOICE_WORDS, f"选项 {letter} 的词数", f"words in {letter}"
                )


def _within(source: ItemSource | PassageSource, code: str, count: int, bounds: Bounds, zh: str, en: str) -> Iterator[Finding]:
    low, high = bounds
    if not low <= count <= high:
        yield about(
            source, code, zh=f"{zh}应为 {low}–{high}，现在是 {count}。", en=f"{low}-{high} {en} are asked for; there are {count}."
        )


def check_turns(scope: Scope) -> Iterator[Finding]:
    """A conversation has two voices that alternate in at least ten turns; anything else that is heard has one voice."""
    for _, passage in scope.passages():
        if not isinstance(passage.body, ScriptPassage):
            continue
        voices = [turn.voice for turn in passage.body.script]
        if passage.body.kind != "conversation":
            if len(set(voices)) != 1:
                yield about(passage, "voices", zh="新闻和短文只用一个声音。", en="News and passages have one voice.")
        elif len(voices) < LEAST_TURNS or any(one == two for one, two in pairwise(voices)):
            yield about(
                passage,
                "turns",
                zh=f"对话至少 {LEAST_TURNS} 轮，男女声交替；现在是 {len(voices)} 轮。",
                en=f"A conversation takes at least {LEAST_TURNS} turns with alternating voices; there are {len(voices)} turns.",
            )


def check_plain_text(scope: Scope) -> Iterator[Finding]:
    """English texts are typed plainly: ASCII quotes, no Markdown, no Chinese. A quote could not be found otherwise."""
    for _, passage in scope.passages():
        yield from _check_typing(passage, passage.body.texts())
        letters = list(passage.body.lettered) if isinstance(passage.body, LongPassage) else []
        if letters != [chr(ord("A") + number) for number in range(len(letters))]:
            yield about(passage, "letters", zh="段落字母应从 A 起连续。", en="Paragraph letters should run from A without a gap.")
    for _, item, body in scope.keyed_items():
        if isinstance(body, ListeningChoice | CarefulReading):
            yield from _check_typing(item, [body.question, *body.choices.values()])


def _check_typing(source: ItemSource | PassageSource, texts: list[str]) -> Iterator[Finding]:
    odd = sorted({found for text in texts for found in _ODD.findall(text)})
    if odd:
        listed = " ".join(odd)
        yield about(
            source,
            "typing",
            zh=f"英文里请用普通引号和连字符，不用 Markdown：{listed}",
            en=f"Use plain quotes and hyphens and no Markdown: {listed}",
        )
