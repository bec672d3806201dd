"""History is bounded: the minutes of all processes become one row, 48 hours of minutes become hours, 90 days of hours end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from siji.monitoring.collecting import KEPT_MINUTES
from siji.monitoring.models import Measured, Span
from siji.monitoring.series import Measures, together
from siji.storage.locks import is_mine_now
from siji.storage.now import database_now

FOLDED_AFTER = timedelta(minutes=KEPT_MINUTES + 10)
MINUTES_KEPT = timedelta(hours=48)
HOURS_KEPT = timedelta(days=90)
LOCK = 0x516A_0001
AT_ONCE = 3000
"""Rows a run: after a pause it takes several, and none holds much memory."""


def fold(*, at: datetime | None = None) -> None:
    """One at a time in the cluster; whoever comes second has nothing to do."""
    now = at or database_now()
    with transaction.atomic():
        if is_mine_now(LOCK):
            _fold_minutes(now - FOLDED_AFTER)
            _make_hours(now - FOLDED_AFTER)
            Measured.objects.filter(
                Q(span=Span.MINUTE, at__lt=now - MINUTES_KEPT) | Q(span=Span.HOUR, at__lt=now - HOURS_KEPT)
            ).delete()


def _fold_minutes(before: datetime) -> None:
    minutes = Measured.objects.filter(span=Span.MINUTE, at__lt=before)
    due = minutes.exclude(process="").order_by("at").values_list("at", flat=True)[:AT_ONCE]
    _replace(list(minutes.filter(at__in=sorted(set(due)))))


def _replace(rows: Sequence[Measured]) -> None:
    by_moment: dict[datetime, list[Measured]] = defaultdict(list)
    for row in rows:
        by_moment[row.at].append(row)
    Measured.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Measured.objects.bulk_create(_sum_of(Span.MINUTE, at, found) for at, found in by_moment.items())


def _make_hours(before: datetime) -> None:
    """Hours that have ended and are not made yet, from their folded minutes."""
    newest = Measured.objects.filter(span=Span.HOUR).order_by("-at").values_list("at", flat=True).first()
    folded = Measured.objects.filter(span=Span.MINUTE, process="", at__lt=_hour(before)).order_by("at")
    if newest is not None:
        folded = folded.filter(at__gte=newest + timedelta(hours=1))
    if Measured.objects.filter(span=Span.MINUTE, at__lt=_hour(before)).exclude(process="").exists():
        return  # the rest of an hour is still to be folded: the next run makes it
    by_hour: dict[datetime, list[Measured]] = defaultdict(list)
    for row in folded[:AT_ONCE]:
        by_hour[_hour(row.at)].append(row)
    hours = [_sum_of(Span.HOUR, at, rows) for at, rows in by_hour.items()]
    Measured.objects.bulk_create(hours)
    if hours:
        _add_to_the_total(hours)


def _add_to_the_total(hours: Sequence[Measured]) -> None:
    """Hours end after 90 days; a counter that is read from outside must not fall then."""
    before = Measured.objects.filter(span=Span.EVER).first()
    sums = _sum_of(Span.EVER, max(hour.at for hour in hours) + timedelta(hours=1), [*([before] if before else []), *hours])
    Measured.objects.filter(span=Span.EVER).delete()
    sums.save()


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _sum_of(span: Span, at: datetime, rows: Sequence[Measured]) -> Measured:
    data = together(Measures.from_json(row.data) for row in rows).to_json()
    return Measured(span=span, at=at, process="", data=data)
