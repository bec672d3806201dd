"""``siji doctor``: asks every part of this machine a real question and says what is wrong."""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from redis import Redis

from siji.ai.configuration import newest, state_of
from siji.ai.models import ModelStanding
from siji.bank.audio.actions import RECORDING
from siji.bank.audio.files import has_file
from siji.bank.models import AudioState, Paper
from siji.courses import drift
from siji.embedded.backup.folder import finished
from siji.embedded.budget import check_budget
from siji.embedded.counts import Counts
from siji.embedded.home import Home, read_json
from siji.embedded.parts import answers, beat_is_late
from siji.embedded.processes import Identity
from siji.embedded.words import first_line
from siji.jobs.actions import enqueue
from siji.jobs.models import Job, JobState
from siji.monitoring.readiness import missing_migrations
from siji.storage.indexes import invalid_indexes

ENOUGH_DISK = 1024**3
BACKUP_HOURS = 26
"""One each night, and two hours of grace."""
CANARY_PATIENCE = 15.0
SHOWN = 5
OWN = ("api", "stream", "beat", "web", "balancer")
"""What only ``siji up`` of this machine runs; the others may be named in the environment."""


@dataclass(frozen=True)
class PartReport:
    name: str
    pid: int | None
    port: int | None
    ok: bool
    detail: str


@dataclass(frozen=True)
class Report:
    ready: bool
    parts: list[PartReport]

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def as_text(self) -> str:
        lines = [f"{'✓' if part.ok else '✗'} {part.name:<18} {_where(part):<22} {part.detail}" for part in self.parts]
        verdict = "一切正常 / all is well" if self.ready else "有问题，请看 ✗ 的行 / something is wrong: see the lines with ✗"
        return "\n".join([*lines, "", verdict])


class Wrong(Exception):
    """What is wrong with a part, in words."""


def _where(part: PartReport) -> str:
    return " ".join(f"{what} {number}" for what, number in (("pid", part.pid), ("port", part.port)) if number)


def examine() -> Report:
    """All questions at once: the slowest (the canary job) sets the time."""
    home = Home.open(settings.SIJI_HOME)
    questions = _questions(home)
    with ThreadPoolExecutor(max_workers=len(questions)) as pool:
        parts = list(pool.map(lambda name: _ask(home, name, questions[name]), questions))
    return Report(all(part.ok for part in parts), parts)


def _questions(home: Home) -> dict[str, Callable[[], str]]:
    return {
        "postgres": _database,
        "redis-cache": lambda: _redis(settings.CACHE_URL, "allkeys-lfu"),
        "redis-broker": lambda: _redis(settings.CELERY_BROKER_URL, "noeviction"),
        "migrations": _migrations,
        "indexes": _indexes,
        "stored numbers": _stored_numbers,
        "worker": _canary,
        **(_questions_to_our_own(home) if home.ports() else {}),
        "audio": _audio,
        "model": _model,
        "disk": lambda: _disk(home),
        **_questions_to_backups(),
        "connection budget": check_budget,
    }


def _questions_to_backups() -> dict[str, Callable[[], str]]:
    root = settings.SIJI_BACKUPS
    return {"backups": lambda: _backups(root)} if root else {}


def _questions_to_our_own(home: Home) -> dict[str, Callable[[], str]]:
    """What ``siji up`` runs on this machine; where it never ran, these parts are elsewhere and answer a balancer."""
    ports, counts = home.ports(), Counts.of(home)
    host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))), None)
    asked = {"api": ("/api/v1/health/ready", host), "stream": ("/api/v1/health/live", host), "web": ("/", None)}
    questions: dict[str, Callable[[], str]] = {}
    for kind, (path, named) in asked.items():
        for name in counts.names(kind):
            questions[name] = partial(_http, ports.get(name), path, named)
    for name in counts.names("worker") if counts.worker > 1 or counts.is_balanced else []:
        questions[name] = lambda: "lives; the canary went to one of them"
    if counts.is_balanced:
        questions["balancer"] = partial(_http, ports.get("web"), "/", None)
    return {**questions, "beat": lambda: _well(beat_is_late(home.run / "beat-schedule"), "sent its tasks in time")}


def _ask(home: Home, name: str, question: Callable[[], str]) -> PartReport:
    row = read_json(home.run / "parts.json").get(name, {})
    pid = int(row["pid"]) if row and Identity.of_row(row).process() else None
    is_own = name.partition("-")[0] in OWN
    port = (row.get("port") if row else None) or (home.ports().get(name) if row or is_own else None)
    try:
        if row and pid is None:
            raise Wrong("its process has ended")
        if is_own and not row:
            raise Wrong("is not started: siji up starts it")
        return PartReport(name, pid, port, True, question())
    except Exception as error:  # noqa: BLE001  # whatever a server answers is a finding about it, and the other parts are asked too
        return PartReport(name, pid, port, False, first_line(error))
    finally:
        connection.close()


