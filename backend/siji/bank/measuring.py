"""How fast and how long the listening part of a content file will be heard, before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from siji.bank.audio.espeak import espeak
from siji.bank.audio.script import Line, SpokenPassage, script_of
from siji.bank.audio.track import make_track
from siji.bank.audio.voices import CannotSpeak
from siji.bank.bodies import ListeningChoice, ScriptPassage
from siji.bank.facts import BlueprintBody
from siji.bank.findings import Finding
from siji.bank.sources import Content, PaperSource, PassageSource
from siji.bank.validation.speed import check_track, words_a_minute


@dataclass(frozen=True, slots=True)
class Measured:
    """``words_a_minute`` by passage. ``unheard`` says why nothing could be measured."""

    paper: str
    minutes: float
    words_a_minute: dict[str, float]
    findings: list[Finding]
    unheard: str = ""

    def __str__(self) -> str:
        if self.unheard:
            return f"{self.paper}: {self.unheard}"
        paces = ", ".join(f"{name} {pace:.0f}" for name, pace in self.words_a_minute.items())
        return f"{self.paper}: {self.minutes:.1f} 分钟 minutes; 每分钟词数 words a minute: {paces}"


def measure_tracks(content: Content) -> Iterator[Measured]:
    """Each paper spoken by espeak-ng, without an mp3: about two seconds a paper."""
    for paper in content.papers:
        blueprint = content.blueprints[paper.about.blueprint]
        try:
            yield _measured(paper, blueprint)
        except CannotSpeak as reason:
            yield Measured(paper.about.slug, 0, {}, [], unheard=str(reason))


def _measured(paper: PaperSource, blueprint: BlueprintBody) -> Measured:
    with espeak() as voices:
        track = make_track(source_lines(paper, blueprint), voices, rules=blueprint.listening)
    findings = list(check_track(paper, blueprint.listening, track.timeline))
    return Measured(paper.about.slug, track.duration_ms / 60_000, words_a_minute(paper, track.timeline), findings)


def source_lines(paper: PaperSource, blueprint: BlueprintBody) -> list[Line]:
    """What will be spoken for a paper as its files stand."""
    passages: dict[str, Sequence[SpokenPassage]] = {
        key: [spoken for passage in section.passages if (spoken := _spoken(passage))] for key, section in paper.sections.items()
    }
    return script_of(blueprint, passages)


def _spoken(passage: PassageSource) -> SpokenPassage | None:
    if not isinstance(passage.body, ScriptPassage):
        return None
    questions = [(item.slot, item.body) for item in passage.items if isinstance(item.body, ListeningChoice)]
    return SpokenPassage(passage.name, passage.body, questions)
