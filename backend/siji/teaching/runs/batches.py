"""Many askings at once: whole batches, so many at a time, each ending in a result or a stated error, in the order given.

The gateway waits for its answers in its own event loop; here threads wait for the gateway, so that nothing blocks in async code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

from siji.ai.words import ModelFailed
from siji.problems import Words

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], None]
LATE = Words(zh="这一项超过了规定的时间，没有完成。", en="This one took longer than it may and was given up.")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """``value`` or ``error``, one of the two."""

    value: R | None = None
    error: Words | None = None


class Batches:
    """Limits come from the settings unless they are given."""

    def __init__(self, *, batch: int = 0, at_once: int = 0, seconds: float = 0.0) -> None:
        self.batch = batch or settings.AI_BATCH
        self.at_once = at_once or settings.AI_TASKS_AT_ONCE
        self.seconds = seconds or settings.AI_TASK_SECONDS

    def process_batch_analysis(
        self, parts: Sequence[T], analyse: Callable[[T], R], *, progress: Progress | None = None
    ) -> list[Outcome[R]]:
        """Parts of a syllabus. Not inside a transaction."""
        return self._all(parts, analyse, progress)

    def parallel_question_generation(
        self, tasks: Sequence[T], generate: Callable[[T], R], *, progress: Progress | None = None
    ) -> list[Outcome[R]]:
        """Questions to be written, or to be answered blind. Not inside a transaction."""
        return self._all(tasks, generate, progress)

    def _all(self, tasks: Sequence[T], work: Callable[[T], R], progress: Progress | None) -> list[Outcome[R]]:
        found: list[Outcome[R]] = []
        pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="ask")
        step = self.batch * max(self.at_once // self.batch, 1)
        try:
            for start in range(0, len(tasks), step):
                until = time.monotonic() + self.seconds
                waiting = [pool.submit(_one, work, task) for task in tasks[start : start + step]]
                found += [self._outcome(future, until) for future in waiting]
                if progress is not None:
                    progress(len(found), len(tasks))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return found

    def _outcome(self, future: Future[R], until: float) -> Outcome[R]:
        try:
            return Outcome(value=future.result(max(until - time.monotonic(), 0)))
        except ModelFailed as failed:
            return Outcome(error=failed.words)
        except TimeoutError:
            future.cancel()
            return Outcome(error=LATE)
        except Exception as error:  # noqa: BLE001  # stated beside the others, which go on
            said = f"{type(error).__name__}: {error}"
            return Outcome(error=Words(zh=f"这一项出错：{said}", en=f"This one failed: {said}"))


def _one(work: Callable[[T], R], task: T) -> R:
    try:
        return work(task)
    finally:
        connection.close()
