"""Which processes have stopped telling of themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Min

from siji.monitoring.models import Measured, Span

SILENT_SECONDS = 15.0
FORGOTTEN_AFTER, MINUTE = timedelta(minutes=15), timedelta(minutes=1)


def silent(now: datetime) -> dict[str, float]:
    """Process → seconds since it wrote: who did a while ago and does not now, as far as nobody new has taken the place."""
    rows = Measured.objects.filter(span=Span.MINUTE, at__gte=now - FORGOTTEN_AFTER).exclude(process="")
    seen = rows.values_list("process").annotate(first=Min("at"), last=Max("written_at")).order_by("last")
    gone, alive = dict[str, datetime](), list[datetime]()
    for name, first, last in seen:
        if (now - last).total_seconds() > SILENT_SECONDS:
            gone[name] = last
        else:
            alive.append(first + MINUTE)
    for name, last in list(gone.items()):
        if after := next((began for began in sorted(alive) if began > last), None):
            alive.remove(after)
            del gone[name]
    return {name: (now - last).total_seconds() for name, last in gone.items()}
