"""The drill of benchmarks/failover.py, smaller: the primary is lost for good, the standby is promoted, no answer is gone."""

from __future__ import annotations

import pytest
from failover import Drill, is_right

pytestmark = pytest.mark.machine


def test_no_acknowledged_answer_or_hand_in_is_lost_with_the_primary() -> None:
    report = Drill(is_sync=True, is_frozen=True, seconds=2, clients=2).run()
    assert report["refused_while_alive"]
    assert report["dropped_after_s"] < 5
    assert (report["lost_answers"], report["lost_hand_ins"]) == (0, 0), report
    assert report["acknowledged_answers"] > report["acknowledged_before"] > 0
    assert is_right(report), report


def test_without_sync_the_loss_is_seen_and_must_be_accepted() -> None:
    report = Drill(is_sync=False, is_frozen=False, seconds=2, clients=2).run()
    assert report["refused_without_accept_loss"]
    assert report["lost_answers"] > 0, report
    assert is_right(report), report
