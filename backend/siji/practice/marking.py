"""The marking desk: the pile, one script beside all that helps to mark it, and the mark.

A mark is a row that is only added; the newest one stands. A second identical press adds nothing.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from siji.accounts.auth import require_teacher, whose
from siji.accounts.models import User
from siji.bank.content import content_of
from siji.bank.reading import Reveal, anchors_of, item_out, points_of, references_of, rubric_out
from siji.practice import scores
from siji.practice.automarking.reading import feedback_view, machine_view
from siji.practice.automarking.standing import standing_of
from siji.practice.feedback.reading import written_of
from siji.practice.models import Mark, MarkerKind, Script, ScriptState
from siji.practice.records import record
from siji.practice.reporting import mark_view
from siji.practice.rows import held_for_update, read_what_belongs_to, scripts_of
from siji.practice.schemas import DeskCounts, DeskRow, DeskScript
from siji.practice.topics import tell
from siji.practice.trust.appeals import APPEAL, appeal_view, is_open
from siji.practice.trust.telling import tell_marked
from siji.problems import Refusal, not_found, refusal_on
from siji.storage.prepared import Prepared, put_prefetched

NEEDS_A_PERSON = Q(state=ScriptState.WAITING, is_doubtful=True) | Q(appeal__isnull=False, appeal__decided_at__isnull=True)
"""The engines are far apart, know too little or failed the checks; or a student has appealed."""


def script_to_mark(script_id: int, user: User) -> Script:
    """As ``desk_view`` shows it. Raises Refusal: 403 for a student, 404 for what this person may not mark."""
    require_teacher(user)
    script = _script.first(user.role, pk=script_id, **whose(user))
    if script is None:
        raise not_found()
    return script


def _of_pile(role: str, *, pk: int, user: int | None = None) -> QuerySet[Script]:
    rows = _with_newest_mark(_assigned(User(pk=user, role=role))).filter(pk=pk)
    return rows.select_related("attempt__student", "attempt__assignment__course", "attempt__paper", *APPEAL).defer(
        "attempt__result", "attempt__sheet", "attempt__assignment__course__search", "attempt__paper__search"
    )


def lines(user: User) -> QuerySet[Script]:
    """The same with only what ``row_view`` shows."""
    rows = _with_newest_mark(_assigned(user)).select_related("attempt__student", "attempt__assignment__course", "appeal")
    return rows.only(*SHOWN).prefetch_related("machine_marks")


SHOWN = (
    *("slot", "words", "state", "is_doubtful", "text", "attempt__submitted_at", "attempt__closed_at", "appeal__decided_at"),
    *("attempt__student__name", "attempt__student__student_number"),
    *("attempt__assignment__title", "attempt__assignment__course__name"),
)


def _with_newest_mark(scripts: QuerySet[Script]) -> QuerySet[Script]:
    newest = Mark.objects.filter(script=OuterRef("pk")).order_by("-pk").values("value")[:1]
    return scripts.annotate(newest_mark=Subquery(newest))


def _assigned(user: User) -> QuerySet[Script]:
    require_teacher(user)
    return Script.objects.marked_by(user).filter(attempt__assignment__isnull=False, attempt__closed_at__isnull=False)


def narrowed(
    scripts: QuerySet[Script], *, course: int | None, assignment: int | None, slot: str, state: str, needs: bool = False
) -> QuerySet[Script]:
    asked = {
        "attempt__assignment__course": course,
        "attempt__assignment": assignment,
        "slot": slot or None,
        "state": state or None,
    }
    found = scripts.filter(**{field: value for field, value in asked.items() if value is not None})
    return found.filter(NEEDS_A_PERSON) if needs else found


def row_view(script: Script) -> DeskRow:
    attempt, assignment = script.attempt, script.attempt.assignment
    if assignment is None or attempt.closed_at is None:
        raise not_found()
    machine = standing_of(script)
    newest: int | None = script.newest_mark  # type: ignore[attr-defined]  # annotated by _with_newest_mark
    return DeskRow(
        id=script.pk,
        slot=script.slot,
        student_name=attempt.student.name,
        student_number=attempt.student.student_number,
        course=assignment.course_id,
        course_name=assignment.course.name,
        assignment=assignment.pk,
        assignment_title=assignment.title,
        words=script.words,
        state="marked" if script.state == ScriptState.MARKED else "waiting",
        mark=newest if script.state == ScriptState.MARKED else None,
        provisional=machine.shown.value if machine.shown is not None and script.state != ScriptState.MARKED else None,
        doubts=list(machine.doubts) if script.state != ScriptState.MARKED else [],
        is_appealed=is_open(script),
        submitted_at=attempt.submitted_at or attempt.closed_at,
    )


def desk_view(script: Script) -> DeskScript:
    """One of ``script_to_mark`` with its task, references, bands, anchors and history, and where to go next."""
    read_what_belongs_to(script)
    paper = script.attempt.paper
    item = content_of(paper).items[script.slot]
    rubric = rubric_out(item)
    if rubric is None:
        raise not_found()
    place = _place.first(assignment=script.attempt.assignment_id, slot=script.slot, script=script.pk)
    waiting, marked, following, first = place or NOTHING_LEFT
    return DeskScript(
        row=row_view(script),
        text=script.text,
        task=item_out(paper, script.slot, reveal=Reveal.EXAM),
        references=references_of(paper).get(script.slot, []),
        points=points_of(item),
        rubric=rubric,
        anchors=anchors_of(item),
        marks=[mark_view(mark) for mark in sorted(script.marks.all(), key=lambda mark: -mark.pk)],
        machine=machine_view(script, shows_second=True),
        feedback=feedback_view(script, shows_keys=True),
        written=written_of(script, shows_keys=True),
        appeal=appeal_view(script),
        next=following or first,
        counts=DeskCounts(waiting=waiting, marked=marked),
    )


def _in_its_pile(_: None, *, assignment: int, slot: str, script: int) -> QuerySet[Script, Any]:
    """How many of the same task wait and are marked, the next one that waits after this script, and the first."""
    waits = Q(state=ScriptState.WAITING)
    pile = Script.objects.filter(attempt__assignment=assignment, attempt__closed_at__isnull=False, slot=slot).order_by()
    counted = pile.values("slot").annotate(
        waiting=Count("pk", filter=waits),
        marked=Count("pk", filter=Q(state=ScriptState.MARKED)),
        following=Min("pk", filter=waits & Q(pk__gt=script)),
        first=Min("pk", filter=waits & ~Q(pk=script)),
    )
    return counted.values_list("waiting", "marked", "following", "first")


def _may_be_marked(role: str, *, pk: int, user: int | None = None) -> QuerySet[Script, int]:
    return Script.objects.marked_by(User(pk=user, role=role)).filter(pk=pk).values_list("pk", flat=True)


_theirs = Prepared(Script, _may_be_marked, pk=-1, user=-2)
_script = Prepared(Script, _of_pile, pk=-1, user=-2)
_place = Prepared(Script, _in_its_pile, assignment=-1, slot="?", script=-2)
NOTHING_LEFT = (0, 0, None, None)
"""Of a task whose last script was taken back meanwhile."""


def mark_script(*, script: Script, value: int, comment: str, by: User) -> Mark:
    """The mark that stands now. The same mark with the same words by the same person is not added again.

    Raises Refusal: 403 for a student, 404 for a script of somebody else's course, 409 ``not_for_marking`` outside a course.
    """
    require_teacher(by)
    if _theirs.first(by.role, pk=script.pk, **whose(by)) is None:
        raise not_found()
    with transaction.atomic():
        attempt = held_for_update(script.attempt_id)
        scripts = scripts_of(attempt)
        script = next(each for each in scripts if each.pk == script.pk)
        if attempt.closed_at is None:
            raise Refusal(
                "not_closed", zh="这次作答已重新开放，交卷以后才能批改。", en="It was reopened: mark it once it is closed."
            )
        rubric_id = content_of(attempt.paper).items[script.slot].rubric_id
        if rubric_id is None or script.state == ScriptState.UNASSIGNED:
            raise Refusal("not_for_marking", zh="这份作文不在批改范围内。", en="This script is not for marking.")
        newest = script.latest_mark
        if newest is not None and script.state == ScriptState.MARKED and _is_same(newest, value, comment, by):
            return newest
        _refuse_without_reason(newest, script, value, comment)
        mark = Mark.objects.create(
            script=script, value=value, comment=comment, kind=MarkerKind.TEACHER, marker=by, rubric_id=rubric_id
        )
        put_prefetched([script], "marks", [*script.marks.all(), mark], by="script")
        script.state = ScriptState.MARKED
        script.save(update_fields=["state"])
        scores.settle(attempt, scripts=scripts)
        record(by, "script.marked", attempt, script=script.pk, slot=script.slot, value=value)
        tell_marked(attempt, mark)
        tell(attempt)
    return mark


def _refuse_without_reason(newest: Mark | None, script: Script, value: int, comment: str) -> None:
    """A mark that the student has seen and that no person gave is set aside with a word why. An appeal is decided, not marked."""
    if is_open(script):
        raise Refusal("appeal_is_open", zh="学生已申诉，请在申诉里作出决定。", en="There is an appeal: decide it instead.")
    is_released = newest is not None and newest.kind == MarkerKind.MODEL and script.state == ScriptState.MARKED
    if is_released and newest is not None and newest.value != value and not comment.strip():
        raise refusal_on(
            "comment",
            "reason_needed",
            zh="改动已公布的 AI 分数要写明理由，学生能看到。",
            en="Say why the released mark is changed.",
        )


def _is_same(mark: Mark, value: int, comment: str, by: User) -> bool:
    return (mark.value, mark.comment, mark.marker_id, mark.kind) == (value, comment, by.pk, MarkerKind.TEACHER)
