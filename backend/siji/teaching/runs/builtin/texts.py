"""Questions made from texts: a gap to fill, a term in English, words to match with a paragraph. Pure.

Each is checked where it is made: one key, four choices that differ, and choices of the same kind.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wordfreq import zipf_frequency

from siji.language.measuring import FUNCTION
from siji.language.tokens import Sentence, Token, lemma, read

LEAST_ZIPF, MOST_ZIPF, NEAR = 3.4, 5.2, 0.8
SHORTEST_WORD, SHORTEST_TEXT = 5, 25
CHOICES = "ABCD"
GAP = "____"
KEYWORDS = 4


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class MadeQuestion:
    kind: str
    title: str
    text: str
    stem: str
    choices: dict[str, str]
    answer: str
    proof: str
    zh: str
    en: str


def clozes(texts: Sequence[Text], dice: random.Random) -> Iterator[MadeQuestion]:
    """One for each paragraph that has a word to ask for, in random order."""
    pool = _pool(tuple(texts))
    places = [(text, paragraph) for text in texts for paragraph in text.paragraphs]
    dice.shuffle(places)
    for text, paragraph in places:
        if made := _cloze(text, paragraph, pool, dice):
            yield made


@lru_cache(maxsize=4)
def _pool(texts: tuple[Text, ...]) -> dict[frozenset[str], list[str]]:
    """Words worth asking for, by what they may be."""
    found: dict[frozenset[str], dict[str, None]] = {}
    for text in texts:
        for paragraph in text.paragraphs:
            for sentence in read(paragraph):
                for token in sentence.words:
                    if _is_worth_asking(token):
                        found.setdefault(token.tags, {})[token.lower] = None
    return {tags: list(words) for tags, words in found.items()}


def _is_worth_asking(token: Token) -> bool:
    word = token.text
    if len(word) < SHORTEST_WORD or not word.isascii() or not word.isalpha() or not word.islower() or word in FUNCTION:
        return False
    return bool(token.tags) and LEAST_ZIPF <= zipf_frequency(word, "en") <= MOST_ZIPF


def _cloze(text: Text, paragraph: str, pool: dict[frozenset[str], list[str]], dice: random.Random) -> MadeQuestion | None:
    asked = [(sentence, token) for sentence in read(paragraph) for token in sentence.words if _is_worth_asking(token)]
    if len(paragraph.split()) < SHORTEST_TEXT:
        return None
    dice.shuffle(asked)
    for sentence, token in asked:
        wrong = _distractors(token, paragraph, pool, dice)
        if len(wrong) == len(CHOICES) - 1 and paragraph.lower().count(token.lower) == 1:
            return _gapped(text, paragraph, sentence, token, wrong, dice)
    return None


def _distractors(token: Token, paragraph: str, pool: dict[frozenset[str], list[str]], dice: random.Random) -> list[str]:
    usual, own, low = zipf_frequency(token.lower, "en"), lemma(token.lower), paragraph.lower()
    near = [
        word
        for word in pool.get(token.tags, ())
        if lemma(word) != own and word not in low and abs(zipf_frequency(word, "en") - usual) <= NEAR
    ]
    return dice.sample(near, min(len(near), len(CHOICES) - 1))


def _gapped(
    text: Text, paragraph: str, sentence: Sentence, token: Token, wrong: Sequence[str], dice: random.Random
) -> MadeQuestion:
    cut = token.start - sentence.start
    stem = sentence.text[:cut] + GAP + sentence.text[cut + len(token.text) :]
    choices, answer = _lettered(token.text, wrong, dice)
    return MadeQuestion(
        kind="cloze",
        title=text.title,
        text=paragraph[: token.start] + GAP + paragraph[token.end :],
        stem=stem,
        choices=choices,
        answer=answer,
        proof=stem,
        zh=f"原文此处是 {token.text}；四个选项词性相同，词频相近，要靠上下文判断。",
        en=f"The text has “{token.text}” here; the choices are of one part of speech and about as frequent: the context decides.",
    )


def vocabulary(terms: Sequence[Term], dice: random.Random) -> Iterator[MadeQuestion]:
    places = list(dict.fromkeys(terms))
    dice.shuffle(places)
    for term in places:
        others = sorted({other.en for other in places if other.en.lower() != term.en.lower() and other.zh != term.zh})
        if len(others) < len(CHOICES) - 1:
            return
        choices, answer = _lettered(term.en, dice.sample(others, len(CHOICES) - 1), dice)
        yield MadeQuestion(
            kind="vocabulary",
            title="",
            text="",
            stem=f"Which is the English for “{term.zh}”?",
            choices=choices,
            answer=answer,
            proof="",
            zh=f"“{term.zh}”译作 {term.en}。",
            en=f"“{term.zh}” is “{term.en}”.",
        )


def matchings(texts: Sequence[Text], dice: random.Random) -> Iterator[MadeQuestion]:
    """Four paragraphs that follow one another and the words of one of them."""
    places = [
        (text, at)
        for text in texts
        if len(text.paragraphs) >= len(CHOICES)
        for at in range(len(text.paragraphs) - len(CHOICES) + 1)
    ]
    dice.shuffle(places)
    for text, at in places:
        four = text.paragraphs[at : at + len(CHOICES)]
        target = dice.randrange(len(CHOICES))
        words = _own_words(four, target)
        if len(words) == KEYWORDS:
            yield _matching(text, four, target, words)


def _own_words(four: Sequence[str], target: int) -> list[str]:
    """What this paragraph says more than once or rarely, and the others do not say at all."""
    counts = [Counter(token.lower for sentence in read(one) for token in sentence.words) for one in four]
    others = {lemma(word) for at, count in enumerate(counts) if at != target for word in count}
    own = {
        word: n
        for word, n in counts[target].items()
        if len(word) >= SHORTEST_WORD and word.isalpha() and lemma(word) not in others
    }
    worth = sorted(own, key=lambda word: (-own[word] * (7 - zipf_frequency(word, "en")), word))
    return [word for word in worth if zipf_frequency(word, "en") >= LEAST_ZIPF][:KEYWORDS]


def _matching(text: Text, four: Sequence[str], target: int, words: Sequence[str]) -> MadeQuestion:
    letter = CHOICES[target]
    sentences = [sentence.text for sentence in read(four[target])]
    proof = max(sentences, key=lambda sentence: sum(word in sentence.lower() for word in words))
    return MadeQuestion(
        kind="matching",
        title=text.title,
        text="\n".join(f"[{name}] {paragraph}" for name, paragraph in zip(CHOICES, four, strict=True)),
        stem=f"Which paragraph is about: {', '.join(words)}?",
        choices={name: f"Paragraph {name}" for name in CHOICES},
        answer=letter,
        proof=proof,
        zh=f"这四个词只出现在 {letter} 段。",
        en=f"These four words stand in paragraph {letter} alone.",
    )


def _lettered(right: str, wrong: Sequence[str], dice: random.Random) -> tuple[dict[str, str], str]:
    order = [right, *wrong]
    dice.shuffle(order)
    return dict(zip(CHOICES, order, strict=True)), CHOICES[order.index(right)]
