"""What a script was asked to be, as the engines need it."""

from __future__ import annotations

from dataclasses import dataclass

from siji.bank.bodies import Essay, Translation
from siji.bank.content import PlacedItem, content_of
from siji.language.marking.provisional import Provisional
from siji.language.marking.translation import KeyTerm, TranslationTask, mark_translation
from siji.language.marking.writing import WritingTask, mark_writing
from siji.practice.models import Script


@dataclass(frozen=True, slots=True)
class Asked:
    """``task`` for the built-in engine; the rest in words for a model."""

    kind: str
    task: WritingTask | TranslationTask
    item: PlacedItem

    def mark(self, text: str) -> Provisional:
        return mark_writing(text, self.task) if isinstance(self.task, WritingTask) else mark_translation(text, self.task)


def asked_of(script: Script) -> Asked:
    """Raises ValueError for a slot that is not written."""
    item = content_of(script.attempt.paper).items[script.slot]
    body = item.body
    if isinstance(body, Essay):
        return Asked("writing", WritingTask(body.prompt, tuple(body.points), body.words.min, body.words.max), item)
    if isinstance(body, Translation):
        terms = tuple(KeyTerm(term.zh, tuple(term.en)) for term in body.terms)
        return Asked("translation", TranslationTask(body.source, tuple(body.references), terms), item)
    raise ValueError(f"slot {script.slot} is not written")
