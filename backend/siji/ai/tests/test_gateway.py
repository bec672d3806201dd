"""Asking a model: an answer with its bill, repaired once, repeated from the ledger, streamed, and without a connection held."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from model_server.script import Reply
from model_server.server import ModelServer, Pace
from siji.ai import ledger
from siji.ai.budgets import Payer
from siji.ai.chat import APIConfig, ChatRequest, Completion, Message
from siji.ai.client import DeepSeekClient
from siji.ai.gateway import Purpose, Question, ask, ask_streamed
from siji.ai.models import CallState, DayBudget, ModelCall, ModelSettings
from siji.ai.outcomes import Outcome
from siji.ai.tests.acting import PURPOSE, Mark, ask_mark, set_up, tiny
from siji.ai.words import ModelFailed

pytestmark = pytest.mark.django_db(transaction=True)

REPEATABLE = replace(PURPOSE, is_repeatable=True)
BAD = Reply("I would give it a seven.")


def test_an_answer_comes_with_its_bill(endpoint: ModelServer) -> None:
    set_up(endpoint)
    answer = ask_mark(payer=Payer(user=7, course=3))
    assert answer.value == Mark(id="S1", mark=7)
    call = ModelCall.objects.get()
    assert (call.state, call.outcome, call.tries, call.prompt[:7]) == ("succeeded", "ok", 1, "tiny@3+")
    told = endpoint.told
    assert (call.tokens_in, call.tokens_hit, call.tokens_out) == (told.prompt_tokens, told.hit_tokens, told.completion_tokens)
    assert call.cost == answer.cost > 0
    assert {(row.scope, row.payer): (row.reserved, row.spent) for row in DayBudget.objects.all()} == {
        ("user", 7): (0, call.cost),
        ("course", 3): (0, call.cost),
        ("all", 0): (0, call.cost),
    }


def test_the_row_is_there_before_the_request_leaves(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.pace = Pace(first_token=0.5)
    seen: list[tuple[str, int]] = []

    def look() -> None:
        while endpoint.told.calls == 0:
            time.sleep(0.01)
        seen.extend(ModelCall.objects.values_list("state", "reserved"))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    ask_mark()
    thread.join()
    assert [state for state, _ in seen] == [CallState.SENT]
    assert seen[0][1] > 0


def test_a_bad_answer_is_asked_for_once_more_without_json_mode(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.queue = [BAD]
    answer = ask_mark()
    assert answer.value.mark == 7
    first, second = ModelCall.objects.order_by("pk")
    assert (first.outcome, second.outcome, second.repairs_id) == ("not_json", "ok", first.pk)
    assert (answer.calls, answer.cost) == ((second.pk, first.pk), first.cost + second.cost)
    sent = [request["body"] for request in endpoint.told.requests]
    assert ["response_format" in body for body in sent] == [True, False]
    assert sent[1]["messages"][-2] == {"role": "assistant", "content": BAD.content}


def test_two_bad_answers_are_a_stated_failure(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.queue = [BAD, BAD, Reply('{"id": "S1", "mark": 7}')]
    with pytest.raises(ModelFailed) as failed:
        ask_mark()
    assert (failed.value.outcome, failed.value.permanent, endpoint.told.calls) == (Outcome.NOT_JSON, True, 2)


def test_the_same_request_by_the_same_payer_is_answered_from_the_ledger(endpoint: ModelServer) -> None:
    set_up(endpoint)
    first, again = ask_mark(purpose=REPEATABLE), ask_mark(purpose=REPEATABLE)
    assert (again.value, again.is_repeated, again.cost, again.calls) == (first.value, True, 0, first.calls)
    assert endpoint.told.calls == 1


@pytest.mark.parametrize("payer", [Payer(user=2), Payer(user=1, course=1), Payer()])
def test_another_payer_does_not_get_it(endpoint: ModelServer, payer: Payer) -> None:
    set_up(endpoint)
    ask_mark(purpose=REPEATABLE, payer=Payer(user=1))
    assert not ask_mark(purpose=REPEATABLE, payer=payer).is_repeated


def test_nothing_is_repeated_and_no_reply_kept_where_the_purpose_does_not_say_so(endpoint: ModelServer) -> None:
    set_up(endpoint)
    assert not any(ask_mark().is_repeated for _ in range(2))
    assert set(ModelCall.objects.values_list("reply", flat=True)) == {""}


def test_without_an_endpoint_it_says_that_the_built_in_engine_is_alone(endpoint: ModelServer, settings: Settings) -> None:
    for prepare in (
        lambda: None,
        lambda: set_up(endpoint, is_on=False),
        lambda: set_up(endpoint, endpoint="http://127.0.0.1:9/v1"),
    ):
        prepare()
        with pytest.raises(ModelFailed) as failed:
            ask_mark()
        assert failed.value.outcome is Outcome.NO_ENDPOINT
    set_up(endpoint)
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(ModelFailed, match="key_unreadable"):
        ask_mark()
    assert endpoint.told.calls == 0


def test_a_model_is_not_asked_inside_a_transaction(endpoint: ModelServer) -> None:
    set_up(endpoint)
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        ask_mark()
    assert ModelCall.objects.count() == 0


def test_no_connection_is_held_while_the_model_works(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.pace = Pace(first_token=0.6)
    ours: list[int] = []

    def work() -> None:
        ask_mark()
        connection.close()

    def backends() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return int(cursor.fetchone()[0])

    before = backends()
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    while endpoint.told.at_once < 4:
        time.sleep(0.01)
    time.sleep(0.1)
    ours.append(backends())
    for thread in threads:
        thread.join()
    assert ours == [before]


def test_a_stream_is_told_piece_by_piece_beside_another_call(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.queue = [Reply("First, name two places. Second, join them.")]
    endpoint.pace = Pace(first_token=0.2, rate=20)
    began = time.monotonic()
    feedback = Question("feedback@1", (Message("user", "Advise."),))
    streamed = ask_streamed(Purpose("test.feedback", max_tokens=200), feedback, Payer(user=1))
    looking = iter(streamed)
    pieces = [next(looking)]
    assert not streamed.is_over
    mark = ask_mark()
    pieces.extend(looking)
    assert mark.value.mark == 7
    assert streamed.said is not None
    assert streamed.said.text == "".join(pieces) == "First, name two places. Second, join them."
    assert streamed.said.first_token_ms is not None
    assert 150 < streamed.said.first_token_ms < 1000
    assert time.monotonic() - began < 1.5, "one after the other"
    assert ModelCall.objects.get(pk=streamed.said.call).cost == streamed.said.cost


def test_who_rests_gets_all_that_came_meanwhile_and_is_woken_by_the_end(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.queue = [Reply("First, name two places. Second, join them.")]
    endpoint.pace = Pace(first_token=0.05, rate=40)
    streamed = ask_streamed(Purpose("test.feedback", max_tokens=200), tiny(), Payer(user=1))
    looks = []
    for piece in streamed:
        looks.append((piece, streamed.is_over))
        streamed.rest(PURPOSE.seconds)
    (first, is_over), (rest, is_over_then) = looks
    assert (is_over, is_over_then) == (False, True)
    assert first + rest == "First, name two places. Second, join them."
    assert len(first) < len(rest)


def test_a_stream_that_is_dropped_is_settled_at_what_it_may_cost(endpoint: ModelServer) -> None:
    set_up(endpoint)
    endpoint.script.shares = {"hang": 1.0}
    streamed = ask_streamed(PURPOSE, tiny(), Payer(user=1))
    streamed.drop()
    call = ModelCall.objects.get()
    assert (call.state, call.cost) == (CallState.UNKNOWN, call.reserved)


def test_a_call_whose_process_died_is_settled_as_spent_and_only_once(endpoint: ModelServer) -> None:
    from siji.ai.configuration import current
    from siji.ai.gateway import _request
    from siji.ai.ledger import Ending, Order

    set_up(endpoint)
    order = Order("test", "tiny@3", Payer(user=1), 1.0)
    call = ledger.open_call(order, _request(PURPOSE, tiny(), order.payer, wants_json=True), current())
    assert ledger.settle_lost() == 0
    ModelCall.objects.update(deadline_at=Now() - timedelta(minutes=1))
    assert (ledger.settle_lost(), ledger.settle_lost()) == (1, 0)
    ledger.settle(call, Ending(Outcome.OK, text="late", tries=1), current(), keeps_reply=True)
    call.refresh_from_db()
    budget = DayBudget.objects.get(scope="all")
    assert (call.state, call.outcome, call.reply) == (CallState.UNKNOWN, "lost", "")
    assert (budget.reserved, budget.spent) == (0, call.reserved)


def test_new_settings_hold_from_the_next_call_on(endpoint: ModelServer) -> None:
    set_up(endpoint)
    ask_mark()
    set_up(endpoint, model="deepseek-v4-pro", dialect="plain")
    ask_mark()
    sent = [request["body"] for request in endpoint.told.requests]
    assert [body["model"] for body in sent] == ["deepseek-flash", "deepseek-v4-pro"]
    assert [body.get("thinking") for body in sent] == [{"type": "disabled"}, None]
    assert ModelSettings.objects.count() == 2


def test_the_prompt_must_say_json(endpoint: ModelServer) -> None:
    with pytest.raises(ValueError, match="the word JSON"):
        ask(PURPOSE, Question("x@1", (Message("user", "Mark it."),)), Mark, Payer())


def test_every_request_of_a_batch_ends_in_an_answer_or_its_failure_in_order(endpoint: ModelServer) -> None:
    endpoint.script.rules = []
    endpoint.script.default = Reply("said $1", copy=r"number (\d+)")

    async def batch() -> list[Completion | ModelFailed]:
        client = DeepSeekClient(APIConfig(endpoint.url, endpoint.key, "deepseek-flash", pool_per_host=4))
        requests = [ChatRequest((Message("user", f"number {number}"),), max_tokens=20) for number in range(30)]
        requests[11] = ChatRequest((), max_tokens=20)
        try:
            return await client.batch_completion(requests, at_once=8)
        finally:
            await client.close()

    endings = asyncio.run(batch())
    failed = endings.pop(11)
    assert isinstance(failed, ModelFailed)
    assert failed.outcome is Outcome.REFUSED
    said = [ending.text for ending in endings if isinstance(ending, Completion)]
    assert said == [f"said {number}" for number in range(30) if number != 11]
    assert endpoint.told.most_open <= 4
