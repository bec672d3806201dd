"""Every page there is, found in the app folder and the build: what is added there is visited without being listed here.

What somebody sees at a page, and what it takes to get there, is in ``places.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext

FRONTEND = Path(__file__).resolve().parents[1]
APP, BUILD = FRONTEND / "src" / "app", FRONTEND / ".next"
SHOWN = ("page", "error", "not-found", "global-not-found")
OPEN = ("created", "writing", "listening", "collection", "reading", "practising")

Read = Callable[[str], Any]


def _attempts(read: Read, *, is_open: bool) -> list[Any]:
    return [row for row in rows_of(read("/attempts?limit=200")) if (row["state"] in OPEN) == is_open]


def _exams(read: Read) -> list[Any]:
    courses = rows_of(read("/courses?page_size=20"))
    return [row for course in courses for row in read(f"/courses/{course['id']}")["assignments"] if row["mode"] == "exam"]


FINDERS: dict[str, Callable[[Read], list[Any]]] = {
    "attempt": lambda read: _attempts(read, is_open=True),
    "report": lambda read: _attempts(read, is_open=False),
    "marking": lambda read: rows_of(read("/scripts?state=waiting")),
    "assignments": _exams,
    "rooms": _exams,
    "analysis": _exams,
    "runs": lambda read: [row for course in rows_of(read("/courses")) for row in rows_of(read(f"/courses/{course['id']}/runs"))],
    "calibration": lambda read: rows_of(read("/courses")),
    "syllabi": lambda read: [
        row for course in rows_of(read("/courses")) for row in rows_of(read(f"/courses/{course['id']}/syllabi"))
    ],
}
"""Where the thing of a page is found, unless ``/courses/:id`` is one of ``/courses``."""


@dataclass(frozen=True)
class Page:
    name: str
    """In the app folder: "course"; "" is home."""
    address: str
    """In the address bar: "/courses/:id"."""

    @property
    def has_id(self) -> bool:
        return self.address.endswith("/:id")

    def for_person(self, read: Read) -> str | None:
        """The address with something in it that this person may see; None where they have no such thing."""
        if not self.has_id:
            return self.address
        kind = self.address.split("/")[1]
        found = FINDERS.get(kind, lambda read: rows_of(read(f"/{kind}")))(read)
        return self.address.replace(":id", str(found[0]["id"])) if found else None


def files() -> set[str]:
    """What can be shown, as ``Place.page`` names it: the pages ("course/page"; "page" is home) and what stands in for one."""
    found = (file.relative_to(APP) for name in SHOWN for file in APP.rglob(f"{name}.tsx"))
    return {"/".join(part for part in file.with_suffix("").parts if not part.startswith(("[", "("))) for file in found}


def pages() -> list[Page]:
    with_id = {row["destination"].removeprefix("/:locale/"): _shown(row["source"]) for row in _rewrites()}
    names = sorted("/".join(file.split("/")[:-1]) for file in files() if file.split("/")[-1] == "page")
    return [Page(name, with_id.get(name, f"/{name}")) for name in names]


def _rewrites() -> list[dict[str, str]]:
    rows = json.loads((BUILD / "routes-manifest.json").read_text())["rewrites"]["afterFiles"]
    return [row for row in rows if row["destination"].startswith("/:locale/")]


def _shown(source: str) -> str:
    return re.sub(r"^/:locale(\([^)]*\))?", "", source)


def rows_of(answer: Any) -> list[Any]:
    """A list of the API is one, or a page that holds one; none where this person may not ask."""
    if isinstance(answer, list):
        return answer
    lists = [value for value in answer.values() if isinstance(value, list)]
    assert len(lists) == 1, f"not a list: {answer}"
    return lists[0]


def begin_practice(request: APIRequestContext, origin: str) -> None:
    """Begins one paper that may be practised, so that this student has an open attempt."""
    token = request.get("/api/v1/me").json()["csrf_token"]
    headers = {"X-CSRFToken": token, "Referer": origin, "Origin": "/".join(origin.split("/")[:3])}
    for paper in rows_of(request.get("/api/v1/papers").json()):
        if request.post("/api/v1/attempts", data={"paper": paper["id"], "mode": "practice"}, headers=headers).ok:
            return
    raise AssertionError("no paper may be practised")
