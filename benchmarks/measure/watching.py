"""What the machine did meanwhile: processor time and memory of the product, of the generator and of everybody else."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import Any

import psutil

from measure.figures import CLEAN_PERCENT
from measure.product import Product

Spent = dict[tuple[int, float], float]
"""Seconds of processor time by process and start time."""


class Watch:
    """From its making to ``found``. Memory is read once at the end, since reading it costs as much as some requests."""

    def __init__(self, product: Product, generator: int) -> None:
        self.product, self.generator = product, generator
        self.began, self.before, self.steal = time.monotonic(), _spent(), psutil.cpu_times().steal

    def found(self) -> dict[str, Any]:
        elapsed, after = time.monotonic() - self.began, _spent()
        used = {key: seconds - self.before.get(key, 0.0) for key, seconds in after.items()}
        product, ours = _keys(self.product.processes()), _keys(self.product.others_of_ours())
        ours |= {key for key in used if key[0] in (self.generator, os.getpid())}
        cores = psutil.cpu_count() or 1

        def share(seconds: float) -> float:
            return round(seconds / elapsed / cores * 100, 1)

        others = {key: seconds for key, seconds in used.items() if key not in product and key not in ours}
        return {
            "product_cpu_percent": share(sum(used.get(key, 0.0) for key in product)),
            "others_percent": share(sum(others.values())),
            "others": _worst(others, share),
            "naive_cpu_percent": share(sum(used.get(key, 0.0) for key in _keys(self.product.others_of_ours()))),
            "steal_percent": share(psutil.cpu_times().steal - self.steal),
            "is_clean": share(sum(others.values())) <= CLEAN_PERCENT,
            "parts_cpu_percent": _by_name(self.product.processes(), used, share),
        }

    def memory_mib(self) -> int:
        return round(sum(memory(process) for process in self.product.processes()) / 2**20)


def memory(process: psutil.Process) -> int:
    """Proportional where the system says so: PostgreSQL's processes share most of what they hold."""
    try:
        full = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(getattr(full, "pss", full.rss))


def _spent() -> Spent:
    found: Spent = {}
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            times = process.cpu_times()
            found[process.pid, process.create_time()] = times.user + times.system
    return found


def _keys(processes: list[psutil.Process]) -> set[tuple[int, float]]:
    found = set[tuple[int, float]]()
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            found.add((process.pid, process.create_time()))
    return found


def _worst(others: Spent, share: Any) -> list[dict[str, Any]]:
    named = []
    for (pid, _), seconds in sorted(others.items(), key=lambda item: -item[1])[:3]:
        with suppress(psutil.NoSuchProcess):
            named.append({"name": psutil.Process(pid).name(), "percent": share(seconds)})
    return named


def _by_name(processes: list[psutil.Process], used: Spent, share: Any) -> dict[str, float]:
    found: dict[str, float] = {}
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            name = part_of(process.cmdline(), process.name())
            found[name] = found.get(name, 0.0) + used.get((process.pid, process.create_time()), 0.0)
    return {name: share(seconds) for name, seconds in sorted(found.items()) if share(seconds) > 0}


def part_of(command: list[str], name: str) -> str:
    words = " ".join(command)
    marks = {
        "siji.wsgi": "api",
        "siji.asgi": "stream",
        " worker ": "worker",
        " beat ": "beat",
        "server.js": "web",
        "next-server": "web",
    }
    for mark, part in marks.items():
        if mark in words:
            return part
    return name.split(":")[0].split(" ")[0]
