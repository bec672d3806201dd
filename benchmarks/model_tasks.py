"""A worker whose one task asks a model, for ``model_faults``: ``celery -A model_tasks worker -P threads``.

``--client-per-task`` of the benchmark asks as a naive build would, a loop and a client for each task: the negative control.
"""

from __future__ import annotations

import asyncio
import os

import django

from siji.worker import app

django.setup()

from siji.ai.budgets import Payer  # noqa: E402  # models need the framework set up
from siji.ai.chat import APIConfig, ChatRequest, Message  # noqa: E402
from siji.ai.client import DeepSeekClient  # noqa: E402
from siji.ai.configuration import current  # noqa: E402
from siji.ai.gateway import Purpose, ask  # noqa: E402
from siji.ai.tests.acting import Mark, tiny  # noqa: E402

PURPOSE = Purpose("bench.mark", max_tokens=60, seconds=120)


@app.task(name="bench.ask", ignore_result=True)
def ask_once(number: int) -> None:
    if os.environ.get("CLIENT_PER_TASK"):
        asyncio.run(_naive(current().api, number))
    else:
        ask(PURPOSE, tiny(f"S{number}"), Mark, Payer(user=1))


async def _naive(config: APIConfig, number: int) -> None:
    client = DeepSeekClient(config)
    await client.chat_completion_with_retry(ChatRequest((Message("user", f"script id: S{number}, as json"),), max_tokens=60))
    await client.close()
