"""Harper's findings, as far as they hold for learners' texts.

Spelling is left out (it knows one dialect at a time, here both are right), style and vocabulary too, and what misfired on right
texts. One linter a process: building it takes half a second and 140 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache

import harper

from siji.language.grammar.rules import Found

_KINDS = {
    "Agreement": ("主谓或名词的单复数不一致。", True),
    "Grammar": ("语法有误。", True),
    "Repetition": ("单词重复。", False),
    "Article": ("冠词 a 和 an 用错了：元音音素前用 an，辅音音素前用 a。", False),
}
_ARTICLE = "Incorrect indefinite article"
_UNSURE = ("is a mass noun", "ambiguous")
# A linter refuses a call while another thread is in one.
_turn = threading.Lock()


def look(text: str) -> Iterator[Found]:
    with _turn:
        lints = _linter().lint(text, language=harper.Language.PLAINTEXT)
    for lint in lints:
        kind = "Article" if lint.message.startswith(_ARTICLE) else lint.lint_kind
        if kind in _KINDS and not any(words in lint.message for words in _UNSURE):
            zh, serious = _KINDS[kind]
            better = lint.suggestions[0].replacement_text if lint.suggestions else ""
            start, end = lint.span.start, lint.span.end
            yield Found(
                f"harper-{kind.lower()}", "grammar", start, end, text[start:end], better or None, zh, lint.message, serious
            )


@lru_cache(maxsize=1)
def _linter() -> harper.Linter:
    linter = harper.Linter(harper.Dialect.AMERICAN)
    # Its suggestions for misspelt words cost seconds where all are; the other prints to the process's output whenever it fires.
    linter.set_lint_config({**linter.get_lint_config(), "SpellCheck": False, "LookingForwardTo": False})
    return linter
