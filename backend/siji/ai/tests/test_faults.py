"""Every way in which the endpoint goes wrong ends in the ending that is stated for it: a mark that it gave, or none."""

from __future__ import annotations

import gc
import socket
import time

import pytest
from pytest_django.fixtures import Settings

from model_server.faults import FAULTS
from model_server.script import Reply
from model_server.server import ModelServer
from siji.ai.budgets import Payer
from siji.ai.gateway import Purpose, ask_streamed
from siji.ai.models import CallState, DayBudget, ModelCall
from siji.ai.outcomes import Outcome
from siji.ai.tests.acting import ask_mark, set_up, tiny
from siji.ai.words import ModelFailed

pytestmark = pytest.mark.django_db(transaction=True)

SHORT = Purpose("test.mark", max_tokens=60, seconds=1.2)
CUT = Purpose("test.mark", max_tokens=60, seconds=0.5)
E = Outcome

# fault: the ending where it comes every time, the calls that reached the endpoint, the rows of the ledger
ENDINGS: dict[str, tuple[Outcome, int, int]] = {
    "rate_limited": (E.RATE_LIMITED, 4, 1),
    "rate_limited_for_1_s": (E.RATE_LIMITED, 1, 1),  # a second try would not fit into the deadline
    "server_error": (E.OVERLOADED, 4, 1),
    "bad_gateway": (E.OVERLOADED, 4, 1),
    "overloaded": (E.OVERLOADED, 4, 1),
    "hang": (E.TIMED_OUT, 1, 1),
    "drip": (E.TIMED_OUT, 1, 1),
    "cut_body": (E.CUT_OFF, 4, 1),
    "reset": (E.CUT_OFF, 4, 1),
    "reset_after_work": (E.CUT_OFF, 4, 1),
    "slow_start": (E.TIMED_OUT, 1, 1),
    "delivered_twice": (E.GARBLED, 4, 1),
    "error_with_200": (E.GARBLED, 4, 1),
    "html_with_200": (E.GARBLED, 4, 1),
    "empty_content": (E.EMPTY, 2, 2),
    "reasoning_only": (E.REASONING_ONLY, 2, 2),
    "broken_json": (E.NOT_JSON, 2, 2),
    "fenced_json": (E.OK, 1, 1),
    "mark_out_of_range": (E.WRONG_SHAPE, 2, 2),
    "wrong_id": (E.WRONG_SHAPE, 2, 2),
    "cut_short": (E.TOO_LONG, 1, 1),
    "filtered": (E.FILTERED, 1, 1),
    "out_of_resources": (E.CUT_OFF, 4, 1),
    "no_usage": (E.OK, 1, 1),
    "no_credit": (E.NO_CREDIT, 1, 1),
    "bad_key": (E.BAD_KEY, 1, 1),
    "no_such_model": (E.REFUSED, 1, 1),
    "bad_parameters": (E.REFUSED, 1, 1),
}
PASSING = [name for name, (outcome, calls, _) in ENDINGS.items() if calls > 1]


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("siji.ai.outcomes.FIRST_PAUSE", 0.02)
    monkeypatch.setattr("siji.ai.gateway.LEAST_FOR_REPAIR", 0.2)


def test_every_fault_has_a_stated_ending() -> None:
    assert set(ENDINGS) == set(FAULTS)


@pytest.mark.parametrize("fault", ENDINGS)
def test_a_fault_that_stays_ends_as_stated(endpoint: ModelServer, fault: str) -> None:
    set_up(endpoint)
    endpoint.script.shares = {fault: 1.0}
    outcome, calls, rows = ENDINGS[fault]
    began = time.monotonic()
    if outcome is Outcome.OK:
        assert ask_mark(purpose=SHORT).value.mark == 7
    else:
        with pytest.raises(ModelFailed) as failed:
            ask_mark(purpose=SHORT)
        assert failed.value.outcome is outcome
        assert failed.value.words.zh
    assert time.monotonic() - began < SHORT.seconds + 1
    ledger = list(ModelCall.objects.order_by("pk"))
    assert (endpoint.told.calls, len(ledger)) == (calls, rows)
    assert {call.outcome for call in ledger} == {outcome}
    assert CallState.SENT not in {call.state for call in ledger}
    spent = DayBudget.objects.get(scope="all")
    assert (spent.reserved, spent.spent) == (0, sum(call.cost for call in ledger))
    assert spent.spent >= billed(endpoint)


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_ends_in_the_mark(endpoint: ModelServer, fault: str) -> None:
    set_up(endpoint)
    endpoint.script.faults = [fault]
    assert ask_mark().value.mark == 7
    assert DayBudget.objects.get(scope="all").spent >= billed(endpoint)


