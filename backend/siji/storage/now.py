"""The database's clock: one for every process, whatever the machines say."""

from __future__ import annotations

from datetime import datetime

from django.db.models import DateTimeField, Func

from siji.storage.prepared import prepared_cursor


class ClockTimestamp(Func):
    """The same moment in a query that reads something anyway."""

    function = "clock_timestamp"
    output_field = DateTimeField()


def database_now() -> datetime:
    """The moment itself, not the start of the transaction."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    moment: datetime = now
    return moment
