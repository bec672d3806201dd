"""What ``make bench-alerting`` takes for told, for a false alarm, and for a rule that there is."""

from __future__ import annotations

import json

import pytest
from alerting.ears import Ears, Message
from alerting.faults import FAULTS
from alerting.run import MUST, busiest, is_told

from siji.monitoring.alerts.rules import RULES
from siji.monitoring.alerts.words import runbook_of
from siji.monitoring.tests.receivers import Receiver, Request

SAID = f"Now 9%, limit 5%\nWhat to do: {runbook_of('answer_saves')}\n\nNow 100%\nWhat to do: {runbook_of('errors')}"


def message(text: str) -> Request:
    return Request("127.0.0.1", "/", {}, json.dumps({"title": "t", "message": text}).encode())


def test_a_message_wakes_for_the_rules_whose_pages_it_names_and_a_recovery_for_none() -> None:
    assert Message("webhook", "t", SAID).rules == {"answer_saves", "errors"}
    assert Message("webhook", "t", "[Siji Error] Recovered: Requests fail\nNow 0%, limit 5%").rules == set()


def test_each_fault_waits_for_rules_that_there_are() -> None:
    assert all(fault.rules and fault.rules <= set(RULES) for fault in FAULTS)
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 10


def test_only_what_comes_after_the_mark_is_heard_and_both_ways_must_be() -> None:
    ears = Ears(Receiver(requests=[message(SAID)]), Receiver())
    mark = ears.mark()
    assert ears.listen(mark, rules={"errors"}, began=0.0, seconds=-1) == {}
    ears.web.requests.append(message(SAID))
    assert [one.way for one in ears.since(mark)] == ["webhook"]
    assert not is_told({"webhook": 3.0})
    assert is_told({"webhook": 3.0, "email": MUST - 1})
    assert not is_told({"webhook": 3.0, "email": MUST})


@pytest.mark.parametrize(
    ("samples", "length", "mean"), [([], 3, 0), ([90], 3, 90), ([0, 90, 90, 0], 2, 90), ([10, 20, 30], 3, 20)]
)
def test_the_busiest_minutes_are_in_a_row(samples: list[float], length: int, mean: float) -> None:
    assert busiest(samples, length) == mean
