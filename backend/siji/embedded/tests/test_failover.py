"""The drill of benchmarks/failover.py, smaller: the primary is lost for good, the standby is promoted, no answer is gone.

Its control, where answers wait for no standby and some are lost, takes another minute: ``make bench-failover``.
"""

from __future__ import annotations

import pytest
from failover import Drill, is_right

from siji.embedded.tests.begun import begun_machine

pytestmark = [pytest.mark.machine, pytest.mark.drill]


def test_no_acknowledged_answer_or_hand_in_is_lost_with_the_primary() -> None:
    report = Drill(machine=begun_machine(LOG_LEVEL="WARNING"), is_sync=True, is_frozen=True, seconds=2, clients=2).run()
    assert report["refused_while_alive"]
    assert report["dropped_after_s"] < 5
    assert (report["lost_answers"], report["lost_hand_ins"]) == (0, 0), report
    assert report["acknowledged_answers"] > report["acknowledged_before"] > 0
    assert is_right(report), report
