"""What a rule is, and how it is looked for.

A pattern is words between spaces. ``go|goes`` is one of these words; ``@noun`` a kind of word (``KINDS``); ``?`` behind makes it
optional; ``...5`` is up to five words of any kind; ``^`` is where a sentence begins; ``,`` ``.`` ``?`` stand for themselves (``\\?`` for
the mark). The better version is a template over the pattern's places: ``{0}`` the words that stood there, ``{1:VBG}`` their last word
in another form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from siji.language.grammar.kinds import KINDS
from siji.language.tokens import Sentence, Token, as_form

Kind = Literal["grammar", "word_choice", "collocation", "coherence", "chinglish", "spelling"]


@dataclass(frozen=True, slots=True)
class Match:
    """``places``: for each step of the pattern the range of tokens that it took; empty where an optional one took none."""

    sentence: Sentence
    places: tuple[range, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    @property
    def first(self) -> int:
        return self.places[0].start

    @property
    def end(self) -> int:
        return self.places[-1].stop

    def lower(self, place: int) -> str:
        return " ".join(self.tokens[at].lower for at in self.places[place])

    def before(self, words: int = 1) -> tuple[str, ...]:
        """The lower-case words before the match, nearest last."""
        return tuple(token.lower for token in self.tokens[max(0, self.first - words) : self.first])

    def after(self) -> str:
        return self.tokens[self.end].lower if self.end < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """``wrong`` and ``right`` are its test: it fires on the one and not on the other."""

    id: str
    kind: Kind
    patterns: tuple[str, ...]
    better: str | Callable[[Match], str | None] | None
    zh: str
    en: str
    wrong: str
    right: str
    serious: bool = False
    not_after: str = ""
    not_before: str = ""
    when: Callable[[Match], bool] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A fault in a text: ``text[start:end]`` is ``quote``."""

    rule: str
    kind: Kind
    start: int
    end: int
    quote: str
    better: str | None
    zh: str
    en: str
    serious: bool


def look(rules: Sequence[Rule], sentence: Sentence) -> Iterator[Found]:
    words = {token.lower for token in sentence.tokens}
    for rule in rules:
        for pattern in rule.patterns:
            steps, needs = _compiled(pattern)
            if any(map(words.isdisjoint, needs)):
                continue
            for match in _matches(steps, sentence):
                if _applies(rule, match):
                    yield _found(rule, match)


def _matches(steps: Sequence[_Step], sentence: Sentence) -> Iterator[Match]:
    for at in range(len(sentence.tokens)):
        places = _match(steps, sentence.tokens, at)
        if places and places[-1].stop > places[0].start:
            yield Match(sentence, tuple(places))


def _match(steps: Sequence[_Step], tokens: Sequence[Token], at: int) -> list[range] | None:
    places: list[range] = []
    for number, step in enumerate(steps):
        if not step.is_one:
            for length in step.lengths(tokens, at):
                rest = _match(steps[number + 1 :], tokens, at + length)
                if rest is not None:
                    return [*places, range(at, at + length), *rest]
            return None
        if at >= len(tokens) or not step.test(tokens[at]):
            return None
        places.append(range(at, at + 1))
        at += 1
    return places


@dataclass(frozen=True, slots=True)
class _Step:
    test: Callable[[Token], bool]
    shortest: int = 1
    longest: int = 1
    is_start: bool = False

    @property
    def is_one(self) -> bool:
        """It takes one token, neither more nor none."""
        return self.shortest == self.longest == 1 and not self.is_start

    def lengths(self, tokens: Sequence[Token], at: int) -> Iterator[int]:
        """How many tokens the step may take here; an optional word is rather taken, a gap rather short."""
        if self.is_start:
            yield from (0,) if at == 0 else ()
            return
        fitting = next((n for n in range(self.longest) if at + n >= len(tokens) or not self.test(tokens[at + n])), self.longest)
        lengths = range(self.shortest, fitting + 1)
        yield from reversed(lengths) if self.longest == 1 else lengths


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> tuple[tuple[_Step, ...], tuple[frozenset[str], ...]]:
    """The steps, and sets of words of which each must have one in the sentence: most rules are ruled out by that alone."""
    parts = pattern.split()
    needs = tuple(frozenset(part.split("|")) for part in parts if re.fullmatch(r"[a-z0-9'|-]+", part))
    return tuple(_step(part) for part in parts), needs


def _never(token: Token) -> bool:
    return False


def _step(part: str) -> _Step:
    if part == "^":
        return _Step(_never, is_start=True)
    if part.startswith("..."):
        return _Step(lambda token: token.text not in ".;:?!", 0, int(part[3:]))
    optional = len(part) > 1 and part.endswith("?") and part != "\\?"
    name = part.removesuffix("?") if optional else part.removeprefix("\\")
    return _Step(_test(name), 0 if optional else 1)


def _test(name: str) -> Callable[[Token], bool]:
    tests = [KINDS[each[1:]] for each in name.split("|") if each.startswith("@")]
    words = frozenset(each for each in name.split("|") if not each.startswith("@"))
    if not tests:
        return lambda token: token.lower in words
    if len(tests) == 1 and not words:
        return tests[0]
    return lambda token: token.lower in words or any(test(token) for test in tests)


def _applies(rule: Rule, match: Match) -> bool:
    before, after = match.before(), match.after()
    if rule.not_after and before and _fits(rule.not_after, match.tokens[match.first - 1]):
        return False
    if rule.not_before and after and _fits(rule.not_before, match.tokens[match.end]):
        return False
    return rule.when is None or rule.when(match)


def _fits(pattern: str, token: Token) -> bool:
    return _test_of(pattern)(token)


@lru_cache(maxsize=512)
def _test_of(pattern: str) -> Callable[[Token], bool]:
    return _test(pattern)


def _found(rule: Rule, match: Match) -> Found:
    tokens = match.tokens[match.first : match.end]
    start, end = tokens[0].start, tokens[-1].end
    quote = match.sentence.text[start - match.sentence.start : end - match.sentence.start]
    better = rule.better(match) if callable(rule.better) else rule.better and _filled(rule.better, match)
    if better and quote[0].isupper():
        better = better[0].upper() + better[1:]
    return Found(rule.id, rule.kind, start, end, quote, better if better != quote else None, rule.zh, rule.en, rule.serious)


def _filled(template: str, match: Match) -> str:
    def put(slot: re.Match[str]) -> str:
        place = match.places[int(slot[1])]
        if not place:
            return ""
        first, last = match.tokens[place.start], match.tokens[place.stop - 1]
        words = match.sentence.text[first.start - match.sentence.start : last.end - match.sentence.start]
        return words if not slot[2] else words[: last.start - first.start] + as_form(last.lower, slot[2])

    return re.sub(r" +([,.?])", r"\1", " ".join(re.sub(r"\{(\d+)(?::(\w+))?\}", put, template).split()))
