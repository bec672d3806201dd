"""What every item with a key must have: choices, traps, a proof that can be found, explanations, skills."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from siji.bank.bodies import CarefulReading, KeyedItem, ListeningChoice, LongPassage, ParagraphMatching
from siji.bank.findings import Finding
from siji.bank.proofs import QuoteNotFound, QuoteNotUnique, locate
from siji.bank.sources import ItemSource, PassageSource
from siji.bank.validation.scope import Scope, about
from siji.language.text import count_chinese, count_words

CHOICE_LETTERS = ["A", "B", "C", "D"]
MOST_SKILLS = 2


def check_choices(scope: Scope) -> Iterator[Finding]:
    """Four choices A-D, no two alike, one of them the key."""
    for _, item, body in scope.keyed_items():
        if not isinstance(body, ListeningChoice | CarefulReading):
            continue
        if list(body.choices) != CHOICE_LETTERS:
            yield about(item, "choices", zh="选项必须依次是 A、B、C、D。", en="The choices must be A, B, C and D in order.")
        if body.key not in body.choices:
            yield about(item, "key", zh=f"答案 {body.key} 不在选项里。", en=f"The key {body.key} is not among the choices.")
        yield from _check_duplicates(item, body.choices)


def _check_duplicates(item: ItemSource, choices: dict[str, str]) -> Iterator[Finding]:
    same: dict[str, list[str]] = defaultdict(list)
    for letter, text in choices.items():
        same[re.sub(r"\W+", " ", text).strip().casefold()].append(letter)
    for letters in same.values():
        if len(letters) > 1:
            listed = ", ".join(letters)
            yield about(item, "duplicate", zh=f"选项 {listed} 相同。", en=f"The choices {listed} are the same.")


def check_traps(scope: Scope) -> Iterator[Finding]:
    """Every wrong choice names its trap; only known traps are named; the key sets none."""
    known = scope.content.names("traps")
    for _, item, body in scope.keyed_items():
        unknown = sorted({trap.trap for trap in body.traps.values()} - known)
        if unknown:
            listed = ", ".join(unknown)
            yield about(item, "trap_name", zh=f"traps.yaml 里没有 {listed}。", en=f"traps.yaml does not know {listed}.")
        if body.key in body.traps:
            yield about(item, "trap_key", zh="正确答案不能有陷阱。", en="The key cannot set a trap.")
        if isinstance(body, ListeningChoice | CarefulReading):
            yield from _check_all_trapped(item, body)


def _check_all_trapped(item: ItemSource, body: ListeningChoice | CarefulReading) -> Iterator[Finding]:
    missing = ", ".join(sorted(set(body.choices) - {body.key} - set(body.traps)))
    extra = ", ".join(sorted(set(body.traps) - set(body.choices)))
    if missing or extra:
        yield about(
            item,
            "traps",
            zh=f"每个错误选项都要写陷阱。缺少：{missing or '—'}；多余：{extra or '—'}。",
            en=f"Every wrong choice names its trap. Missing: {missing or '-'}; extra: {extra or '-'}.",
        )


def check_proofs(scope: Scope) -> Iterator[Finding]:
    """The proof stands in the passage exactly once; of a matching item, in the paragraph that is its key."""
    for passage, item, body in scope.keyed_items():
        try:
            place = locate(body.proof, passage.body.texts())
        except QuoteNotFound:
            yield about(
                item, "proof_missing", zh="原文里找不到 proof 这句话。", en="The proof is not an exact quote from the passage."
            )
        except QuoteNotUnique:
            yield about(
                item, "proof_twice", zh="proof 在原文里不止出现一次。", en="The proof stands in the passage more than once."
            )
        else:
            yield from _check_paragraph(passage, item, body, place.paragraph)


def _check_paragraph(passage: PassageSource, item: ItemSource, body: KeyedItem, paragraph: int) -> Iterator[Finding]:
    if not isinstance(passage.body, LongPassage) or not isinstance(body, ParagraphMatching):
        return
    letter = list(passage.body.lettered)[paragraph]
    if letter != body.key:
        yield about(
            item,
            "proof_elsewhere",
            zh=f"proof 在 {letter} 段，答案却是 {body.key}。",
            en=f"The proof stands in {letter}, but the key is {body.key}.",
        )


def check_explanations(scope: Scope) -> Iterator[Finding]:
    """Both languages, each in its own."""
    for _, item, body in scope.keyed_items():
        if not count_chinese(body.explanation.zh):
            yield about(item, "explanation_zh", zh="缺少中文解释。", en="The Chinese explanation is missing.")
        if count_words(body.explanation.en) < 3 or count_chinese(body.explanation.en):
            yield about(item, "explanation_en", zh="缺少英文解释。", en="The English explanation is missing.")
        for letter, trap in body.traps.items():
            if not count_chinese(trap.why):
                yield about(
                    item,
                    "trap_why",
                    zh=f"选项 {letter} 的陷阱没有中文理由。",
                    en=f"The trap of {letter} has no reason in Chinese.",
                )


def check_skills(scope: Scope) -> Iterator[Finding]:
    known = scope.content.names("skills")
    for item in scope.paper.items():
        unknown = ", ".join(skill for skill in item.skills if skill not in known)
        if unknown:
            yield about(item, "skill_name", zh=f"skills.yaml 里没有 {unknown}。", en=f"skills.yaml does not know {unknown}.")
        if not 1 <= len(set(item.skills)) == len(item.skills) <= MOST_SKILLS:
            yield about(item, "skills", zh="每题写一到两个不同的技能。", en="Each item names one or two different skills.")
