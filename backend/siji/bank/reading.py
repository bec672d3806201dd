"""Papers as a page sees them, at three levels: in an exam, in practice, with the keys.

What a person may not see yet is left out here, where the answer is built: no page is trusted to hide anything.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from functools import lru_cache

from django.db.models import QuerySet

from siji.accounts.models import User
from siji.bank.audio.files import has_file
from siji.bank.audio.troubles import trouble_with
from siji.bank.bodies import (
    BankedCloze,
    CarefulReading,
    ClozePassage,
    Essay,
    KeyedItem,
    ListeningChoice,
    LongPassage,
    ParagraphMatching,
    ScriptPassage,
    Translation,
)
from siji.bank.content import PaperContent, PlacedItem, PlacedPassage, blueprint_of, content_of
from siji.bank.models import AudioState, Paper
from siji.bank.proofs import locate
from siji.bank.schemas import (
    AnchorScript,
    AudioStateName,
    Choice,
    ItemKindName,
    ItemOut,
    KeyOut,
    PaperOut,
    PassageOut,
    Proof,
    RubricBand,
    RubricOut,
    Sentence,
    Trap,
    Turn,
    Withheld,
)
from siji.bank.schemas import Section as SectionOut
from siji.bank.timeline import Times, ready_track, section_starts, times_of
from siji.bank.traps import all_traps
from siji.language.text import sentences
from siji.problems import Words

SECTIONS_KEPT = 512


class Reveal(Enum):
    """EXAM: nothing that answers. PRACTICE: transcripts, spoken questions and times too. KEYS: everything."""

    EXAM = "exam"
    PRACTICE = "practice"
    KEYS = "keys"


def papers_for(user: User) -> QuerySet[Paper]:
    """The newest version of each paper that this person may choose, ready for ``paper_out``: one query."""
    return Paper.objects.visible_to(user).current().select_related("blueprint", "audio").order_by("slug")


def paper_out(paper: Paper, *, withheld: Withheld | None = None, is_for_staff: bool = False) -> PaperOut:
    blueprint = blueprint_of(paper)
    audio = paper.audio
    return PaperOut(
        id=paper.pk,
        slug=paper.slug,
        version=paper.version,
        title=Words(zh=paper.title_zh, en=paper.title_en),
        items=blueprint.items,
        minutes=blueprint.minutes,
        sections=[section.key for section in blueprint.sections],
        audio=audio_state(paper),
        audio_ms=audio.duration_ms if audio else 0,
        audio_origin=audio.origin if audio else "",
        audio_starts=section_starts(audio.timeline) if audio else {},
        audio_trouble=trouble_with(audio) if is_for_staff else None,
        is_set_as_exam=withheld is not None,
        withheld=withheld,
    )


def audio_state(paper: Paper) -> AudioStateName:
    match paper.audio.state if paper.audio else AudioState.MISSING:
        case AudioState.READY:
            return "ready" if paper.audio and has_file(paper.audio) else "lost"
        case AudioState.BUILDING:
            return "building"
        case AudioState.FAILED:
            return "failed"
    return "missing"


def section_views(paper: Paper, *, sections: Collection[str], reveal: Reveal) -> list[SectionOut]:
    """Exactly the sections named, in the order of the paper. No query but for ``paper.audio``, once they were shown.

    What is returned is kept in the process and given to others too: do not change it.
    """
    track = None if reveal is Reveal.EXAM else ready_track(paper.audio)
    keys = [section.key for section in content_of(paper).blueprint.sections if section.key in sections]
    return [_section(paper.pk, key, reveal, track) for key in keys]


@lru_cache(maxsize=SECTIONS_KEPT)
def _section(paper_id: int, key: str, reveal: Reveal, track: int | None) -> SectionOut:
    """Neither a paper's version nor a ready track changes, so neither does this: a class of a hundred costs one."""
    content, times = content_of(Paper(pk=paper_id)), times_of(track)
    about, items = content.section(key)
    return SectionOut(
        key=about.key,
        part=content.blueprint.part_of(key),
        title=about.title,
        directions=about.directions,
        passages=[_passage(passage, reveal, times) for passage in content.passages(key)],
        items=[_item(item, content, reveal) for item in items],
    )


def _passage(passage: PlacedPassage, reveal: Reveal, times: Times) -> PassageOut:
    body = passage.body
    span = times.passages.get(passage.name) or times.sections.get(passage.section)
    return PassageOut(
        id=passage.id,
        kind=body.kind,
        slots=list(passage.slots),
        title=_title(passage, reveal),
        paragraphs=[] if isinstance(body, ScriptPassage) else body.texts(),
        letters=list(body.lettered) if isinstance(body, LongPassage) else [],
        bank=[Choice(letter=letter, text=word.word) for letter, word in body.bank.items()]
        if isinstance(body, ClozePassage)
        else [],
        script=_script(passage.name, body, times) if isinstance(body, ScriptPassage) and reveal is not Reveal.EXAM else None,
        start_ms=span.start_ms if span else None,
        end_ms=span.end_ms if span else None,
    )


