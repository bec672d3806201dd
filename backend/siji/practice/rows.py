"""What belongs to one attempt, read by queries whose text is kept: each look, each mark and each closing reads most of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from siji.practice.models import (
    Answer,
    Attempt,
    AudioGap,
    LateAcceptance,
    LateAnswer,
    MachineMark,
    Mark,
    Script,
    WrittenFeedback,
)
from siji.practice.trust.appeals import APPEAL
from siji.storage.now import ClockTimestamp
from siji.storage.prepared import Prepared, put_prefetched

NONE = UUID(int=0)


def held_for_update(attempt_id: UUID) -> Attempt:
    """The row under its lock: savers (who hold it for share) are through, and the next ones wait. Raises Attempt.DoesNotExist."""
    attempt = _held.first(pk=attempt_id)
    if attempt is None:
        raise Attempt.DoesNotExist(f"no attempt {attempt_id}")
    return attempt


def script_as_asked(payload: Mapping[str, Any]) -> Script | None:
    """What a job was asked to look at; None where its text is another one by now: that one has jobs of its own."""
    script = _asked.first(pk=payload["script"])
    return script if script is not None and script.digest == payload["digest"] else None


def answers_of(attempt: Attempt) -> list[tuple[str, int, str]]:
    """Slot, seq and value of what was on time."""
    return _answers.all(attempt=attempt.pk)


def accepted_of(attempt: Attempt) -> list[tuple[str, int, str]]:
    """The same of late values whose acceptance stands."""
    return _accepted.all(attempt=attempt.pk)


def late_answers_of(attempt: Attempt) -> list[LateAnswer]:
    """In the order in which they came, with their acceptances."""
    late = _late.all(attempt=attempt.pk)
    decisions = LateAcceptance.objects.select_related("by", "withdrawn_by").order_by("pk")
    prefetch_related_objects(late, Prefetch("acceptances", decisions))
    return late


def audio_gaps_of(attempt: Attempt) -> list[AudioGap]:
    """In the track's order."""
    return _gaps.all(attempt=attempt.pk)


def scripts_of(attempt: Attempt) -> list[Script]:
    """In their order, with their marks, machine marks and appeal."""
    scripts = _with_machine_marks(_scripts.all(attempt=attempt.pk), attempt)
    put_prefetched(scripts, "marks", _marks.all(attempt=attempt.pk), by="script")
    return scripts


def read_what_belongs_to(script: Script) -> None:
    """Its marks with their markers, machine marks and written feedback: three queries. Its row stays as it was read."""
    attempt = script.attempt_id
    put_prefetched([script], "machine_marks", _machine_marks.all(attempt=attempt), by="script")
    put_prefetched([script], "marks", _marks.all(attempt=attempt), by="script")
    put_prefetched([script], "written", _written.all(attempt=attempt), by="script")


def as_new(scripts: list[Script], marks: list[Mark]) -> list[Script]:
    """The same of scripts made in this transaction, of which there is nothing but these marks. Costs no query."""
    put_prefetched(scripts, "machine_marks", [], by="script")
    put_prefetched(scripts, "marks", marks, by="script")
    for script in scripts:
        Script._meta.get_field("appeal").set_cached_value(script, None)
    return scripts


def scripts_as_written(attempt: Attempt) -> list[Script]:
    """In their order, with their machine marks and written feedback; ``read_at`` is the moment by the database's clock."""
    scripts = _with_machine_marks(_read.all(attempt=attempt.pk), attempt)
    put_prefetched(scripts, "written", _written.all(attempt=attempt.pk), by="script")
    return scripts


def _with_machine_marks(scripts: list[Script], attempt: Attempt) -> list[Script]:
    for script in scripts:
        script.attempt = attempt
    put_prefetched(scripts, "machine_marks", _machine_marks.all(attempt=attempt.pk), by="script")
    return scripts


def _lock(_: None, pk: UUID) -> QuerySet[Attempt]:
    return Attempt.objects.with_everything().select_for_update(of=("self",)).filter(pk=pk)


def _ask(_: None, pk: int) -> QuerySet[Script]:
    return Script.objects.select_related("attempt__student", "attempt__paper", "attempt__assignment__course").filter(pk=pk)


def _answer(_: None, attempt: UUID) -> QuerySet[Answer, Any]:
    return Answer.objects.filter(attempt=attempt).values_list("slot", "seq", "value")


def _accept(_: None, attempt: UUID) -> QuerySet[LateAcceptance, Any]:
    standing = LateAcceptance.objects.filter(attempt=attempt, withdrawn_at__isnull=True)
    return standing.values_list("slot", "late__seq", "late__value")


def _come_late(_: None, attempt: UUID) -> QuerySet[LateAnswer]:
    return LateAnswer.objects.filter(attempt=attempt).order_by("saved_at", "pk")


def _gap(_: None, attempt: UUID) -> QuerySet[AudioGap]:
    return AudioGap.objects.filter(attempt=attempt).order_by("from_ms", "to_ms")


def _script(attempt: UUID) -> QuerySet[Script]:
    return Script.objects.filter(attempt=attempt).order_by("pk")


def _mark(_: None, attempt: UUID) -> QuerySet[Mark]:
    return Mark.objects.filter(script__attempt=attempt).select_related("marker")


_held = Prepared(Attempt, _lock, pk=NONE, is_for_write=True)
_asked = Prepared(Script, _ask, pk=-1)
_answers = Prepared(Answer, _answer, attempt=NONE)
_accepted = Prepared(LateAcceptance, _accept, attempt=NONE)
_late = Prepared(LateAnswer, _come_late, attempt=NONE)
_gaps = Prepared(AudioGap, _gap, attempt=NONE)
_scripts = Prepared(Script, lambda _, attempt: _script(attempt).select_related(*APPEAL), attempt=NONE)
_read: Prepared[Script] = Prepared(Script, lambda _, attempt: _script(attempt).annotate(read_at=ClockTimestamp()), attempt=NONE)
_marks = Prepared(Mark, _mark, attempt=NONE)
_machine_marks = Prepared(MachineMark, lambda _, attempt: MachineMark.objects.filter(script__attempt=attempt), attempt=NONE)
_written = Prepared(WrittenFeedback, lambda _, attempt: WrittenFeedback.objects.filter(script__attempt=attempt), attempt=NONE)
