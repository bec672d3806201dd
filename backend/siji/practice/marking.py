"""The marking desk: the pile, one script beside all that helps to mark it, and the mark.

A mark is a row that is only added; the newest one stands. A second identical press adds nothing.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from siji.accounts.auth import require_teacher
from siji.accounts.models import User
from siji.bank.content import content_of
from siji.bank.reading import Reveal, anchors_of, item_out, points_of, references_of, rubric_out
from siji.practice import scores
from siji.practice.automarking.reading import feedback_view, machine_view
from siji.practice.automarking.standing import standing_of
from siji.practice.feedback.reading import written_of
from siji.practice.models import Appeal, Mark, MarkerKind, Script, ScriptState
from siji.practice.records import record
from siji.practice.reporting import mark_view
from siji.practice.rows import held_for_update
from siji.practice.schemas import DeskCounts, DeskRow, DeskScript
from siji.practice.timing import database_now
from siji.practice.topics import tell
from siji.practice.trust.appeals import APPEAL, appeal_view, is_open
from siji.practice.trust.telling import tell_marked
from siji.problems import Refusal, not_found, refusal_on

NEEDS_A_PERSON = Q(state=ScriptState.WAITING, is_doubtful=True) | Q(appeal__isnull=False, appeal__decided_at__isnull=True)
"""The engines are far apart, know too little or failed the checks; or a student has appealed."""


def pile(user: User) -> QuerySet[Script]:
    """What this person may mark, ready for ``desk_view``. Raises Refusal (403) for a student."""
    rows = _with_marks(_assigned(user))
    return rows.select_related("attempt__student", "attempt__assignment__course", "attempt__paper", *APPEAL).defer(
        "attempt__result", "attempt__sheet", "attempt__assignment__course__search", "attempt__paper__search"
    )


def lines(user: User) -> QuerySet[Script]:
    """The same with only what ``row_view`` shows."""
    rows = _with_marks(_assigned(user)).select_related("attempt__student", "attempt__assignment__course", "appeal")
    return rows.only(*SHOWN)


SHOWN = (
    *("slot", "words", "state", "is_doubtful", "text", "attempt__submitted_at", "attempt__closed_at", "appeal__decided_at"),
    *("attempt__student__name", "attempt__student__student_number"),
    *("attempt__assignment__title", "attempt__assignment__course__name"),
)


def _with_marks(scripts: QuerySet[Script]) -> QuerySet[Script]:
    newest = Mark.objects.filter(script=OuterRef("pk")).order_by("-pk").values("value")[:1]
    return scripts.annotate(newest_mark=Subquery(newest)).prefetch_related("machine_marks")


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
    newest: int | None = script.newest_mark  # type: ignore[attr-defined]  # annotated by pile()
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


def desk_view(script: Script, user: User) -> DeskScript:
    """The script with its task, references, bands, anchors and history, and where to go next."""
    paper = script.attempt.paper
    item = content_of(paper).items[script.slot]
    rubric = rubric_out(item)
    if rubric is None:
        raise not_found()
    same_pile = _assigned(user).filter(attempt__assignment=script.attempt.assignment_id, slot=script.slot)
    counts = same_pile.aggregate(
        waiting=Count("pk", filter=Q(state=ScriptState.WAITING)), marked=Count("pk", filter=Q(state=ScriptState.MARKED))
    )
    return DeskScript(
        row=row_view(script),
        text=script.text,
        task=item_out(paper, script.slot, reveal=Reveal.EXAM),
        references=references_of(paper).get(script.slot, []),
        points=points_of(item),
        rubric=rubric,
        anchors=anchors_of(item),
        marks=[mark_view(mark) for mark in script.marks.select_related("marker").order_by("-pk")],
        machine=machine_view(script, shows_second=True),
        feedback=feedback_view(script, shows_keys=True),
        written=written_of(script, shows_keys=True),
        appeal=appeal_view(script),
        next=_next(same_pile, script),
        counts=DeskCounts(**counts),
    )


def _next(same_pile: QuerySet[Script], script: Script) -> int | None:
    """The next one that waits after this, else the first that waits."""
    waiting = same_pile.filter(state=ScriptState.WAITING).exclude(pk=script.pk).order_by("pk")
    after = waiting.filter(pk__gt=script.pk).values_list("pk", flat=True).first()
    return after or waiting.values_list("pk", flat=True).first()


def mark_script(*, script: Script, value: int, comment: str, by: User) -> Mark:
    """The mark that stands now. The same mark with the same words by the same person is not added again.

    Raises Refusal: 403 for a student, 404 for a script of somebody else's course, 409 ``not_for_marking`` outside a course.
    """
    require_teacher(by)
    if not Script.objects.marked_by(by).filter(pk=script.pk).exists():
        raise not_found()
    with transaction.atomic():
        attempt = held_for_update(script.attempt_id)
        script = attempt.scripts.get(pk=script.pk)
        if attempt.closed_at is None:
            raise Refusal(
                "not_closed", zh="这次作答已重新开放，交卷以后才能批改。", en="It was reopened: mark it once it is closed."
            )
        rubric_id = content_of(attempt.paper).items[script.slot].rubric_id
        if rubric_id is None or script.state == ScriptState.UNASSIGNED:
            raise Refusal("not_for_marking", zh="这份作文不在批改范围内。", en="This script is not for marking.")
        newest = script.marks.order_by("-pk").first()
        if newest is not None and script.state == ScriptState.MARKED and _is_same(newest, value, comment, by):
            return newest
        _refuse_without_reason(newest, script, value, comment)
        mark = Mark.objects.create(
            script=script, value=value, comment=comment, kind=MarkerKind.TEACHER, marker=by, rubric_id=rubric_id
        )
        Script.objects.filter(pk=script.pk).update(state=ScriptState.MARKED)
        scores.settle(attempt, at=database_now())
        record(by, "script.marked", attempt, script=script.pk, slot=script.slot, value=value)
        tell_marked(attempt, mark)
        tell(attempt)
    return mark


def _refuse_without_reason(newest: Mark | None, script: Script, value: int, comment: str) -> None:
    """A mark that the student has seen and that no person gave is set aside with a word why. An appeal is decided, not marked."""
    if Appeal.objects.filter(script=script, decided_at__isnull=True).exists():
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