def _well(wrong: str | None, right: str) -> str:
    if wrong:
        raise Wrong(wrong)
    return right


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _redis(url: str, policy: str) -> str:
    with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
        info = client.info()
    if (found := info.get("maxmemory_policy", "not told")) != policy:
        raise Wrong(f"maxmemory-policy is {found}; it must be {policy}")
    return f"Redis {info['redis_version']}, {info['used_memory_human']}"


def _migrations() -> str:
    missing = missing_migrations()
    return _well(f"{missing} to apply: run siji migrate" if missing else None, "all applied")


def _indexes() -> str:
    wrong = invalid_indexes()
    return _well(f"INVALID: {', '.join(wrong)}: run siji migrate --mend" if wrong else None, "all valid")


def _stored_numbers() -> str:
    found = drift.look()
    return _well(found.words, f"drift 0 in {found.looked_at} courses")


def _http(port: int | None, path: str, host: str | None) -> str:
    began = time.monotonic()
    return _well(answers(f"http://127.0.0.1:{port}{path}", host=host), f"answers in {(time.monotonic() - began) * 1000:.0f} ms")


def _canary() -> str:
    """A real job, from the row over the broker to a worker and back."""
    began = time.monotonic()
    job = enqueue(kind="canary", key=f"canary:{uuid.uuid4()}", payload={})
    try:
        while time.monotonic() - began < CANARY_PATIENCE:
            if Job.objects.filter(pk=job.pk, state=JobState.DONE).exists():
                return f"worked a job in {(time.monotonic() - began) * 1000:.0f} ms"
            time.sleep(0.05)
    finally:
        Job.objects.filter(pk=job.pk).delete()
    raise Wrong(f"did not work a job within {CANARY_PATIENCE:.0f} s: see log/worker.log in SIJI_HOME")


def _audio() -> str:
    """A paper whose track failed or is lost is sat without listening: somebody must know."""
    papers = Paper.objects.filter(audio__isnull=False).select_related("audio")
    counts = dict(papers.values_list("audio__state").annotate(number=Count("pk")))
    text = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "no listening tracks yet"
    failed = papers.filter(audio__state=AudioState.FAILED).values_list("audio__error", flat=True).first()
    lost = [paper for paper in papers.filter(audio__state=AudioState.READY) if paper.audio and not has_file(paper.audio)]
    wrong = [f"failed: {failed}"] if failed is not None else []
    if lost:
        names = ", ".join(f"{paper.slug}@{paper.version} ({_of(paper)})" for paper in lost[:SHOWN])
        wrong.append(f"{len(lost)} files missing: {names}{' …' if len(lost) > SHOWN else ''}")
    return _well(f"{text}; {'; '.join(wrong)}" if wrong else None, text)


def _backups(root: Path) -> str:
    """Whether the last one is of yesterday at the latest, and the log is being archived."""
    newest = next(reversed(finished(root)), None)
    if newest is None:
        raise Wrong(f"none in {root}: run siji backup, and let ops/systemd/siji-backup.timer do it each night")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_failed_time > coalesce(last_archived_time, '-infinity'), last_failed_wal FROM pg_stat_archiver"
        )
        is_stuck, segment = cursor.fetchone()
    if is_stuck:
        raise Wrong(f"{segment} of the log cannot be archived: is {root} full or gone?")
    hours = (time.time() - newest.stat().st_mtime) / 3600
    return _well(
        f"the newest is {hours:.0f} hours old" if hours > BACKUP_HOURS else None, f"{newest.name}, and the log since then"
    )


def _of(paper: Paper) -> str:
    """Where its file should be and what mends it."""
    if paper.audio is None or paper.audio.origin == RECORDING:
        return "a recording: upload it again"
    return "run siji content load to make it again"


def _model() -> str:
    """How the model that an administrator set stands; none is a choice, one that cannot be asked is a fault."""
    row = newest()
    state = state_of(row)
    if row is None or state == "off":
        return "none: the built-in engine works alone"
    if state != "ready":
        raise Wrong(f"{MODEL_FAULTS[state]}; the built-in engine works alone")
    paused = ModelStanding.objects.filter(name=f"{row.endpoint} {row.model}").exclude(reason="").values_list("reason", flat=True)
    why = paused.first()
    return _well(f"{row.model}: calls are paused ({why})" if why else None, f"{row.model} at {row.endpoint}")


MODEL_FAULTS = {
    "endpoint_refused": "its address is not in MODEL_ENDPOINTS any more",
    "key_unreadable": "its key was encrypted with another secret: enter it again",
}


def _disk(home: Home) -> str:
    free = shutil.disk_usage(home.root).free
    text = f"{free / 1024**3:.1f} GiB free"
    return _well(f"{text}: less than 1 GiB" if free < ENOUGH_DISK else None, text)
