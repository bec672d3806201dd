"""Words that say how one thought follows from another, by what they say."""

from __future__ import annotations

import re
from typing import Literal

Relation = Literal["addition", "contrast", "cause", "example", "order", "conclusion", "condition", "comparison", "time"]

CONNECTIVES: dict[Relation, tuple[str, ...]] = {
    "addition": (
        "also", "besides", "in addition", "furthermore", "moreover", "what's more", "what is more", "as well as", "not only", "more importantly",
        "above all", "another", "too",
    ),
    "contrast": (
        "but", "however", "yet", "although", "though", "even though", "despite", "in spite of", "on the other hand", "instead", "whereas", "while",
        "nevertheless", "even so", "unlike", "rather than", "on the contrary", "still",
    ),
    "cause": (
        "because", "because of", "since", "so", "so that", "therefore", "thus", "as a result", "for this reason", "thanks to", "due to",
        "in order to", "hence", "consequently", "in this way",
    ),
    "example": ("for example", "for instance", "such as", "in particular", "especially", "in fact"),
    "order": (
        "first", "firstly", "first of all", "to begin with", "to start with", "in the first place", "second", "secondly", "in the second place", "third",
        "thirdly", "next", "then", "finally", "last but not least", "on the one hand", "for one thing", "for another", "the first reason", "the second reason",
    ),
    "conclusion": ("in conclusion", "to conclude", "in short", "in a word", "to sum up", "all in all", "in summary", "overall", "in brief"),
    "condition": ("if", "unless", "as long as", "provided that", "otherwise", "whether", "in case", "even if", "only when"),
    "comparison": ("similarly", "likewise", "in the same way", "compared with", "just as", "the same as"),
    "time": ("when", "before", "after", "until", "meanwhile", "at first", "at last", "as soon as", "once", "by the time", "at the same time", "after that"),
}  # fmt: skip
_SAYS = {phrase: relation for relation, phrases in CONNECTIVES.items() for phrase in phrases}
_ANY = re.compile(
    r"\b(?:" + "|".join(re.escape(phrase) for phrase in sorted(_SAYS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
SUBORDINATING = frozenset(
    "because although though since unless while whereas if when before after until once as whether that which who whom whose where".split(
        " "
    )
)


def found(text: str) -> list[tuple[str, Relation, int]]:
    """The connectives of a text: what it is in lower case, what it says, where it begins."""
    plain = text.replace("’", "'")
    return [(match.group().lower(), _SAYS[match.group().lower()], match.start()) for match in _ANY.finditer(plain)]
