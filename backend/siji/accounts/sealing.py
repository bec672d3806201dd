"""The audit log as a chain: whoever changes or removes a row that is sealed breaks every digest after it.

Rows are written by many at once and are not chained as they are written: that would make every sign-in of a campus wait for the
one before. They are sealed a few seconds later, by one process at a time, in the order in which they became visible. Until then
the database's own refusal to change or delete (migration 0005) is all that protects a row. The digest has no secret in it, so
that a backup can be verified anywhere; who owns the database could make the whole chain anew, which shows only where its head
was kept elsewhere: ``siji audit verify`` prints it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC

from django.db import transaction
from django.db.models import Max

from siji.accounts.models import AuditEntry, AuditSeal
from siji.storage.locks import is_mine_now

LOCK = 0x51A0D17
AT_ONCE = 1000
LOOKS_BACK = 10_000
"""Ids are given out before rows become visible: so far behind the newest sealed one a late row is still looked for each time."""


def seal(*, everything: bool = False) -> int:
    """How many were sealed; 0 while another process does it. ``everything``: wherever they stand, however many."""
    total = 0
    while done := _seal_some(everything):
        total += done
        if not everything:
            break
    return total


@transaction.atomic
def _seal_some(everything: bool) -> int:
    if not is_mine_now(LOCK):
        return 0
    last = AuditSeal.objects.order_by("-position").first()
    position, digest = (last.position, last.digest) if last else (0, "")
    found = AuditEntry.objects.filter(seal__isnull=True)
    if not everything:
        newest = AuditSeal.objects.aggregate(id=Max("entry_id"))["id"] or 0
        found = found.filter(pk__gt=newest - LOOKS_BACK)
    seals = []
    for entry in found.order_by("pk")[:AT_ONCE]:
        position, digest = position + 1, digest_of(entry, digest)
        seals.append(AuditSeal(position=position, entry=entry, digest=digest))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True, slots=True)
class Verified:
    entries: int
    head: str
    """The digest of the last; it stands for all before it."""
    broken_at: int | None
    """The first position that is not what was sealed."""


def verify() -> Verified:
    """Reads the whole log, in pieces."""
    position, digest = 0, ""
    for one in AuditSeal.objects.select_related("entry").order_by("position").iterator(chunk_size=2000):
        position += 1
        digest = digest_of(one.entry, digest)
        if one.position != position or one.digest != digest:
            return Verified(position - 1, digest, position)
    is_short = AuditSeal.objects.count() != position
    return Verified(position, digest, position + 1 if is_short else None)


def digest_of(entry: AuditEntry, before: str) -> str:
    told = [before, entry.pk, entry.at.astimezone(UTC).isoformat(), entry.actor_id, entry.action, entry.subject]
    text = json.dumps([*told, entry.detail, entry.address], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
