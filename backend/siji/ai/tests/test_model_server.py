"""The stand-in for DeepSeek is true to its protocol: else everything proved with it is proved of something else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from model_server.faults import FAULTS
from model_server.running import running
from model_server.script import Reply, Rule
from model_server.server import ModelServer, Pace

LONG = "You mark essays. Answer in JSON. " * 20


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running() as started:
        yield started


@pytest.fixture
def http(server: ModelServer) -> Iterator[httpx2.Client]:
    headers = {"Authorization": "Bearer secret-key"}
    with httpx2.Client(base_url=server.url, headers=headers, timeout=2) as client:
        yield client


def body(text: str = "Say it as json.", **more: Any) -> dict[str, Any]:
    return {"model": "deepseek-v4-flash", "messages": [{"role": "user", "content": text}], **more}


def events(text: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_an_answer_has_content_and_usage(http: httpx2.Client) -> None:
    reply = http.post("/chat/completions", json=body(thinking={"type": "disabled"})).json()
    assert reply["choices"][0]["message"] == {"role": "assistant", "content": '{"ok": true}'}
    assert reply["choices"][0]["finish_reason"] == "stop"
    assert reply["usage"]["prompt_tokens"] == 4
    assert reply["usage"]["completion_tokens"] == 3


def test_thinking_is_on_unless_it_is_disabled(http: httpx2.Client) -> None:
    message = http.post("/chat/completions", json=body()).json()["choices"][0]["message"]
    assert message["reasoning_content"]


def test_a_stream_is_the_same_answer_in_pieces_with_the_usage_last(http: httpx2.Client) -> None:
    sent = events(http.post("/chat/completions", json=body(stream=True, thinking={"type": "disabled"})).text)
    assert "".join(event["choices"][0]["delta"].get("content", "") for event in sent[:-1]) == '{"ok": true}'
    assert [sent[-2]["choices"][0]["finish_reason"], sent[-1]["choices"]] == ["stop", []]
    assert sent[-1]["usage"]["total_tokens"] == 7


def test_a_prompt_that_begins_as_an_earlier_one_is_a_cache_hit(http: httpx2.Client) -> None:
    hits = [
        http.post("/chat/completions", json=body(LONG + end)).json()["usage"]["prompt_cache_hit_tokens"] for end in ("one", "two")
    ]
    assert hits[0] == 0
    assert hits[1] >= 128


def test_max_tokens_ends_an_answer_early(http: httpx2.Client) -> None:
    choice = http.post("/chat/completions", json=body(max_tokens=2)).json()["choices"][0]
    assert (choice["message"]["content"], choice["finish_reason"]) == ('{"ok": t', "length")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"model": "deepseek-chat"}, 400),
        ({"messages": []}, 422),
        ({"response_format": {"type": "json_object"}, "messages": [{"role": "user", "content": "hello"}]}, 400),
    ],
)
def test_what_deepseek_refuses_is_refused(http: httpx2.Client, change: dict[str, Any], status: int) -> None:
    reply = http.post("/chat/completions", json=body() | change)
    assert (reply.status_code, "message" in reply.json()["error"]) == (status, True)


def test_a_wrong_key_is_refused(server: ModelServer) -> None:
    assert httpx2.post(f"{server.url}/chat/completions", json=body()).status_code == 401


def test_rules_queue_and_default_say_what_is_answered(server: ModelServer, http: httpx2.Client) -> None:
    server.script.queue = [Reply("first")]
    server.script.rules = [Rule("essay", Reply("mark of $1", copy=r"id: (\w+)"))]
    said = [
        http.post("/chat/completions", json=body(text)).json()["choices"][0]["message"]["content"]
        for text in ("essay", "essay id: S7", "else")
    ]
    assert said == ["first", "mark of S7", '{"ok": true}']


def test_it_takes_its_time_as_told(server: ModelServer, http: httpx2.Client) -> None:
    server.pace = Pace(first_token=0.2, rate=20)
    began = time.monotonic()
    with http.stream("POST", "/chat/completions", json=body(stream=True, thinking={"type": "disabled"})) as reply:
        lines = reply.iter_lines()
        first, seen = next(lines), time.monotonic() - began
        assert list(lines)
    assert first
    assert 0.2 <= seen < 0.4
    assert time.monotonic() - began >= 0.2 + 3 / 20


def test_connections_are_kept_and_counted(server: ModelServer, http: httpx2.Client) -> None:
    for _ in range(20):
        http.post("/chat/completions", json=body())
    assert (server.told.connections, server.told.calls, len(server.told.requests)) == (1, 20, 20)
    assert server.told.requests[0]["headers"]["authorization"] == "Bearer secret-key"


QUICK = [name for name in FAULTS if name not in ("hang", "slow_start")]


@pytest.mark.parametrize("is_stream", [False, True])
@pytest.mark.parametrize("fault", QUICK)
def test_every_fault_is_no_good_answer_and_the_next_one_is(
    server: ModelServer, http: httpx2.Client, fault: str, is_stream: bool
) -> None:
    server.script.default = Reply('{"id": "S1", "mark": 7}')
    honest = http.post("/chat/completions", json=body(stream=is_stream, thinking={"type": "disabled"}))
    server.script.faults = [fault]
    try:
        with http.stream("POST", "/chat/completions", json=body(stream=is_stream), timeout=0.5) as reply:
            text = ""
            for piece in reply.iter_text():
                text += piece
                assert text.count("\n") < 1000
                if fault == "drip" and len(text) > 20:
                    break
            assert (reply.status_code, text) != (200, honest.text)
    except httpx2.HTTPError:
        assert fault in ("cut_body", "reset", "reset_after_work")
    again = http.post("/chat/completions", json=body(thinking={"type": "disabled"}))
    assert again.json()["choices"][0]["message"]["content"] == '{"id": "S1", "mark": 7}'
    assert server.told.faults == {"none": 2, fault: 1}


def test_who_hangs_up_is_not_worked_for_any_more(server: ModelServer, http: httpx2.Client) -> None:
    server.script.faults = ["hang"]
    with pytest.raises(httpx2.ReadTimeout):
        http.post("/chat/completions", json=body(), timeout=0.1)
    until = time.monotonic() + 5
    while server.told.at_once and time.monotonic() < until:
        time.sleep(0.02)
    assert server.told.at_once == 0


def test_it_runs_as_a_process_of_its_own_and_is_told_what_to_say() -> None:
    command = [sys.executable, "-m", "model_server", "--first-token", "0", "--rate", "100000"]
    backend = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=backend) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            control = url.removesuffix("/v1") + "/_control"
            assert httpx2.post(control, json={"default": "hello", "faults": ["overloaded"]}).json()["calls"] == 0
            assert httpx2.post(control, json={"faults": ["nonsense"]}).status_code == 400
            assert httpx2.post(control, json={"faults": ["overloaded"]}).status_code == 200
            assert httpx2.post(f"{url}/chat/completions", json=body()).status_code == 503
            told = httpx2.get(control).json()
            assert (told["calls"], told["faults"]) == (1, {"overloaded": 1})
            assert httpx2.request("DELETE", control).json()["calls"] == 0
        finally:
            process.terminate()
    assert process.returncode == 0
