"""Budgets, limits and the breaker hold for all together: threads on connections of their own, with Redis and without."""

from __future__ import annotations

import asyncio
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import override_settings
from pytest_django.fixtures import Settings
from redis import Redis

from model_server.server import ModelServer, Pace
from siji.ai import ledger
from siji.ai.breaker import Rules, Standing, after_call
from siji.ai.budgets import Payer
from siji.ai.limits import Places, Shares
from siji.ai.models import CallState, DayBudget, ModelCall, ModelStanding
from siji.ai.outcomes import Outcome
from siji.ai.prices import Prices, most
from siji.ai.tests.acting import PURPOSE, ask_mark, set_up, tiny
from siji.ai.words import ModelFailed
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def together(count: int, work: Callable[[int], object]) -> Counter[str]:
    """How each ended: "ok" or an outcome."""
    endings: list[str] = []

    def one(number: int) -> None:
        try:
            work(number)
            endings.append("ok")
        except ModelFailed as failed:
            endings.append(str(failed.outcome))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(endings)


def most_of_one() -> int:
    return most((message.content for message in tiny().messages), PURPOSE.max_tokens, Prices(2_000_000, 40_000, 8_000_000))


@pytest.mark.parametrize("scope", ["all", "user", "course"])
def test_a_budget_is_never_passed_however_many_ask_at_once(endpoint: ModelServer, scope: str) -> None:
    limit = most_of_one() * 3 + 5
    limits = {"all": {"day_budget": limit}, "user": {"user_day_budget": limit}, "course": {"course_day_budget": limit}}[scope]
    set_up(endpoint, **limits)
    endpoint.pace = Pace(first_token=2.0)
    highest: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            row = DayBudget.objects.filter(scope=scope).first()
            highest.append(row.reserved + row.spent if row else 0)
            time.sleep(0.02)
        connection.close()

    watching = threading.Thread(target=watch)
    watching.start()
    endings = together(12, lambda _: ask_mark(payer=Payer(user=1, course=1)))
    done.set()
    watching.join()
    assert endings == {"ok": 3, "no_budget": 9}
    assert most_of_one() * 3 == max(highest) <= limit
    assert ModelCall.objects.count() == endpoint.told.calls == 3, "a refused call leaves no row and no reservation"
    assert DayBudget.objects.get(scope="all").reserved == 0


def test_one_who_has_spent_their_budget_takes_nothing_from_another(endpoint: ModelServer) -> None:
    set_up(endpoint, user_day_budget=most_of_one())
    ask_mark(payer=Payer(user=1))
    with pytest.raises(ModelFailed):
        ask_mark(payer=Payer(user=1))
    assert ask_mark(payer=Payer(user=2)).value.mark == 7


def test_a_try_that_may_be_billed_is_paid_for_before_the_next(endpoint: ModelServer) -> None:
    set_up(endpoint, day_budget=most_of_one())
    endpoint.script.faults = ["reset_after_work"]
    with pytest.raises(ModelFailed) as failed:
        ask_mark()
    assert failed.value.outcome is Outcome.CUT_OFF
    assert "no_budget" in str(failed.value)
    assert endpoint.told.calls == 1
    assert DayBudget.objects.get(scope="all").spent == most_of_one()


def test_calls_at_once_are_limited_for_all_together(endpoint: ModelServer) -> None:
    set_up(endpoint, calls_at_once=3)
    endpoint.pace = Pace(first_token=0.1)
    assert together(12, lambda _: ask_mark()) == {"ok": 12}
    assert endpoint.told.most_at_once == 3
    assert Redis.from_url(django_settings.CACHE_URL).keys("siji:ai:places:*") == [], "a place was not given back"


def test_a_call_that_finds_no_place_in_time_says_so_and_blames_nobody(endpoint: ModelServer) -> None:
    set_up(endpoint, calls_at_once=1, breaker_failures=1)
    with Redis.from_url(django_settings.CACHE_URL) as redis:
        redis.zadd(f"siji:ai:places:{endpoint.url} deepseek-flash", {"somebody else": time.time() * 1000 + 60_000})
    from dataclasses import replace

    with pytest.raises(ModelFailed) as failed:
        ask_mark(purpose=replace(PURPOSE, seconds=0.4))
    assert failed.value.outcome is Outcome.NO_PLACE
    assert endpoint.told.calls == 0
    assert not ModelStanding.objects.exclude(reason="").exists()
    assert (DayBudget.objects.get(scope="all").spent, DayBudget.objects.get(scope="all").reserved) == (0, 0)


