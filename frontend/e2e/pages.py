"""Every page there is, found in the build: what is added to the app folder is visited without being listed here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUILD = Path(__file__).resolve().parents[1] / ".next"
OPEN = ("created", "writing", "listening", "collection", "reading", "practising")

Read = Callable[[str], Any]

LISTS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "attempt": ("/attempts?limit=200", lambda row: row["state"] in OPEN),
    "report": ("/attempts?limit=200", lambda row: row["state"] not in OPEN),
    "marking": ("/scripts?state=waiting", lambda row: True),
}
"""Where a page's thing is found, unless ``/courses/:id`` is one of ``/courses``."""


@dataclass(frozen=True)
class Place:
    name: str
    """In the app folder: "course"; "" is home."""
    address: str
    """In the address bar: "/courses/:id"."""

    @property
    def has_id(self) -> bool:
        return self.address.endswith("/:id")

    @property
    def list_path(self) -> str | None:
        """Where the API lists what the page is about; None for a page without an id."""
        return self._list[0] if self.has_id else None

    def for_person(self, read: Read) -> str | None:
        """The address with something in it that this person may see; None where they have no such thing."""
        if not self.has_id:
            return self.address
        path, fits = self._list
        found = [row["id"] for row in _rows(read(path)) if fits(row)]
        return self.address.replace(":id", str(found[0])) if found else None

    @property
    def _list(self) -> tuple[str, Callable[[Any], bool]]:
        kind = self.address.split("/")[1]
        return LISTS.get(kind, (f"/{kind}", lambda row: True))


def places() -> list[Place]:
    """All pages but those that Next.js shows for any address."""
    with_id = {row["destination"].removeprefix("/:locale/"): _shown(row["source"]) for row in _rewrites()}
    routes = json.loads((BUILD / "app-path-routes-manifest.json").read_text())
    ours = [route for source, route in routes.items() if source.endswith("/page") and route.startswith("/[locale]")]
    names = sorted(route.removeprefix("/[locale]").removeprefix("/") for route in ours)
    return [Place(name, with_id.get(name, f"/{name}")) for name in names]


def _rewrites() -> list[dict[str, str]]:
    rows = json.loads((BUILD / "routes-manifest.json").read_text())["rewrites"]["afterFiles"]
    return [row for row in rows if row["destination"].startswith("/:locale/")]


def _shown(source: str) -> str:
    return re.sub(r"^/:locale(\([^)]*\))?", "", source)


def _rows(answer: Any) -> list[Any]:
    """A list of the API is one, or a page that holds one."""
    if isinstance(answer, list):
        return answer
    lists = [value for value in answer.values() if isinstance(value, list)]
    assert len(lists) == 1, f"not a list: {answer}"
    return lists[0]
