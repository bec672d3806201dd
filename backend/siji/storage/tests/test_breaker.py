"""The breaker: closed, open, one try at a time, closed again."""

from __future__ import annotations

from siji.storage.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    breaker = Breaker(failures=3, pause=1, clock=Clock())
    assert [breaker.failed() for _ in range(4)] == [False, False, True, False]
    assert breaker.is_open
    assert not breaker.may_try()


def test_a_success_in_between_begins_the_count_again() -> None:
    breaker = Breaker(failures=2, pause=1, clock=Clock())
    breaker.failed()
    assert not breaker.succeeded()
    assert not breaker.failed()
    assert breaker.may_try()


def test_while_open_one_caller_in_each_pause_tries() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=2, clock=clock)
    breaker.failed()
    clock.now = 2.5
    assert [breaker.may_try() for _ in range(3)] == [True, False, False]
    clock.now = 5
    assert breaker.may_try()
    assert breaker.succeeded()
    assert [breaker.may_try() for _ in range(3)] == [True] * 3
