"""Microseconds of processor for a word that a model streams, as the worker hears it: the client alone, many streams at once.

``bin/siji with-services -- .venv/bin/python benchmarks/heard_words.py [STREAMS]``: the model's stand-in in a process of its own,
60 words a second, the feedback of ``ai_marking.py`` as its text. Only this process is counted.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import django  # noqa: E402

django.setup()

from ai_marking import RATE, WRITTEN, control, stand_in  # noqa: E402

from siji.ai.chat import APIConfig, ChatRequest, Message  # noqa: E402
from siji.ai.client import DeepSeekClient  # noqa: E402

ROUNDS = 3


async def measure(url: str, streams: int) -> None:
    client = DeepSeekClient(APIConfig(url=url, key="k", model="deepseek-v4-flash", pool=2 * streams, pool_per_host=2 * streams))
    request = ChatRequest((Message("user", "Write."),), max_tokens=1800)
    words: list[str] = []
    await client.stream(request, words.append)
    for _ in range(ROUNDS):
        words.clear()
        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(client.stream(request, words.append) for _ in range(streams)))
        each = 1e6 * (time.process_time() - used) / len(words)
        print(f"{streams} streams, {RATE:g} words/s: {each:.0f} µs a word, {time.perf_counter() - began:.2f} s", flush=True)
    await client.close()


def main() -> None:
    with stand_in() as url:
        control(url, {"default": {"content": WRITTEN}})
        asyncio.run(measure(url, int(sys.argv[1]) if len(sys.argv) > 1 else 10))


if __name__ == "__main__":
    main()
