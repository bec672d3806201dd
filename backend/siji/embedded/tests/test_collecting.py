"""What a process is made of is not gone through by the garbage collector again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from siji.embedded.starting import COLLECTED_AFTER, leave_alone_what_stays


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_is_there_is_left_alone_and_what_comes_is_collected() -> None:
    gc.set_threshold(700, 10, 10)
    ring = Ring()
    leave_alone_what_stays()
    assert not any(held is ring for held in gc.get_objects())
    assert gc.get_threshold()[0] == COLLECTED_AFTER
    Ring()
    assert gc.collect() >= 1
