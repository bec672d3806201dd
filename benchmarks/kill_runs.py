"""``make bench-runs``: a worker killed with -9 at every boundary of every stage of a teaching run, and who publishes it too.

PostgreSQL, two Redis, a worker and beat of its own, a model stand-in. One run for each point at which the worker dies
(``killed_runs.POINTS``): there it dies once in each of the four stages, is started again, and the run goes on. Then the run is
published by a process that dies before its transaction ends, and by one that lives. At the end every run must have one draft a
stage, rounds counted without a gap, the units of its plan once, no job that is unfinished, no question asked of the model twice.

``--control`` is the negative control: the draft is kept in a transaction of its own, as a careless handler would, and some must
be there twice. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from kill_jobs import Yard, yard  # noqa: E402  # the paths come first

from model_server.running import running  # noqa: E402
from model_server.server import ModelServer  # noqa: E402
from siji.embedded.processes import spawn  # noqa: E402

POINTS = ("before_a_round", "after_the_answers", "after_a_round", "before_the_commit", "after_the_commit")
PATIENCE = 90.0
HOURS = 8
A_WHILE = timedelta(seconds=1)


class Runs:
    def __init__(self, place: Yard, died: Path, *, is_control: bool) -> None:
        self.place, self.died, self.is_control = place, died, is_control

    def worker(self, point: str) -> None:
        self._start("worker-0", ["worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle"], point)

    def beat(self) -> None:
        self._start("beat", ["beat", "-s", str(self.place.home.run / "schedule"), "--pidfile="], "")

    def _start(self, name: str, words: list[str], point: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}", "LOG_LEVEL": "WARNING"}
        environment |= {"DIES_AT": point, "DIED": str(self.died), "DRAFT_APART": "1" if self.is_control else ""}
        command = [sys.executable, "-m", "celery", "-A", "killed_runs", *words, "-l", "ERROR"]
        self.place.processes[name] = spawn(command, log=self.place.home.log(name), env=environment, cwd=ROOT, account=None)

    def until(self, what: str, is_so: Callable[[], bool], point: str) -> None:
        """A worker that died is started again, as by any supervisor."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if self.place.processes["worker-0"].poll() is not None:
                self.place.kills["worker"] += 1
                self.worker(point)
            if time.monotonic() > end:
                log = self.place.home.log("worker-0").read_text(errors="replace")[-3000:]
                raise SystemExit(f"not within {PATIENCE:.0f} s: {what}\n{log}")
            time.sleep(0.1)


def prepared(server: ModelServer) -> tuple[Any, Any, Any]:
    """Teacher, course and a syllabus that waits to be read."""
    from django.conf import settings

    from siji.accounts.models import Role, User
    from siji.ai.tests.acting import set_up
    from siji.bank.loading import load_all
    from siji.courses.models import Course, CourseStatus
    from siji.jobs.models import Job
    from siji.teaching.syllabi import add_syllabus
    from siji.uploads.actions import Received, Wish, append, create_upload

    load_all(settings.SIJI_CONTENT)
    Job.objects.all().delete()  # tracks of the papers: minutes of computing that nobody asks for here
    set_up(server)
    teacher = User.objects.create(username="teacher", name="Teacher", role=Role.TEACHER, password="!")
    course = Course.objects.create(name="四级", teacher=teacher, status=CourseStatus.ACTIVE, code="KILLED01")
    data = (settings.SIJI_CONTENT / "syllabi" / "terse.txt").read_bytes()
    upload = create_upload(by=teacher, wish=Wish(uuid.uuid4().hex, "terse.txt", len(data)))
    append(upload_id=upload.pk, by=teacher, piece=Received(data, offset=0, checksum=None))
    return teacher, course, add_syllabus(by=teacher, course=course, upload_id=upload.pk)


def through(runs: Runs, teacher: Any, course: Any, syllabus: Any, point: str) -> dict[str, Any]:
    """One run from its beginning to its units, with a death at this point of each stage."""
    from siji.teaching.models import Run, RunStage
    from siji.teaching.runs import actions
    from siji.teaching.runs.bodies import Questions
    from siji.teaching.runs.stages import STAGES

    began = time.monotonic()
    fields = {"hours": HOURS, "session_hours": 2, "starts_on": None, "weekdays": [], "engine": "model"}
    run = actions.start_run(by=teacher, course=course, syllabus=syllabus, fields=fields)
    for stage in STAGES:
        name = stage.name
        is_made = RunStage.objects.filter(run=run, name=name, state="review").exists
        runs.until(f"{name} of the run that dies {point}", is_made, point)
        draft = actions.newest_draft(run, name)
        if name == "questions":
            keys = [one.key for one in Questions.model_validate(draft.body).questions]
            for key in keys[:2]:
                draft = actions.decide_questions(by=teacher, run=run, base=draft.version, keys=[key], state="approved")
            draft = actions.decide_questions(by=teacher, run=run, base=draft.version, keys=keys[2:], state="refused")
        actions.approve(by=teacher, run=run, name=name, draft_id=draft.pk)
    published_by_one_who_dies(run.pk, teacher.pk)
    from siji.teaching.runs.publishing import publish_run

    publish_run(by=teacher, run=Run.objects.get(pk=run.pk))
    deaths = len(list(runs.died.glob(f"{point} {run.pk} *")))
    return {"point": point, "deaths": deaths, "seconds": round(time.monotonic() - began, 1), **counted(run.pk)}


