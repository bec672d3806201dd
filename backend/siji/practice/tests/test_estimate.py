"""The 710 estimate keeps its promise: the range holds the true score in 75–85 % of cases, at every ability."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from siji.practice.estimate import Estimate, Norm, NormSection, estimate, mark_prior, percent_below, score_at, wilson
from siji.practice.scoring import SectionResult

OBJECTIVE = {
    "listening-a": (7, 1.0),
    "listening-b": (8, 1.0),
    "listening-c": (10, 2.0),
    "reading-a": (10, 0.5),
    "reading-b": (10, 1.0),
    "reading-c": (10, 2.0),
}
SCRIPTS = ("writing", "translation")
DRAWS = 4_000


def norm_body() -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load((Path(settings.SIJI_CONTENT) / "norms" / "cet4@1.yaml").read_text("utf-8"))
    return body


NORM = Norm.of(norm_body())


def results(correct: dict[str, int], marks: dict[str, int | None]) -> list[SectionResult]:
    objective = [
        SectionResult(key, correct[key] * each, items * each, correct[key], items, is_script=False)
        for key, (items, each) in OBJECTIVE.items()
    ]
    scripts = [
        SectionResult(key, None if (mark := marks[key]) is None else float(mark), 15.0, 0, 1, is_script=True) for key in SCRIPTS
    ]
    return objective + scripts


def made(correct: dict[str, int], marks: dict[str, int | None]) -> Estimate:
    found = estimate(NORM, results(correct, marks))
    assert found is not None
    return found


def student(ability: float, mark: int, dice: random.Random) -> tuple[Estimate, dict[str, float]]:
    """One sitting of a student whose true proportions lie about ``ability``, and their true reported scores."""
    true = {"listening": 0.0, "reading": 0.0, "writing_translation": 2 * mark * 212 / 30}
    correct = {}
    for key, (items, each) in OBJECTIVE.items():
        proportion = min(max(ability + dice.uniform(-0.08, 0.08), 0), 1)
        correct[key] = sum(dice.random() < proportion for _ in range(items))
        true[key.partition("-")[0]] += proportion * items * each * 249 / 35
    given = {key: min(max(mark + dice.choice((-1, 0, 1)), 0), 15) for key in SCRIPTS}
    return made(correct, dict(given)), true


@pytest.mark.parametrize(("ability", "mark"), [(0.25, 3), (0.4, 5), (0.55, 7), (0.7, 9), (0.88, 12)])
def test_the_range_holds_the_true_score_in_four_of_five_cases(ability: float, mark: int) -> None:
    dice = random.Random(ability)
    hits, section_hits = 0, dict.fromkeys(("listening", "reading", "writing_translation"), 0)
    for _ in range(DRAWS):
        found, true = student(ability, mark, dice)
        hits += found.total.low <= sum(true.values()) <= found.total.high
        for section in found.sections:
            section_hits[section.key] += section.range.low <= true[section.key] <= section.range.high
    assert 0.75 <= hits / DRAWS <= 0.85
    for key, count in section_hits.items():
        assert 0.73 <= count / DRAWS <= 0.87, key


def test_the_chance_of_425_means_what_it_says() -> None:
    """Among the sittings with a stated chance of 70–90 %, about so many come from students whose true score reaches 425."""
    dice = random.Random(7)
    stated, reached = [], 0
    for _ in range(DRAWS):
        found, true = student(dice.uniform(0.35, 0.85), dice.randint(5, 12), dice)
        if 0.7 <= found.chance_of_pass <= 0.9:
            stated.append(found.chance_of_pass)
            reached += sum(true.values()) >= 425
    assert len(stated) > 200
    assert reached / len(stated) == pytest.approx(sum(stated) / len(stated), abs=0.08)


ALL_RIGHT = {key: items for key, (items, _) in OBJECTIVE.items()}
NONE_RIGHT = dict.fromkeys(OBJECTIVE, 0)


def test_a_perfect_paper_reaches_710_and_an_empty_one_0() -> None:
    best = made(ALL_RIGHT, {"writing": 15, "translation": 15})
    assert best.total.middle == best.total.high == 710
    assert best.total.low < 710
    assert best.chance_of_pass > 0.999
    worst = made(NONE_RIGHT, {"writing": 0, "translation": 0})
    assert worst.total.low == worst.total.middle == 0
    assert worst.chance_of_pass < 0.001
    assert worst.percentile.high <= 1


def test_a_script_without_a_mark_makes_it_provisional_and_wider() -> None:
    half = {key: items // 2 for key, (items, _) in OBJECTIVE.items()}
    marked, waiting = made(half, {"writing": 10, "translation": 10}), made(half, {"writing": None, "translation": 10})
    assert not marked.is_provisional
    assert waiting.is_provisional
    assert waiting.total.high - waiting.total.low > marked.total.high - marked.total.low


def test_the_prior_over_marks_is_the_norm_groups() -> None:
    section = next(section for section in NORM.sections if section.key == "writing_translation")
    mean, deviation = mark_prior(section, 2)
    assert score_at(section.below, 50) == pytest.approx(2 * mean * 212 / 30, abs=3)
    assert 1.5 < deviation < 2.5


def test_no_estimate_without_all_parts() -> None:
    listening_only = [r for r in results(ALL_RIGHT, {"writing": 1, "translation": 1}) if r.key.startswith("listening")]
    assert estimate(NORM, listening_only) is None


counts = st.fixed_dictionaries({key: st.integers(0, items) for key, (items, _) in OBJECTIVE.items()})
given_marks: st.SearchStrategy[dict[str, int | None]] = st.fixed_dictionaries(
    {key: st.one_of(st.none(), st.integers(0, 15)) for key in SCRIPTS}
)


@given(counts, given_marks)
def test_every_range_is_in_order_and_within_the_scale(correct: dict[str, int], marks: dict[str, int | None]) -> None:
    found = made(correct, marks)
    for spread, highest in [(found.total, 710), *((s.range, s.highest) for s in found.sections)]:
        assert 0 <= spread.low <= spread.middle <= spread.high <= highest
    assert 0 <= found.percentile.low <= found.percentile.middle <= found.percentile.high <= 100
    assert (found.chance_of_pass >= 0.5) == (found.total.middle >= 425) or abs(found.total.middle - 425) <= 1
    assert (found.chance_of_pass >= 0.9) <= (found.total.low >= 424)


@given(counts, st.sampled_from(sorted(OBJECTIVE)))
def test_one_more_right_answer_never_lowers_the_estimate(correct: dict[str, int], key: str) -> None:
    marks: dict[str, int | None] = {"writing": 9, "translation": 9}
    if correct[key] == OBJECTIVE[key][0]:
        return
    better = made(correct | {key: correct[key] + 1}, marks)
    before = made(correct, marks)
    assert better.total.middle >= before.total.middle
    assert better.chance_of_pass >= before.chance_of_pass - 0.002


def test_percentiles_are_those_of_the_table_and_straight_between() -> None:
    table = NORM.below
    assert percent_below(table, 450) == 25
    assert percent_below(table, 440) == 21
    assert percent_below(table, 200) == 0
    assert percent_below(table, 710) == 99
    assert score_at(table, 25) == 450


@given(st.floats(330, 650))
def test_score_and_percentile_are_each_others_inverse(score: float) -> None:
    assert score_at(NORM.below, percent_below(NORM.below, score)) == pytest.approx(score, abs=1e-6)


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 4))
def test_wilsons_interval_holds_the_share(pair: tuple[int, int], z: float) -> None:
    correct, items = pair
    low, high = wilson(correct, items, z)
    assert 0 <= low <= correct / items + 1e-9
    assert correct / items - 1e-9 <= high <= 1


def test_a_norm_section_is_read_from_the_published_table() -> None:
    assert [(s.key, s.highest) for s in NORM.sections] == [("listening", 249), ("reading", 249), ("writing_translation", 212)]
    assert isinstance(NORM.sections[0], NormSection)
    assert (NORM.highest, NORM.pass_line) == (710, 425)
