"""The finished track: words a minute of each passage, and whether the whole fits the time of the listening part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siji.bank.facts import ListeningRules
from siji.bank.findings import Finding
from siji.bank.sources import PaperSource
from siji.bank.timeline import Segment, times_in
from siji.bank.validation.prose import words_of

LEAST_SHARE = 0.8
"""A track much shorter than its time has lost something: 20 of 25 minutes."""


def words_a_minute(paper: PaperSource, timeline: Sequence[Segment]) -> dict[str, float]:
    """By passage, from its first word to its last, the pauses between sentences included."""
    times = times_in(list(timeline))
    measured: dict[str, float] = {}
    for section in paper.sections.values():
        for passage in section.passages:
            spans = [span for (name, _, _), span in times.sentences.items() if name == passage.name]
            if spans:
                spoken_ms = max(span.end_ms for span in spans) - min(span.start_ms for span in spans)
                measured[passage.name] = words_of(passage) * 60_000 / spoken_ms
    return measured


def check_track(paper: PaperSource, rules: ListeningRules, timeline: Sequence[Segment]) -> Iterator[Finding]:
    file = paper.file
    low, high = rules.words_a_minute
    for name, measured in words_a_minute(paper, timeline).items():
        if not low <= measured <= high:
            yield Finding(
                file,
                name,
                "words_a_minute",
                f"语速应为每分钟 {low}–{high} 词，现在是 {measured:.0f}。",
                f"{low}-{high} words a minute are asked for; it is {measured:.0f}.",
            )
    minutes = max((segment.end_ms for segment in timeline), default=0) / 60_000
    least, most = rules.track_minutes * LEAST_SHARE, rules.track_minutes
    if not least <= minutes <= most:
        yield Finding(
            file,
            "",
            "track_minutes",
            f"整段录音应为 {least:.0f}–{most} 分钟，现在是 {minutes:.1f}。",
            f"The track should take {least:.0f}-{most} minutes; it takes {minutes:.1f}.",
        )
