"""Every rule fires on its wrong example and stays silent on its right one; on right texts no rule fires."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from siji.language.grammar.checking import RULES, check
from siji.language.grammar.rules import Rule, look
from siji.language.tokens import read

RIGHT = Path(__file__).with_name("right_sentences.txt")


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_fires_on_the_wrong_sentence_and_not_on_the_right_one(rule: Rule) -> None:
    wrong = [found for sentence in read(rule.wrong) for found in look([rule], sentence)]
    assert wrong, "silent on the wrong sentence"
    assert all(rule.wrong[found.start : found.end] == found.quote for found in wrong)
    assert not [found.quote for sentence in read(rule.right) for found in look([rule], sentence)]
    assert all(found.better != found.quote for found in wrong)


def test_rules_have_names_of_their_own_and_words_in_both_languages() -> None:
    assert max(Counter(rule.id for rule in RULES).values()) == 1
    assert len(RULES) >= 60
    for rule in RULES:
        assert any("一" <= letter <= "鿿" for letter in rule.zh)
        assert not any("一" <= letter <= "鿿" for letter in rule.en)


def test_on_right_sentences_no_rule_of_ours_fires() -> None:
    alarms = [(found.rule, found.quote) for line in RIGHT.read_text().splitlines() for found in check(line, with_harper=False)]
    assert alarms == []


@pytest.mark.parametrize(
    ("wrong", "better"),
    [
        ("There are many student here.", "many students"),
        ("I very like it.", "I really like"),
        ("He study law.", "He studies"),
        ("We discussed about it.", "discussed"),
        ("He opened the light.", "turned on the light"),
        ("I don't know what is it.", "know what it is"),
        ("Only in this way we can win.", "Only in this way can we"),
        ("I want to built a club.", "to build"),
        ("Teacher say we must go.", "Teachers say"),
        ("My brother study law.", "My brother studies"),
        ("Some people is kind.", "people are"),
        ("I is a student.", "I am"),
        ("He became a useful people.", "a useful person"),
        ("Although it is hard, but we try.", "Although it is hard,"),
    ],
)
def test_the_better_version_is_built_from_what_was_written(wrong: str, better: str) -> None:
    assert better in [found.better for found in check(wrong)]


def test_of_two_faults_in_one_place_one_is_told() -> None:
    text = "There have many student, and it is more better."
    assert len([found for sentence in read(text) for found in look(RULES, sentence)]) == 3
    found = check(text)
    assert [each.quote for each in found] == ["There have many", "more better"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_harper_adds_what_no_rule_of_ours_knows() -> None:
    assert "an" in [found.better for found in check("It is a useful hour and a idea.") if found.rule.startswith("harper")]