def test_calls_a_minute_are_limited(endpoint: ModelServer) -> None:
    set_up(endpoint, calls_at_once=2, calls_per_minute=300)
    began = time.monotonic()
    assert together(8, lambda _: ask_mark()) == {"ok": 8}
    assert time.monotonic() - began >= 0.55, "a burst of five, then one every 0.2 s"


def test_a_class_that_asks_in_one_moment_finds_redis_there(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    """Many more than there are connections to it: each gets its place and gives it back."""
    shares, name = Shares(at_once=64, per_minute=100_000, processes=2), uuid.uuid4().hex

    async def everybody() -> None:
        places = Places(name)
        tokens = await asyncio.gather(*(places.take(shares, seconds=5, lease=30) for _ in range(60)))
        assert redis.zcard(f"siji:ai:places:{name}") == 60
        await asyncio.gather(*(places.give_back(token) for token in tokens))
        await places.close()

    with Redis.from_url(settings.CACHE_URL) as redis:
        asyncio.run(everybody())
        assert redis.zcard(f"siji:ai:places:{name}") == 0
    assert caplog.text == ""


def test_without_redis_a_process_keeps_to_its_share(endpoint: ModelServer, settings: Settings) -> None:
    set_up(endpoint, calls_at_once=6)
    settings.MODEL_PROCESSES = 3
    endpoint.pace = Pace(first_token=0.1)
    with override_settings(CACHE_URL="redis://127.0.0.1:1/0"):
        assert together(8, lambda _: ask_mark()) == {"ok": 8}
    assert endpoint.told.most_at_once == 2


def test_the_breaker_opens_on_failures_and_closes_again(endpoint: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("siji.ai.outcomes.FIRST_PAUSE", 0.01)
    set_up(endpoint, breaker_failures=2, breaker_pause=1)
    endpoint.script.shares = {"overloaded": 1.0}
    assert [ending(), ending(), ending()] == ["overloaded", "overloaded", "breaker_open"]
    sent = endpoint.told.calls
    assert ending() == "breaker_open"
    assert endpoint.told.calls == sent, "an open breaker lets nothing through"
    endpoint.script.shares = {}
    time.sleep(1.05)
    endpoint.pace = Pace(first_token=0.3)
    endings = together(5, lambda _: ask_mark())
    assert endings == {"ok": 1, "breaker_open": 4}, "one probe"
    assert ending() == "ok"
    assert ModelStanding.objects.get().reason == ""
    assert CallState.SENT not in ModelCall.objects.values_list("state", flat=True)


def some_standing(dice: random.Random, now: float) -> Standing:
    """Most often of successes alone; else something that no other rule sees, or several."""
    sometimes = (0, 0, 0, 0, 0, 1)
    return Standing(
        reason=dice.choice(("", "", "", "", "failures", "cost")),
        failures=dice.choice(sometimes),
        opened_at=float(dice.choice(sometimes)),
        reopened=dice.choice(sometimes),
        probe_until=float(dice.choice(sometimes)),
        hour_at=now - dice.choice((0, 1800, 3500, 3700, now)),
        hour_cost=dice.randrange(1000),
    )


def test_another_success_is_what_the_rules_say_of_it() -> None:
    """Kept without a lock in one statement, or left to the rules: never anything else than they say."""
    dice, kept = random.Random(4), 0
    for number in range(400):
        now = database_now().timestamp()
        before = some_standing(dice, now)
        rules = Rules(failures=3, pause=1, hourly_cost=dice.choice((0, 600, 5000)))
        row = ModelStanding.objects.create(name=f"{number}", **asdict(before))
        is_kept = ledger.another_success(row.name, rules, 100)
        row.refresh_from_db()
        says = after_call(before, rules, now, has_failed=False, cost=100)
        assert ledger.standing_of(row) == (says if is_kept else before)
        is_quiet = before == Standing(hour_at=before.hour_at, hour_cost=before.hour_cost)
        assert is_kept == (is_quiet and says.hour_at == before.hour_at and not says.reason)
        kept += is_kept
    assert 50 < kept < 350


def test_the_breaker_opens_on_cost_and_closes_when_the_hour_is_over(endpoint: ModelServer) -> None:
    set_up(endpoint, hourly_cost=1)
    assert [ending(), ending()] == ["ok", "breaker_open"]
    ModelStanding.objects.update(hour_at=ModelStanding.objects.get().hour_at - 3601)
    assert ending() == "ok"


def ending() -> str:
    try:
        ask_mark()
    except ModelFailed as failed:
        return str(failed.outcome)
    return "ok"
