"""What the pages say, read from their own catalogues: a better wording breaks no story, a missing word breaks all of them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
PLURAL = re.compile(r"\{(\w+), plural,((?:\s*=?\w+ \{[^}]*\})+)\}")
FORM = re.compile(r"(=?\w+) \{([^}]*)\}")


def words(name: str, /, language: str = "zh", **values: object) -> str:
    """The words of ``room.submit``, or of ``room.question`` with ``slot=26``. Raises KeyError where there are none."""
    text = PLURAL.sub(lambda match: _form(match, values), _message(name, language))
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", str(value))
    if left := re.search(r"\{(\w+)", text):
        raise KeyError(f"{name} needs {left.group(1)}")
    return text


def pattern(name: str, /, language: str = "zh", **values: object) -> re.Pattern[str]:
    """The same, with anything in the places that are not given; each of those is a group."""
    text = re.escape(PLURAL.sub(lambda match: _form(match, values), _message(name, language)))
    for key, value in values.items():
        text = text.replace(rf"\{{{key}\}}", re.escape(str(value)))
    return re.compile(re.sub(r"\\\{\w+\\\}", "(.+)", text))


def _form(plural: re.Match[str], values: dict[str, object]) -> str:
    """The form for this count; of an unknown one nothing but the number's place and the general form are known."""
    name, forms = plural.group(1), dict(FORM.findall(plural.group(2)))
    form = forms.get("one") if values.get(name) == 1 else None
    return str(form or forms["other"]).replace("#", f"{{{name}}}")


def _message(name: str, language: str) -> str:
    file, *path = name.split(".")
    found = _catalogue(file, language)
    for key in path:
        found = found[key]
    return str(found)


@cache
def _catalogue(name: str, language: str) -> Any:
    return json.loads((MESSAGES / language / f"{name}.json").read_text())
