"""What a paper shows at each level, and above all what it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from siji.bank import content
from siji.bank.bodies import Essay, KeyedItem, ListeningChoice, ScriptPassage, Translation
from siji.bank.content import content_of
from siji.bank.keys import answer_key
from siji.bank.models import Audio, AudioState, Paper
from siji.bank.reading import (
    Reveal,
    anchors_of,
    paper_out,
    papers_for,
    points_of,
    references_of,
    rubric_out,
    section_views,
)
from siji.bank.schemas import Section
from siji.conftest import Person
from siji.language.text import sentences


def shown(paper: Paper, reveal: Reveal) -> list[Section]:
    every = [section.key for section in content_of(paper).blueprint.sections]
    return section_views(paper, sections=every, reveal=reveal)


def text_of(sections: list[Section]) -> str:
    return json.dumps([section.model_dump(mode="json") for section in sections], ensure_ascii=False)


def occurs(secret: str, text: str) -> bool:
    return json.dumps(secret, ensure_ascii=False)[1:-1] in text


def secrets_of_keys(paper: Paper) -> Iterator[str]:
    for item in content_of(paper).items.values():
        body = item.body
        if isinstance(body, Translation):
            yield from body.references
        if isinstance(body, Essay | Translation):
            yield from (anchor.text for anchor in body.anchors)
        else:
            yield from (body.explanation.zh, body.explanation.en, *(trap.why for trap in body.traps.values()))


def secrets_of_listening(paper: Paper) -> Iterator[str]:
    """Questions, proofs, titles and every sentence of the scripts that is more than a word or two."""
    parsed = content_of(paper)
    for item in parsed.items.values():
        if isinstance(item.body, ListeningChoice):
            yield from (item.body.question, item.body.proof)
    for section in parsed.blueprint.sections:
        for passage in parsed.passages(section.key):
            if isinstance(passage.body, ScriptPassage):
                yield from (passage.body.title.zh, passage.body.title.en)
                parts = [part for text in passage.body.texts() for part in sentences(text)]
                yield from (part for part in parts if len(part) > 15)


def test_an_exam_shows_nothing_that_answers(paper: Paper) -> None:
    text = text_of(shown(paper, Reveal.EXAM))
    secrets = [*secrets_of_keys(paper), *secrets_of_listening(paper)]
    assert len(secrets) > 400
    assert [secret for secret in secrets if occurs(secret, text)] == []
    assert all(item.key is None and not item.skills for section in shown(paper, Reveal.EXAM) for item in section.items)


def test_practice_shows_what_is_heard_but_no_key(paper: Paper) -> None:
    text = text_of(shown(paper, Reveal.PRACTICE))
    assert [secret for secret in secrets_of_keys(paper) if occurs(secret, text)] == []
    assert [heard for heard in secrets_of_listening(paper) if not occurs(heard, text) and ". " not in heard] == []


def test_keys_show_everything_and_proofs_point_at_their_sentence(paper: Paper) -> None:
    views = shown(paper, Reveal.KEYS)
    passages = {passage.id: passage for section in views for passage in section.passages}
    parsed = content_of(paper)
    for section in views:
        for item in section.items:
            body = parsed.items[item.slot].body
            assert item.key is not None
            if isinstance(body, Essay | Translation) or item.key.proof is None or item.passage is None:
                assert (item.slot in ("W", "T"), item.key.proof) == (True, None)
                continue
            passage, proof = passages[item.passage], item.key.proof
            script = passage.script or []
            texts = [" ".join(one.text for one in turn.sentences) for turn in script] or passage.paragraphs
            sentence = sentences(texts[proof.paragraph])[proof.sentence]
            assert proof.quote.split()[0] in sentence
            assert proof.letter == (item.key.key if section.key == "reading-b" else None)


def test_every_wrong_choice_has_a_trap_with_a_name(paper: Paper) -> None:
    views = {item.slot: item for section in shown(paper, Reveal.KEYS) for item in section.items}
    for slot, letters in {"1": "ABCD", "26": "ABCDEFGHIJKLMNO", "46": "ABCD"}.items():
        key = views[slot].key
        assert key is not None
        assert "".join(sorted([key.key, *(trap.letter for trap in key.traps)])) == letters
        assert all(trap.name.zh != trap.name.en and trap.why for trap in key.traps)


def test_the_answer_key_adds_up_to_a_hundred(paper: Paper) -> None:
    key = answer_key(paper)
    assert sum(row.marks for row in key.values()) == 100
    assert list(key)[:3] == ["W", "1", "2"]
    assert (key["W"].key, key["T"].key, key["26"].marks, key["16"].marks) == ("", "", 0.5, 2)
    assert set(key["26"].traps.values()) >= {"wrong_part_of_speech"}
    assert all(row.key not in row.traps for row in key.values())
    body = content_of(paper).items["36"].body
    assert isinstance(body, KeyedItem)
    assert {letter: key["36"].traps[letter] for letter in body.traps} == {
        letter: trap.trap for letter, trap in body.traps.items()
    }


def test_a_script_is_marked_with_rubric_anchors_and_points(paper: Paper) -> None:
    for slot, key in {"W": "cet4-writing", "T": "cet4-translation"}.items():
        item = content_of(paper).items[slot]
        rubric = rubric_out(item)
        assert rubric is not None
        assert (rubric.key, [band.anchor for band in rubric.bands]) == (key, [14, 11, 8, 5, 2, 0])
        assert [anchor.band for anchor in anchors_of(item)] == [14, 11, 8, 5, 2]
        assert points_of(item)
    assert {slot: len(texts) for slot, texts in references_of(paper).items()} == {"W": 1, "T": 2}


def test_times_are_shown_in_practice_once_the_track_is_ready(paper: Paper) -> None:
    timeline = [
        {"kind": "announcement", "start_ms": 0, "end_ms": 900, "section": "listening-a", "passage": "news-1"},
        {
            "kind": "sentence",
            "start_ms": 1000,
            "end_ms": 4000,
            "section": "listening-a",
            "passage": "news-1",
            "turn": 0,
            "sentence": 0,
        },
        {"kind": "pause", "start_ms": 4000, "end_ms": 9000, "section": "listening-a", "passage": "news-1", "slot": "1"},
    ]
    paper.audio = Audio.objects.create(key="t", state=AudioState.READY, timeline=timeline)
    (practice,) = section_views(paper, sections=["listening-a"], reveal=Reveal.PRACTICE)
    first = practice.passages[0]
    assert first.script is not None
    assert (first.start_ms, first.end_ms) == (0, 9000)
    assert (first.script[0].sentences[0].start_ms, first.script[0].sentences[1].start_ms) == (1000, None)
    (exam,) = section_views(paper, sections=["listening-a"], reveal=Reveal.EXAM)
    assert (exam.passages[0].start_ms, exam.passages[0].script) == (None, None)


def test_once_parsed_a_paper_is_shown_without_a_query(paper: Paper, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    content.content_of_id.cache_clear()
    with django_assert_num_queries(5):
        shown(paper, Reveal.KEYS)
    with django_assert_num_queries(0):
        shown(paper, Reveal.EXAM)
        answer_key(paper)


def test_the_list_of_papers_is_one_query_at_any_length(
    paper: Paper, student: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paper.pk, paper.slug = None, "siji-02"
    paper.save(force_insert=True)
    Paper.objects.filter(slug="siji-02").update(is_published=False)
    with django_assert_num_queries(1):
        one = [paper_out(found) for found in papers_for(student.user)]
    Paper.objects.update(is_published=True)
    with django_assert_num_queries(1):
        two = [paper_out(found) for found in papers_for(student.user)]
    assert ([len(one), len(two)], two[0].minutes, two[0].items) == ([1, 2], 125, 57)


def test_only_teachers_read_the_whole_paper(paper: Paper, student: Person, teacher: Person) -> None:
    assert student.get(f"/papers/{paper.pk}/content").status_code == 403
    body = teacher.get(f"/papers/{paper.pk}/content").json()
    assert body["sections"][0]["key"] == "writing"
    assert sum(len(section["items"]) for section in body["sections"]) == 57
    assert len(body["references"]["T"]) == 2
    assert teacher.get("/papers/0/content").status_code == 404


@pytest.mark.parametrize("reveal", list(Reveal))
def test_only_the_sections_asked_for_are_shown(paper: Paper, reveal: Reveal) -> None:
    views = section_views(paper, sections=["translation", "reading-a"], reveal=reveal)
    assert [view.key for view in views] == ["reading-a", "translation"]
