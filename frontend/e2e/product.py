"""The real product for the stories: started as a person starts it, in a home of its own, ended with SIGTERM."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from siji.embedded.tests.begun import begun_machine
from siji.embedded.tests.machine import Machine

HERE = Path(__file__).resolve().parent
TAIL = 40


class Product:
    """``begun`` names one that runs already, as ``where`` told it: the stories of several processes share it."""

    def __init__(self, begun: dict[str, str] | None = None, **environment: str) -> None:
        if begun is None:
            self.machine = begun_machine(make=False, **{"SIJI_DEMO": "1", **environment})
        else:
            self.machine = Machine(root=Path(begun["root"]), port=int(begun["port"]), SIJI_DEMO="1")

    @property
    def address(self) -> str:
        return self.machine.address

    @property
    def where(self) -> dict[str, str]:
        return {"root": str(self.machine.root), "port": str(self.machine.port)}

    def start(self) -> None:
        assert (HERE.parent / ".next" / "BUILD_ID").exists(), "the front end is not built: make web"
        try:
            self.machine.start()
            with urllib.request.urlopen(f"{self.address}/api/v1/health/ready", timeout=10) as answer:
                assert answer.status == 200
            until("the listening tracks are made", lambda: bool(self.inside("tracks_are_made")), seconds=90)
        except BaseException:
            self.machine.remove()
            raise

    def stop(self) -> None:
        code = self.machine.stop()
        self.machine.remove()
        assert code == 0, f"siji up ended with {code}"

    def accounts(self) -> dict[str, Any]:
        """The demo school's: ``teacher``, ``student`` and ``admin``, each with username and password."""
        accounts: dict[str, Any] = json.loads((self.machine.home / "demo-accounts.json").read_text())
        return accounts

    def inside(self, function: str, *, module: str = "story_school", **values: Any) -> Any:
        """What a function of ``story_school.py`` gives, run in the product's own environment."""
        code = f"import json, sys; sys.path.insert(0, {str(HERE)!r}); import {module}"
        return json.loads(self.machine.inside(f"{code}\nprint(json.dumps({module}.{function}(**{values!r})))"))

    def school(self, **values: Any) -> dict[str, Any]:
        """``story_school.make_school`` with names of its own."""
        school: dict[str, Any] = self.inside("make_school", key=secrets.token_hex(3), **values)
        return school

    def tour(self) -> dict[str, Any]:
        """``tour_school.make_tour``: what the places of ``places.py`` need."""
        tour: dict[str, Any] = self.inside("make_tour", module="tour_school", key=secrets.token_hex(3))
        return tour

    def shared_tour(self) -> dict[str, Any]:
        """One of all processes that tell stories, for what no exam's clock changes: the first that asks makes it."""
        kept = self.machine.root / "tour.json"
        with kept.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_text(json.dumps(self.tour()))
            tour: dict[str, Any] = json.loads(kept.read_text())
            return tour

    def logs(self) -> str:
        """The end of what each part has said."""
        files = sorted((self.machine.home / "log").glob("*.log"))
        return "\n".join(f"── {file.name}\n" + "\n".join(_tail(file)) for file in files)


def one_that_runs() -> Product | None:
    """For whoever writes stories and does not wait for a start each time: ``STORIES_AT`` is ``where`` of a running Product."""
    at = os.environ.get("STORIES_AT")
    return Product(json.loads(at)) if at else None


def _tail(file: Path) -> list[str]:
    return file.read_text(errors="replace").splitlines()[-TAIL:]


def until(what: str, is_so: Callable[[], bool], *, seconds: float = 15) -> None:
    """For what no page shows; the pages have Playwright's own waiting."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.2)
