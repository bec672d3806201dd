"""When an assignment may be begun, and what it closes meanwhile: from rows to the pure rules. Times are the database's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone

from siji.accounts.models import User
from siji.bank.models import Paper
from siji.courses.models import (
    Assignment,
    AssignmentException,
    AssignmentMode,
    CourseStatus,
    Enrollment,
    LatePolicy,
    Progress,
    ProgressStatus,
    StartKind,
)
from siji.courses.opening import Closed, Permission, Terms, decide
from siji.courses.secrecy import SetExam, Wait, longest_wait
from siji.problems import Refusal, not_found
from siji.storage.now import database_now
from siji.storage.prepared import Prepared


def may_start(*, assignment: Assignment, student: User, at: datetime, made: int) -> Permission:
    """Whether this student may begin an attempt now, having ``made`` so many.

    Raises Refusal: 404 outside the course; 409 ``course_not_active``, ``not_open_yet``, ``window_closed``, ``no_attempts_left``.
    """
    if not Enrollment.objects.active().filter(course=assignment.course_id, student=student).exists():
        raise not_found()
    if assignment.course.status != CourseStatus.ACTIVE:
        raise Refusal("course_not_active", zh="课程没有开放，不能开始作答。", en="The course is not active.")
    terms = terms_for(assignment, exception_of(assignment, student))
    decided = decide(terms, made=made, at=at)
    if isinstance(decided, Permission):
        return decided
    raise _closed(decided, terms)


def terms_for(assignment: Assignment, own: AssignmentException | None) -> Terms:
    opens_at, closes_at = window_of(assignment, own)
    return Terms(
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=assignment.attempts_allowed + (own.extra_attempts if own else 0),
        takes_late=assignment.late_policy == LatePolicy.FLAG,
        extra_percent=own.extra_percent if own else 0,
    )


def own_terms(assignment: Assignment) -> Terms:
    """Of an assignment read ``with_own_terms``."""
    return Terms(
        opens_at=assignment.own_opens_at,
        closes_at=assignment.own_closes_at,
        attempts=assignment.own_attempts,
        takes_late=assignment.late_policy == LatePolicy.FLAG,
        extra_percent=assignment.own_extra_percent,
    )


def _closed(why: Closed, terms: Terms) -> Refusal:
    match why:
        case "not_open_yet":
            zh, en = _moment(terms.opens_at)
            return Refusal(why, zh=f"{zh}才开放，请到时再来。", en=f"This assignment opens at {en}: come back then.")
        case "window_closed":
            zh, en = _moment(terms.closes_at)
            return Refusal(
                why,
                zh=f"已在 {zh}截止，不能再开始。有特殊情况请找老师。",
                en=f"The window closed at {en}. Ask your teacher if you had a reason.",
            )
    return Refusal(why, zh="作答次数已经用完。", en="No attempts are left.")


def _moment(at: datetime | None) -> tuple[str, str]:
    if at is None:
        return "", ""
    local = timezone.localtime(at)
    return f"{local.month} 月 {local.day} 日 {local:%H:%M} ", f"{local:%Y-%m-%d %H:%M}"


def exception_of(assignment: Assignment, student: User) -> AssignmentException | None:
    return assignment.exceptions.filter(student=student).first()


def window_of(assignment: Assignment, own: AssignmentException | None) -> tuple[datetime | None, datetime | None]:
    """Opening and closing for one student."""
    if own is None:
        return assignment.opens_at, assignment.closes_at
    return own.opens_at or assignment.opens_at, own.closes_at or assignment.closes_at


def refuse_if_set(*, paper: Paper, student: User, at: datetime) -> None:
    """Raises Refusal (409 ``paper_is_set``) while any version of this paper is set as an exam for this student."""
    wait = wait_for_keys(paper=paper, student=student, at=at)
    if wait is not None:
        raise paper_is_set(wait)


def paper_is_set(wait: Wait) -> Refusal:
    zh, en = _moment(wait.until)
    return Refusal(
        "paper_is_set",
        zh=f"这套试卷已布置为考试「{wait.title}」：考试结束、答案公布之前{f'（不早于 {zh.strip()}）' if zh else ''}，"
        "只能从那个作业进入，答案、原文和自由播放暂不开放。",
        en=f"This paper is set as the exam “{wait.title}”: until it is over{f' (not before {en})' if en else ''}, "
        "open it from that assignment only; keys, transcripts and free listening are closed.",
    )


def wait_for_keys(*, paper: Paper, student: User, at: datetime) -> Wait | None:
    """What the keys of this paper, in any version, wait for as far as this student is concerned; None where they are free."""
    return longest_wait(exams_set_to(student, slug=paper.slug), at)


def waits_by_paper(student: User) -> dict[str, Wait]:
    """Slug → what its keys wait for now; papers whose keys are free are not in it. One query, and the time where it matters."""
    exams: dict[str, list[SetExam]] = {}
    for exam in exams_set_to(student):
        exams.setdefault(exam.paper, []).append(exam)
    if not exams:
        return {}
    at = database_now()
    return {slug: wait for slug, own in exams.items() if (wait := longest_wait(own, at)) is not None}


READ = (
    *("pk", "title", "paper__slug", "key_release", "keys_released_at", "closes_at", "start", "room_started_at", "course__status"),
    *("my_status", "i_write", "others_write", "my_closes_at", "latest_exception", "may_come_late"),
)


def exams_set_to(student: User, *, slug: str | None = None) -> list[SetExam]:
    """Exams of the student's active courses, and any they have sat or are sitting, wherever that was. One query."""
    given: dict[str, Any] = {"student": student.pk} if slug is None else {"student": student.pk, "slug": slug}
    return [_standing(row) for row in _exams.all(slug is None, **given)]


