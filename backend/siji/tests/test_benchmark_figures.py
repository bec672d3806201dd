"""What ``make bench`` makes of its measurements: figures, the rule of the knee, the rows of the table, charts."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from measure import acceptance, cache, chart
from measure.client import read_reply
from measure.figures import Spread, has_given_out, knee, percentile, summary
from measure.queries import Sampled, read
from measure.school import roles


def step(users: int, mean: float = 20.0, errors: float = 0.0, **more: Any) -> dict[str, Any]:
    return {
        "users": users,
        "mean_ms": mean,
        "p95_ms": 2 * mean,
        "error_rate": errors,
        "seconds": 60.0,
        "requests_per_second": users / 2,
        "generator_cpu_percent": 20.0,
        "generator_lag_p95_ms": 1.0,
        "product_cpu_percent": 50.0,
        "product_memory_mib": 1024,
        "others_percent": 1.0,
        "is_clean": True,
        "queries": None,
        "cache": None,
        **more,
    }


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0
    assert percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_a_summary_counts_every_answer_and_every_error() -> None:
    found = summary({"save": [10.0, 30.0], "clock": [20.0]}, {"save: status 500": 1}, users=2, seconds=3)
    assert (found["requests"], found["requests_per_second"], found["mean_ms"]) == (3, 1.0, 20.0)
    assert found["error_rate"] == pytest.approx(1 / 3)
    assert found["actions"]["save"]["count"] == 2
    with pytest.raises(ValueError, match="nothing was asked"):
        summary({}, {}, users=2, seconds=3)


def test_the_knee_is_below_the_first_step_that_is_too_slow_or_fails() -> None:
    assert knee([step(1), step(500, 499.9), step(1000, 500.0), step(2000)]) == 500
    assert knee([step(20), step(1, errors=0.001)]) == 0
    assert knee([step(20), step(1), step(100, errors=0.0009)]) == 100
    assert knee([]) == 0


def test_a_generator_that_is_busy_or_late_has_given_out() -> None:
    assert not has_given_out(step(500))
    assert has_given_out(step(500, generator_cpu_percent=90.0))
    assert has_given_out(step(500, generator_lag_p95_ms=60.0))


def test_rows_of_500_users_come_from_that_step_alone() -> None:
    rows = acceptance.of_ladder([step(1), step(500, 120.0, product_cpu_percent=71.0), step(1000, 900.0)])
    assert (rows["A1"]["value"], rows["A1"]["ok"]) == (120.0, True)
    assert (rows["A5"]["value"], rows["A5"]["ok"]) == (500, False)
    assert rows["A8"]["value"] == {"memory_percent_of_4_gib": 25.0, "cpu_percent_of_machine": 71.0}
    assert not rows["A8"]["ok"]
    assert not {"A3", "A4"} & set(rows)
    assert set(acceptance.of_ladder([step(1), step(100)])) == {"A5"}


def test_an_unclean_run_says_so() -> None:
    rows = acceptance.of_ladder([step(500, is_clean=False, others_percent=31.0)])
    assert "UNCLEAN (others 31.0 %" in rows["A1"]["how"]


def test_queries_and_cache_have_rows_once_there_are_any() -> None:
    measured = step(
        500, queries={"mean_ms": 1.5, "p95_ms": 4, "how": "log"}, cache={"hit_rate": 0.8, "by_name": {"courses": 0.8}}
    )
    rows = acceptance.of_ladder([measured])
    assert rows["A3"]["ok"]
    assert not rows["A4"]["ok"]


def test_the_pair_is_compared_at_the_most_users_both_were_asked_with() -> None:
    ours = [step(20, 5.0), step(100, 10.0), step(500, 20.0), step(1000, 30.0)]
    naive = [step(20, 100.0), step(100, 300.0), step(500, 4000.0)]
    row = acceptance.of_pair(ours, naive)["A13"]
    assert row["value"] == {"response_percent_less": 99.5, "concurrency_factor": 10.0}
    assert row["ok"]
    assert not acceptance.of_pair([step(20, 60.0)], [step(20, 100.0)])["A13"]["ok"]
    assert acceptance.of_pair([], naive) == {}


def test_search_counts_by_its_slower_language_and_pages_by_their_worst() -> None:
    found = acceptance.of_search({"zh": {"p95": 12.0}, "en": {"p95": 1200.0}, "how": ""})
    assert (found["A12"]["value"], found["A12"]["ok"]) == (1200.0, False)
    rows = acceptance.of_pages({"pages": [{"page": "/a", "lcp": 900, "inp": 90}, {"page": "/b", "lcp": 1100, "inp": 250}]})
    assert (rows["A2"]["value"], rows["A2"]["ok"], rows["A9"]["ok"]) == (1100, True, False)
    assert "/b" in rows["A9"]["how"]


def test_of_two_tools_the_slower_counts() -> None:
    pages = {"pages": [{"page": "/a", "lcp": 900, "inp": 90}]}
    seen = {"pages": [{"page": "/b", "lcp": 2100.4}, {"page": "/a", "lcp": 800}]}
    row = acceptance.of_pages(pages, seen)["A2"]
    assert (row["value"], row["ok"]) == (2100, False)
    assert "by Lighthouse 2100, worst of 2: /b" in row["how"]


UPLOADS = {"uploads": 1000, "success_percent": 100.0, "different": 0, "megabytes": 2100, "connections": 9, "cut": 1, "delayed": 1}
UPLOADS |= {"kills": 20, "sent_again_percent_at_most": 25.0}


def test_uploads_count_only_where_each_is_what_was_sent() -> None:
    assert acceptance.of_uploads(UPLOADS)["A11"]["ok"]
    assert not acceptance.of_uploads({**UPLOADS, "different": 1})["A11"]["ok"]
    assert not acceptance.of_uploads({**UPLOADS, "success_percent": 99.0})["A11"]["ok"]


def test_availability_counts_only_of_a_whole_run_that_lost_nothing() -> None:
    a6 = {"value": 99.9, "must": 99.5, "aim": 99.95, "ok": True, "how": ""}
    found = {"A6": a6, "is_whole": True, "lost": 0, "answers_acknowledged": 50_000}
    assert (acceptance.of_faults(found)["A6"]["value"], acceptance.of_faults(found)["A6"]["ok"]) == (99.9, True)
    assert not acceptance.of_faults({**found, "lost": 1})["A6"]["ok"]
    assert acceptance.of_faults({**found, "is_whole": False}) == acceptance.of_faults({**found, "A6": None}) == {}


def test_the_table_names_every_row_and_its_verdict() -> None:
    text = acceptance.printed(acceptance.of_ladder([step(500, 600.0)]))
    assert "not measured here: A2, A3, A4, A6, A9, A10, A11, A12, A13" in text
    assert [line.split()[0] for line in text.splitlines()[1:5]] == ["A1", "A5", "A7", "A8"]
    assert "MISS" in text.splitlines()[1]


def test_cache_counts_are_those_of_the_step() -> None:
    before = {"courses": {"hit": 100, "miss": 100}, "old": {"hit": 3}}
    found = cache.hits_between(before, {"courses": {"hit": 190, "miss": 110}, "old": {"hit": 3}})
    assert found is not None
    assert (found["hit_rate"], found["by_name"]) == (0.9, {"courses": 0.9})
    assert cache.hits_between(before, before) is None


def test_durations_are_read_from_the_servers_log() -> None:
    log = b"""2026-01-01 [7] LOG:  duration: 0.250 ms  statement: SELECT 1
