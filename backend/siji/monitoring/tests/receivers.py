"""What a message is sent to in tests: a mail server, a web server, and a proxy that stands for the services' own addresses."""

from __future__ import annotations

import datetime
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import parse_headers
from io import BufferedReader
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Request:
    host: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    port: int = 0
    requests: list[Request] = field(default_factory=list)
    mails: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    """From, to, the whole message."""
    answers: list[int] = field(default_factory=list)
    """Statuses of the next answers; 200 where there is none."""
    says: bytes = b'{"errcode": 0, "errmsg": "ok", "code": 0}'


@contextmanager
def _serving(receiver: Receiver, handle: Callable[[Receiver, socket.socket], None]) -> Iterator[Receiver]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            handle(receiver, self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        receiver.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield receiver
        server.shutdown()


def web() -> Any:
    return _serving(Receiver(), lambda receiver, client: _answer(receiver, client, "127.0.0.1"))


def mail() -> Any:
    return _serving(Receiver(), _take_mail)


def proxy(authority: Authority) -> Any:
    def handle(receiver: Receiver, client: socket.socket) -> None:
        line, _, _ = _read(client.makefile("rb"))
        verb, where, _ = line.split(" ")
        assert verb == "CONNECT"
        host = where.partition(":")[0]
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with authority.context(host).wrap_socket(client, server_side=True) as inner:
            _answer(receiver, inner, host)

    return _serving(Receiver(), handle)


def _answer(receiver: Receiver, client: socket.socket, host: str) -> None:
    line, headers, body = _read(client.makefile("rb"))
    receiver.requests.append(Request(host, line.split(" ")[1], headers, body))
    status = receiver.answers.pop(0) if receiver.answers else 200
    said = b"ok" if host == "hooks.slack.com" else receiver.says
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(said)}\r\nConnection: close\r\n\r\n"
    client.sendall(head.encode() + said)


def _read(stream: BufferedReader) -> tuple[str, dict[str, str], bytes]:
    line = stream.readline().decode().strip()
    headers = {name.lower(): value for name, value in parse_headers(stream).items()}
    return line, headers, stream.read(int(headers.get("content-length", 0)))


def _take_mail(receiver: Receiver, client: socket.socket) -> None:
    stream = client.makefile("rb")
    client.sendall(b"220 test\r\n")
    sender, to = "", list[str]()
    while line := stream.readline().decode().strip():
        match line.upper().split(":")[0].split(" ")[0]:
            case "MAIL":
                sender = line.partition("<")[2].partition(">")[0]
            case "RCPT":
                to.append(line.partition("<")[2].partition(">")[0])
            case "DATA":
                client.sendall(b"354 go on\r\n")
                lines = list(iter(stream.readline, b".\r\n"))
                receiver.mails.append((sender, to, b"".join(lines)))
            case "QUIT":
                client.sendall(b"221 bye\r\n")
                return
        client.sendall(b"250 ok\r\n")


class Authority:
    """A certificate authority of our own, that only whoever is told of ``file`` believes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Siji tests")])
        self.file = folder / "ca.pem"
        self.file.write_bytes(_pem(self._sign(self._name, self._key, x509.BasicConstraints(True, None))))

    def context(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names: x509.GeneralName = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        path = self._folder / f"{host}.pem"
        secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(secret + _pem(self._sign(name, key, x509.SubjectAlternativeName([names]))))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _sign(self, name: x509.Name, key: ec.EllipticCurvePrivateKey, extension: x509.ExtensionType) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateBuilder(self._name, name, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        return builder.add_extension(extension, critical=True).sign(self._key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