DIES_IN_PUBLISHING = """
import os, signal, django
django.setup()
from siji.accounts.models import User
from siji.teaching.models import Run
from siji.teaching.runs import publishing
publishing.audit.record = lambda **_: os.kill(os.getpid(), signal.SIGKILL)  # the last write of the transaction
publishing.publish_run(by=User.objects.get(pk={teacher}), run=Run.objects.get(pk={run}))
"""


def published_by_one_who_dies(run: int, teacher: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "backend")}
    code = DIES_IN_PUBLISHING.format(run=run, teacher=teacher)
    died = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=False).returncode
    if died != -9:
        raise SystemExit(f"the publisher was to die and ended with {died}")


def counted(run: int) -> dict[str, Any]:
    """What must be there once."""
    from siji.teaching.models import Draft, StageRound, Unit

    by_engine = list(Draft.objects.filter(stage__run=run, author__isnull=True).values_list("stage__name", flat=True))
    numbers: dict[str, list[int]] = {}
    for name, number in StageRound.objects.filter(stage__run=run).order_by("number").values_list("stage__name", "number"):
        numbers.setdefault(name, []).append(number)
    units = list(Unit.objects.filter(run=run).values_list("number", flat=True))
    return {
        "drafts_twice": len(by_engine) - len(set(by_engine)),
        "stages": len(set(by_engine)),
        "rounds_off": sum(found != list(range(1, len(found) + 1)) for found in numbers.values()),
        "units": len(units),
        "units_twice": len(units) - len(set(units)),
        "units_missing": HOURS // 2 - len(set(units)),
    }


def measure(place: Yard, server: ModelServer, *, is_control: bool) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    from siji.ai.models import ModelCall
    from siji.jobs.models import Job, JobState
    from siji.teaching.tests.test_a_run_with_a_model import says

    server.script.says = says
    call_command("migrate", verbosity=0)
    teacher, course, syllabus = prepared(server)
    with tempfile.TemporaryDirectory() as died:
        runs = Runs(place, Path(died), is_control=is_control)
        runs.beat()
        runs.worker("")
        runs.until("the syllabus is read", lambda: type(syllabus).objects.get(pk=syllabus.pk).state == "ready", "")
        syllabus.refresh_from_db()
        found = []
        for point in ("before_the_commit",) if is_control else POINTS:
            place.end("worker-0")
            runs.worker(point)
            found.append(through(runs, teacher, course, syllabus, point))
    stages = Job.objects.filter(kind="teaching.stage")
    calls = ModelCall.objects.all()
    return {
        "runs": found,
        "kills": dict(place.kills),
        "unfinished": stages.exclude(state=JobState.DONE).count(),
        "most_attempts": max(stages.values_list("attempts", flat=True)),
        "calls": calls.count(),
        "calls_at_the_endpoint": server.told.calls,
        "asked_twice": asked_twice(calls.order_by("pk").values_list("request_hash", "sent_at", "ended_at")),
    }


def asked_twice(calls: Iterable[tuple[str, datetime, datetime | None]]) -> int:
    """Whose answer was there for a while when they were sent: a job is taken over after its lease, of 3 s. The same asked side by
    side in one batch, within the same moment, is no work done again."""
    ended: dict[str, datetime] = {}
    twice = 0
    for request, sent_at, ended_at in calls:
        twice += request in ended and ended[request] + A_WHILE < sent_at
        if ended_at is not None:
            ended[request] = min(ended_at, ended.get(request, ended_at))
    return twice


def is_right(report: dict[str, Any], *, is_control: bool) -> bool:
    twice = sum(run["drafts_twice"] + run["units_twice"] for run in report["runs"])
    if is_control:
        return twice > 0
    whole = all(
        run["deaths"] == run["stages"] == 4 and not run["rounds_off"] and not run["units_missing"] for run in report["runs"]
    )
    once = not (twice or report["asked_twice"] or report["unfinished"])
    return whole and once and report["calls"] == report["calls_at_the_endpoint"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--control", action="store_true", help="the negative control")
    chosen = parser.parse_args()
    began = time.monotonic()
    with running() as server, yard(effect_apart=False, dice=random.Random(1)) as place:
        os.environ["MODEL_ENDPOINTS"] = server.url
        report = measure(place, server, is_control=chosen.control)
    right = is_right(report, is_control=chosen.control)
    told = {**report, "seconds": round(time.monotonic() - began, 1), "as_it_must_be": right}
    sys.stdout.write(json.dumps({**told, "is_negative_control": chosen.control}, indent=1) + "\n")
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