def _exams_of(is_any: bool, *, student: int, slug: str = "") -> QuerySet[Assignment, Any]:
    """Every look at a practice, a report or the papers asks it, and Django takes 5 ms to build it. ``is_any``: of any paper."""
    who = User(pk=student)
    active = Enrollment.objects.active().filter(student=who, course__status=CourseStatus.ACTIVE)
    sat = Progress.objects.filter(student=who).exclude(status=ProgressStatus.NOT_STARTED).values("assignment")
    # A union and not an OR: PostgreSQL answers "in these or in those" by looking at every assignment there is.
    concerns = Assignment.objects.filter(course__in=active.values("course_id")).values("pk").union(sat)
    exams = Assignment.objects.filter(pk__in=concerns, mode=AssignmentMode.EXAM)
    wanted = exams if is_any else exams.filter(paper__slug=slug)
    rows: QuerySet[Assignment, Any] = _with_standing(wanted, who).order_by("pk").values(*READ)
    return rows


_exams = Prepared(Assignment, _exams_of, student=-1, slug="?")


def _with_standing(exams: QuerySet[Assignment], student: User) -> QuerySet[Assignment]:
    rows = Progress.objects.filter(assignment=OuterRef("pk"))
    mine = rows.filter(student=student)
    own = AssignmentException.objects.filter(assignment=OuterRef("pk"), student=student)
    there = Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student"))
    windows = AssignmentException.objects.filter(Exists(there), assignment=OuterRef("pk")).order_by().values("assignment")
    return exams.annotate(
        my_status=Subquery(mine.values("status")),
        i_write=Exists(mine.filter(writing_since__isnull=False)),
        others_write=Exists(rows.filter(writing_since__isnull=False).exclude(student=student)),
        my_closes_at=Subquery(own.values("closes_at")),
        latest_exception=Subquery(windows.annotate(latest=Max("closes_at")).values("latest")),
        may_come_late=Case(When(late_policy=LatePolicy.FLAG, then=Exists(who_has_not_sat())), default=Value(False)),
    )


def who_has_not_sat() -> QuerySet[Enrollment]:
    """Of an assignment's course; who is excused is not waited for."""
    their = {"assignment": OuterRef(OuterRef("pk")), "student": OuterRef("student")}
    sat = Progress.objects.filter(**their, status=ProgressStatus.COMPLETED)
    excused = AssignmentException.objects.filter(**their, is_excused=True)
    return Enrollment.objects.active().filter(~Exists(sat), ~Exists(excused), course=OuterRef("course"))


def _standing(row: dict[str, Any]) -> SetExam:
    """``row`` comes from ``_exams``."""
    closes_at = row["closes_at"]
    return SetExam(
        assignment=row["pk"],
        title=row["title"],
        paper=row["paper__slug"],
        mine="writing" if row["i_write"] else "handed_in" if row["my_status"] == ProgressStatus.COMPLETED else "not_sat",
        release=row["key_release"],
        is_released=row["keys_released_at"] is not None,
        closes_at=row["my_closes_at"] or closes_at,
        last_closes_at=None if closes_at is None else max(closes_at, row["latest_exception"] or closes_at),
        awaits_room=row["start"] == StartKind.ROOM and row["room_started_at"] is None,
        may_come_late=row["may_come_late"],
        others_write=row["others_write"],
        is_course_active=row["course__status"] == CourseStatus.ACTIVE,
    )
