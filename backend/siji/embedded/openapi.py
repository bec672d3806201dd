"""The OpenAPI document that the front end's client is generated from: committed, and checked to be what the code says."""

from __future__ import annotations

import json
from pathlib import Path

from siji.api import api
from siji.embedded.words import CannotStart


def document() -> str:
    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document())


def check(path: Path) -> None:
    if not path.exists() or path.read_text() != document():
        raise CannotStart(
            f"{path.name} 与代码不一致。请运行 make openapi 并提交结果。",
            f"{path.name} is not what the code says: run make openapi and commit the result.",
        )
