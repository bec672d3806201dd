"""Calls to models in the figures: each that has ended is read from the ledger once, whichever process looks."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from siji.ai.models import CallState
from siji.monitoring.models import Turn

SETTLED = timedelta(seconds=5)
"""What ended so long ago is in the ledger for everybody: a row is seen only once its transaction has ended."""
NAME = "calls"
NEWEST = 5000
"""Looked at, of the newest: a look is every few seconds, so that many more never end between two."""
ENDED = """
SELECT purpose, state, latency_ms, cost
FROM (SELECT purpose, state, latency_ms, cost, ended_at FROM ai_modelcall ORDER BY id DESC LIMIT %s) newest
WHERE ended_at > %s AND ended_at <= %s
"""


def ended_since_the_last_look(now: datetime) -> list[tuple[str, str, float]]:
    """Kind, purpose and value: milliseconds of those that were answered, thousandths of a yuan of all. Raises DatabaseError."""
    until = now - SETTLED
    with transaction.atomic():
        turn, is_first = Turn.objects.select_for_update().get_or_create(name=NAME, defaults={"at": until})
        if is_first or turn.at >= until:
            return []
        with connection.cursor() as cursor:
            cursor.execute(ENDED, [NEWEST, turn.at, until])
            rows = cursor.fetchall()
        turn.at = until
        turn.save(update_fields=["at"])
    times = [("model_time", purpose, float(took)) for purpose, state, took, _ in rows if state == CallState.SUCCEEDED]
    return times + [("model_cost", purpose, cost / 1000) for purpose, _, _, cost in rows]
