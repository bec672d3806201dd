"""Banked cloze: fifteen words, each used once at most, each of the key's part of speech a named temptation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from siji.bank.bodies import BankedCloze, ClozePassage
from siji.bank.findings import Finding
from siji.bank.sources import PassageSource
from siji.bank.validation.scope import Scope, about

BLANK = re.compile(r"\{\{(\w+)\}\}")


def _clozes(scope: Scope) -> Iterator[tuple[PassageSource, ClozePassage, int]]:
    for wanted, passage in scope.passages():
        if isinstance(passage.body, ClozePassage):
            yield passage, passage.body, wanted.bank_words or 0


def check_banks(scope: Scope) -> Iterator[Finding]:
    """The bank has its number of different words, lettered from A in alphabetical order of the words."""
    for passage, body, size in _clozes(scope):
        words = [word.word.casefold() for word in body.bank.values()]
        if list(body.bank) != [chr(ord("A") + number) for number in range(size)]:
            yield about(
                passage, "bank", zh=f"词库应有 {size} 个词，字母从 A 起连续。", en=f"The bank takes {size} words lettered from A."
            )
        if words != sorted(words):
            yield about(passage, "bank_order", zh="词库应按单词的字母顺序排列。", en="The bank should be in alphabetical order.")
        twice = ", ".join(word for word, times in Counter(words).items() if times > 1)
        if twice:
            yield about(passage, "bank_twice", zh=f"词库里重复的词：{twice}。", en=f"The bank has a word twice: {twice}.")


def check_blanks(scope: Scope) -> Iterator[Finding]:
    """Each slot is one blank, in order; each bank word is the key of one item at most."""
    for passage, body, _ in _clozes(scope):
        blanks = [slot for text in body.paragraphs for slot in BLANK.findall(text)]
        slots = [item.slot for item in passage.items]
        if blanks != slots:
            yield about(
                passage,
                "blanks",
                zh=f"空格应依次为 {', '.join(slots)}。",
                en=f"The blanks should be {', '.join(slots)} in order.",
            )
        keys = Counter(item.body.key for item in passage.items if isinstance(item.body, BankedCloze))
        twice = ", ".join(letter for letter, times in keys.items() if times > 1)
        if twice:
            yield about(passage, "key_twice", zh=f"同一个词用了两次：{twice}。", en=f"A bank word is the key twice: {twice}.")


def check_cloze_traps(scope: Scope) -> Iterator[Finding]:
    """Traps are named for exactly the other words of the key's part of speech; the rest are wrong_part_of_speech by rule."""
    for passage, bank, _ in _clozes(scope):
        for item in passage.items:
            if not isinstance(item.body, BankedCloze):
                continue
            key = bank.bank.get(item.body.key)
            if key is None:
                yield about(item, "key", zh=f"词库里没有 {item.body.key}。", en=f"The bank has no {item.body.key}.")
                continue
            same = {letter for letter, word in bank.bank.items() if word.pos == key.pos} - {item.body.key}
            if same != set(item.body.traps):
                listed = ", ".join(sorted(same)) or "—"
                yield about(
                    item,
                    "traps",
                    zh=f"应为同词性的 {listed} 各写一个陷阱，别的词不写。",
                    en=f"Name a trap for each other {key.pos} ({listed}) and for no other word.",
                )
            if item.slot not in BLANK.findall(item.body.proof):
                yield about(item, "proof_blank", zh="proof 应含本题的空格。", en="The proof should hold the item's blank.")
