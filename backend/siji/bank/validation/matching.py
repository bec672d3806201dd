"""Paragraph matching: statements in an order of their own, one right paragraph each, the tempting ones named."""

from __future__ import annotations

from collections.abc import Iterator

from siji.bank.bodies import LongPassage, ParagraphMatching
from siji.bank.findings import Finding
from siji.bank.sources import ItemSource, PassageSource
from siji.bank.validation.scope import Scope, about

TRAPS = (1, 3)


def check_statements(scope: Scope) -> Iterator[Finding]:
    for _, passage in scope.passages():
        if isinstance(passage.body, LongPassage):
            yield from _check_passage(passage, set(passage.body.lettered))


def _check_passage(passage: PassageSource, letters: set[str]) -> Iterator[Finding]:
    statements = [(item, item.body) for item in passage.items if isinstance(item.body, ParagraphMatching)]
    for item, body in statements:
        yield from _check_letters(item, body, letters)
    keys = [body.key for _, body in statements]
    if keys and keys == sorted(keys):
        yield about(passage, "order", zh="十个句子不能与段落同序。", en="The statements should not follow the passage's order.")
    if keys and sorted(keys) == sorted(letters):
        yield about(
            passage,
            "one_to_one",
            zh="至少有一段是两题的答案，或有一段不是任何题的答案。",
            en="At least one paragraph should be the key twice or never.",
        )
    texts = {body.statement.strip().casefold() for _, body in statements}
    if len(texts) != len(statements):
        yield about(passage, "duplicate", zh="有两个句子相同。", en="Two statements are the same.")


def _check_letters(item: ItemSource, body: ParagraphMatching, letters: set[str]) -> Iterator[Finding]:
    unknown = ", ".join(sorted({body.key, *body.traps} - letters))
    if unknown:
        yield about(item, "key", zh=f"没有 {unknown} 段。", en=f"There is no paragraph {unknown}.")
    low, high = TRAPS
    if not low <= len(body.traps) <= high:
        yield about(
            item, "traps", zh=f"写 {low} 到 {high} 个最容易误选的段落。", en=f"Name the {low}-{high} paragraphs that tempt."
        )
