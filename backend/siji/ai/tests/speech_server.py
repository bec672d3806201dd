"""A real HTTP server that speaks: one hundred samples of a saw tooth for every word, or trouble as ordered."""

from __future__ import annotations

import json
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from siji.ai.speech import Endpoint

SAMPLE_RATE = 8_000
Trouble = tuple[int, bytes, dict[str, str]]


@dataclass
class SpeechServer:
    """``troubles`` are answered first, one each; ``seconds`` each reply takes; ``per_word`` samples at speed 1."""

    endpoint: Endpoint = field(default_factory=lambda: Endpoint("", "", ""))
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    seconds: float = 0.0
    per_word: int = 100
    is_streaming: bool = False

    def reply(self, wanted: dict[str, Any]) -> bytes:
        count = max(int(len(wanted["input"].split()) * self.per_word / wanted["speed"]), 1)
        return wav(count, is_streaming=self.is_streaming)


def wav(count: int, *, channels: int = 1, is_streaming: bool = False) -> bytes:
    samples = struct.pack(f"<{count}h", *((number * 97) % 2000 - 1000 for number in range(count)))
    size = 0xFFFFFFFF if is_streaming else len(samples)
    form = struct.pack("<HHIIHH", 1, channels, SAMPLE_RATE, SAMPLE_RATE * 2, 2, 16)
    listed = b"LIST" + struct.pack("<I", 5) + b"INFOx\0"
    body = b"WAVE" + b"fmt " + struct.pack("<I", 16) + form + listed + b"data" + struct.pack("<I", size) + samples
    return b"RIFF" + struct.pack("<I", min(len(body), 0xFFFFFFFF)) + body


@contextmanager
def speech_server() -> Iterator[SpeechServer]:
    told = SpeechServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            wanted = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(wanted)
            told.keys.add(self.headers["Authorization"])
            time.sleep(told.seconds)
            status, body, headers = told.troubles.pop(0) if told.troubles else (200, told.reply(wanted), {})
            self.send_response(status)
            for name, value in {"Content-Type": "audio/wav", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Tests read what was asked, not a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "secret", "voice-1")
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
