"""The stages that a model does: analysis and questions. Hours are the solver's and criteria the official bands', with any engine.

What a model says is kept where code can check it: a quote that is not in the syllabus takes its claim along, a proof that is not
in the text or a key that is no choice is asked for once more and then dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from siji.ai.budgets import Payer
from siji.ai.gateway import Answer, Purpose, ask, question
from siji.ai.models import ModelCall
from siji.ai.prompts import Prompt, load_prompt
from siji.problems import Words
from siji.teaching.documents.blocks import Block, Document
from siji.teaching.runs.batches import Batches, Outcome
from siji.teaching.runs.bodies import Analysis, Area, Blind, Objective, Passage, PlanRow, Point, Question, Questions
from siji.teaching.runs.builtin.questions import Supply, is_in, judged, questions, supply_of
from siji.teaching.runs.builtin.structure import taught_blocks
from siji.teaching.runs.checking import scaled
from siji.teaching.runs.context import Bill, Context, Made

PROMPTS = Path(__file__).parent / "prompts"
ANALYSIS = Purpose("teaching.analysis", max_tokens=8000, seconds=120, is_repeatable=True)
WRITING = Purpose("teaching.questions", max_tokens=900, seconds=60, is_repeatable=True)
SOLVING = Purpose("teaching.blind", max_tokens=40, seconds=30, is_repeatable=True)
PART = 2500
"""Characters of a syllabus in one request."""
Solved = tuple[Answer["SaidAnswer"], Answer["SaidAnswer"]]
"""With the text, and without it."""
NO_NOTE, NO_TEXT = "(none)", "(no text)"
READ_AREAS: tuple[Area, ...] = ("reading", "vocabulary", "other")
"""Rows whose made questions a model writes instead."""
LETTERS = ("A", "B", "C", "D")


class SaidPoint(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    area: Area
    weight: float = Field(ge=0, le=1)
    difficulty: float = Field(ge=0, le=1)
    quote: str = Field(min_length=1, max_length=4000)
    children: list[SaidPoint] = Field(default_factory=list, max_length=60)


class SaidObjective(BaseModel):
    text: str = Field(min_length=1, max_length=2000)
    area: Area
    quote: str = Field(min_length=1, max_length=4000)


class SaidAnalysis(BaseModel):
    objectives: list[SaidObjective] = Field(max_length=60)
    points: list[SaidPoint] = Field(max_length=40)


class SaidQuestion(BaseModel):
    stem: str = Field(min_length=1, max_length=2000)
    choices: dict[Literal["A", "B", "C", "D"], str] = Field(min_length=4, max_length=4)
    answer: Literal["A", "B", "C", "D"]
    proof: str = Field(min_length=1, max_length=2000)
    zh: str = Field(min_length=1, max_length=1000)
    en: str = Field(min_length=1, max_length=1000)


class SaidAnswer(BaseModel):
    answer: Literal["A", "B", "C", "D"]


@cache
def prompt_of(name: str) -> Prompt:
    return load_prompt(PROMPTS / f"{name}.md")


# Analysis


def analysis(context: Context) -> Made | Words:
    """Words where nothing could be had of the model: why. Not inside a transaction."""
    parts, uncovered = _parts(context.document), _uncovered(context)

    def analyse(part: str) -> Answer[SaidAnalysis]:
        data = {"note": context.note or NO_NOTE, "uncovered": uncovered or NO_NOTE, "part": part}
        asked = question(prompt_of("analysis"), data)
        return ask(ANALYSIS, asked, SaidAnalysis, _payer(context), job=context.job)

    outcomes = Batches().process_batch_analysis(parts, analyse)
    answers = [one.value for one in outcomes if one.value is not None]
    reader = _Reader(context.document)
    body = reader.read([answer.value for answer in answers])
    if failed := next((one.error for one in outcomes if one.error is not None), None):
        return failed
    if not body:
        return Words(zh="模型给出的知识点都没有原文依据。", en="Nothing the model said stands in the syllabus.")
    zh, en = (
        f"模型完成；{reader.dropped} 条没有原文依据，已去掉。",
        f"Made by the model; {reader.dropped} claims had no support and were dropped.",
    )
    return Made(body, Words(zh=zh, en=en), "model", _bill("analysis", answers))


def _parts(document: Document) -> list[str]:
    """All of it, cut between blocks."""
    parts, now = [], ""
    for block in document.blocks:
        if now and len(now) + len(block.text) > PART:
            parts.append(now)
            now = ""
        now += block.text + "\n"
    return [*parts, now] if now else parts


def _uncovered(context: Context) -> str:
    if not isinstance(context.before, Analysis):
        return ""
    spans = [(one.start, one.end) for point in context.before.all_points() for one in point.passages]
    spans += [(one.start, one.end) for objective in context.before.objectives for one in objective.passages]
    missed = [
        block.text for block in taught_blocks(context.document) if not any(a < block.end and b > block.start for a, b in spans)
    ]
    return "\n".join(missed)[:PART]


class _Reader:
    """What was said as an analysis of ours; a claim without support goes, with all that hangs on it."""

    def __init__(self, document: Document) -> None:
        self.dropped = 0
        self._blocks = document.blocks

    def read(self, said: Sequence[SaidAnalysis]) -> Analysis | None:
        objectives = [found for one in said for objective in one.objectives if (found := self._objective(objective))]
        points = [kept for one in said for point in one.points if (kept := self._point(point))]
        whole = sum(point.weight for point in points)
        if not points or not whole:
            return None
        return Analysis(
            objectives=[one.model_copy(update={"key": f"O{at}"}) for at, one in enumerate(objectives, 1)],
            points=[_keyed(scaled(point, point.weight / whole), f"P{at}") for at, point in enumerate(points, 1)],
        )

    def _objective(self, said: SaidObjective) -> Objective | None:
        passage = self._passage(said.quote)
        return Objective(key="O", text=said.text, area=said.area, passages=[passage]) if passage else None

    def _point(self, said: SaidPoint) -> Point | None:
        passage = self._passage(said.quote)
        if passage is None:
            return None
        children = [found for child in said.children if (found := self._point(child))]
        return Point(
            key="P",
            title=said.title,
            area=said.area,
            weight=said.weight,
            difficulty=said.difficulty,
            passages=[passage],
            children=children,
        )

    def _passage(self, quote: str) -> Passage | None:
        found = next((block for block in self._blocks if quote in block.text), None)
        if found is None:
            self.dropped += 1
            return None
        return _place(found, quote)


def _place(block: Block, quote: str) -> Passage:
    start = block.start + block.text.index(quote)
    return Passage(page=block.page, start=start, end=start + len(quote), quote=quote)


def _keyed(point: Point, key: str) -> Point:
    children = [_keyed(child, f"{key}.{at}") for at, child in enumerate(point.children, 1)]
    return point.model_copy(update={"key": key, "children": children})


# Questions


@dataclass(frozen=True, slots=True)
class _Task:
    """A question of the rules that a model is to write better, on a text of the bank."""

    old: Question
    topics: str
    title: str
    text: str


def model_questions(context: Context) -> Made | Words:
    """The bank's and the rules' questions, those on texts written by the model; all that have a key and a text answered blind."""
    supply = supply_of(context)
    body = questions(context, supply)
    tasks = _tasks(context, body, supply)
    written = Batches().parallel_question_generation(tasks, lambda task: _write(context, task))
    if tasks and (failed := _all_failed(written)):
        return failed
    new = {task.old.key: _of(task, one.value.value) for task, one in zip(tasks, written, strict=True) if one.value is not None}
    all_of_them = [new.get(one.key, one) for one in body.questions]
    proven, calls = _proven(context, all_of_them)
    answers = [one.value for one in written if one.value is not None]
    dropped = len(tasks) - len(new)
    zh = f"模型写了 {len(new)} 题，{dropped} 题没有通过检查，用内置题目代替；盲答核对 {len(calls)} 题。"
    en = f"The model wrote {len(new)}, {dropped} failed the checks and the built-in ones stand; {len(calls)} were answered blind."
    bill = _bill("questions", answers) + _bill("blind", [answer for pair in calls for answer in pair])
    return Made(Questions(questions=judged(proven)), Words(zh=zh, en=en), "model", bill)


def _tasks(context: Context, body: Questions, supply: Supply) -> list[_Task]:
    points = {point.key: point for point in context.analysis.all_points()}
    rows: dict[str, PlanRow] = {row.key: row for row in context.plan.rows()}
    wanted = [
        one
        for one in body.questions
        if one.source == "engine" and one.state == "waiting" and points[rows[one.plan_row].points[0]].area in READ_AREAS
    ]
    return [
        _Task(one, "; ".join(points[key].title for key in one.points), text.title, "\n".join(text.paragraphs)[:12_000])
        for at, one in enumerate(wanted)
        for text in supply.texts[at % len(supply.texts) :][:1]
    ]


def _write(context: Context, task: _Task) -> Answer[SaidQuestion]:
    def check(said: SaidQuestion) -> None:
        if not is_in(said.proof, task.text):
            raise ValueError("proof must be copied from the text")
        if len({choice.strip().lower() for choice in said.choices.values()}) < len(LETTERS):
            raise ValueError("the four choices must differ")

    data = {"topics": task.topics, "note": context.note or NO_NOTE, "text": task.text}
    return ask(WRITING, question(prompt_of("questions"), data), SaidQuestion, _payer(context), check=check, job=context.job)


def _of(task: _Task, said: SaidQuestion) -> Question:
    return task.old.model_copy(
        update={
            "kind": "careful_reading",
            "source": "model",
            "text": task.text,
            "text_title": task.title,
            "stem": said.stem,
            "choices": dict(said.choices),
            "answer": said.answer,
            "proof": said.proof,
            "explanation": Words(zh=said.zh, en=said.en),
        }
    )


def _proven(context: Context, made: Sequence[Question]) -> tuple[list[Question], list[Solved]]:
    """The bank's too. A question that needs no text is not answered without one, a task that is written has no key."""
    open_ones = [one for one in made if one.text and one.answer in LETTERS and one.blind.state == "not_proven"]
    outcomes = Batches().parallel_question_generation(open_ones, lambda one: _solve(context, one))
    blind = {one.key: _blind(one, outcome.value) for one, outcome in zip(open_ones, outcomes, strict=True) if outcome.value}
    calls = [outcome.value for outcome in outcomes if outcome.value is not None]
    return [one.model_copy(update={"blind": blind[one.key]}) if one.key in blind else one for one in made], calls


