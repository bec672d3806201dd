"""What a lost network missed is heard again by the teacher's leave: exactly that, once, in its time, by the server's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.listening import Track, merged, part_of
from siji.practice.models import AudioGrant
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import BYTES_PER_SECOND, make_paper, track_bytes
from siji.practice.timing import database_now

FRAME = 144
SPANS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=8)


@given(SPANS, st.integers(0, 6000))
def test_merged_spans_are_the_same_moments_in_order_and_apart(spans: list[tuple[int, int]], until: int) -> None:
    wanted = {moment for first, end in spans for moment in range(first, min(end, until))}
    found = merged(spans, until_ms=until)
    assert {moment for first, end in found for moment in range(first, end)} == wanted
    assert all(end < following for (_, end), (following, _) in pairwise(found))


@given(SPANS)
def test_a_part_of_a_track_holds_its_spans_and_less_than_a_frame_beside_each(spans: list[tuple[int, int]]) -> None:
    whole = Track(((1440, 20_160), (40_320, 60_480)), BYTES_PER_SECOND)
    clean = merged(spans, until_ms=whole.duration_ms)
    part = part_of(whole, clean)
    exact = sum((end - first) * BYTES_PER_SECOND / 1000 for first, end in clean)
    assert exact <= part.size <= exact + 2 * FRAME * len(clean)
    heard = {byte for start, stop in whole.stretches for byte in range(start, stop)}
    assert all(byte in heard for start, stop in part.stretches for byte in (start, stop - 1))


Setter = Callable[..., Assignment]


@pytest.fixture
def missed(student: Person, set_exam: Setter) -> Sitting:
    """Forty-five minutes in: the track is over, and of its first minute two stretches were missed."""
    paper = make_paper(with_audio=True)
    sitting = Sitting.begin(student, paper.pk, assignment=set_exam(paper).pk).at_minute(45)
    for first, end in ((10_000, 14_000), (13_000, 18_000), (40_000, 46_000)):
        ok(sitting.post("/audio-gaps", {"from_ms": first, "to_ms": end, "reason": "network"}), 204)
    return sitting


def grants(teacher: Person, sitting: Sitting, **more: Any) -> Any:
    return ok(Sitting(teacher, sitting.id).post("/audio-grants", {"reason": "教室断网", "minutes": 10} | more), 201)


def replay_of(sitting: Sitting) -> Any:
    return ok(sitting.get("/clock"))["audio"]["replay"]


def begins(sitting: Sitting) -> Any:
    return ok(sitting.post(f"/audio-grants/{replay_of(sitting)['id']}/playback"))["audio"]["replay"]


def heard_for(sitting: Sitting, seconds: float) -> None:
    """As if it had been begun so long ago."""
    AudioGrant.objects.filter(attempt=sitting.row).update(started_at=database_now() - timedelta(seconds=seconds))


def test_the_teacher_sees_what_was_missed_and_grants_it(missed: Sitting, teacher: Person) -> None:
    before = ok(Sitting(teacher, missed.id).get("/audio-gaps"))
    assert ([gap["grant"] for gap in before["gaps"]], before["missed_ms"], before["grants"]) == ([None] * 3, 14_000, [])
    after = grants(teacher, missed)
    (grant,) = after["grants"]
    assert grant["spans"] == [{"from_ms": 10_000, "to_ms": 18_000}, {"from_ms": 40_000, "to_ms": 46_000}]
    assert (grant["length_ms"], grant["by"], grant["reason"], grant["state"]) == (14_000, "Teacher", "教室断网", "waiting")
    assert {gap["grant"] for gap in after["gaps"]} == {grant["id"]}
    entry = AuditEntry.objects.get(action="attempt.audio_granted")
    assert (entry.actor, entry.detail["spans"]) == (teacher.user, [[10_000, 18_000], [40_000, 46_000]])


def test_nothing_is_heard_before_it_is_begun(missed: Sitting, teacher: Person) -> None:
    assert replay_of(missed) is None
    grants(teacher, missed)
    replay = replay_of(missed)
    assert (replay["state"], replay["position_ms"]) == ("waiting", 0)
    assert 590_000 < replay["ends_in_ms"] <= 600_000
    reply = missed.person.get(replay["url"].removeprefix("/api/v1"), Range="bytes=0-")
    refused(reply, 416, "not_now")
    refused(missed.get("/audio", Range="bytes=0-"), 416, "not_now")


def frames(from_ms: int, to_ms: int) -> bytes:
    """The whole frames of the file that hold these moments."""
    return track_bytes(from_ms * 6 // FRAME * FRAME, -(-to_ms * 6 // FRAME) * FRAME)


def test_exactly_these_spans_are_heard_by_the_servers_time(missed: Sitting, teacher: Person) -> None:
    grants(teacher, missed)
    replay = begins(missed)
    assert replay["state"] == "playing"
    first, second = (
        range(ms[0] * 6 // FRAME * FRAME, -(-ms[1] * 6 // FRAME) * FRAME) for ms in ((10_000, 18_000), (40_000, 46_000))
    )
    whole = track_bytes(first.start, first.stop) + track_bytes(second.start, second.stop)
    assert replay["size_bytes"] == len(whole)
    url = replay["url"].removeprefix("/api/v1")
    heard_for(missed, 2)
    reply = missed.person.get(url, Range="bytes=0-")
    start, last = (int(n) for n in reply["Content-Range"].removeprefix("bytes ").split("/")[0].split("-"))
    assert reply.status_code == 206
    assert start >= 2 * BYTES_PER_SECOND, "nothing before the server's position"
    assert last - start < 10 * BYTES_PER_SECOND, "no more than ten seconds ahead"
    assert reply.content == whole[start : last + 1]
    heard_for(missed, 5)
    reply = missed.person.get(url, Range="bytes=0-")
    start = int(reply["Content-Range"].removeprefix("bytes ").split("-")[0])
    assert reply.content == whole[start:], "across the seam and to the end, and nothing of the rest"
    heard_for(missed, 15)
    refused(missed.person.get(url, Range="bytes=0-"), 416, "not_now")
    assert replay_of(missed)["state"] == "over"


def test_beginning_twice_is_beginning_once(missed: Sitting, teacher: Person) -> None:
    grants(teacher, missed)
    begins(missed)
    heard_for(missed, 5)
    assert begins(missed)["position_ms"] >= 5000
    assert AuditEntry.objects.filter(action="attempt.replay_started").count() == 1


def test_it_must_begin_in_its_time_and_can_then_be_granted_again(missed: Sitting, teacher: Person) -> None:
    grants(teacher, missed)
    grant = replay_of(missed)["id"]
    AudioGrant.objects.update(until=database_now() - timedelta(seconds=1))
    assert replay_of(missed) is None
    refused(missed.post(f"/audio-grants/{grant}/playback"), 409, "grant_expired")
    again = grants(teacher, missed)
    assert [one["state"] for one in again["grants"]] == ["waiting", "expired"]
    refused(missed.post(f"/audio-grants/{grant}/playback"), 404, "not_found")


def test_what_was_heard_again_is_not_granted_a_second_time_unless_it_is_named(missed: Sitting, teacher: Person) -> None:
    desk = Sitting(teacher, missed.id)
    grants(teacher, missed)
    refused(desk.post("/audio-grants", {"reason": "再来"}), 409, "grant_is_open")
    begins(missed)
    heard_for(missed, 20)
    refused(desk.post("/audio-grants", {"reason": "再来"}), 422, "nothing_missed")
    gap = ok(desk.get("/audio-gaps"))["gaps"][2]["id"]
    assert grants(teacher, missed, gaps=[gap])["grants"][0]["length_ms"] == 6000


def test_while_the_track_plays_it_waits_and_nothing_ahead_is_granted(missed: Sitting, teacher: Person) -> None:
    missed.at_minute(30.5)
    ok(missed.post("/audio-gaps", {"from_ms": 25_000, "to_ms": 400_000}), 204)
    granted = grants(teacher, missed)
    first, second = granted["grants"][0]["spans"]
    assert first == {"from_ms": 10_000, "to_ms": 18_000}
    assert (second["from_ms"], 30_000 <= second["to_ms"] < 40_000) == (25_000, True), "up to where the server is"
    assert [gap["grant"] is None for gap in granted["gaps"]] == [False, False, False, True]
    refused(missed.post(f"/audio-grants/{replay_of(missed)['id']}/playback"), 409, "still_playing")


def test_an_attempt_of_one_section_counts_in_its_own_track(student: Person, teacher: Person, set_exam: Setter) -> None:
    paper = make_paper(with_audio=True)
    exam = set_exam(paper, sections=["listening-b", "reading-c"])
    sitting = Sitting.begin(student, paper.pk, assignment=exam.pk).at_minute(4)
    ok(sitting.post("/audio-gaps", {"from_ms": 0, "to_ms": 3000}), 204)
    assert sitting.post("/audio-gaps", {"from_ms": 0, "to_ms": 2**65}).status_code == 422, "no column holds it"
    grants(teacher, sitting)
    replay = begins(sitting)
    reply = sitting.person.get(replay["url"].removeprefix("/api/v1"), Range="bytes=0-")
    first = int(reply["Content-Range"].removeprefix("bytes ").split("-")[0])
    start = 7 * 20 * BYTES_PER_SECOND // FRAME * FRAME
    assert reply.content == track_bytes(start + first, start + replay["size_bytes"])


def test_once_the_listening_part_is_locked_it_is_too_late(missed: Sitting, teacher: Person) -> None:
    desk = Sitting(teacher, missed.id)
    grants(teacher, missed)
    grant = replay_of(missed)
    missed.at_minute(54.9)
    begins(missed)
    missed.at_minute(56)
    assert replay_of(missed) is None
    refused(missed.person.get(grant["url"].removeprefix("/api/v1"), Range="bytes=0-"), 416, "not_now")
    heard_for(missed, 60)
    gap = ok(desk.get("/audio-gaps"))["gaps"][0]["id"]
    refused(desk.post("/audio-grants", {"reason": "x", "gaps": [gap]}), 409, "listening_is_locked")
    AudioGrant.objects.update(started_at=None)
    refused(missed.post(f"/audio-grants/{grant['id']}/playback"), 409, "listening_is_locked")


def test_more_time_for_listening_leaves_time_to_hear_it_again(missed: Sitting, teacher: Person) -> None:
    missed.at_minute(54.9)
    ok(Sitting(teacher, missed.id).post("/extensions", {"minutes": 3, "reason": "教室断网"}))
    missed.at_minute(56)
    grants(teacher, missed)
    assert begins(missed)["state"] == "playing"
    assert missed.saves(("1", 1, "A")) == ["saved"]


def test_a_closed_attempt_hears_nothing_more(missed: Sitting, teacher: Person) -> None:
    grants(teacher, missed)
    replay = begins(missed)
    missed.submits()
    refused(missed.person.get(replay["url"].removeprefix("/api/v1"), Range="bytes=0-"), 416, "not_now")
    refused(Sitting(teacher, missed.id).post("/audio-grants", {"reason": "x"}), 409, "closed")
    assert replay_of(missed) is None


def test_without_a_track_there_is_nothing_to_play_again(sitting: Sitting, teacher: Person) -> None:
    ok(sitting.post("/audio-gaps", {"from_ms": 0, "to_ms": 3000}), 204)
    refused(Sitting(teacher, sitting.id).post("/audio-grants", {"reason": "x"}), 409, "no_audio")


def test_it_is_the_teachers_to_grant_and_the_students_to_hear(
    missed: Sitting, teacher: Person, classmate: Person, other_teacher: Person
) -> None:
    body = {"reason": "我没听见"}
    refused(missed.post("/audio-grants", body), 403, "forbidden")
    refused(missed.get("/audio-gaps"), 403, "forbidden")
    for person in (classmate, other_teacher):
        refused(Sitting(person, missed.id).post("/audio-grants", body), 404, "not_found")
    grants(teacher, missed)
    path = f"/audio-grants/{replay_of(missed)['id']}/playback"
    refused(Sitting(teacher, missed.id).post(path), 403, "forbidden")
    refused(Sitting(classmate, missed.id).post(path), 404, "not_found")
