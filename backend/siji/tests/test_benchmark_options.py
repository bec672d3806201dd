"""What ``make bench`` may be asked for: numbers of users, and no pair at all."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from measure import acceptance, bench


def asked(monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    return bench.options()


def test_the_pair_can_be_left_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = asked(monkeypatch, "--pair", "0", "--ladder", "100,20")
    assert (chosen.pair, chosen.ladder) == ([], [20, 100])
    product: Any = None
    found = bench.beside_the_naive(product, product, chosen.pair, 60)
    assert found["ours"] == found["naive"] == []
    assert "no A13" in capsys.readouterr().out
    assert acceptance.of_pair(found["ours"], found["naive"]) == {}


def test_without_a_pair_the_rest_is_written_and_no_old_picture_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "BUILD", tmp_path)
    (tmp_path / "pair.svg").write_text("of another run")
    step = {"users": 20, "mean_ms": 5.0, "p95_ms": 9.0, "requests_per_second": 10, "error_rate": 0.0, "product_cpu_percent": 9}
    step |= {"generator_cpu_percent": 3, "others_percent": 1}
    result = {"ladder": [step], "pair": {"ours": [], "naive": []}, "machine": {}, "doors": {}, "took_seconds": 1}
    bench.write({}, result)
    bench.report({}, result)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acceptance.json", "ladder.svg"]
    assert "pair," not in capsys.readouterr().out


@pytest.mark.parametrize("words", ["0,20", "-1", "many", "", "20,"])
def test_what_is_no_number_of_users_is_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    for option in ("--ladder", "--pair"):
        with pytest.raises(SystemExit) as ended:
            asked(monkeypatch, f"{option}={words}")
        assert ended.value.code == 2
        assert "numbers of users from 1 on" in capsys.readouterr().err
