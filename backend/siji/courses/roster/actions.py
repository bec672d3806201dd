"""Preview, import, and the initial passwords that are shown once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from siji.accounts import audit
from siji.accounts.actions import one_time_password
from siji.accounts.models import Role, User
from siji.courses import progress, telling
from siji.courses.actions import subject
from siji.courses.changed import course_changed
from siji.courses.models import Course, Enrollment, Roster
from siji.courses.roster import rules
from siji.courses.roster.rules import Known, Line, NoHeading, Row
from siji.courses.roster.tables import read_table
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.jobs.work import Permanent, Work
from siji.problems import Refusal, refusal_on

KEEP_PASSWORDS = timedelta(hours=24)
KEEP_PREVIEWS = timedelta(days=7)
HASHES_A_STEP = 20


def preview_roster(*, by: User, course: Course, filename: str, data: bytes) -> Roster:
    """What the file would do. Nothing of the course is changed. Raises Refusal (422) for what cannot be read."""
    lines = read_table(filename, data)
    place, columns = _heading(lines)
    if len(lines) <= place + 1:
        raise _no_students()
    rows = _checked(course, lines[place + 1 :], columns)
    return Roster.objects.create(course=course, by=by, filename=filename[:200], rows=[asdict(row) for row in rows])


def _heading(lines: list[Line]) -> tuple[int, dict[str, int]]:
    if not lines:
        raise _no_students()
    try:
        return rules.heading_of(lines)
    except NoHeading as error:
        zh = f"第一行要有“学号”和“姓名”两列，现在是：{error}"
        en = f"The first line must name a student number and a name; it says: {error}"
        raise refusal_on("file", "no_heading", zh=zh, en=en) from error


def _no_students() -> Refusal:
    zh = "文件里没有学生。第一行是表头，从第二行起每行一位学生。"
    en = "No students: a heading line, then one student a line."
    return refusal_on("file", "empty", zh=zh, en=en)


def _checked(course: Course, lines: list[Line], columns: dict[str, int]) -> list[Row]:
    cells = [line.cells[place] for line in lines for place in columns.values() if place < len(line.cells)]
    texts = {rules.plain_text(cell) for cell in cells} - {""}
    enrolled = set(course.enrollments.active().values_list("student_id", flat=True))
    by_number = {one.student_number: one for one in _known(enrolled, student_number__in=texts)}
    names = {text.lower() for text in texts}
    by_username = {one.username.lower(): one for one in _known(enrolled, lower__in=names)}
    return rules.check_rows(lines, columns, by_number=by_number, by_username=by_username)


def _known(enrolled: set[int], **which: object) -> list[Known]:
    people = User.objects.annotate(lower=Lower("username")).filter(**which)
    return [
        Known(one.pk, one.username, one.name, one.student_number, one.is_student, one.pk in enrolled)
        for one in people
        if one.student_number or "lower__in" in which
    ]


def start_import(*, by: User, roster: Roster) -> Job:
    """The job that imports it; asking twice finds the same. Raises Refusal (409 ``has_errors``)."""
    if any(row["action"] == "error" for row in roster.rows):
        raise Refusal(
            "has_errors",
            zh="名单还有错误，没有导入任何人。请改好文件后重新上传。",
            en="The roster has errors and nobody was imported: mend the file and upload it again.",
        )
    payload = {"roster": roster.pk}
    return enqueue(kind="courses.import_roster", key=f"roster:{roster.pk}", payload=payload, owner=by)


def import_roster(work: Work) -> dict[str, int]:
    """The job. Checks once more against the people of now; hashes outside the transaction; then all or nothing."""
    roster = Roster.objects.select_related("course", "by").get(pk=work.payload["roster"])
    rows = _still_right(roster)
    creating = [row for row in rows if row.action == "create"]
    passwords = [one_time_password() for _ in creating]
    hashes = []
    for place, password in enumerate(passwords):
        hashes.append(make_password(password))
        if place % HASHES_A_STEP == 0:
            work.progress(place, len(rows))
    with transaction.atomic():
        result = _apply(roster, rows, list(zip(creating, passwords, hashes, strict=True)))
        work.progress(len(rows), len(rows))
        work.finish(dict(result))
    return result


def _still_right(roster: Roster) -> list[Row]:
    fields = list(rules.HEADINGS)
    lines = [Line(row["line"], tuple(row.get(field, "") for field in fields)) for row in roster.rows]
    rows = _checked(roster.course, lines, {field: place for place, field in enumerate(fields)})
    if wrong := next((row for row in rows if row.action == "error"), None):
        raise Permanent(
            f"第 {wrong.line} 行：{wrong.problem} 没有导入任何人。 · Line {wrong.line}: {wrong.problem_en} Nobody was imported."
        )
    return rows


def _apply(roster: Roster, rows: list[Row], created: list[tuple[Row, str, str]]) -> dict[str, int]:
    course, by = roster.course, roster.by
    progress.lock_course(course.pk)
    people = User.objects.bulk_create(
        User(
            username=row.username,
            name=row.name,
            email=row.email,
            role=Role.STUDENT,
            student_number=row.student_number,
            administrative_class=row.administrative_class,
            is_minor=rules.is_minor(row),
            must_change_password=True,
            password=hashed,
        )
        for row, _, hashed in created
    )
    audit.record_each(
        actor=by,
        action="user.created",
        subjects=[f"user:{person.pk}" for person in people],
        detail={"role": Role.STUDENT, "roster": roster.pk},
    )
    marked = [row.person for row in rows if row.person is not None and rules.is_minor(row)]
    User.objects.filter(pk__in=marked, is_minor=False).update(is_minor=True)  # a file never takes the mark away
    joining = [person.pk for person in people] + [row.person for row in rows if row.action == "enrol"]
    Enrollment.objects.bulk_create(
        (Enrollment(course=course, student_id=person) for person in joining),
        update_conflicts=True,
        unique_fields=["course", "student"],
        update_fields=["is_active"],
    )
    progress.make_rows(course.pk)
    progress.recount(course.pk)
    counts = {"created": len(people), "enrolled": len(joining) - len(people), "unchanged": len(rows) - len(joining)}
    accounts = [
        {"username": row.username, "name": row.name, "student_number": row.student_number, "password": password}
        for row, password, _ in created
    ]
    Roster.objects.filter(pk=roster.pk).update(accounts=accounts, imported_at=Now())
    audit.record(
        actor=by, action="roster.imported", subject=subject(course), detail={"roster": roster.pk, "students": joining, **counts}
    )
    course_changed(course, students=joining)
    telling.tell_imported(roster, created=counts["created"], enrolled=counts["enrolled"])
    return counts


def take_accounts(*, by: User, roster: Roster) -> list[dict[str, str]]:
    """The initial passwords, once, for whoever imported them. Raises Refusal (409 ``taken``, ``not_imported``)."""
    with transaction.atomic():
        row = Roster.objects.select_for_update().get(pk=roster.pk)
        if row.imported_at is None:
            raise Refusal("not_imported", zh="名单还没有导入完成。", en="The roster has not been imported yet.")
        if row.taken_at is not None or Roster.objects.filter(_expired(), pk=row.pk).exists():
            raise Refusal(
                "taken",
                zh="初始密码只显示一次，已经取走或超过 24 小时。忘记的可以在学生名单里逐个重置。",
                en="The initial passwords were shown once, or 24 hours are over: reset single passwords in the student list.",
            )
        accounts: list[dict[str, str]] = row.accounts
        Roster.objects.filter(pk=row.pk).update(accounts=[], taken_at=Now())
        audit.record(actor=by, action="roster.passwords_taken", subject=f"course:{row.course_id}", detail={"roster": row.pk})
    return accounts


def _expired() -> Q:
    return Q(imported_at__lt=Now() - KEEP_PASSWORDS)


def forget_passwords() -> int:
    """Initial passwords that nobody took within a day, and previews that nobody imported within a week."""
    Roster.objects.filter(imported_at=None, created_at__lt=Now() - KEEP_PREVIEWS).delete()
    old = Roster.objects.filter(_expired(), taken_at=None)
    return old.update(accounts=[], taken_at=F("imported_at"))
