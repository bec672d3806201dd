"""A real proxy that keeps whatever the headers let it keep, between two people and us: nothing crosses."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from siji.conftest import Person
from siji.embedded.ports import free_port
from siji.tests.asking import PREFIX, person
from siji.tests.who_may_what import TABLE
from siji.tests.world import World, build

pytestmark = [
    pytest.mark.machine,
    pytest.mark.drill,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here"),
]

READS = [row for row in TABLE if row.method == "GET" and not row.operation.endswith("/events")]

CONF = """{user}pid {folder}/pid; error_log {folder}/error.log; events {{}}
http {{
    access_log off; {temporary}
    proxy_cache_path {folder}/kept keys_zone=kept:10m;
    proxy_cache kept; proxy_cache_valid any 10m; proxy_cache_key $request_uri;
    add_header X-Kept $upstream_cache_status always;
    server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{origin}; proxy_set_header Host $http_host; }} }}
    server {{
        listen 127.0.0.1:{deaf};
        proxy_ignore_headers Cache-Control Vary Set-Cookie;
        location / {{ proxy_pass http://{origin}; proxy_set_header Host $http_host; }}
    }}
}}"""


@dataclass(frozen=True)
class Answer:
    status: int
    kept: str
    body: bytes


@dataclass(frozen=True)
class Proxy:
    port: int
    deaf: int
    """Of one that does not listen to headers: it shows that the proxy keeps at all."""

    def ask(self, asking: Person, path: str, *, port: int | None = None, tag: str = "") -> Answer:
        cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in asking.browser.cookies.items())
        headers = {"Host": "localhost", "Cookie": cookies} | ({"If-None-Match": tag} if tag else {})
        with closing(http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)) as link:
            link.request("GET", PREFIX + path, headers=headers)
            response = link.getresponse()
            return Answer(response.status, response.headers["X-Kept"] or "", response.read())


@pytest.fixture
def school(transactional_db: None, tmp_path: Path, settings: object) -> World:
    settings.SIJI_HOME = tmp_path  # type: ignore[attr-defined]  # the fixture of pytest-django has no type of its own
    return build()


class Threads(ThreadingMixIn, WSGIServer):
    def process_request_thread(self, *given: Any) -> None:
        super().process_request_thread(*given)
        connections.close_all()


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A test prints nothing."""


@pytest.fixture
def origin(school: World) -> Iterator[str]:
    """The application itself, on threads with connections of their own."""
    with make_server("127.0.0.1", 0, WSGIHandler(), Threads, Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def proxy(origin: str, tmp_path: Path) -> Iterator[Proxy]:
    there = Proxy(free_port(), free_port())
    temporary = "".join(f"{what}_temp_path {tmp_path}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.geteuid() == 0 else ""  # who may enter the folder of this test
    conf = tmp_path / "nginx.conf"
    conf.write_text(CONF.format(user=user, folder=tmp_path, temporary=temporary, origin=origin, port=there.port, deaf=there.deaf))
    with subprocess.Popen(["nginx", "-c", str(conf), "-g", "daemon off;"]) as process:
        try:
            _until_it_answers(there, process)
            yield there
        finally:
            process.terminate()


def _until_it_answers(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while True:
        assert process.poll() is None, "nginx refuses its file"
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=5)) as link:
                link.connect()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


def test_no_body_crosses(proxy: Proxy, school: World) -> None:
    people = {who: person(who, school) for who in ("teacher", "student", "classmate", "admin", "stranger", "nobody")}
    for row in READS:
        _, path = row.request(school)
        if not isinstance(row.gets["teacher"], str) and not isinstance(row.gets["student"], str):
            continue
        owner = "teacher" if isinstance(row.gets["teacher"], str) else "student"
        first = [proxy.ask(people[owner], path) for _ in range(2)]
        assert {answer.kept for answer in first} == {"MISS"}, (row, first[0].status)
        assert first[0].status in (200, 206), row
        for who, asking in people.items():
            answer = proxy.ask(asking, path)
            assert answer.kept == "MISS", (row, who)
            assert (answer.status < 300) == isinstance(row.gets[who], str), (row, who)


def test_a_tagged_answer_of_one_is_not_confirmed_to_another(proxy: Proxy, school: World) -> None:
    """nginx asks without the tag where it keeps answers: its person gets the whole one, nobody else is told that theirs holds."""
    teacher, stranger = person("teacher", school), person("stranger", school)
    row = next(row for row in READS if row.operation == "GET /courses/{course_id}/results")
    _, path = row.request(school)
    tag = teacher.get(path).headers["ETag"]
    assert proxy.ask(teacher, path, tag=tag).status in (200, 304)
    assert proxy.ask(stranger, path, tag=tag).status == 403


def test_this_proxy_would_let_it_cross(proxy: Proxy, school: World) -> None:
    """One that does not listen hands the teacher's list to a stranger: what stands between is what the headers say."""
    teacher, stranger = person("teacher", school), person("stranger", school)
    theirs = proxy.ask(teacher, "/courses", port=proxy.deaf)
    crossed = proxy.ask(stranger, "/courses", port=proxy.deaf)
    assert (crossed.kept, crossed.body) == ("HIT", theirs.body)
    assert school.course.name in theirs.body.decode()
