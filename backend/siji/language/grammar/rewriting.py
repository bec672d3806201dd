"""How a better version is built from what was written, where a template does not reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from siji.language.grammar.lexicon import MODALS
from siji.language.grammar.rules import Match
from siji.language.tokens import as_form

Better = Callable[[Match], str]
_SINGULAR = {"have": "has", "are": "is", "were": "was", "don't": "doesn't", "do": "does"}
_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do", "doesn't": "don't", "there's": "there are"}


def last_as(tag: str) -> Better:
    """The last word in another form; *people* is *person* in the singular."""

    def better(match: Match) -> str:
        *words, last = written(match)
        return " ".join([*words, "person" if (tag, last) == ("NN", "people") else as_form(last.lower(), tag)])

    return better


def last_singular(match: Match) -> str:
    """The last word, a verb, for one: *study* is *studies*, *have* is *has*."""
    *words, last = written(match)
    return " ".join([*words, _SINGULAR.get(last.lower()) or as_form(last.lower(), "VBZ")])


def last_plural(match: Match) -> str:
    """The last word, a verb, for more than one, or after *I*."""
    *words, last = written(match)
    if words[-1:] == ["I"] and last.lower() in ("is", "are"):
        return "I am"
    return " ".join([*words, _PLURAL.get(last.lower()) or as_form(last.lower(), "VB")])


def both_plural(match: Match) -> str:
    """A bare noun and its verb, both for more than one: *teacher says* is *teachers say*."""
    noun, verb = written(match)
    plural = verb if verb.lower() in MODALS else _PLURAL.get(verb.lower()) or as_form(verb.lower(), "VB")
    return f"{as_form(noun.lower(), 'NNS')} {plural}"


def swapped(forms: Mapping[str, str]) -> Better:
    """Every word that ``forms`` names exchanged for what it says; an empty one falls out."""

    def better(match: Match) -> str:
        return " ".join(" ".join(forms.get(word.lower(), word) for word in written(match)).split()).replace(" ,", ",")

    return better


def written(match: Match) -> list[str]:
    return [token.text for token in match.tokens[match.first : match.end]]
