"""Hearing again what a lost network missed, as the teacher decides: these spans and nothing else, once, by the server's time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from siji.accounts.models import User
from siji.practice.audio import Replay, is_listening_open, listening_of, spans_of, standing_of
from siji.practice.closing import close_if_due
from siji.practice.deciding_schemas import AudioGrantOut, MissedOut, Span
from siji.practice.listening import Track, merged, part_of
from siji.practice.models import Attempt, AudioGap, AudioGrant
from siji.practice.records import decided_before, record, require_its_student, require_its_teacher
from siji.practice.reporting import gap_view
from siji.practice.rows import held_for_update
from siji.practice.timing import database_now, sheet_of
from siji.practice.topics import tell
from siji.problems import Refusal, not_found


def grant_audio(
    *, attempt_id: UUID, gaps: Sequence[int], minutes: int, reason: str, by: User, key: UUID | None = None
) -> AudioGrant:
    """The student may hear these gaps again (none named: all that wait) if they begin within so many minutes.

    The same ``key`` again finds the first leave. Raises Refusal: 403 for anybody but its teacher; 409 ``closed``, ``no_audio``,
    ``listening_is_locked``, ``grant_is_open``; 422 ``nothing_missed``.
    """
    close_if_due(attempt_id=attempt_id)
    with transaction.atomic():
        attempt = held_for_update(attempt_id)
        require_its_teacher(attempt, by)
        before = decided_before(attempt.audio_grants.all(), key)
        if before is not None:
            return before
        now = database_now()
        track, position = _heard(attempt, now)
        _refuse_while_one_is_open(attempt, track, now)
        wanted = _wanted(attempt, gaps).filter(from_ms__lt=position)
        spans = [list(span) for span in merged(wanted.values_list("from_ms", "to_ms"), until_ms=position)]
        if not spans:
            raise Refusal(
                "nothing_missed",
                zh="没有可以补播的部分：这名学生没有报告漏播，或已经补播过。",
                en="There is nothing to play again: no gap was reported, or all were granted.",
                status=422,
            )
        grant = AudioGrant.objects.create(
            attempt=attempt, spans=spans, reason=reason, by=by, at=now, until=now + timedelta(minutes=minutes), key=key
        )
        wanted.update(grant=grant)
        attempt.audio_grant = grant
        attempt.save(update_fields=["audio_grant"])
        record(by, "attempt.audio_granted", attempt, grant=grant.pk, spans=spans, minutes=minutes, reason=reason)
        tell(attempt)
    return grant


def _heard(attempt: Attempt, now: datetime) -> tuple[Track, int]:
    """The track and how far the server is in it: what lies after that was not missed yet."""
    if attempt.closed_at is not None:
        raise Refusal(
            "closed",
            zh="这次作答已经结束。可以先重新开放，或在作业里设置例外，让这名学生再考一次。",
            en="This attempt is closed: reopen it first, or give another attempt by an exception.",
        )
    heard = listening_of(attempt, now, is_free=False)
    if heard.track is None or not sheet_of(attempt).is_timed:
        raise Refusal("no_audio", zh="这次作答没有听力，不能补播。", en="This attempt has no audio to play again.")
    if heard.state == "over" and not is_listening_open(attempt, now):
        raise _listening_is_locked()
    return heard.track, heard.position_ms


def _listening_is_locked() -> Refusal:
    return Refusal(
        "listening_is_locked",
        zh="听力部分已经锁定，再听也不能作答了。可以在作业里设置例外，让这名学生再考一次。",
        en="The listening part is locked: what is heard could not be answered. Give another attempt by an exception instead.",
    )


def _refuse_while_one_is_open(attempt: Attempt, track: Track, now: datetime) -> None:
    grant = attempt.audio_grant
    if grant is not None and standing_of(grant, part_of(track, spans_of(grant)), now) in ("waiting", "playing"):
        raise Refusal(
            "grant_is_open",
            zh="上一次补播还没有听完。等学生听完或过了时限，再批下一次。",
            en="The last leave is not used up: wait until it was heard or its time has passed.",
        )


def _wanted(attempt: Attempt, gaps: Sequence[int]) -> QuerySet[AudioGap]:
    """Those named, or all that were not granted; what was granted and never begun counts as not granted."""
    rows = AudioGap.objects.filter(attempt=attempt)
    if gaps:
        return rows.filter(pk__in=gaps)
    return rows.filter(Q(grant__isnull=True) | Q(grant__started_at__isnull=True))


def start_replay(*, attempt_id: UUID, grant_id: int, student: User) -> Attempt:
    """Its time runs from now on; a second press finds the first start.

    Raises Refusal: 403, 404; 409 ``listening_is_locked``, ``grant_expired``, ``still_playing``.
    """
    close_if_due(attempt_id=attempt_id)
    with transaction.atomic():
        attempt = held_for_update(attempt_id)
        require_its_student(attempt, student)
        grant = attempt.audio_grant
        if grant is None or grant.pk != grant_id:
            raise not_found()
        now = database_now()
        if grant.started_at is None:
            _refuse_a_start(attempt, grant, now)
            grant.started_at = now
            grant.save(update_fields=["started_at"])
            record(student, "attempt.replay_started", attempt, grant=grant.pk)
            tell(attempt)
    return attempt


def _refuse_a_start(attempt: Attempt, grant: AudioGrant, now: datetime) -> None:
    if not is_listening_open(attempt, now):
        raise _listening_is_locked()
    if now >= grant.until:
        raise Refusal(
            "grant_expired", zh="已经过了补听的时限，请告诉老师。", en="The time to begin has passed: tell your teacher."
        )
    if listening_of(attempt, now, is_free=False).state == "playing":
        raise Refusal(
            "still_playing",
            zh="听力还在播放，播完以后再补听漏掉的部分。",
            en="The track is still playing: hear what you missed after it.",
        )


def missed_of(attempt: Attempt, now: datetime) -> MissedOut:
    """For its teacher: what was missed, and what was granted. Three queries."""
    gaps = list(attempt.audio_gaps.select_related("grant").order_by("from_ms", "to_ms"))
    grants = attempt.audio_grants.select_related("by").order_by("-pk")
    track = listening_of(attempt, now, is_free=False).track
    return MissedOut(
        gaps=[gap_view(gap) for gap in gaps],
        missed_ms=missed_ms(gaps),
        grants=[_grant_view(grant, track, now) for grant in grants],
    )


def missed_ms(gaps: Iterable[AudioGap]) -> int:
    """How much of the track was missed and not granted; ``gaps`` come with their grants."""
    waiting = [(gap.from_ms, gap.to_ms) for gap in gaps if gap.grant is None or gap.grant.started_at is None]
    return sum(end - first for first, end in merged(waiting, until_ms=sys.maxsize))


def _grant_view(grant: AudioGrant, track: Track | None, now: datetime) -> AudioGrantOut:
    return AudioGrantOut(
        id=grant.pk,
        spans=[Span(from_ms=first, to_ms=end) for first, end in grant.spans],
        length_ms=sum(end - first for first, end in grant.spans),
        reason=grant.reason,
        by=grant.by.name,
        at=grant.at,
        until=grant.until,
        started_at=grant.started_at,
        state=state_of(grant, track, now),
    )


def state_of(grant: AudioGrant, track: Track | None, now: datetime) -> Replay:
    """``track``: what this attempt hears; None where it is gone, so that nothing can be heard any more."""
    return "over" if track is None else standing_of(grant, part_of(track, spans_of(grant)), now)
