"""Scripts that machines marked before doubts were kept: an update of the product finds which of them need a person."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from siji.ai.outcomes import Outcome
from siji.courses.models import Assignment, Course
from siji.practice.automarking.rules import SUSPECT
from siji.practice.automarking.standing import FAILED_CHECKS, standing_of
from siji.practice.models import Engine, MachineMark, Script
from siji.practice.tests.test_trust import scripts

migration = import_module("siji.practice.migrations.0010_doubts_of_scripts_marked_before")
B, M, OLD = Engine.BUILTIN, Engine.MODEL, {"digest": "of another text"}
Says = tuple[Engine, int | None, dict[str, Any]]

# what the machines said, and whether a person has to look
SAID: list[tuple[list[Says], bool]] = [
    ([], False),
    ([(B, 11, {"confidence": 0.9}), (M, 9, {})], False),
    ([(B, 11, {"confidence": 0.9}), (M, 8, {})], True),
    ([(B, 11, {"confidence": 0.9}), (M, 8, {}), (M, 10, {})], False),
    ([(B, 11, {"confidence": 0.9}), (M, 10, {}), (M, 8, {})], True),
    ([(B, 11, {"confidence": 0.9}), (M, 2, OLD)], False),
    ([(B, 11, {"confidence": 0.34})], True),
    ([(B, 11, {"confidence": 0.35})], False),
    ([(B, 11, {"confidence": 0.2}), (M, 10, {})], False),
    ([(B, 11, {"confidence": 0.2}), (M, None, {"failure": Outcome.TIMED_OUT})], True),
    ([(B, 11, {"confidence": 0.9}), (M, None, {"failure": Outcome.TIMED_OUT})], False),
    ([(B, 11, {"confidence": 0.9, "flags": [{"name": "too_short"}]})], False),
    ([(B, 11, {"confidence": 0.9}), (Engine.SECOND, 2, {"flags": [{"name": "off_topic"}]})], False),
]
for flag in SUSPECT:
    SAID.append(([(M, 11, {"flags": [{"name": "too_short"}, {"name": flag}]})], True))
for failure in sorted(FAILED_CHECKS):
    SAID.append(([(M, None, {"failure": failure})], True))


@pytest.fixture
def marked_before(course: Course, exam: Assignment) -> list[Script]:
    scripts(course, exam, (len(SAID) + 1) // 2)
    made = list(Script.objects.order_by("pk"))[: len(SAID)]  # of both tasks, so that their numbers follow each other
    for script, (said, _) in zip(made, SAID, strict=True):
        for engine, value, more in said:
            words = {"version": "writing@1", "digest": script.digest} | more
            MachineMark.objects.create(script=script, engine=engine, value=value, **words)
    return made


@pytest.mark.parametrize("step", [1, 4, 1000])
def test_those_in_doubt_are_found_and_no_others(marked_before: list[Script], step: int) -> None:
    with connection.schema_editor() as editor:
        migration.fill(apps, editor, step=step)
    found = dict(Script.objects.values_list("pk", "is_doubtful"))
    assert [found[script.pk] for script in marked_before] == [wanted for _, wanted in SAID]
    rows = Script.objects.prefetch_related("machine_marks")
    assert {row.pk: bool(standing_of(row).doubts) for row in rows} == found


def test_what_a_machine_has_said_since_is_left_alone(marked_before: list[Script]) -> None:
    Script.objects.filter(pk=marked_before[0].pk).update(is_doubtful=True)
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
        migration.fill(apps, editor)
    assert Script.objects.get(pk=marked_before[0].pk).is_doubtful
