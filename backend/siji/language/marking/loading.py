"""Reads every table of the marking, so that the first student does not wait for them."""

from __future__ import annotations

from siji.language.marking.translation import TranslationTask, mark_translation
from siji.language.marking.writing import WritingTask, mark_writing

# Every part of the way is taken: a rule, Harper, a misspelt word, a comparison.
_SAMPLE = "He study hard in a univercity, and we discussed about it with many student every week."


def load() -> None:
    """About 3 s and 240 MB, once a process; a second call costs a marking."""
    mark_writing(_SAMPLE, WritingTask("Should students study hard?"))
    mark_translation(_SAMPLE, TranslationTask("他学习努力。", ("He studies hard at university.",), ()))
