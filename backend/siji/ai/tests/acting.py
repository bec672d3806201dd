"""What the gateway's stories share: an endpoint that is set up, a tiny question with an id and a bounded mark, and how to ask
it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from model_server.script import Reply, Rule
from model_server.server import ModelServer
from siji.ai.budgets import Payer
from siji.ai.gateway import Answer, Purpose, Question, ask, question
from siji.ai.keys import encrypt
from siji.ai.models import ModelSettings
from siji.ai.prompts import parse_prompt

PROMPT = parse_prompt(
    "tiny",
    """---
version: 3
---
# system
You give a whole mark from 0 to 15. Answer in JSON: {"id": "…", "mark": 7}
# user
script id: {{id}}
{{script}}
""",
)
HONEST = Rule("script id:", Reply('{"id": "$1", "mark": 7}', copy=r"script id: (\S+)"))
PURPOSE = Purpose("test.mark", max_tokens=60, seconds=5)


class Mark(BaseModel):
    id: str
    mark: int = Field(ge=0, le=15)


def set_up(server: ModelServer, **changes: Any) -> ModelSettings:
    """Prices of 2 yuan a million in, 8 out; budgets and limits that no story meets by chance."""
    values: dict[str, Any] = {
        "is_on": True,
        "endpoint": server.url,
        "model": "deepseek-flash",
        "key_cipher": encrypt(server.key),
        "price_miss": 2_000_000,
        "price_hit": 40_000,
        "price_output": 8_000_000,
        "calls_at_once": 64,
        "calls_per_minute": 100_000,
        "connections": 20,
        "day_budget": 10_000_000,
        "user_day_budget": None,
        "course_day_budget": None,
        "breaker_failures": 1000,
    }
    return ModelSettings.objects.create(**values | changes)


def tiny(script_id: str = "S1", script: str = "My hometown is beautiful.") -> Question:
    return question(PROMPT, {"script": script}, {"id": script_id})


def ask_mark(
    script_id: str = "S1",
    *,
    purpose: Purpose = PURPOSE,
    payer: Payer = Payer(user=1),
    script: str = "My hometown is beautiful.",
) -> Answer[Mark]:
    def is_ours(mark: Mark) -> None:
        if mark.id != script_id:
            raise ValueError(f"id must be {script_id}")

    return ask(purpose, tiny(script_id, script), Mark, payer, check=is_ours)
