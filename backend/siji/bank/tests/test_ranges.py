"""Bytes by range: exactly what was asked for, never outside the window, never much at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from siji.bank import ranges
from siji.bank.ranges import LARGEST_SLICE, serve_range

DATA = bytes(number % 251 for number in range(1000))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ranges") / "abc.mp3"
    file.write_bytes(DATA)
    return file


def asked(
    path: Path, wanted: str | None, *, first: int = 0, last: int | None = None, if_range: str = "", known: str = ""
) -> HttpResponse:
    headers = {name: value for name, value in (("Range", wanted), ("If-Range", if_range), ("If-None-Match", known)) if value}
    response = serve_range(RequestFactory().get("/", headers=headers), path, first=first, last=last)
    if isinstance(response, FileResponse):
        assert response.file_to_stream is not None
        with response.file_to_stream as file:  # response.close() would signal the end of a request
            return HttpResponse(file.read(), status=response.status_code, headers=response.headers)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-", 0, 999),
        ("bytes=10-19", 10, 19),
        ("bytes=990-5000", 990, 999),
        ("bytes=-5", 995, 999),
        ("bytes=-9999", 0, 999),
    ],
)
def test_a_range_is_served_as_asked(path: Path, wanted: str, start: int, stop: int) -> None:
    response = asked(path, wanted)
    assert (response.status_code, response["Content-Range"]) == (206, f"bytes {start}-{stop}/1000")
    assert response.content == DATA[start : stop + 1]


@pytest.mark.parametrize("wanted", ["bytes=1000-", "bytes=20-10"])
def test_what_is_not_there_is_416(path: Path, wanted: str) -> None:
    response = asked(path, wanted)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1000")


@pytest.mark.parametrize("wanted", [None, "bytes=", "bytes=-", "bytes=0-1,5-6", "items=0-1"])
def test_without_a_range_that_can_be_read_the_whole_comes(path: Path, wanted: str | None) -> None:
    response = asked(path, wanted)
    assert (response.status_code, response.content, response["Accept-Ranges"]) == (200, DATA, "bytes")


def test_a_range_of_another_track_brings_the_whole_of_this_one(path: Path) -> None:
    assert asked(path, "bytes=5-6", if_range='"other"').status_code == 200
    assert asked(path, "bytes=5-6", if_range='"abc-3e8"').status_code == 206


@pytest.mark.parametrize("known", ['"abc-3e8"', 'W/"abc-3e8"', '"other", "abc-3e8"', "*"])
@pytest.mark.parametrize("wanted", [None, "bytes=5-6", "bytes=5000-"])
def test_who_holds_the_track_is_told_so_before_any_range_is_read(path: Path, known: str, wanted: str | None) -> None:
    response = asked(path, wanted, known=known)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", '"abc-3e8"')
    assert response["Cache-Control"] == "private, no-cache", "a browser that may not keep it never has a tag to send"


@pytest.mark.parametrize("known", ['"other"', '"abc"', "abc-3e8"])
def test_who_holds_another_gets_this_one(path: Path, known: str) -> None:
    assert asked(path, None, known=known).content == DATA
    assert asked(path, "bytes=5-6", known=known).content == DATA[5:7]


def test_a_window_is_never_left(path: Path) -> None:
    assert asked(path, None, first=100, last=199).status_code == 416
    assert asked(path, "bytes=0-99", first=100, last=199).status_code == 416
    assert asked(path, "bytes=200-", first=100, last=199).status_code == 416
    assert asked(path, "bytes=50-150", first=100, last=199)["Content-Range"] == "bytes 100-150/1000"


@given(st.integers(0, 1100), st.integers(0, 1100), st.integers(0, 1100), st.integers(0, 1100))
def test_no_byte_outside_the_window_is_served(path: Path, start: int, stop: int, first: int, last: int) -> None:
    response = asked(path, f"bytes={start}-{stop}", first=first, last=last)
    allowed = range(max(start, first), min(stop, last, 999) + 1)
    if response.status_code == 206:
        assert response.content == bytes(DATA[number] for number in allowed)
    elif response.status_code == 416:
        assert not allowed
    else:
        assert (first, last >= 999) == (0, True)


def test_a_long_range_comes_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LARGEST_SLICE == 256 * 1024
    monkeypatch.setattr(ranges, "LARGEST_SLICE", 64)
    file = tmp_path / "long.mp3"
    file.write_bytes(DATA)
    heard = b""
    while len(heard) < len(DATA):
        heard += asked(file, f"bytes={len(heard)}-").content
    assert heard == DATA
