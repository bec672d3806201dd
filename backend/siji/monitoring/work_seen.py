"""Where time and money went beside requests: calls to models by purpose, jobs by kind. Each one statement, of a bounded share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection

from siji.monitoring.board_schemas import JobKindOut, PurposeOut, WorkSeen

DAY = timedelta(hours=24)
NEWEST_JOBS = 5000
MOST_ROWS = 20

PURPOSES = """
SELECT purpose AS name, count(*) AS calls, count(*) FILTER (WHERE state IN ('failed', 'unknown')) AS failed,
  avg(latency_ms) FILTER (WHERE state = 'succeeded') AS mean,
  percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE state = 'succeeded') AS p95,
  coalesce(sum(cost), 0) AS cost
FROM ai_modelcall WHERE day >= current_date - 1 AND sent_at >= now() - %s
GROUP BY purpose ORDER BY mean DESC NULLS LAST LIMIT %s
"""
JOBS = """
SELECT kind AS name, count(*) AS jobs, count(*) FILTER (WHERE state IN ('queued', 'running')) AS waiting,
  count(*) FILTER (WHERE state = 'failed') AS failed, avg(took) AS mean, percentile_cont(0.95) WITHIN GROUP (ORDER BY took) AS p95
FROM (SELECT kind, state, extract(epoch FROM finished_at - created_at)::float8 * 1000 AS took
  FROM jobs_job ORDER BY id DESC LIMIT %s) newest
GROUP BY kind ORDER BY mean DESC NULLS LAST LIMIT %s
"""


def see_work() -> WorkSeen:
    return WorkSeen(
        purposes=[PurposeOut(**row) for row in _rows(PURPOSES, [DAY, MOST_ROWS])],
        jobs=[JobKindOut(**row) for row in _rows(JOBS, [NEWEST_JOBS, MOST_ROWS])],
    )


def _rows(sql: str, values: list[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
