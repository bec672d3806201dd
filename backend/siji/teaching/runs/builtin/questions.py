"""Questions for each row of a plan: the bank's first, then such as are made from the bank's texts.

Of each it is said that nobody has proven it: a model may answer it blind afterwards (``runs.model``), else a teacher looks at it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from siji.bank.bodies import CarefulReading, Essay, ListeningChoice, LongPassage, ReadingPassage, Translation
from siji.bank.content import PlacedItem, content_of
from siji.bank.reading import papers_for
from siji.language.similarity import duplicates, jaccard, shingles
from siji.problems import Words
from siji.teaching.runs.bodies import UNPROVEN, Area, PlanRow, Point, Question, Questions
from siji.teaching.runs.builtin.analysis import is_named
from siji.teaching.runs.builtin.texts import MadeQuestion, Term, Text, clozes, matchings, vocabulary
from siji.teaching.runs.context import Context

A_ROW, A_NAMED_ROW, MOST = 2, 4, 240
ALIKE = 0.6
SECTIONS: tuple[tuple[Area, str, str], ...] = (
    ("listening", "新闻", "listening-a"),
    ("listening", "对话", "listening-b"),
    ("listening", "", "listening-c"),
    ("reading", "选词", "cloze"),
    ("reading", "长篇|长文|匹配", "matching"),
    ("reading", "", "reading-c"),
    ("writing", "", "writing"),
    ("translation", "句子", "vocabulary"),
    ("translation", "", "translation"),
    ("vocabulary", "", "vocabulary"),
    ("other", "", "cloze"),
)
"""What a row asks for first: by its area and by what its topics are called."""
INSTEAD: dict[Area, tuple[str, ...]] = {
    "listening": ("listening-a", "listening-b", "listening-c", "cloze"),
    "reading": ("reading-c", "cloze", "matching"),
    "writing": ("vocabulary", "cloze"),
    "translation": ("vocabulary", "cloze"),
    "vocabulary": ("cloze", "vocabulary"),
    "other": ("vocabulary", "matching", "reading-c"),
}


@dataclass(slots=True)
class Supply:
    """What may be asked: items of the bank by section, texts and terms to make questions from."""

    items: dict[str, list[PlacedItem]] = field(default_factory=lambda: defaultdict(list))
    texts: list[Text] = field(default_factory=list)
    long_texts: list[Text] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def supply_of(context: Context) -> Supply:
    """Every paper that this teacher may choose; each is parsed once a process."""
    supply, seen = Supply(), set()
    for paper in papers_for(context.by):
        for item in content_of(paper).items.values():
            if isinstance(item.body, CarefulReading | ListeningChoice | Essay | Translation):
                supply.items[item.section].append(item)
            if isinstance(item.body, Translation):
                supply.terms += [Term(term.zh, term.en[0]) for term in item.body.terms if term.en]
            if item.passage and item.passage.id not in seen:
                seen.add(item.passage.id)
                _add_text(supply, item)
    return supply


def _add_text(supply: Supply, item: PlacedItem) -> None:
    body = item.passage.body if item.passage else None
    if isinstance(body, ReadingPassage):
        supply.texts.append(Text(body.title.en, tuple(body.paragraphs)))
    if isinstance(body, LongPassage):
        text = Text(body.title.en, tuple(body.lettered.values()))
        supply.texts.append(text)
        supply.long_texts.append(text)


def questions(context: Context, supply: Supply) -> Questions:
    """What a teacher approved stays, what was refused or is a duplicate is not asked again, what is missing is made."""
    before = context.questions_before.questions if context.questions_before else []
    kept = [
        one for one in before if one.state == "approved" or (one.state == "waiting" and not one.duplicate_of and not context.note)
    ]
    known = {row.key for row in context.plan.rows()}
    writer = _Writer(
        context, supply, [one for one in kept if one.plan_row in known], gone=[one for one in before if one not in kept]
    )
    for row in context.plan.rows():
        writer.write(row)
    return Questions(questions=judged(writer.made[:MOST]))


class _Writer:
    def __init__(self, context: Context, supply: Supply, kept: Sequence[Question], gone: Sequence[Question]) -> None:
        self.made = list(kept)
        self._shingles = [shingles(_said(one)) for one in kept]
        self._context = context
        self._points = {point.key: point for point in context.analysis.all_points()}
        self._used = {one.item for one in (*kept, *gone) if one.item}
        self._asked = {(one.stem, one.text) for one in (*kept, *gone)}
        self._number = max([int(one.key[1:]) for one in (*kept, *gone) if one.key[1:].isdigit()], default=0)
        dice = random.Random(f"{context.run}")
        self._sources: dict[str, Iterator[MadeQuestion]] = {
            "cloze": clozes(supply.texts, dice),
            "matching": matchings(supply.long_texts, dice),
            "vocabulary": vocabulary(supply.terms, dice),
        }
        self._items = {section: iter(items) for section, items in supply.items.items()}

    def write(self, row: PlanRow) -> None:
        topics = [self._points[key] for key in row.points if key in self._points]
        if not topics:
            return
        wanted = A_NAMED_ROW if any(is_named(topic.title, self._context.note) for topic in topics) else A_ROW
        here = sum(one.plan_row == row.key for one in self.made)
        for source in (_first(topics), *INSTEAD[topics[0].area]):
            while here < wanted and (found := self._next(source, row)) is not None:
                self.made.append(found)
                self._shingles.append(shingles(_said(found)))
                here += 1

    def _next(self, source: str, row: PlanRow) -> Question | None:
        if source in self._sources:
            made = next((one for one in self._sources[source] if self._is_new(one)), None)
            return self._of_text(made, row) if made else None
        item = next((one for one in self._items.get(source, iter(())) if one.id not in self._used), None)
        return self._of_bank(item, row) if item else None

    def _is_new(self, made: MadeQuestion) -> bool:
        """Not like one that is here either: it would be told as its duplicate, and a teacher had to refuse it."""
        said = shingles(_words_of(made.stem, made.choices))
        return (made.stem, made.text) not in self._asked and all(jaccard(said, other) < ALIKE for other in self._shingles)

    def _key(self) -> str:
        self._number += 1
        return f"Q{self._number}"

    def _of_text(self, made: MadeQuestion, row: PlanRow) -> Question:
        self._asked.add((made.stem, made.text))
        return Question(
            key=self._key(),
            kind=made.kind,  # type: ignore[arg-type]  # one of the three that are made
            source="engine",
            plan_row=row.key,
            points=row.points,
            text=made.text,
            text_title=made.title,
            stem=made.stem,
            choices=made.choices,
            answer=made.answer,
            proof=made.proof,
            explanation=Words(zh=made.zh, en=made.en),
            blind=UNPROVEN,
            quality=1.0,
        )

    def _of_bank(self, item: PlacedItem, row: PlanRow) -> Question:
        self._used.add(item.id)
        body = item.body
        keyed = isinstance(body, CarefulReading | ListeningChoice)
        return Question(
            key=self._key(),
            kind=body.kind,
            source="bank",
            plan_row=row.key,
            points=row.points,
            item=item.id,
            text="\n".join(item.passage.body.texts())[:12_000] if item.passage else "",
            text_title=item.passage.body.title.en if item.passage else "",
            stem=(body.question if keyed else _task(body))[:2000],  # type: ignore[union-attr]  # keyed ones ask
            choices=dict(body.choices) if keyed else {},  # type: ignore[union-attr]  # as above
            answer=body.key if keyed else "",  # type: ignore[union-attr]  # as above
            proof=body.proof[:2000] if keyed else "",  # type: ignore[union-attr]  # as above
            explanation=body.explanation if keyed else Words(zh="按评分标准批改。", en="Marked by the rubric."),  # type: ignore[union-attr]  # as above
            blind=UNPROVEN,
            quality=1.0,
        )


def _task(body: object) -> str:
    return body.prompt if isinstance(body, Essay) else body.source if isinstance(body, Translation) else ""


def _first(topics: Sequence[Point]) -> str:
    area, titles = topics[0].area, " ".join(topic.title for topic in topics)
    return next(
        source
        for wanted, named, source in SECTIONS
        if wanted == area and (not named or any(part in titles for part in named.split("|")))
    )


def judged(made: Sequence[Question]) -> list[Question]:
    """With what each repeats, and its quality: the share of the checks that it passes."""
    same: dict[int, int] = {}
    for one, other, _ in duplicates([_said(question) for question in made], least=ALIKE):
        same.setdefault(max(one, other), min(one, other))
    found = []
    for at, question in enumerate(made):
        twin = made[same[at]].key if at in same else None
        found.append(question.model_copy(update={"duplicate_of": twin, "quality": quality(question, is_double=twin is not None)}))
    return found


def _said(question: Question) -> str:
    """What makes it the question it is; passages are shared on purpose."""
    return _words_of(question.stem, question.choices)


def _words_of(stem: str, choices: Mapping[str, str]) -> str:
    return " ".join((stem, *sorted(choices.values())))


def quality(question: Question, *, is_double: bool) -> float:
    choices = [choice.strip().lower() for choice in question.choices.values()]
    checks = [not is_double, question.blind.state != "failed"]
    if question.answer:
        longest_wrong = max((len(text) for letter, text in question.choices.items() if letter != question.answer), default=0)
        checks += [
            question.answer in question.choices,
            len(set(choices)) == len(choices) >= 3,
            len(question.choices.get(question.answer, "")) <= 1.8 * longest_wrong,
            not question.text or not question.proof or is_in(question.proof, question.text),
        ]
    return round(sum(checks) / len(checks), 3)


def is_in(quote: str, text: str) -> bool:
    return " ".join(quote.split()) in " ".join(text.split())
