"""A list has a story that counts its queries at two sizes, marked with ``counts``; or it is written down why it cannot grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from siji.tests.asking import DOCUMENT, SCHEMAS

CANNOT_GROW = {
    "GET /syllabi/{syllabus_id}/text": "one document, kept as one value, of at most so many characters (``documents.blocks``)",
    "GET /runs/{run_id}": "a run has four stages, each in a few rounds; however many, they are read in as many queries",
    "GET /runs/{run_id}/events": "the run of GET /runs/{run_id}, again and again",
    **dict.fromkeys((f"GET /runs/{{run_id}}/{name}" for name in ("analysis", "plan", "questions", "criteria")), "one draft"),
    "GET /runs/{run_id}/trace": "the drafts of one run, each kept as one value",
    "GET /papers/{paper_id}/content": "a paper has the items of its blueprint; once parsed it is shown without a query",
    "GET /attempts/{attempt_id}/absences": "an attempt keeps so many and no more (``invigilation.absences.MOST``)",
    "GET /assignments/{assignment_id}/room/events": "the room of GET /assignments/{assignment_id}/room, again and again",
    "GET /alert-rules": "one for each rule that there is (``alerts.rules.RULES``)",
    "GET /promises/events": "the board of GET /promises, again and again",
    "GET /status": "four parts",
    "GET /attempts/{attempt_id}/marking": "an attempt has two scripts at the most, read with their marks in three queries",
    "GET /attempts/{attempt_id}/marking/events": "the marking of GET /attempts/{attempt_id}/marking, again and again",
    "GET /attempts/{attempt_id}/events": "the clock of GET /attempts/{attempt_id}/clock, again and again",
}
SIJI = Path(__file__).parents[1]
COUNTER = "django_assert_num_queries"


@dataclass(frozen=True)
class Story:
    where: str
    operation: str
    sizes: int
    """How many different sizes it runs at."""
    counts: bool
    """Whether something is done inside ``with … django_assert_num_queries``."""


def stories() -> list[Story]:
    found: list[Story] = []
    for path in sorted(SIJI.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += _stories_of(node, f"{path.relative_to(SIJI)}::{node.name}")
    return found


def _stories_of(function: ast.FunctionDef, where: str) -> Iterator[Story]:
    marks = [mark for mark in function.decorator_list if isinstance(mark, ast.Call)]
    for mark in marks:
        if ast.unparse(mark.func) == "pytest.mark.counts":
            yield Story(where, ast.literal_eval(mark.args[0]), _sizes(marks), _counts(function))


def _sizes(marks: list[ast.Call]) -> int:
    for mark in marks:
        if ast.unparse(mark.func) == "pytest.mark.parametrize" and ast.literal_eval(mark.args[0]) == "size":
            return len(set(ast.literal_eval(mark.args[1])))
    return 0


def _counts(function: ast.FunctionDef) -> bool:
    withs = [node for node in ast.walk(function) if isinstance(node, ast.With)]
    return any(ast.unparse(item.context_expr).startswith(COUNTER) for node in withs for item in node.items)


def lists() -> set[str]:
    """The operations that read something in which rows stand one after another."""
    return {operation for operation, about in DOCUMENT.items() if operation.startswith("GET ") and _answers_rows(about)}


def _answers_rows(about: dict[str, Any]) -> bool:
    answers = [answer for status, answer in about["responses"].items() if 200 <= int(status) < 300]
    return any(_has_rows(body["schema"], ()) for answer in answers for body in answer.get("content", {}).values())


def _has_rows(schema: dict[str, Any], seen: tuple[str, ...]) -> bool:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name not in seen and _has_rows(SCHEMAS[name], (*seen, name))
    if schema.get("type") == "array":
        return "$ref" in schema["items"] or _has_rows(schema["items"], seen)
    inner = [one for key in ("anyOf", "allOf", "oneOf") for one in schema.get(key, ())]
    return any(_has_rows(one, seen) for one in (*inner, *schema.get("properties", {}).values()))


STORIES = stories()


def test_every_list_is_counted_or_cannot_grow() -> None:
    counted = {story.operation for story in STORIES}
    missing = lists() - counted - set(CANNOT_GROW)
    assert not missing, "count the queries of these at two sizes and mark the story with pytest.mark.counts"


def test_what_is_said_to_be_a_list_is_one() -> None:
    """A rename would otherwise leave a story that counts nothing any more."""
    assert {story.operation for story in STORIES} | set(CANNOT_GROW) == lists()


@pytest.mark.parametrize("story", [pytest.param(story, id=f"{story.where} {story.operation}") for story in STORIES])
def test_a_story_counts_at_two_sizes(story: Story) -> None:
    assert story.sizes >= 2
    assert story.counts


def test_rows_are_found_however_deep() -> None:
    row = {"$ref": "#/components/schemas/Problem"}
    assert _has_rows({"type": "array", "items": row}, ())
    assert _has_rows({"properties": {"inner": {"anyOf": [{"properties": {"all": {"type": "array", "items": row}}}]}}}, ())
    assert not _has_rows({"properties": {"names": {"type": "array", "items": {"type": "string"}}}}, ())