def _solve(context: Context, one: Question) -> Solved:
    asked = "\n".join((one.stem, *(f"{letter}. {choice}" for letter, choice in one.choices.items())))

    def answer(text: str) -> Answer[SaidAnswer]:
        filled = question(prompt_of("blind"), {"text": text, "question": asked})
        return ask(SOLVING, filled, SaidAnswer, _payer(context), job=context.job)

    return answer(one.text), answer(NO_TEXT)


def _blind(one: Question, pair: Solved) -> Blind:
    seen, unseen = pair[0].value.answer, pair[1].value.answer
    reached, fails = seen == one.answer, unseen != one.answer
    return Blind(
        state="proven" if reached and fails else "failed",
        answer=seen,
        answer_without_passage=unseen,
        reached_key=reached,
        fails_without_passage=fails,
    )


def _all_failed(outcomes: Sequence[Outcome[Answer[SaidQuestion]]]) -> Words | None:
    errors = [one.error for one in outcomes if one.error is not None]
    return errors[0] if len(errors) == len(outcomes) else None


def _payer(context: Context) -> Payer:
    return Payer(user=context.by.pk, course=context.course)


def _bill(prompt: str, answers: Sequence[Answer[Any]]) -> Bill:
    """What was answered from the ledger costs nothing."""
    calls = ModelCall.objects.filter(pk__in=[call for answer in answers if not answer.is_repeated for call in answer.calls])
    rows = list(calls.values_list("tokens_in", "tokens_out", "cost"))
    return Bill(prompt_of(prompt).label, *(sum(row[at] for row in rows) for at in range(3)))
