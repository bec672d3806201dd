"""Where a clause begins and what stands around a match: what rules ask beside their pattern."""

from __future__ import annotations

from siji.language.grammar import lexicon
from siji.language.grammar.rules import Match
from siji.language.tokens import Token

_OPENERS = frozenset(", ; : and but so because if when that think thinks believe although though since while as than".split())
_SAY = frozenset(
    "suggest suggests suggested recommend insist insists demand require requires propose important necessary".split()
)
_HELPERS = lexicon.MODALS | frozenset(
    "do does did don't doesn't didn't let lets make makes made help helps helped see saw watch watched hear heard have has to".split()
)


def begins_clause(match: Match) -> bool:
    """The match is the subject of its clause: nothing before it that it could hang on."""
    before = match.before()
    return not before or before[0] in _OPENERS or not before[0][0].isalnum()


def is_plain_statement(match: Match) -> bool:
    """No helping verb, question or *suggest that* before it, which would take a base form."""
    before = match.before(4)
    return not _HELPERS.intersection(before[-2:]) and not _SAY.intersection(token.lower for token in match.tokens[: match.first])


def is_free_subject(match: Match) -> bool:
    """A subject at the head of its clause: no preposition, gerund or second subject before it that would rule the verb."""
    if not is_plain_statement(match):
        return False
    before = clause_before(match)
    return not any(
        token.lower in lexicon.PREPOSITIONS
        or token.lower in ("and", "or", "to", "not")
        or "VBG" in token.tags
        or token.lower in lexicon.VERBS
        for token in before
    )


def clause_before(match: Match) -> list[Token]:
    """The words between the last opener and the match."""
    words: list[Token] = []
    for token in reversed(match.tokens[: match.first]):
        if not token.is_word or (token.lower in _OPENERS and token.lower not in ("and", "than", "as")):
            break
        words.append(token)
    return words


def is_question(match: Match) -> bool:
    return match.sentence.text.rstrip("\"'”’)").endswith("?")


def has_word(match: Match, words: frozenset[str], place: int) -> bool:
    return any(match.tokens[at].lower in words for at in match.places[place])