def _title(passage: PlacedPassage, reveal: Reveal) -> Words | None:
    """The long passage is printed with its English title. Any other title would give the main idea away."""
    title = passage.body.title
    if reveal is Reveal.KEYS or (reveal is Reveal.PRACTICE and isinstance(passage.body, ScriptPassage)):
        return title
    return Words(zh=title.en, en=title.en) if isinstance(passage.body, LongPassage) else None


def _script(name: str, body: ScriptPassage, times: Times) -> list[Turn]:
    return [
        Turn(
            voice=turn.voice,
            sentences=[
                Sentence(
                    text=text,
                    start_ms=span.start_ms if (span := times.sentences.get((name, number, place))) else None,
                    end_ms=span.end_ms if span else None,
                )
                for place, text in enumerate(sentences(turn.text))
            ],
        )
        for number, turn in enumerate(body.script)
    ]


def _item(item: PlacedItem, content: PaperContent, reveal: Reveal) -> ItemOut:
    body = item.body
    choices = body.choices if isinstance(body, ListeningChoice | CarefulReading) else {}
    limits = body.words if isinstance(body, Essay) else None
    return ItemOut(
        slot=item.slot,
        kind=body.kind,
        passage=item.passage.id if item.passage else None,
        prompt="" if reveal is Reveal.EXAM and isinstance(body, ListeningChoice) else _prompt(body),
        choices=[Choice(letter=letter, text=text) for letter, text in choices.items()],
        words_min=limits.min if limits else None,
        words_max=limits.max if limits else None,
        marks=item.marks,
        skills=[] if reveal is Reveal.EXAM else list(item.skills),
        key=key_out(item, content) if reveal is Reveal.KEYS else None,
    )


def _prompt(body: KeyedItem | Essay | Translation) -> str:
    """What is asked; "" for a blank, which asks by itself."""
    match body:
        case ListeningChoice() | CarefulReading():
            return body.question
        case ParagraphMatching():
            return body.statement
        case Essay():
            return body.prompt
        case Translation():
            return body.source
        case BankedCloze():
            return ""


def key_out(item: PlacedItem, content: PaperContent) -> KeyOut:
    """Key, explanation, proof and traps; of a script, what a complete one deals with."""
    body = item.body
    if isinstance(body, Essay | Translation):
        points = "；".join(body.points)
        explanation = Words(zh=f"完整的答案应做到：{points}", en=f"A complete answer deals with: {'; '.join(body.points)}")
        return KeyOut(key="", explanation=explanation, proof=None, traps=[])
    passage = item.passage.body if item.passage else None
    traps = [
        Trap(letter=letter, name=content.traps.get(trap.trap, Words(zh=trap.trap, en=trap.trap)), why=trap.why)
        for letter, trap in all_traps(body, passage).items()
    ]
    return KeyOut(key=body.key, explanation=body.explanation, proof=_proof(body, item.passage), traps=traps)


def _proof(body: KeyedItem, passage: PlacedPassage | None) -> Proof | None:
    if passage is None:
        return None
    place = locate(body.proof, passage.body.texts())
    letter = list(passage.body.lettered)[place.paragraph] if isinstance(passage.body, LongPassage) else None
    return Proof(quote=body.proof, paragraph=place.paragraph, sentence=place.sentence, letter=letter)


def references_of(paper: Paper) -> dict[str, list[str]]:
    """By slot, what a script may be held against: the reference translations, and the essay's script of the highest band."""
    found: dict[str, list[str]] = {}
    for slot, item in content_of(paper).items.items():
        if isinstance(item.body, Translation):
            found[slot] = list(item.body.references)
        elif isinstance(item.body, Essay):
            found[slot] = [max(item.body.anchors, key=lambda anchor: anchor.band).text]
    return found


def item_out(paper: Paper, slot: str, *, reveal: Reveal) -> ItemOut:
    """One item by itself. Raises KeyError for a slot that the paper does not have."""
    content = content_of(paper)
    return _item(content.items[slot], content, reveal)


def blank_out(paper: Paper, slot: str) -> ItemOut:
    """That there is such an item, and nothing that could be passed on to somebody who is still to see it."""
    item = content_of(paper).items[slot]
    return _blank(slot, item.body.kind, item.marks)


@lru_cache(maxsize=1024)
def _blank(slot: str, kind: ItemKindName, marks: float) -> ItemOut:
    """One for all who may see no more of it."""
    return ItemOut(
        slot=slot,
        kind=kind,
        passage=None,
        prompt="",
        choices=[],
        words_min=None,
        words_max=None,
        marks=marks,
        skills=[],
        key=None,
    )


def points_of(item: PlacedItem) -> list[str]:
    """What a complete script deals with; nothing for an item with a key."""
    return list(item.body.points) if isinstance(item.body, Essay | Translation) else []


def anchors_of(item: PlacedItem) -> list[AnchorScript]:
    """A script for each band, best first."""
    if not isinstance(item.body, Essay | Translation):
        return []
    return [AnchorScript(band=anchor.band, text=anchor.text, why=anchor.why.get("zh", "")) for anchor in item.body.anchors]


def rubric_out(item: PlacedItem) -> RubricOut | None:
    rubric = item.rubric
    if rubric is None:
        return None
    bands = [RubricBand(anchor=band.anchor, lowest=band.lowest, highest=band.highest, about=band.about) for band in rubric.bands]
    return RubricOut(key=rubric.key, version=rubric.version, bands=bands)
