"""What a report says of the versions of a text. Only what the reader may see: rewrites are nobody's but their student's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from siji.accounts.models import User
from siji.practice.automarking.standing import Standing, standing_of
from siji.practice.models import Attempt, Engine, MachineMark, MarkerKind, Script, ScriptState
from siji.practice.rewriting.rules import Fault, compare, faults_between
from siji.practice.rewriting.schemas import AdviceTaken, Rewriting, TextComparison, TextFault, TextPiece, TextVersion, VersionMark
from siji.problems import Words
from siji.storage.prepared import Prepared


def rewritings_of(attempt: Attempt, scripts: Iterable[Script], reader: User) -> dict[str, Rewriting]:
    """By slot, for a student only. ``scripts`` are the attempt's, with their marks; keys are shown to this reader."""
    if not reader.is_student:
        return {}
    own = list(scripts)
    versions = _versions(attempt, own, reader)
    found: dict[str, Rewriting] = {}
    for script in own:
        chain = versions.get(attempt.rewrite_of_id or script.pk, [])
        place = next((place for place, one in enumerate(chain) if one.pk == script.pk), None)
        may_rewrite = is_rewritable(script, reader)
        if place is not None and (may_rewrite or len(chain) > 1):
            found[script.slot] = Rewriting(
                may_rewrite=may_rewrite,
                versions=[_version(one, number) for number, one in enumerate(chain, start=1)],
                this=place + 1,
                compared=_compared(chain[0], script) if place else None,
            )
    return found


def is_rewritable(script: Script, reader: User) -> bool:
    """Its student may, once somebody or something has marked it."""
    is_marked = script.state == ScriptState.MARKED or standing_of(script).shown is not None
    return is_marked and bool(script.text.strip()) and reader.is_student and script.attempt.student_id == reader.pk


def _rewrites_of(_: object, *, attempt: UUID, student: int) -> QuerySet[Script, int]:
    rows = Script.objects.filter(attempt__rewrite_of__attempt=attempt, attempt__student=student, attempt__closed_at__isnull=False)
    return rows.values_list("pk", flat=True)[:1]


_rewrites = Prepared(Script, _rewrites_of, attempt=UUID(int=0), student=-1)


def _versions(attempt: Attempt, own: Sequence[Script], reader: User) -> Mapping[int, list[Script]]:
    """First script → it and its rewrites, all handed in, in the order of their attempts. Mostly there are none."""
    if attempt.rewrite_of_id is None and _rewrites.first(attempt=attempt.pk, student=reader.pk) is None:
        return {script.pk: [script] for script in own}
    firsts = [attempt.rewrite_of_id or script.pk for script in own]
    rows = (
        Script.objects.visible_to(reader)
        .filter(Q(pk__in=firsts) | Q(attempt__rewrite_of__in=firsts), attempt__closed_at__isnull=False)
        .select_related("attempt")
        .defer("attempt__sheet", "attempt__result")
        .with_marks()
        .order_by("attempt_id")
    )
    found: dict[int, list[Script]] = defaultdict(list)
    for script in rows:
        found[script.attempt.rewrite_of_id or script.pk].append(script)
    return {first: chain for first, chain in found.items() if chain[0].pk == first}


def _version(script: Script, number: int) -> TextVersion:
    attempt, standing = script.attempt, standing_of(script)
    if attempt.closed_at is None:
        raise ValueError("a version is handed in")
    return TextVersion(
        attempt=attempt.pk,
        number=number,
        submitted_at=attempt.submitted_at or attempt.closed_at,
        words=script.words,
        mark=_mark(script, standing),
        builtin=standing.builtin.value if standing.builtin else None,
    )


KINDS: Mapping[MarkerKind, Literal["teacher", "rule", "model"]] = {
    MarkerKind.TEACHER: "teacher",
    MarkerKind.RULE: "rule",
    MarkerKind.MODEL: "model",
}


def _mark(script: Script, standing: Standing) -> VersionMark | None:
    """The mark that stands, else the one that is shown meanwhile."""
    newest = script.latest_mark
    if newest is not None and script.state == ScriptState.MARKED:
        name = newest.marker.name if newest.marker else ""
        return VersionMark(value=newest.value, by=KINDS[MarkerKind(newest.kind)], marker=name, is_provisional=False)
    shown = standing.shown
    if shown is None or shown.value is None:
        return None
    by: Literal["model", "builtin"] = "model" if shown.engine == Engine.MODEL else "builtin"
    return VersionMark(value=shown.value, by=by, marker="", is_provisional=True)


def _compared(first: Script, script: Script) -> TextComparison:
    pieces = [TextPiece(change=piece.change, text=piece.text) for piece in compare(first.text, script.text)]
    before, after = standing_of(first).builtin, standing_of(script).builtin
    if before is None or after is None:
        return TextComparison(pieces=pieces, advice=None, faults_gone=None, faults_left=None, faults_new=None)
    faults = faults_between(_faults(before), _faults(after))
    return TextComparison(
        pieces=pieces,
        advice=_advice(before, after),
        faults_gone=_shown(faults.gone),
        faults_left=_shown(faults.left),
        faults_new=_shown(faults.new),
    )


def _advice(before: MachineMark, after: MachineMark) -> list[AdviceTaken]:
    still = [Words.model_validate(each) for each in after.feedback["next"]]
    given = [Words.model_validate(each) for each in before.feedback["next"]]
    return [AdviceTaken(words=words, is_done=words not in still) for words in given]


def _faults(row: MachineMark) -> list[Fault]:
    return [Fault(each["kind"], each["quote"], each["better"]) for each in row.feedback["inline"]]


def _shown(faults: Iterable[Fault]) -> list[TextFault]:
    return [TextFault.model_validate({"kind": one.kind, "quote": one.quote, "better": one.better}) for one in faults]
