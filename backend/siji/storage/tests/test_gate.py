"""Who may pass to the connections, and who is told at once that it would take too long."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from siji.storage.gate import SETTLING, Gate


def _hold(gate: Gate, seconds: float) -> bool:
    if not gate.enter():
        return False
    time.sleep(seconds)
    gate.leave()
    return True


def test_no_more_are_within_than_there_are_places() -> None:
    gate, within, most, lock = Gate(places=3, waiting=50, patience=5), 0, 0, threading.Lock()

    def work(_: int) -> bool:
        nonlocal within, most
        assert gate.enter()
        with lock:
            within += 1
            most = max(most, within)
        time.sleep(0.005)
        with lock:
            within -= 1
        gate.leave()
        return True

    with ThreadPoolExecutor(30) as pool:
        assert all(pool.map(work, range(120)))
    assert most == 3
    assert [gate.enter() for _ in range(3)] == [True] * 3


def test_waiting_ends_with_patience_and_leaves_no_trace() -> None:
    gate = Gate(places=1, waiting=1, patience=0.05)
    assert gate.enter()
    began = time.monotonic()
    assert not gate.enter()
    assert 0.04 < time.monotonic() - began < 1
    gate.leave()
    assert gate.enter()


def test_a_burst_that_is_served_quickly_is_not_refused() -> None:
    """Ten times as many as may be within and wait, at one moment, out of silence."""
    gate = Gate(places=4, waiting=4, patience=2)
    with ThreadPoolExecutor(80) as pool:
        assert all(pool.map(lambda _: _hold(gate, 0.01), range(80)))


def test_a_queue_that_stands_still_turns_newcomers_away_at_once() -> None:
    now = [0.0]
    gate = Gate(places=1, waiting=1, patience=3, clock=lambda: now[0])
    assert gate.enter()
    now[0] = SETTLING + 0.1
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(gate.enter)
        until = time.monotonic() + 2
        while not gate._queue:
            assert time.monotonic() < until
        began = time.monotonic()
        assert not gate.enter()
        assert time.monotonic() - began < 0.5
        gate.leave()
        assert first.result(2)


def test_the_longest_waiting_comes_first() -> None:
    gate, order = Gate(places=1, waiting=9, patience=5), list[int]()
    assert gate.enter()

    def come(number: int) -> None:
        assert gate.enter()
        order.append(number)
        gate.leave()

    threads = [threading.Thread(target=come, args=[number]) for number in range(5)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(gate._queue) <= number:
            time.sleep(0.001)
    gate.leave()
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]
