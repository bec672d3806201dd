"""``make bench``: the acceptance table, measured. Run inside ``siji with-services``; writes build/acceptance.json.

Measured so far: the API process (granian, WSGI, threads, connection pool) with PostgreSQL and Redis, asked directly.
The front door and the other processes join when the load goes through a balancer. Nothing in the table is typed in by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    school = prepare(chosen.users)
    api, base = start_api()
    try:
        runs = [one_run(base, school, api, users=chosen.users, seconds=chosen.seconds) for _ in range(chosen.runs)]
    finally:
        api.terminate()
        api.wait(timeout=15)
    table = acceptance(runs)
    out = ROOT / "build" / "acceptance.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({**table, "machine": machine(), "runs": runs}, indent=1, ensure_ascii=False) + "\n")
    show(table, runs)


def prepare(students: int) -> dict[str, Any]:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    from school import make_school

    school = make_school(settings.SIJI_CONTENT, students=students)
    connections.close_all()
    return school


def start_api(*, threads: int = 16) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        str(threads),
        "--no-access-log",
        "--log-level",
        "warning",
        "siji.wsgi:application",
    ]
    env = {**os.environ, "DB_POOL": "1", "LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, cwd=ROOT / "backend", env=env)
    base = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{base}/api/v1/health/ready", timeout=2):
                return process, base
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the API did not become ready within 30 s")


def one_run(base: str, school: dict[str, Any], api: subprocess.Popen[bytes], *, users: int, seconds: float) -> dict[str, Any]:
    watched = [psutil.Process(api.pid), *psutil.Process(api.pid).children(recursive=True), *database_processes()]
    before, began = cpu_seconds(watched), time.monotonic()
    order = json.dumps({"base": base, "school": school, "users": users, "seconds": seconds})
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "load.py")], input=order, stdout=subprocess.PIPE, text=True, check=True
    )
    elapsed = time.monotonic() - began
    watched = [*watched, *database_processes()]
    found: dict[str, Any] = json.loads(done.stdout)
    times = sorted(milliseconds for _, milliseconds in found.pop("times"))
    return {
        **found,
        "requests": len(times),
        "requests_per_second": round(len(times) / seconds, 1),
        "mean_ms": round(statistics.fmean(times), 2),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[int(len(times) * 0.95)], 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
        "error_rate": sum(found["errors"].values()) / len(times),
        "product_cpu_percent_of_machine": round((cpu_seconds(set(watched)) - before) / elapsed / psutil.cpu_count() * 100, 1),
        "product_memory_mib": round(sum(memory(process) for process in set(watched)) / 2**20),
    }


def database_processes() -> list[psutil.Process]:
    return [process for process in psutil.process_iter(["name"]) if process.info["name"] in ("postgres", "redis-server")]


def cpu_seconds(processes: Any) -> float:
    total = 0.0
    for process in processes:
        try:
            spent = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += spent.user + spent.system
    return total


def memory(process: psutil.Process) -> int:
    """Proportional where the system says so: PostgreSQL's processes share most of what they hold."""
    try:
        full = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(getattr(full, "pss", full.rss))


def acceptance(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The middle run by mean, so that one quiet or noisy minute decides nothing."""
    run = sorted(runs, key=lambda one: one["mean_ms"])[len(runs) // 2]
    how = f"{run['users']} users, 1-3 s think time, {run['seconds']:.0f} s, API asked directly, middle of {len(runs)} runs"
    return {
        "A1": row(run["mean_ms"], "ms mean", "< 500", "p95 < 100", run["mean_ms"] < 500, f"{how}; p95 {run['p95_ms']} ms"),
        "A7": row(run["error_rate"], "share", "< 0.001", "0", run["error_rate"] < 0.001, how),
        "A8": row(
            {"cpu_percent": run["product_cpu_percent_of_machine"], "memory_mib": run["product_memory_mib"]},
            "share of the machine's cores, MiB",
            "CPU < 70, memory < 2458",
            "half of that",
            run["product_cpu_percent_of_machine"] < 70 and run["product_memory_mib"] < 2458,
            f"{how}; API, PostgreSQL and Redis only",
        ),
    }


def row(value: Any, unit: str, must: str, aim: str, is_met: bool, how: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "must": must, "aim": aim, "ok": is_met, "how": how}


def machine() -> dict[str, Any]:
    return {
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def show(table: dict[str, Any], runs: list[dict[str, Any]]) -> None:
    for name, cells in table.items():
        verdict = "ok  " if cells["ok"] else "MISS"
        print(f"{name}  {verdict}  {cells['value']} {cells['unit']}  (must {cells['must']}, aim {cells['aim']})")
        print(f"      {cells['how']}")
    for run in runs:
        print(
            f"run: {run['requests_per_second']} requests/s, mean {run['mean_ms']} ms, p50 {run['p50_ms']}, p95 {run['p95_ms']}, "
            f"p99 {run['p99_ms']}, errors {run['errors']}, arrival of everybody {run['arrival_seconds']} s, "
            f"generator {run['generator_cpu_percent']} % of a core"
        )


if __name__ == "__main__":
    main()
