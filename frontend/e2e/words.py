"""What the pages say, read from their own catalogues: a better wording breaks no story, a missing word breaks all of them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
PLURAL = re.compile(r"\{(\w+), plural, other \{([^}]*)\}\}")


def words(name: str, /, **values: object) -> str:
    """The Chinese of ``room.submit``, or ``room.question`` with ``slot=26``. Raises KeyError where there is none."""
    text = _message(name)
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", str(value))
    if left := re.search(r"\{(\w+)\}", text):
        raise KeyError(f"{name} needs {left.group(1)}")
    return text


def pattern(name: str, /, **values: object) -> re.Pattern[str]:
    """The same, with anything in the places that are not given; each of those is a group."""
    text = re.escape(_message(name))
    for key, value in values.items():
        text = text.replace(rf"\{{{key}\}}", re.escape(str(value)))
    return re.compile(re.sub(r"\\\{\w+\\\}", "(.+)", text))


def _message(name: str) -> str:
    file, *path = name.split(".")
    found = _catalogue(file)
    for key in path:
        found = found[key]
    text = str(found)
    return PLURAL.sub(lambda match: match.group(2).replace("#", f"{{{match.group(1)}}}"), text)


@cache
def _catalogue(name: str) -> Any:
    return json.loads((MESSAGES / "zh" / f"{name}.json").read_text())
