"""The kinds of words that a pattern can ask for."""

from __future__ import annotations

from collections.abc import Callable

from siji.language.grammar import lexicon
from siji.language.tokens import Token, as_form

Test = Callable[[Token], bool]


def _among(words: frozenset[str]) -> Test:
    return lambda token: token.lower in words


_plurals = frozenset(as_form(word, "NNS") for word in lexicon.COUNT)
_thirds = frozenset(as_form(word, "VBZ") for word in lexicon.PRESENT) - frozenset(("lives", "uses", "works", "needs", "plans"))


def _is_only(tag: str, *others: str) -> Test:
    return lambda token: tag in token.tags and not token.tags.intersection(others)


KINDS: dict[str, Test] = {
    "count": _among(lexicon.COUNT),
    "plural": _among(_plurals),
    "mass": _among(lexicon.MASS),
    "person": _among(lexicon.PEOPLE),
    "verb": _among(lexicon.PRESENT),
    "strict": _among(lexicon.STRICT),
    "third": _among(_thirds),
    "subject": _among(lexicon.SUBJECTS),
    "he": _among(lexicon.THIRD),
    "object": _among(lexicon.OBJECTS),
    "poss": _among(lexicon.POSSESSIVES),
    "modal": _among(lexicon.MODALS),
    "be": _among(lexicon.BE),
    "number": _among(lexicon.NUMBERS),
    "adverb": _among(lexicon.ADVERBS),
    "prep": _among(lexicon.PREPOSITIONS),
    "adj": _among(lexicon.ADJECTIVES),
    "shortadj": _among(lexicon.SHORT_ADJECTIVES),
    "anyadj": lambda token: bool(token.tags & {"JJ", "JJS"}),
    "nounonly": lambda token: (
        bool(token.tags & {"NN", "NNS"}) and not token.tags & {"VB", "VBZ", "VBD", "RB", "JJ"} and token.is_word
    ),
    "gerund": lambda token: "VBG" in token.tags and "VB" not in token.tags,
    "noun": lambda token: bool(token.tags & {"NN", "NNS"}) and token.lower not in lexicon.OBJECTS | lexicon.SUBJECTS,
    "vb": lambda token: "VB" in token.tags,
    "ing": _is_only("VBG", "NN"),
    "past": _is_only("VBD", "VB", "NN", "JJ", "VBN"),
    "pastform": _is_only("VBD", "VB", "NN", "JJ"),
    "participle": _is_only("VBN", "VB", "NN", "VBD"),
    "comparative": lambda token: "JJR" in token.tags and not token.tags & {"NN", "VB"} and token.lower not in ("more", "less"),
    "year": lambda token: token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20"),
    "lower": lambda token: token.text[0].islower(),
    "word": lambda token: token.is_word,
    "digits": lambda token: token.text.isdigit() and token.text != "1",
}