2026-01-01 [7] LOG:  duration: 2.750 ms  statement: COMMIT
2026-01-01 [7] ERROR:  something else
"""
    found = Sampled()
    read(log, found)
    assert Spread.of(found.durations).mean == 1.5
    assert found.slowest == [(0.25, "SELECT 1")]


def test_a_reply_is_read_however_it_is_cut() -> None:
    whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=1; Path=/\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert all(read_reply(bytearray(whole[:cut])) is None for cut in range(len(whole)))
    found = read_reply(bytearray(whole + b"HTTP/1.1"))
    assert found is not None
    assert (found[0].body, found[0].cookies, found[1]) == (b"abcde", ["a=1; Path=/"], len(whole))
    short = read_reply(bytearray(b"HTTP/1.1 204 No Content\r\n\r\n"))
    assert short is not None
    assert short[0].status == 204
    with pytest.raises(ValueError, match="neither"):
        read_reply(bytearray(b"HTTP/1.1 200 OK\r\n\r\nabc"))


def test_every_number_of_users_has_the_same_mix() -> None:
    mix = roles(500)
    assert {role: mix.count(role) for role in set(mix)} == {"written": 150, "heard": 100, "browsing": 200, "teaching": 50}
    assert roles(1000)[:500] == mix


def test_a_chart_is_sound_xml_with_its_words_and_every_point() -> None:
    drawn = chart.lines({"a & b": [(1, 10), (500, 90)]}, title="<t>", x="users", y="ms", limits={"most": 500})
    tree = ElementTree.fromstring(drawn)
    texts = {element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert {"<t>", "users", "ms", "a & b", "most", "500"} <= texts
    (line,) = tree.iter("{http://www.w3.org/2000/svg}polyline")
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in line.attrib["points"].split())
    assert x1 < x2
    assert y1 > y2