def billed(server: ModelServer) -> int:
    """What the endpoint would put on the bill, in micro-yuan."""
    told = server.told
    total = (told.prompt_tokens - told.hit_tokens) * 2_000_000 + told.hit_tokens * 40_000 + told.completion_tokens * 8_000_000
    return total // 1_000_000


def test_what_the_provider_asks_to_wait_is_waited(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.faults = ["rate_limited_for_1_s"]
    began = time.monotonic()
    assert ask_mark().value.mark == 7
    assert time.monotonic() - began >= 1


def test_an_endpoint_that_cannot_be_connected_to_costs_nothing(endpoint: ModelServer, settings: Settings) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        settings.MODEL_ENDPOINTS = (url,)
        set_up(endpoint, endpoint=url)
        with pytest.raises(ModelFailed) as failed:
            ask_mark(purpose=SHORT)
    assert failed.value.outcome is Outcome.UNREACHABLE
    assert DayBudget.objects.get(scope="all").spent == 0


STREAMED = Purpose("test.feedback", max_tokens=200, seconds=1.5)
STREAM_ENDINGS = {
    "server_error": (E.OVERLOADED, ""),
    "cut_body": (E.BROKEN_OFF, "Two th"),
    "empty_content": (E.EMPTY, ""),
    "reasoning_only": (E.REASONING_ONLY, ""),
    "drip": (E.TIMED_OUT, ""),
    "hang": (E.TIMED_OUT, ""),
    "error_with_200": (E.CUT_OFF, ""),
    "cut_short": (E.TOO_LONG, "Two thin"),
    "filtered": (E.FILTERED, ""),
    "no_credit": (E.NO_CREDIT, ""),
}


@pytest.mark.parametrize("fault", STREAM_ENDINGS)
def test_a_stream_that_goes_wrong_says_so_and_keeps_what_had_come(endpoint: ModelServer, fault: str) -> None:
    set_up(endpoint)
    endpoint.script.rules = []
    endpoint.script.default = Reply("Two things to do next.")
    endpoint.script.shares = {fault: 1.0}
    streamed = ask_streamed(STREAMED, tiny(), Payer(user=1))
    pieces: list[str] = []
    with pytest.raises(ModelFailed) as failed:
        pieces.extend(streamed)
    outcome, partial = STREAM_ENDINGS[fault]
    assert failed.value.outcome is outcome
    assert failed.value.partial.startswith(partial)
    assert ModelCall.objects.get().outcome == outcome


def test_a_stream_that_is_delivered_twice_is_heard_once(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.rules = []
    endpoint.script.default = Reply("Two things to do next.")
    endpoint.script.shares = {"delivered_twice": 1.0}
    streamed = ask_streamed(STREAMED, tiny(), Payer(user=1))
    assert "".join(streamed) == "Two things to do next."


@pytest.mark.parametrize("is_streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("fault", ["hang", "drip", "slow_start"])
def test_a_call_that_is_cut_at_its_deadline_closes_its_connection(endpoint: ModelServer, fault: str, is_streamed: bool) -> None:
    """Counted at the far end, and with the collector of this process off, so that it is nobody else who closes them."""
    set_up(endpoint)
    endpoint.script.shares = {fault: 1.0}
    gc.disable()
    try:
        for _ in range(3):
            with pytest.raises(ModelFailed):
                list(ask_streamed(CUT, tiny(), Payer(user=1))) if is_streamed else ask_mark(purpose=CUT)
        until = time.monotonic() + 2
        while endpoint.told.open and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        gc.enable()
    assert (endpoint.told.connections, endpoint.told.open) == (3, 0)
