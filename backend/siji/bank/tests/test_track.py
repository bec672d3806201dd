"""The listening track: what is said, at what pace, in whose voice, and when."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from django.conf import settings

from siji.bank.audio.espeak import Espeak, espeak
from siji.bank.audio.making import Maker, make
from siji.bank.audio.script import Line
from siji.bank.audio.track import make_track, no_progress
from siji.bank.audio.voices import CannotSpeak, Spoken
from siji.bank.facts import ListeningRules
from siji.bank.measuring import measure_tracks, source_lines
from siji.bank.sources import PaperSource, read_content
from siji.bank.timeline import times_in
from siji.bank.validation.speed import check_track, words_a_minute

CONTENT = read_content(Path(settings.SIJI_CONTENT))
RULES = ListeningRules(track_minutes=25, words_a_minute=(120, 140), pause_after_question_seconds=14)


def lines_of(paper: PaperSource) -> list[Line]:
    return source_lines(paper, CONTENT.blueprints[paper.about.blueprint])


@pytest.mark.parametrize("paper", CONTENT.papers, ids=lambda paper: paper.about.slug)
def test_a_shipped_paper_is_heard_in_time_at_the_pace_of_the_examination(paper: PaperSource) -> None:
    with espeak() as voices:
        track = make_track(lines_of(paper), voices, rules=RULES)
    assert list(check_track(paper, RULES, track.timeline)) == []
    assert len(words_a_minute(paper, track.timeline)) == 8
    pauses = [segment for segment in track.timeline if segment.kind == "pause"]
    assert [segment.slot for segment in pauses] == [str(number) for number in range(1, 26)]
    assert all(13_990 <= segment.end_ms - segment.start_ms <= 14_010 for segment in pauses)
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(track.timeline))
    assert sum(map(len, track.pieces)) == track.samples * 2


def test_the_announcer_says_what_comes() -> None:
    lines = lines_of(CONTENT.papers[0])
    said = [line.text for line in lines if line.voice == "N"]
    assert said[0] == "Part II Listening Comprehension. Section A News Reports."
    assert "Questions 1 and 2 are based on the news report you have just heard." in said
    assert "Questions 5 to 7 are based on the news report you have just heard." in said
    assert "Questions 12 to 15 are based on the conversation you have just heard." in said
    assert said.index("Question 8.") < said.index("Question 9.")
    assert said[-1] == "This is the end of the listening part."
    assert {line.voice for line in lines if line.kind == "sentence" and line.passage == "conversation-1"} == {"W", "M"}


class Robot:
    """Says a word in ``seconds`` and has a voice of constant bytes."""

    sample_rate = 1000

    def __init__(self, seconds: float) -> None:
        self.seconds, self.asked = seconds, 0

    def speak(self, lines: Sequence[Spoken]) -> list[bytes]:
        self.asked += 1
        return [b"\1\1" * int(len(line.text.split()) * self.seconds / line.speed * 1000) for line in lines]


@pytest.mark.parametrize("seconds", [0.2, 0.43, 0.7, 1.2])
def test_any_speaker_is_brought_to_the_pace(seconds: float) -> None:
    paper = CONTENT.papers[0]
    lines = lines_of(paper)
    heard = [line for line in lines if line.passage in ("news-1", "news-2", "conversation-1")]
    robot = Robot(seconds)
    track = make_track(heard, robot, rules=RULES.model_copy(update={"track_minutes": 60}))
    assert all(120 <= pace <= 140 for pace in words_a_minute(paper, track.timeline).values())
    assert robot.asked <= 14, "the pace found once is the first guess for the next passage"


def test_a_track_that_were_too_long_is_spoken_faster_but_not_too_fast() -> None:
    paper = CONTENT.papers[0]
    lines = lines_of(paper)
    calm = make_track(lines, Robot(0.4), rules=RULES.model_copy(update={"track_minutes": 60}))
    tight = RULES.model_copy(update={"track_minutes": calm.duration_ms // 60_000})
    faster = make_track(lines, Robot(0.4), rules=tight)
    assert faster.duration_ms < calm.duration_ms
    assert all(120 <= pace <= 140 for pace in words_a_minute(paper, faster.timeline).values())


def test_a_wrong_pace_and_a_wrong_length_are_explained() -> None:
    paper = CONTENT.papers[0]
    lines = lines_of(paper)
    slow = RULES.model_copy(update={"words_a_minute": (90, 100), "track_minutes": 90})
    track = make_track(lines, Robot(0.43), rules=slow)
    findings = list(check_track(paper, RULES, track.timeline))
    assert {finding.code for finding in findings} == {"words_a_minute", "track_minutes"}
    assert sum(finding.code == "words_a_minute" for finding in findings) == 8
    assert all("120–140" in finding.zh for finding in findings if finding.code == "words_a_minute")


def pitch_of(voices: Espeak, voice: str) -> float:
    """The fundamental in hertz of a long vowel: the lag at which the wave, freed of its higher tones, is most like itself."""
    (piece,) = voices.speak([Spoken(voice, "Ah, ah, ah.", 0.6)])  # type: ignore[arg-type]
    sums = list(accumulate(memoryview(piece).cast("h")))
    wave = [(after - before) // 64 for before, after in zip(sums, sums[64:], strict=False)]
    loudest = max(range(0, len(wave) - 3000, 500), key=lambda at: sum(map(abs, wave[at : at + 2000])))
    part = wave[loudest : loudest + 3000]
    lags = range(voices.sample_rate // 280, voices.sample_rate // 60)
    best = max(lags, key=lambda lag: sum(part[at] * part[at + lag] for at in range(0, len(part) - lag, 3)) / (len(part) - lag))
    return voices.sample_rate / best


def test_woman_man_and_announcer_are_told_apart() -> None:
    with espeak() as voices:
        woman, man, announcer = (pitch_of(voices, voice) for voice in "WMN")
    assert woman > 1.4 * man, (woman, man, announcer)
    assert announcer != pytest.approx(woman, rel=0.1)


def test_times_are_those_of_the_sentences() -> None:
    lines = lines_of(CONTENT.papers[0])
    first = [line for line in lines if line.passage == "news-1"]
    track = make_track(first, Robot(0.43), rules=RULES)
    times = times_in(track.timeline)
    assert set(times.passages) == {"news-1"}
    assert times.passages["news-1"].start_ms == 0
    spans = [times.sentences["news-1", 0, number] for number in range(len(times.sentences))]
    assert all(one.end_ms < two.start_ms for one, two in pairwise(spans))


def test_a_speaker_that_dies_is_reported_not_waited_for() -> None:
    with pytest.raises(CannotSpeak, match="stopped"), espeak(seconds=0) as voices:
        voices.speak([Spoken("W", "This is never heard.")] * 10_000)


def test_a_track_longer_than_its_part_is_not_put_into_service() -> None:
    lines = lines_of(CONTENT.papers[0])
    with pytest.raises(CannotSpeak, match="there are 3"):
        make(
            lines,
            RULES.model_copy(update={"track_minutes": 3}),
            candidates=[Maker("robot", "test", lambda: nullcontext(Robot(0.43)))],
            progress=no_progress,
        )


def test_nobody_to_speak_is_said_in_words() -> None:
    with pytest.raises(CannotSpeak, match="no speech endpoint is configured") as failed:
        make([], RULES, candidates=[], progress=no_progress)
    assert failed.value.permanent


def test_a_writer_is_told_the_pace_of_each_passage() -> None:
    one = replace(CONTENT, papers=CONTENT.papers[:1])
    (measured,) = measure_tracks(one)
    assert (measured.paper, measured.findings, measured.unheard) == ("siji-01", [], "")
    assert 20 <= measured.minutes <= 25
    assert "conversation-2 1" in str(measured)
    assert len(measured.words_a_minute) == 8


def test_a_writer_is_told_where_nothing_can_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("siji.bank.audio.espeak.engine", lambda: None)
    assert all("not installed" in str(measured) for measured in measure_tracks(CONTENT))
