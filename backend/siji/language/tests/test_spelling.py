"""What is misspelt and what is not: both kinds of English, names, Chinese words and new ones are right."""

import pytest

from siji.language.spelling import is_known, meant, misspelt
from siji.language.tokens import read


@pytest.mark.parametrize(
    "word", ["colour", "color", "organise", "organize", "learnt", "centre", "favourite", "neighbor", "don't", "well-known"]
)
def test_british_and_american_spellings_are_both_right(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize("word", ["tangyuan", "jieqi", "wechat", "livestreaming", "noticeboards", "smartphone"])
def test_chinese_words_new_words_and_compounds_are_right(word: str) -> None:
    assert is_known(word)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("goverment", "government"),
        ("enviroment", "environment"),
        ("beleive", "believe"),
        ("studing", "studying"),
        ("happyness", "happiness"),
    ],
)
def test_a_misspelt_word_is_found_and_what_was_meant(wrong: str, right: str) -> None:
    found = misspelt(read(f"I think the {wrong} is here."))
    assert [(each.token.text, each.meant) for each in found] == [(wrong, right)]


def test_names_in_the_sentence_are_left_alone() -> None:
    assert misspelt(read("We met Grandpa Qxwang at Yongan Zzyx station.")) == []


def test_what_is_near_nothing_gets_no_suggestion() -> None:
    assert meant("qqqxzzzvvk") is None


@pytest.mark.parametrize("word", ["calligraphy", "teahouses", "taoism", "hotpot", "megacities"])
def test_what_translations_are_about_is_known(word: str) -> None:
    assert is_known(word)


def test_a_short_word_is_not_guessed_from_two_slips_away() -> None:
    assert meant("qetist") is None  # "artist"
    assert meant("artst") == "artist"
