"""Whatever is recorded in the audit log has a name in both languages, which the audit page shows instead of its code."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

SIJI = Path(__file__).parents[2]
MESSAGES = SIJI.parents[1] / "frontend" / "messages"
RECORDERS = {"record", "record_each"}
PASSED_ON = {"practice/records.py": "hands on the action that its own callers name"}


def recorded() -> dict[str, str]:
    """Each action and where it is recorded. An action that is put together at run time cannot be known, and is refused."""
    found: dict[str, str] = {}
    for path in sorted(SIJI.rglob("*.py")):
        where = path.relative_to(SIJI).as_posix()
        if "tests" not in Path(where).parts and where not in PASSED_ON:
            found |= dict.fromkeys(_actions(ast.parse(path.read_text("utf-8")), where), where)
    return found


def _actions(module: ast.Module, where: str) -> Iterator[str]:
    constants = {
        target.id: statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in RECORDERS:
            said = _action(call)
            value = constants.get(said.id) if isinstance(said, ast.Name) else said
            assert isinstance(value, ast.Constant), f"{where}:{call.lineno}: name the action in words that can be read here"
            yield str(value.value)


def _action(call: ast.Call) -> ast.expr:
    """``audit.record(action=…)``, or the second of ``practice.records.record(actor, action, attempt)``."""
    return next((word.value for word in call.keywords if word.arg == "action"), *call.args[1:2])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_action_has_words(language: str) -> None:
    words = json.loads((MESSAGES / language / "audit.json").read_text("utf-8"))["actions"]
    without = {action: where for action, where in recorded().items() if not words.get(action.replace(".", "-", 1), "").strip()}
    assert without == {}, f"give them a name in frontend/messages/{language}/audit.json"


def test_no_words_are_left_of_an_action_that_is_gone() -> None:
    words = json.loads((MESSAGES / "zh" / "audit.json").read_text("utf-8"))["actions"]
    assert words.keys() == {action.replace(".", "-", 1) for action in recorded()}
