"""How alike texts are, and the terms of a Chinese one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from siji.language.similarity import alike, chrf, copied_share, duplicates, jaccard, minhash, repeated_share, shingles
from siji.language.terms import terms

QUESTION = "What does the speaker say about the new library on the east side of the campus?"
NEAR = "What does the speaker say about the new library on the west side of the campus?"
OTHER = "Why did the woman decide to leave her job in the bank last year?"


def test_near_duplicates_are_found_and_others_are_not() -> None:
    assert [(a, b) for a, b, _ in duplicates([QUESTION, OTHER, NEAR])] == [(0, 2)]
    assert duplicates([QUESTION, OTHER]) == []


def test_a_signature_estimates_the_share_of_shingles() -> None:
    exact = jaccard(shingles(QUESTION), shingles(NEAR))
    assert abs(alike(minhash(QUESTION), minhash(NEAR)) - exact) < 0.2
    assert alike(minhash(QUESTION), minhash(OTHER)) < 0.15


@given(st.text(max_size=80))
@settings(deadline=None)
def test_a_text_is_like_itself_whatever_it_is(text: str) -> None:
    assert alike(minhash(text), minhash(text)) == 1
    assert 0 <= repeated_share(text) <= 1
    assert 0 <= copied_share(text, text) <= 1


def test_chinese_is_compared_by_its_characters() -> None:
    assert jaccard(shingles("听力策略训练"), shingles("听力策略练习")) > 0.3


def test_what_was_copied_from_the_task_is_counted_and_short_quotes_are_not() -> None:
    assert copied_share(QUESTION + " I do not know.", QUESTION) > 0.7
    assert copied_share("The new library is on the east side.", QUESTION) < 0.7
    assert copied_share("I like the library.", QUESTION) == 0


def test_repetition_is_counted() -> None:
    assert repeated_share("I like to read books every day. " * 4) > 0.6
    assert repeated_share(QUESTION) == 0


def test_of_two_translations_the_nearer_is_better() -> None:
    reference = "Tea was cheap and customers could stay for hours."
    assert chrf(reference, [reference]) == 1
    assert chrf("Tea was not expensive and guests could stay for hours.", [reference]) > chrf("Tea is good.", [reference])
    assert chrf("Tea is good.", [reference, "Tea is very good."]) > chrf("Tea is good.", [reference])


def test_the_terms_of_a_syllabus_come_by_weight_and_runs_of_words_are_one_term() -> None:
    text = (
        "本课程培养学生的听力策略。听力策略包括预测和笔记。语篇衔接与连贯。"
        "语篇衔接是写作的重点，写作要注意语篇衔接。听力策略训练每周一次。写作。学生能够写作，能够听。"
    )
    found = terms(text)
    assert {"语篇衔接", "听力策略"} <= {term.text for term in found[:2]}
    assert not {"学生", "能够"} & {term.text for term in found}
    assert "衔接" not in {term.text for term in found}
    assert abs(sum(term.weight for term in found) - 1) < 1e-9
    assert terms("") == []
