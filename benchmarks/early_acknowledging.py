"""The negative control of ``kill_answers``: the product's API, made to acknowledge saves that it then rolls back now and then.

This is the defect that the measurement must be able to see. It lives here only and is loaded by nothing else.
"""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

from django.db import transaction

from siji.wsgi import application

__all__ = ["application"]

saving = import_module("siji.practice.saving")  # after the application, which sets the framework up
save = saving.save_answers


def save_and_sometimes_forget(**order: Any) -> Any:
    with transaction.atomic():
        saved = save(**order)
        if random.random() < 0.1:
            transaction.set_rollback(True)
    return saved


saving.save_answers = save_and_sometimes_forget  # type: ignore[attr-defined]  # the defect, on purpose
