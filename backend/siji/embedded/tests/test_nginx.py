"""ops/nginx/siji.conf as it is shipped, in a real nginx before a stand-in that says what it received."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from siji.embedded.balancer import shipped
from siji.embedded.ports import free_port
from siji.embedded.tests.stand_in import Reply, StandIn, stand_in

pytestmark = [pytest.mark.machine, pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here")]

FORGED = {
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "Forwarded": "for=6.6.6.6",
}


@dataclass(frozen=True)
class Nginx:
    port: int
    plain_port: int
    api: int
    stream: int

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Reply:
        with closing(self.connection()) as link:
            link.request(method, path, body=body, headers={"Host": "siji.example.edu.cn", **(headers or {})})
            response = link.getresponse()
            return Reply(response.status, response.headers, response.read())

    def connection(self) -> http.client.HTTPSConnection:
        anybody = ssl._create_unverified_context()  # noqa: S323  # the certificate was made a second ago
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=anybody)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("nginx")
    with stand_in() as api, stand_in() as stream, stand_in() as web:
        there = Nginx(free_port(), free_port(), api, stream)
        main = _written(folder, there, web)
        with subprocess.Popen(["nginx", "-c", str(main), "-g", "daemon off;"]) as process:
            try:
                _wait(there.port, process)
                yield there
            finally:
                process.terminate()


def _written(folder: Path, there: Nginx, web: int) -> Path:
    """The shipped file with ports, certificate and upstreams of this test."""
    certificate = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=siji"]
    made = [*certificate, "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", "req", *made], check=True, capture_output=True)
    addresses = {kind: [f"127.0.0.1:{port}"] for kind, port in (("api", there.api), ("stream", there.stream), ("web", web))}
    text = re.sub(r".*listen \[::\].*\n", "", shipped(addresses))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{there.plain_port};").replace("443 ssl", f"127.0.0.1:{there.port} ssl")
    text = text.replace("/etc/ssl/siji/fullchain.pem", f"{folder}/cert.pem").replace(
        "/etc/ssl/siji/privkey.pem", f"{folder}/key.pem"
    )
    (folder / "siji.conf").write_text(text)
    own = "".join(f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = folder / "nginx.conf"
    user = "user root; " if os.geteuid() == 0 else ""  # who may enter the folder of this test
    inner = f"access_log off; {own} include {folder}/siji.conf;"
    main.write_text(f"{user}pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {inner} }}")
    return main


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while True:
        assert process.poll() is None, "nginx refuses its file"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


def test_each_path_goes_to_its_process(nginx: Nginx) -> None:
    assert nginx.ask("GET", "/api/v1/courses?page=2").headers["X-Server"] == str(nginx.api)
    assert f"data: 0 from {nginx.stream}\n".encode() in nginx.ask("GET", "/api/v1/jobs/7/events").body
    assert nginx.ask("GET", "/zh").headers["X-Server"] not in (str(nginx.api), str(nginx.stream))


def test_what_a_client_forges_ends_here(nginx: Nginx) -> None:
    heard = StandIn.heard(nginx.ask("GET", "/api/v1/heard", FORGED).body)
    assert heard["x-forwarded-for"] == "127.0.0.1"
    assert heard["x-forwarded-host"] == heard["host"] == "siji.example.edu.cn"
    assert heard["x-forwarded-proto"] == "https"
    assert "forwarded" not in heard
    assert "6.6.6.6" not in str(heard)


def test_a_stream_is_not_held_back(nginx: Nginx) -> None:
    with closing(nginx.connection()) as link:
        link.request("GET", "/api/v1/jobs/7/events", headers={"Host": "siji.example.edu.cn", "Accept-Encoding": "gzip"})
        response = link.getresponse()
        came = [time.monotonic() for line in response if line.startswith(b"data")]
    assert response.headers["Content-Encoding"] is None
    assert len(came) == 3
    assert came[2] - came[0] > 0.8


def test_large_bodies_ranges_and_etags_pass(nginx: Nginx) -> None:
    body = hashlib.sha256(b"seed").digest() * (32 * 1024 * 1024 // 32)
    answer = nginx.ask("PUT", "/api/v1/papers/1/recordings", body=body)
    assert answer.body.decode().split("\n")[0] == hashlib.sha256(body).hexdigest()
    assert nginx.ask("GET", "/api/v1/papers/1/audio", {"Range": "bytes=0-99"}).status == 206
    etag = nginx.ask("GET", "/api/v1/papers").headers["ETag"]
    assert nginx.ask("GET", "/api/v1/papers", {"If-None-Match": etag}).status == 304


def test_plain_http_is_sent_to_https(nginx: Nginx) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=10)) as link:
        link.request("GET", "/zh/courses", headers={"Host": "siji.example.edu.cn"})
        response = link.getresponse()
    assert response.status == 301
    assert response.headers["Location"] == "https://siji.example.edu.cn/zh/courses"
