"""The front door passes everything on as it is: tried with a stand-in for the API that says what it received."""

from __future__ import annotations

import hashlib
import http.client
import time
from contextlib import closing
from pathlib import Path

import pytest

from siji.embedded.door import STAND_INS, Door
from siji.embedded.home import Home
from siji.embedded.tests.stand_in import ETAG, TRACK, ask
from siji.embedded.words import CannotStart

pytestmark = pytest.mark.machine


def test_calls_go_to_the_api_and_streams_to_the_stream_process(door: Door) -> None:
    call = ask(door, "GET", "/api/v1/courses?page=2")
    assert call.body == b"/api/v1/courses?page=2"
    assert call.headers["X-Server"] == str(door.api)
    assert f"data: 0 from {door.stream}\n".encode() in ask(door, "GET", "/api/v1/jobs/7/events").body


def test_a_stream_is_not_held_back(door: Door) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", door.port, timeout=20)) as connection:
        connection.request("GET", "/api/v1/jobs/7/events", headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        came = [time.monotonic() for line in response if line.startswith(b"data")]
    assert response.headers["Content-Encoding"] is None
    assert len(came) == 3
    assert came[2] - came[0] > 0.8


def test_a_body_of_20_megabytes_arrives_whole(door: Door) -> None:
    body = hashlib.sha256(b"seed").digest() * (20 * 1024 * 1024 // 32)
    answer = ask(door, "PUT", "/api/v1/papers/1/recordings", body=body)
    assert answer.body.decode().split("\n")[0] == hashlib.sha256(body).hexdigest()


def test_ranges_and_etags_pass(door: Door) -> None:
    part = ask(door, "GET", "/api/v1/papers/1/audio", {"Range": "bytes=1000-1999"})
    assert part.status == 206
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(TRACK)}"
    assert part.body == TRACK[1000:2000]
    assert ask(door, "GET", "/api/v1/papers").headers["ETag"] == ETAG
    assert ask(door, "GET", "/api/v1/papers", {"If-None-Match": ETAG}).status == 304


def test_cookies_token_origin_and_host_pass(door: Door) -> None:
    headers = {"X-CSRFToken": "token", "Cookie": "sessionid=s; csrftoken=token", "Origin": f"http://{door.address}"}
    answer = ask(door, "PUT", "/api/v1/me/password", headers, b"{}")
    assert answer.headers["X-Host"] == door.address
    assert answer.body.decode().split("\n")[1:] == list(headers.values())


def test_pages_come_from_the_build(door: Door) -> None:
    page = ask(door, "GET", "/zh/sign-in")
    assert page.status == 200
    text = page.body.decode()
    script = text.split('src="/_next/static/')[1].split('"')[0]
    assert ask(door, "GET", f"/_next/static/{script}").status == 200


def test_the_copy_is_made_again_for_other_ports_only(door: Door) -> None:
    mark = door.folder / "mark"
    mark.touch()
    door.make()
    assert mark.exists()
    Door(door.home, door.frontend, door.host, door.port, api=1, stream=2).make()
    assert not mark.exists()
    assert "127.0.0.1:1/api" in (door.folder / ".next" / "routes-manifest.json").read_text()
    door.make()


def test_a_build_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    build = tmp_path / "frontend" / ".next"
    (build / "standalone" / ".next").mkdir(parents=True)
    (build / "static").mkdir()
    for name in ("BUILD_ID", "routes-manifest.json", "standalone/server.js"):
        (build / name).write_text("{}")
    (build / "standalone" / ".next" / "routes-manifest.json").write_text(f'["http://{STAND_INS["api"]}/api"]')
    home = Home.open(tmp_path / "home")
    with pytest.raises(CannotStart, match="make web"):
        Door(home, tmp_path / "frontend", "127.0.0.1", 1, 2, 3).make()


def test_no_secret_reaches_the_front_door(tmp_path: Path) -> None:
    door = Door(Home.open(tmp_path), tmp_path, "127.0.0.1", 8000, 1, 2)
    environment = door.environment({"PATH": "/bin", "SECRET_KEY": "s", "DATABASE_URL": "d", "BROKER_URL": "b"})
    assert not {"SECRET_KEY", "DATABASE_URL", "BROKER_URL"} & set(environment)
