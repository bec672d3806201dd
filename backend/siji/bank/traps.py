"""The trap behind each wrong choice: those that the writer named, and those that follow from a rule."""

from __future__ import annotations

from siji.bank.bodies import ClozePassage, KeyedItem, LongPassage, PartOfSpeech, ReadingPassage, ScriptPassage, Trap

WRONG_PART_OF_SPEECH = "wrong_part_of_speech"
OTHER_TOPIC = "other_topic"

_CHINESE: dict[PartOfSpeech, str] = {"noun": "名词", "verb": "动词", "adjective": "形容词", "adverb": "副词"}


def all_traps(body: KeyedItem, passage: ScriptPassage | ClozePassage | LongPassage | ReadingPassage | None) -> dict[str, Trap]:
    """By letter, in alphabetical order; every wrong choice has one.

    Cloze: a word of another part of speech than the key's. Matching: a paragraph that the writer did not name as tempting.
    """
    traps = dict(body.traps)
    if isinstance(passage, ClozePassage):
        traps |= _other_parts_of_speech(passage, body.key)
    elif isinstance(passage, LongPassage):
        other = Trap(trap=OTHER_TOPIC, why="这一段谈的是另一件事。")
        traps |= {letter: other for letter in passage.lettered if letter not in traps and letter != body.key}
    return dict(sorted(traps.items()))


def _other_parts_of_speech(passage: ClozePassage, key: str) -> dict[str, Trap]:
    wanted = passage.bank[key].pos
    return {
        letter: Trap(trap=WRONG_PART_OF_SPEECH, why=f"空格需要{_CHINESE[wanted]}，{word.word} 在这里是{_CHINESE[word.pos]}。")
        for letter, word in passage.bank.items()
        if word.pos != wanted
    }
