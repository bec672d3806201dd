"""The track: nothing before the server's position, no more than ten seconds ahead; practice hears everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.bank.audio.files import path_of
from siji.bank.models import Audio, AudioState, Paper
from siji.conftest import Person
from siji.courses.models import Assignment, Course
from siji.jobs.models import Job
from siji.practice import listening
from siji.practice.clock import MINUTE
from siji.practice.listening import NotServed, Track, asked_range, served_live, track
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import BYTES_PER_SECOND, SECONDS_A_SLOT, make_audio, make_paper, track_bytes

FRAME = 144
SIZE = 25 * SECONDS_A_SLOT * BYTES_PER_SECOND


# The rules alone


@given(st.integers(0, 400_000), st.integers(0, SIZE), st.integers(1, SIZE))
def test_what_is_served_lies_between_the_position_and_ten_seconds_ahead(position: int, first: int, length: int) -> None:
    whole = Track(((0, SIZE),), BYTES_PER_SECOND)
    try:
        start, end = served_live(whole, (first, min(first + length, SIZE)), position)
    except NotServed:
        return
    assert start * 1000 >= position * BYTES_PER_SECOND
    assert end * 1000 <= (position + listening.AHEAD_MS) * BYTES_PER_SECOND
    assert first <= start < end <= min(first + length, SIZE)
    assert start == first or start % FRAME == 0


@given(st.integers(0, SIZE), st.integers(0, SIZE))
def test_stretches_are_heard_as_one_track(first: int, end: int) -> None:
    cut = Track(((1000, 3000), (9000, 9500), (20_000, 30_000)), 100)
    heard = [byte for start, stop in cut.stretches for byte in range(start, stop)]
    assert cut.size == len(heard)
    found = [byte for start, stop in cut.pieces(first, end) for byte in range(start, stop)]
    assert found == heard[first:end]


def timeline() -> list[dict[str, object]]:
    spoken = [(0, 4, "directions", None), (4, 10, "sentence", None), (10, 14, "question", "1"), (14, 20, "pause", None)]
    spoken += [(20, 24, "question", "2"), (24, 30, "pause", None), (30, 33, "directions", None), (33, 50, "sentence", None)]
    spoken += [(50, 54, "question", "8"), (54, 60, "pause", None)]
    return [{"start_ms": a * 1000, "end_ms": b * 1000, "kind": kind, "slot": slot} for a, b, kind, slot in spoken]


@pytest.mark.parametrize(("slots", "seconds"), [(["1", "2"], [(0, 30)]), (["8"], [(30, 60)]), (["2"], [(20, 30)])])
def test_a_section_is_heard_with_its_directions_passages_and_pauses(slots: list[str], seconds: list[tuple[int, int]]) -> None:
    found = track(timeline(), slots, [], size=60 * 6000, bytes_per_second=6000)
    assert found is not None
    assert list(found.stretches) == [(a * 6000 // FRAME * FRAME, b * 6000 // FRAME * FRAME) for a, b in seconds]


def test_who_sits_all_of_it_hears_the_whole_file() -> None:
    found = track(timeline(), ["1"], [], size=777, bytes_per_second=6000, is_whole=True)
    assert found is not None
    assert found.stretches == ((0, 777),)


TIMED = [
    {"kind": "recording", "section": key, "start_ms": start * 1000, "end_ms": end * 1000}
    for key, start, end in (("listening-a", 12, 60), ("listening-b", 60, 120), ("listening-c", 120, 180))
]


@pytest.mark.parametrize(
    ("sections", "seconds"),
    [
        (["listening-b"], [(60, 120)]),
        (["listening-b", "listening-c"], [(60, 180)]),
        (["listening-a", "listening-c"], [(12, 60), (120, 180)]),
    ],
)
def test_a_section_of_a_timed_recording_begins_where_its_teacher_said(
    sections: list[str], seconds: list[tuple[int, int]]
) -> None:
    found = track(TIMED, ["any"], sections, size=180 * 6000, bytes_per_second=6000)
    assert found is not None
    assert list(found.stretches) == [(a * 6000 // FRAME * FRAME, b * 6000 // FRAME * FRAME) for a, b in seconds]


def test_of_a_recording_without_times_no_section_is_played_in_place_of_another() -> None:
    recording = [{"kind": "recording", "start_ms": 0, "end_ms": 1000, "section": ""}]
    assert track(recording, ["8"], ["listening-b"], size=777, bytes_per_second=6000) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-5", (95, 100)),
        ("bytes=-500", (0, 100)),
    ],
)
def test_ranges(header: str | None, expected: tuple[int, int] | None) -> None:
    assert asked_range(header, 100) == expected


@pytest.mark.parametrize(
    "header", ["bytes=100-", "bytes=5-4", "bytes=-", "bytes=-0", "lines=1-2", "bytes=1-2,4-5", "", "bytes=a-b"]
)
def test_what_is_no_range_of_the_track(header: str) -> None:
    with pytest.raises(NotServed):
        asked_range(header, 100)


# Through the interface


@pytest.fixture
def loud(student: Person, set_exam: Callable[..., Assignment]) -> Sitting:
    """In an exam whose paper has a track."""
    paper = make_paper(with_audio=True)
    return Sitting.begin(student, paper.pk, assignment=set_exam(paper).pk)


def test_before_the_listening_part_nothing_is_served(loud: Sitting) -> None:
    audio = ok(loud.get("/clock"))["audio"]
    assert audio["state"] == "pending"
    assert 29 * MINUTE < audio["starts_in_ms"] <= 30 * MINUTE
    reply = loud.get("/audio", Range="bytes=0-100")
    refused(reply, 416, "not_now")
    assert reply["Content-Range"] == f"bytes */{SIZE}"


def test_from_the_position_to_ten_seconds_ahead(loud: Sitting) -> None:
    loud.at_minute(31)
    audio = ok(loud.get("/clock"))["audio"]
    assert audio["state"] == "playing"
    assert 60_000 <= audio["position_ms"] < 65_000
    reply = loud.get("/audio", Range="bytes=0-")
    assert reply.status_code == 206
    assert reply["Cache-Control"] == "private, no-store"
    first, last = (int(n) for n in reply["Content-Range"].removeprefix("bytes ").split("/")[0].split("-"))
    assert first >= audio["position_ms"] * 6
    assert last - first < 10 * BYTES_PER_SECOND
    assert reply.content == track_bytes(first, last + 1)
    refused(loud.get("/audio", Range=f"bytes=0-{audio['position_ms'] * 6 - 1}"), 416, "not_now")
    refused(loud.get("/audio", Range=f"bytes={90 * BYTES_PER_SECOND}-"), 416, "not_now")


def test_what_fell_behind_on_the_way_is_cut_off(loud: Sitting) -> None:
    loud.at_minute(31)
    behind = 59 * BYTES_PER_SECOND
    reply = loud.get("/audio", Range=f"bytes={behind}-{behind + 4 * BYTES_PER_SECOND - 1}")
    assert reply.status_code == 206
    assert int(reply["Content-Range"].removeprefix("bytes ").split("-")[0]) > behind


def test_without_a_range_it_is_still_only_what_may_be_heard(loud: Sitting) -> None:
    loud.at_minute(31)
    reply = loud.get("/audio")
    assert reply.status_code == 206
    assert len(reply.content) <= 10 * BYTES_PER_SECOND


def test_after_the_track_it_is_over(loud: Sitting) -> None:
    loud.at_minute(30 + 25 * SECONDS_A_SLOT / 60)
    assert ok(loud.get("/clock"))["audio"]["state"] == "over"
    refused(loud.get("/audio", Range="bytes=0-"), 416, "not_now")
    loud.submits()
    refused(loud.get("/audio", Range="bytes=0-"), 416, "not_now")


def test_a_section_of_its_own_starts_with_its_own_stretch(student: Person, set_exam: Callable[..., Assignment]) -> None:
    paper = make_paper(with_audio=True)
    sitting = Sitting.begin(student, paper.pk, assignment=set_exam(paper, sections=["listening-b"]).pk)
    audio = ok(sitting.get("/clock"))["audio"]
    assert audio["state"] == "playing"
    assert audio["duration_ms"] == pytest.approx(8 * SECONDS_A_SLOT * 1000, abs=50)
    reply = sitting.get("/audio", Range="bytes=0-")
    start = 7 * SECONDS_A_SLOT * BYTES_PER_SECOND // FRAME * FRAME
    first = int(reply["Content-Range"].removeprefix("bytes ").split("-")[0])
    assert reply.content == track_bytes(start + first, start + first + len(reply.content))


def test_a_new_recording_does_not_move_a_running_exam(loud: Sitting) -> None:
    before = ok(loud.get("/clock"))["audio"]
    Paper.objects.filter(pk=loud.row.paper_id).update(audio=make_audio(10**6))
    Audio.objects.filter(key="test-1000000").update(size_bytes=10, duration_ms=2)
    assert ok(loud.get("/clock"))["audio"]["size_bytes"] == before["size_bytes"]


def test_practice_hears_everything_by_ranges(student: Person) -> None:
    sitting = Sitting.begin(student, make_paper(with_audio=True).pk, "practice")
    assert ok(sitting.get())["audio"]["state"] == "free"
    reply = sitting.get("/audio", Range="bytes=100-299")
    assert reply.content == track_bytes(100, 300)
    assert reply["Content-Range"] == f"bytes 100-299/{SIZE}"
    assert len(sitting.get("/audio", Range="bytes=0-").content) == 1024 * 1024


def test_an_attempt_without_listening_or_without_a_track_says_so(student: Person, sitting: Sitting, paper: Paper) -> None:
    assert ok(sitting.get())["audio"]["state"] == "missing"
    refused(sitting.get("/audio", Range="bytes=0-"), 409, "no_audio")
    other = make_paper(with_audio=True)
    Audio.objects.filter(papers=other).update(state=AudioState.BUILDING)
    assert ok(Sitting.begin(student, other.pk, "practice").get())["audio"]["state"] == "building"
    reading = Sitting.begin(student, make_paper(with_audio=True).pk, "practice", sections=["reading-a"])
    assert ok(reading.get())["audio"]["state"] == "none"


def test_gaps_are_kept_once_and_shown_to_the_teacher(loud: Sitting, teacher: Person) -> None:
    loud.at_minute(31)
    for _ in range(2):
        ok(loud.post("/audio-gaps", {"from_ms": 1000, "to_ms": 5000, "reason": "network"}), 204)
    refused(loud.post("/audio-gaps", {"from_ms": 5000, "to_ms": 5000}), 422, "not_a_gap")
    refused(Sitting(teacher, loud.id).post("/audio-gaps", {"from_ms": 1, "to_ms": 2}), 403, "forbidden")
    loud.submits()
    (gap,) = ok(Sitting(teacher, loud.id).get("/report"))["audio_gaps"]
    assert (gap["from_ms"], gap["to_ms"], gap["reason"]) == (1000, 5000, "network")


def test_a_classmate_hears_nothing(loud: Sitting, classmate: Person) -> None:
    loud.at_minute(31)
    refused(Sitting(classmate, loud.id).get("/audio", Range="bytes=0-"), 404, "not_found")


# An uploaded recording


@pytest.fixture
def recorded(db: None) -> Paper:
    """With a recording of 500 s, whose sections nobody has timed."""
    paper = make_paper(with_audio=True)
    whole = [{"kind": "recording", "start_ms": 0, "end_ms": 500_000, "section": ""}]
    Audio.objects.filter(papers=paper).update(origin="recording", timeline=whole)
    return paper


STARTS = {"listening-a": 10_000, "listening-b": 200_000, "listening-c": 350_000}


def time_sections(teacher: Person, paper: Paper, **starts: int) -> Any:
    given = STARTS | {f"listening-{name}": start for name, start in starts.items()}
    body = {"starts": [{"section": section, "start_ms": start} for section, start in given.items()]}
    return teacher.put(f"/papers/{paper.pk}/recordings/sections", body)


def test_a_single_section_waits_for_the_times_of_its_recording(
    student: Person, teacher: Person, course: Course, recorded: Paper, set_exam: Callable[..., Assignment]
) -> None:
    exam = set_exam(recorded, sections=["listening-b"])
    body = {"paper": recorded.pk, "mode": "exam", "assignment": exam.pk}
    refused(student.post("/attempts", body), 409, "recording_untimed")
    fields = {"paper": recorded.pk, "title": "听力二", "sections": ["listening-b"]}
    refused(teacher.post(f"/courses/{course.pk}/assignments", fields), 422, "recording_untimed")
    ok(teacher.post(f"/courses/{course.pk}/assignments", fields | {"sections": ["reading-a"]}), 201)

    assert ok(time_sections(teacher, recorded))["audio_starts"] == STARTS
    assert ok(teacher.get(f"/papers/{recorded.pk}"))["audio_starts"] == STARTS
    ok(teacher.post(f"/courses/{course.pk}/assignments", fields), 201)
    sitting = Sitting(student, ok(student.post("/attempts", body), 201)["id"])
    audio = ok(sitting.get("/clock"))["audio"]
    assert (audio["state"], audio["duration_ms"] // 1000) == ("playing", 150)
    reply = sitting.get("/audio", Range="bytes=0-")
    first = int(reply["Content-Range"].removeprefix("bytes ").split("-")[0])
    begins = 200_000 * BYTES_PER_SECOND // 1000 // FRAME * FRAME
    assert reply.content == track_bytes(begins + first, begins + first + len(reply.content))


def test_the_whole_listening_part_needs_no_times(student: Person, recorded: Paper, set_exam: Callable[..., Assignment]) -> None:
    whole = Sitting.begin(student, recorded.pk, assignment=set_exam(recorded).pk).at_minute(31)
    audio = ok(whole.get("/clock"))["audio"]
    assert (audio["state"], audio["duration_ms"]) == ("playing", 500_000)


def test_practice_of_a_section_begins_where_the_section_does(student: Person, teacher: Person, recorded: Paper) -> None:
    ok(time_sections(teacher, recorded))
    shown = ok(Sitting.begin(student, recorded.pk, "practice", sections=["listening-b"]).get())
    assert {(passage["start_ms"], passage["end_ms"]) for passage in shown["sections"][0]["passages"]} == {(200_000, 350_000)}


@pytest.mark.parametrize(
    ("starts", "field"),
    [({"b": 10_000}, "listening-b"), ({"c": 500_000}, "listening-c")],
    ids=["not later", "beyond the end"],
)
def test_times_that_cannot_be_are_refused(teacher: Person, recorded: Paper, starts: dict[str, int], field: str) -> None:
    assert set(refused(time_sections(teacher, recorded, **starts), 422, "wrong_times")["fields"]) == {field}
    some = {"starts": [{"section": "listening-b", "start_ms": 0}]}
    refused(teacher.put(f"/papers/{recorded.pk}/recordings/sections", some), 422, "wrong_times")
    assert ok(teacher.get(f"/papers/{recorded.pk}"))["audio_starts"] == {}


def test_only_a_recording_is_timed_and_who_has_begun_keeps_its_times(
    student: Person, teacher: Person, recorded: Paper, set_exam: Callable[..., Assignment]
) -> None:
    made = make_paper(with_audio=True)
    refused(time_sections(teacher, made), 409, "no_recording")
    ok(time_sections(teacher, recorded))
    sitting = Sitting.begin(student, recorded.pk, assignment=set_exam(recorded, sections=["listening-b"]).pk)
    ok(time_sections(teacher, recorded, b=300_000))
    assert ok(sitting.get("/clock"))["audio"]["duration_ms"] // 1000 == 150


def lose(audio: Audio | None) -> None:
    assert audio is not None
    path_of(audio).unlink()


def test_a_lost_file_is_made_again_and_the_attempt_says_so(student: Person) -> None:
    paper = make_paper(with_audio=True)
    sitting = Sitting.begin(student, paper.pk, "practice")
    lose(paper.audio)
    reply = sitting.get("/audio", Range="bytes=0-99")
    refused(reply, 503, "track_is_being_made")
    assert int(reply["Retry-After"]) > 0
    assert Job.objects.get().payload["paper"] == paper.pk


def test_a_track_that_cannot_be_made_the_same_again_is_said_to_be_lost(loud: Sitting) -> None:
    loud.at_minute(31)
    lose(loud.row.audio)
    other = make_audio(10**6)
    Audio.objects.filter(pk=other.pk).update(origin="recording")
    Paper.objects.filter(pk=loud.row.paper_id).update(audio=other)
    refused(loud.get("/audio", Range="bytes=0-"), 409, "track_is_lost")
    assert not Job.objects.exists()


def test_a_lost_recording_is_the_teachers_to_upload_again(loud: Sitting) -> None:
    loud.at_minute(31)
    Audio.objects.filter(papers=loud.row.paper).update(origin="recording")
    lose(loud.row.audio)
    refused(loud.get("/audio", Range="bytes=0-"), 409, "recording_is_lost")
