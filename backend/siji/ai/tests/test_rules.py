"""The gateway's decisions without a network: when to try again, what a call costs, when a model is left alone, what is an
answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from siji.ai import breaker
from siji.ai.breaker import Rules, Standing, after_call, may_call
from siji.ai.outcomes import (
    LATER,
    PERHAPS_BILLED,
    REPAIRABLE,
    TRANSIENT,
    TRIES,
    Failure,
    Outcome,
    asked_pause,
    of_completion,
    of_status,
    pause_before_retry,
)
from siji.ai.prices import Prices, Usage, cost, most
from siji.ai.reading import Unreadable, read_answer
from siji.ai.words import WORDS, ModelFailed

PRICES = Prices(miss=2_000_000, hit=40_000, output=8_000_000)
RULES = Rules(failures=3, pause=10, hourly_cost=1000)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, Outcome.REFUSED) for status in (400, 404, 405, 409, 413, 422)),
        *((status, Outcome.OVERLOADED) for status in (500, 502, 503, 504, 529)),
        (401, Outcome.BAD_KEY),
        (403, Outcome.BAD_KEY),
        (402, Outcome.NO_CREDIT),
        (408, Outcome.TIMED_OUT),
        (429, Outcome.RATE_LIMITED),
    ],
)
def test_a_status_says_how_it_ended(status: int, outcome: Outcome) -> None:
    assert of_status(status) is outcome


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
def test_a_permanent_refusal_is_never_tried_again(status: int) -> None:
    assert pause_before_retry(Failure(of_status(status)), tried=1, left=1000, drawn=0.5) is None


@pytest.mark.parametrize(
    ("finish", "text", "reasoning", "outcome"),
    [
        ("stop", "hello", "", Outcome.OK),
        ("stop", " \n", "", Outcome.EMPTY),
        ("stop", "", "hm", Outcome.REASONING_ONLY),
        ("length", "hello", "", Outcome.TOO_LONG),
        ("content_filter", "hello", "", Outcome.FILTERED),
        ("insufficient_system_resource", "hello", "", Outcome.CUT_OFF),
        ("tool_calls", "hello", "", Outcome.GARBLED),
        (None, "hello", "", Outcome.GARBLED),
    ],
)
def test_anything_but_stop_with_text_is_a_failure(finish: str | None, text: str, reasoning: str, outcome: Outcome) -> None:
    assert of_completion(finish, text, reasoning) is outcome


@given(
    st.sampled_from(Outcome),
    st.integers(1, 6),
    st.floats(0, 60),
    st.floats(0, 1),
    st.none() | st.floats(0, 100),
)
def test_a_pause_fits_into_what_is_left_and_is_never_shorter_than_asked(
    outcome: Outcome, tried: int, left: float, drawn: float, asked: float | None
) -> None:
    pause = pause_before_retry(Failure(outcome, asked_pause=asked), tried=tried, left=left, drawn=drawn)
    if pause is None:
        return
    assert outcome in TRANSIENT
    assert tried < TRIES
    assert (asked or 0) <= pause < left


def test_pauses_grow_and_are_fully_jittered() -> None:
    longest = [pause_before_retry(Failure(Outcome.OVERLOADED), tried=tried, left=99, drawn=1) for tried in (1, 2, 3)]
    assert longest == [0.5, 1.0, 2.0]
    assert pause_before_retry(Failure(Outcome.OVERLOADED), tried=3, left=99, drawn=0) == 0


@pytest.mark.parametrize(
    ("said", "date", "seconds"),
    [("3", None, 3.0), ("1.5", None, 1.5), ("-4", None, 0.0), ("soon", None, None), ("a date", 107.0, 7.0), ("nan", None, None)],
)
def test_retry_after_is_seconds_or_a_date(said: str, date: float | None, seconds: float | None) -> None:
    assert asked_pause(said, now=100.0, date=date) == seconds


def test_every_ending_has_words_and_what_may_be_billed_is_no_repair() -> None:
    assert set(WORDS) == set(Outcome)
    assert not REPAIRABLE & (TRANSIENT | PERHAPS_BILLED)
    assert {outcome for outcome in Outcome if not ModelFailed(outcome).permanent} == LATER


@pytest.mark.parametrize(
    ("usage", "micro"),
    [(Usage(0, 0, 0), 0), (Usage(1000, 0, 100), 2800), (Usage(1000, 1000, 0), 40), (Usage(1, 1, 0), 1), (Usage(10, 99, 0), 1)],
)
def test_a_call_is_rounded_up_to_the_micro_yuan(usage: Usage, micro: int) -> None:
    assert cost(usage, PRICES) == micro


prices = st.builds(Prices, st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))


@given(st.lists(st.text()), st.integers(0, 8000), prices, st.data())
def test_nothing_costs_more_than_was_reserved(texts: list[str], out: int, prices: Prices, data: st.DataObject) -> None:
    prompt = data.draw(st.integers(0, sum(len(text.encode()) for text in texts)))
    usage = Usage(prompt, data.draw(st.integers(0, prompt)), data.draw(st.integers(0, out)))
    assert cost(usage, prices) <= most(texts, out, prices)


def failed(standing: Standing, now: float, cost: int = 0) -> Standing:
    return after_call(standing, RULES, now, has_failed=True, cost=cost)


def succeeded(standing: Standing, now: float, cost: int = 0) -> Standing:
    return after_call(standing, RULES, now, has_failed=False, cost=cost)


def opened(now: float = 0.0) -> Standing:
    return failed(failed(failed(Standing(), now), now), now)


def test_failures_in_a_row_open_it_and_a_success_between_does_not() -> None:
    standing = succeeded(failed(failed(Standing(), 0), 0), 0)
    assert not failed(failed(standing, 0), 0).is_open
    assert opened().reason == "failures"


def test_an_open_one_lets_one_probe_through_after_its_pause() -> None:
    standing = opened(now=100)
    assert may_call(standing, RULES, 109)[1] == "no"
    probing, verdict = may_call(standing, RULES, 110)
    assert verdict == "probe"
    assert may_call(probing, RULES, 111)[1] == "no"
    assert may_call(probing, RULES, 110 + RULES.probe_seconds)[1] == "probe", "a probe that died is replaced"
    assert not succeeded(probing, 112).is_open


def test_a_failed_probe_makes_the_pause_twice_as_long() -> None:
    probing, _ = may_call(opened(now=100), RULES, 110)
    again = failed(probing, 111)
    assert may_call(again, RULES, 130)[1] == "no"
    assert may_call(again, RULES, 131)[1] == "probe"


def test_what_says_nothing_of_the_provider_changes_nothing_but_frees_the_probe() -> None:
    probing, _ = may_call(opened(now=100), RULES, 110)
    after = after_call(probing, RULES, 111, has_failed=None, cost=0)
    assert after.is_open
    assert may_call(after, RULES, 112)[1] == "probe"


def test_cost_within_an_hour_opens_it_until_the_hour_is_over() -> None:
    standing = succeeded(succeeded(Standing(), 5000, cost=600), 5001, cost=600)
    assert standing.reason == "cost"
    assert may_call(standing, RULES, 5000 + breaker.HOUR - 1)[1] == "no"
    closed, verdict = may_call(standing, RULES, 5000 + breaker.HOUR)
    assert (closed.is_open, verdict) == (False, "yes")


def test_cost_spread_over_hours_opens_nothing() -> None:
    standing = Standing()
    for hour in range(5):
        standing = succeeded(standing, 5000 + hour * breaker.HOUR, cost=900)
        assert not standing.is_open


events = st.lists(st.tuples(st.sampled_from([True, False, None]), st.floats(0, 100), st.integers(0, 300)), max_size=60)


@given(events)
def test_whatever_happens_it_can_close_again(happened: list[tuple[bool | None, float, int]]) -> None:
    standing, now = Standing(), 0.0
    for has_failed, passed, spent in happened:
        now += passed
        standing = after_call(standing, RULES, now, has_failed=has_failed, cost=spent)
        standing, _ = may_call(standing, RULES, now)
    later = now + breaker.HOUR + 1
    standing, verdict = may_call(standing, RULES, later)
    assert verdict in ("yes", "probe")
    assert not after_call(standing, RULES, later, has_failed=False, cost=0).is_open


class Mark(BaseModel):
    id: str
    mark: int = Field(ge=0, le=15)


def not_other(mark: Mark) -> None:
    if mark.id != "S1":
        raise ValueError("another id")


@pytest.mark.parametrize(
    "text",
    [
        '{"id":"S1","mark":7}',
        '```json\n{"id":"S1","mark":7}\n```',
        '\n\n {"id": "S1", "mark": 7} \n',
        '```\n{"id":"S1","mark":7}```',
    ],
)
def test_json_is_read_with_or_without_a_fence(text: str) -> None:
    assert read_answer(text, Mark, not_other).mark == 7


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('{"id":"S1","mark":', Outcome.NOT_JSON),
        ("The mark is 7.", Outcome.NOT_JSON),
        ('{"id":"S1","mark":7}{"id":"S1","mark":9}', Outcome.NOT_JSON),
        ('The mark: {"id":"S1","mark":7}', Outcome.NOT_JSON),
        ("[" * 100_000, Outcome.NOT_JSON),
        ('{"id":"S1","mark":16}', Outcome.WRONG_SHAPE),
        ('{"id":"S1","mark":-1}', Outcome.WRONG_SHAPE),
        ('{"id":"S1","mark":true}', Outcome.WRONG_SHAPE),
        ('{"id":"S1","mark":"7"}', Outcome.WRONG_SHAPE),
        ('{"id":"S1","mark":7.5}', Outcome.WRONG_SHAPE),
        ('{"id":"S1","mark":NaN}', Outcome.WRONG_SHAPE),
        ('{"id":"S1"}', Outcome.WRONG_SHAPE),
        ('{"id":"S2","mark":7}', Outcome.WRONG_SHAPE),
        ('[{"id":"S1","mark":7}]', Outcome.WRONG_SHAPE),
        ("7", Outcome.WRONG_SHAPE),
    ],
)
def test_what_is_not_the_answer_is_not_made_into_one(text: str, outcome: Outcome) -> None:
    with pytest.raises(Unreadable) as wrong:
        read_answer(text, Mark, not_other)
    assert wrong.value.outcome is outcome


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_answer(text, Mark)
