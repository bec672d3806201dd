"""From loaded content to a track in service: by a job, once, with a fallback, and with words where nobody can speak."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from siji.ai.tests.speech_server import SpeechServer, speech_server
from siji.bank.audio import espeak
from siji.bank.audio.actions import ensure_audio
from siji.bank.audio.files import path_of, write_track
from siji.bank.audio.mp3 import examine
from siji.bank.models import Audio, AudioState, Paper
from siji.bank.reading import Reveal, audio_state, section_views
from siji.conftest import Person
from siji.jobs import work
from siji.jobs.models import Job, JobState


def run(job: Job | None) -> Job:
    assert job is not None
    assert work.run(job.pk)
    job.refresh_from_db()
    return job


def now(paper: Paper) -> Paper:
    return Paper.objects.select_related("audio").get(pk=paper.pk)


@pytest.fixture
def endpoint(settings: Any) -> Iterator[SpeechServer]:
    with speech_server() as server:
        server.per_word = 3000
        settings.SPEECH_URL, settings.SPEECH_KEY = server.endpoint.url, server.endpoint.key
        settings.SPEECH_MODEL, settings.SPEECH_VOICES = server.endpoint.model, ("nova", "onyx", "alloy")
        yield server


def test_a_paper_gets_its_track_by_a_job(short_paper: Paper) -> None:
    job = ensure_audio(paper=short_paper)
    assert audio_state(now(short_paper)) == "building"
    done = run(job)
    assert (done.state, done.result["origin"], done.done_steps) == (JobState.DONE, "espeak-ng", done.total_steps)
    assert 120 <= done.result["words_a_minute"]["news-1"] <= 140
    audio = now(short_paper).audio
    assert audio is not None
    found = examine(path_of(audio).read_bytes())
    assert (audio.state, audio.size_bytes, audio.bytes_per_second) == (AudioState.READY, found.end, found.bytes_per_second)
    assert audio.duration_ms == audio.size_bytes * 1000 // 6000
    assert audio.duration_ms >= audio.timeline[-1]["end_ms"]
    (section,) = section_views(now(short_paper), sections=["listening-a"], reveal=Reveal.PRACTICE)
    assert section.passages[0].script is not None
    assert all(one.start_ms is not None for one in section.passages[0].script[0].sentences)


def test_a_track_is_made_once(short_paper: Paper) -> None:
    first = ensure_audio(paper=short_paper)
    assert ensure_audio(paper=short_paper) == first
    run(first)
    assert ensure_audio(paper=now(short_paper)) is None
    assert Audio.objects.filter(papers=short_paper).count() == 1


def test_a_lost_file_is_made_again(short_paper: Paper) -> None:
    run(ensure_audio(paper=short_paper))
    audio = now(short_paper).audio
    assert audio is not None
    path_of(audio).unlink()
    run(ensure_audio(paper=now(short_paper)))
    assert (now(short_paper).audio, audio_state(now(short_paper))) == (audio, "ready")
    audio.refresh_from_db()
    assert examine(path_of(audio).read_bytes()).end == audio.size_bytes


def test_a_configured_endpoint_speaks(short_paper: Paper, endpoint: SpeechServer) -> None:
    done = run(ensure_audio(paper=short_paper))
    assert done.result["origin"] == "speech-endpoint"
    assert 120 <= done.result["words_a_minute"]["news-1"] <= 140
    assert {asked["voice"] for asked in endpoint.asked} == {"nova", "alloy"}


def test_a_failing_endpoint_gives_way_and_is_tried_again_later(short_paper: Paper, endpoint: SpeechServer) -> None:
    endpoint.troubles = [(401, b"{}", {})] * 50
    done = run(ensure_audio(paper=short_paper))
    fallback = now(short_paper).audio
    assert fallback is not None
    assert (done.state, fallback.state, fallback.origin) == (JobState.DONE, AudioState.READY, "espeak-ng (fallback)")
    assert "401" in fallback.error
    endpoint.troubles.clear()
    again = ensure_audio(paper=now(short_paper))
    assert now(short_paper).audio == fallback, "the track in service stays until the better one is ready"
    run(again)
    better = now(short_paper).audio
    assert better is not None
    assert (better.origin, better.error, ensure_audio(paper=now(short_paper))) == ("speech-endpoint", "", None)


def test_where_nobody_can_speak_the_paper_says_so_and_works(
    short_paper: Paper, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeak, "engine", lambda: None)
    failed = run(ensure_audio(paper=short_paper))
    assert (failed.state, audio_state(now(short_paper))) == (JobState.FAILED, "failed")
    assert "no speech" in failed.error
    body = teacher.get(f"/papers/{short_paper.pk}/content").json()
    assert (body["paper"]["audio"], body["paper"]["audio_origin"]) == ("failed", "")
    assert teacher.get(f"/papers/{short_paper.pk}/audio").status_code == 404
    monkeypatch.undo()
    assert run(ensure_audio(paper=now(short_paper))).state == JobState.DONE
    assert audio_state(now(short_paper)) == "ready"


def test_teachers_hear_the_track_by_ranges_and_students_do_not(short_paper: Paper, teacher: Person, student: Person) -> None:
    run(ensure_audio(paper=short_paper))
    audio = now(short_paper).audio
    assert audio is not None
    reply = teacher.get(f"/papers/{short_paper.pk}/audio", Range="bytes=144-287")
    assert (reply.status_code, reply["Content-Type"]) == (206, "audio/mpeg")
    assert reply.content == path_of(audio).read_bytes()[144:288]
    again = teacher.get(f"/papers/{short_paper.pk}/audio", **{"If-None-Match": reply["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert student.get(f"/papers/{short_paper.pk}/audio", **{"If-None-Match": reply["ETag"]}).status_code == 403


def test_a_track_is_written_whole_or_not_at_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_track("abc", b"first")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("siji.bank.audio.files.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_track("abc", b"second")
    assert [path.name for path in (home / "media/audio").iterdir()] == ["abc.mp3"]
    assert (home / "media/audio/abc.mp3").read_bytes() == b"first"
