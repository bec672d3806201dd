"""The real product for the stories: started as a person starts it, in a home of its own, ended with SIGTERM."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from siji.embedded.tests.machine import Machine

HERE = Path(__file__).resolve().parent
TAIL = 40


class Product:
    def __init__(self) -> None:
        self.machine = Machine(SIJI_DEMO="1")

    @property
    def address(self) -> str:
        return self.machine.address

    def start(self) -> None:
        assert (HERE.parent / ".next" / "BUILD_ID").exists(), "the front end is not built: make web"
        self.machine.start()
        with urllib.request.urlopen(f"{self.address}/api/v1/health/ready", timeout=10) as answer:
            assert answer.status == 200
        until("the listening tracks are made", lambda: bool(self.inside("tracks_are_made")), seconds=90)

    def stop(self) -> None:
        code = self.machine.stop()
        self.machine.remove()
        assert code == 0, f"siji up ended with {code}"

    def accounts(self) -> dict[str, Any]:
        """The demo school's: ``teacher``, ``student`` and ``admin``, each with username and password."""
        accounts: dict[str, Any] = json.loads((self.machine.home / "demo-accounts.json").read_text())
        return accounts

    def inside(self, function: str, **values: object) -> Any:
        """What a function of ``story_school.py`` gives, run in the product's own environment."""
        code = f"import json, sys; sys.path.insert(0, {str(HERE)!r}); import story_school"
        return json.loads(self.machine.inside(f"{code}\nprint(json.dumps(story_school.{function}(**{values!r})))"))

    def logs(self) -> str:
        """The end of what each part has said."""
        files = sorted((self.machine.home / "log").glob("*.log"))
        return "\n".join(f"── {file.name}\n" + "\n".join(_tail(file)) for file in files)


def _tail(file: Path) -> list[str]:
    return file.read_text(errors="replace").splitlines()[-TAIL:]


def until(what: str, is_so: Callable[[], bool], *, seconds: float = 15) -> None:
    """For what no page shows; the pages have Playwright's own waiting."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.2)
