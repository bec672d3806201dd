"""Words that know where they stand and what they may be."""

import pytest

from siji.language.tokens import as_form, lemma, read, tags

LETTER = 'Dear Lin,\n\nHe don’t go to  "school". It costs 3.5% more, the U.S. said!\nYours'


def test_every_sentence_and_word_is_found_where_it_says() -> None:
    sentences = read(LETTER)
    assert [sentence.text for sentence in sentences][1] == 'He don’t go to  "school".'
    for sentence in sentences:
        assert LETTER[sentence.start : sentence.end] == sentence.text
        assert all(LETTER[token.start : token.end].replace("’", "'") == token.text for token in sentence.tokens)


def test_marks_are_not_words() -> None:
    assert [token.text for token in read('He said: "Go."')[0].words] == ["He", "said", "Go"]


def test_a_word_may_be_several_things_and_an_unknown_one_is_nothing() -> None:
    assert {"NN", "VB"} <= tags("book")
    assert "NNS" in tags("books")
    assert "VBD" in tags("went")
    assert tags("colour")
    assert tags("color")
    assert not tags("goverment")


@pytest.mark.parametrize(
    ("word", "tag", "form"),
    [
        ("study", "VBZ", "studies"),
        ("gives", "VB", "give"),
        ("stop", "VBG", "stopping"),
        ("city", "NNS", "cities"),
        ("easy", "JJR", "easier"),
    ],
)
def test_a_word_is_put_into_another_form(word: str, tag: str, form: str) -> None:
    assert as_form(word, tag) == form


def test_what_no_dictionary_knows_stays_as_it_is() -> None:
    assert (as_form("blorf", "VBZ"), lemma("blorf")) in [("blorfs", "blorf"), ("blorf", "blorf")]
