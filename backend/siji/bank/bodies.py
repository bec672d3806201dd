"""The typed bodies behind the JSON columns of items and passages, by kind.

What a writer puts into a content file and what is stored is the same shape, so a published version can be read as it was written.
``parse_item`` and ``parse_passage`` are the border: nothing else reads a body.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from siji.problems import Words

Letter = Annotated[str, Field(pattern=r"^[A-Z]$")]
Text = Annotated[str, Field(min_length=1)]
PartOfSpeech = Literal["noun", "verb", "adjective", "adverb"]
Voice = Literal["W", "M"]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# Items


class Trap(Body):
    """The mistake that a wrong choice invites: a name from traps.yaml and the reason, in Chinese."""

    trap: Text
    why: Text


class Anchor(Body):
    """A script as a student of this band would write it."""

    band: int
    text: Text
    why: dict[Literal["zh", "en"], Text]


class Keyed(Body):
    """What every item with a key has. ``proof`` is an exact quote; ``proofs.locate`` finds its sentence."""

    key: Letter
    proof: Text
    explanation: Words
    traps: dict[Letter, Trap] = {}


class ListeningChoice(Keyed):
    kind: Literal["listening_choice"] = "listening_choice"
    question: Text
    choices: dict[Letter, Text]


class CarefulReading(Keyed):
    kind: Literal["careful_reading"] = "careful_reading"
    question: Text
    choices: dict[Letter, Text]


class BankedCloze(Keyed):
    kind: Literal["banked_cloze"] = "banked_cloze"


class ParagraphMatching(Keyed):
    kind: Literal["paragraph_matching"] = "paragraph_matching"
    statement: Text


class WordLimits(Body):
    min: int
    max: int | None = None


class Essay(Body):
    kind: Literal["essay"] = "essay"
    genre: Text
    prompt: Text
    words: WordLimits
    points: list[Text]
    anchors: list[Anchor]


class Term(Body):
    zh: Text
    en: list[Text]


class Translation(Body):
    kind: Literal["translation"] = "translation"
    source: Text
    references: list[Text]
    terms: list[Term]
    points: list[Text]
    anchors: list[Anchor]


SingleChoice = ListeningChoice | CarefulReading
KeyedItem = ListeningChoice | CarefulReading | BankedCloze | ParagraphMatching
WrittenItem = Essay | Translation
ItemBody = Annotated[KeyedItem | WrittenItem, Field(discriminator="kind")]


# Passages


class SpokenTurn(Body):
    voice: Voice
    text: Text


class ScriptPassage(Body):
    """News report, conversation or talk: heard, one entry a turn."""

    kind: Literal["news", "conversation", "talk"]
    title: Words
    topic: Text
    script: list[SpokenTurn]

    def texts(self) -> list[str]:
        return [turn.text for turn in self.script]


class BankWord(Body):
    word: Text
    pos: PartOfSpeech


class ClozePassage(Body):
    """A blank is written ``{{26}}`` where 26 is its slot."""

    kind: Literal["cloze"] = "cloze"
    title: Words
    topic: Text
    paragraphs: list[Text]
    bank: dict[Letter, BankWord]

    def texts(self) -> list[str]:
        return list(self.paragraphs)


class LongPassage(Body):
    kind: Literal["long"] = "long"
    title: Words
    topic: Text
    lettered: dict[Letter, Text]

    def texts(self) -> list[str]:
        return list(self.lettered.values())


class ReadingPassage(Body):
    kind: Literal["reading"] = "reading"
    title: Words
    topic: Text
    paragraphs: list[Text]

    def texts(self) -> list[str]:
        return list(self.paragraphs)


PassageBody = Annotated[ScriptPassage | ClozePassage | LongPassage | ReadingPassage, Field(discriminator="kind")]

_ITEMS: TypeAdapter[KeyedItem | WrittenItem] = TypeAdapter(ItemBody)
_PASSAGES: TypeAdapter[ScriptPassage | ClozePassage | LongPassage | ReadingPassage] = TypeAdapter(PassageBody)


def parse_item(body: dict[str, Any]) -> KeyedItem | WrittenItem:
    """Raises pydantic's ValidationError for a body that is none of ours."""
    return _ITEMS.validate_python(body)


def parse_passage(body: dict[str, Any]) -> ScriptPassage | ClozePassage | LongPassage | ReadingPassage:
    """Raises pydantic's ValidationError for a body that is none of ours."""
    return _PASSAGES.validate_python(body)
