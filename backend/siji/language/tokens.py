"""A text as words and marks that know where they stand and what they may be.

``tags`` are Penn Treebank tags that the dictionary allows (``book``: NN, VB), not one that was chosen: rules look at the
neighbours instead. The dictionary is lemminflect's (the NIH lexicon, British and American forms); about 60 MB, read on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

from siji.language.text import sentences, word_spans

_PIECE = re.compile(r"\S+")
_MARKS = re.compile(r"[,.;:?!\"“”()]")
_BASE = {"NOUN": "NN", "PROPN": "NNP", "VERB": "VB", "AUX": "VB", "ADJ": "JJ", "ADV": "RB"}
_INFLECTED = {
    "NOUN": ("NNS",),
    "VERB": ("VBZ", "VBD", "VBN", "VBG"),
    "AUX": ("VBZ", "VBD", "VBN", "VBG"),
    "ADJ": ("JJR", "JJS"),
    "ADV": ("RBR", "RBS"),
}


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    lower: str
    start: int
    end: int
    tags: frozenset[str]

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.is_word)


def read(text: str) -> list[Sentence]:
    """The sentences of a text, each with its place in it. A line break ends a paragraph, and a sentence with it."""
    return [Sentence(text[a:b], a, b, tuple(_tokens(text, a, b))) for a, b in _sentence_spans(text)]


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    for paragraph in re.finditer(r"[^\n]+", text):
        pieces = _PIECE.finditer(text, *paragraph.span())
        for sentence in sentences(paragraph.group()):
            of_it = list(islice(pieces, len(sentence.split())))
            yield of_it[0].start(), of_it[-1].end()


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    part = text[start:end]
    words = word_spans(part)
    within = {at for a, b in words for at in range(a, b)}
    marks = [found.span() for found in _MARKS.finditer(part) if found.start() not in within]
    for a, b in sorted(words + marks):
        word = part[a:b].replace("’", "'")
        yield Token(word, word.lower(), start + a, start + b, tags(word.lower()))


@lru_cache(maxsize=65_536)
def tags(word: str) -> frozenset[str]:
    """What a lower-case word may be; empty where no dictionary knows it."""
    found: set[str] = set()
    for part, lemmas in _lemmas_of(word).items():
        for lemma in lemmas:
            if lemma == word:
                found.add(_BASE[part])
            # The dictionary knows uncounted plurals ("many fish", but "many go" too): a plural here is another form.
            found |= {
                tag for tag in _INFLECTED.get(part, ()) if (tag != "NNS" or word != lemma) and word in inflections(lemma, tag)
            }
    return frozenset(found)


@lru_cache(maxsize=65_536)
def inflections(lemma: str, tag: str) -> tuple[str, ...]:
    """The forms of a lemma, the usual one first: (``teach``, VBD) is ``taught``."""
    from lemminflect import getInflection

    return cast(tuple[str, ...], getInflection(lemma, tag))


def lemma(word: str, part: str | None = None) -> str:
    """The dictionary form of a lower-case word as ``part`` (NOUN, VERB, ADJ, ADV) or as it comes first; itself where unknown."""
    found = _lemmas_of(word)
    if part:
        return found.get(part, (word,))[0]
    return next((lemmas[0] for lemmas in found.values()), word)


def as_form(word: str, tag: str) -> str:
    """A word in another form: (``study``, VBZ) is ``studies``. Itself where no dictionary has the form."""
    part = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV"}[tag[0]]
    base = lemma(word, part)
    return base if tag in ("NN", "VB", "JJ", "RB") else next(iter(inflections(base, tag)), word)


@lru_cache(maxsize=65_536)
def _lemmas_of(word: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllLemmas

    return cast(dict[str, tuple[str, ...]], getAllLemmas(word))
