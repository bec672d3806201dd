"""From what a model said to a value of a schema, or what is wrong with it. Pure; never a value that was not said."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from siji.ai.outcomes import Outcome

T = TypeVar("T", bound=BaseModel)
Check = Callable[[T], None]
"""Raises ValueError for what the schema alone cannot say, such as an id that was not asked about."""

FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL | re.IGNORECASE)


class Unreadable(Exception):
    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome, self.why = outcome, why


def read_answer(text: str, schema: type[T], check: Check[T] | None = None) -> T:
    """A fence around the JSON is taken off; text beside it is not. Strict: true is no number and "7" is not 7."""
    fenced = FENCED.fullmatch(text)
    try:
        value = schema.model_validate_json(fenced[1] if fenced else text, strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        is_json = found[0]["type"] != "json_invalid"
        why = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {one['msg']}" for one in found[:5])
        raise Unreadable(Outcome.WRONG_SHAPE if is_json else Outcome.NOT_JSON, why) from error
    if check is not None:
        try:
            check(value)
        except ValueError as error:
            raise Unreadable(Outcome.WRONG_SHAPE, str(error)) from error
    return value
