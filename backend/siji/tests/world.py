"""A small school in which every operation of the interface has something to act on, made once and through the actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from siji.accounts.models import Role, User
from siji.ai.keys import encrypt
from siji.ai.models import ModelCall, ModelSettings
from siji.bank.audio.recordings import set_recording
from siji.bank.models import Paper
from siji.bank.tests.test_recordings import recording
from siji.conftest import make_user
from siji.courses import actions as teaching
from siji.courses import assigning
from siji.courses.models import Assignment, Course, CourseStatus, Roster
from siji.courses.roster.actions import preview_roster, start_import
from siji.jobs import work
from siji.jobs.models import Job, JobState
from siji.practice.audio import report_gap
from siji.practice.clock import MINUTE
from siji.practice.closing import submit_attempt
from siji.practice.granting import grant_audio, start_replay
from siji.practice.models import Attempt, AudioGrant, Script
from siji.practice.protocol import Sent
from siji.practice.saving import save_answers
from siji.practice.starting import start_attempt
from siji.practice.tests.acting import set_elapsed
from siji.practice.tests.papers import make_paper
from siji.teaching.models import Draft, Run, Syllabus, Unit
from siji.teaching.runs.actions import approve, decide_questions, start_run
from siji.teaching.runs.stages import NAMES
from siji.teaching.syllabi import add_syllabus
from siji.uploads.actions import Received, Wish, append, create_upload
from siji.uploads.models import Upload

SYLLABUS = ("一、课程性质\n" + "本课程面向本科一、二年级学生，旨在提高听说读写译的能力。\n" * 3).encode()
ROSTER = "学号,姓名\n2024{number},王小雨\n"


@dataclass(frozen=True)
class People:
    """Who asks. ``student`` and ``classmate`` are in the course of ``teacher``; ``stranger`` is a student of no course."""

    student: User
    classmate: User
    stranger: User
    teacher: User
    other_teacher: User
    admin: User
    leaver: User
    """Was in the course."""
    promoted: User
    """Is in the course and has become an administrator since."""


@dataclass(frozen=True)
class Papers:
    exam: Paper
    """Set as an exam; has a track."""
    free: Paper
    """May be practised by anybody."""
    recorded: Paper
    draft: Paper


@dataclass(frozen=True)
class Work:
    """What is set in the course: an exam that has begun, one handed in, one with a gap, a room that waits, and practice."""

    exam: Assignment
    handed_in: Assignment
    missed: Assignment
    room: Assignment
    practice: Assignment


@dataclass(frozen=True)
class Attempts:
    """All of ``student``."""

    sitting: UUID
    """In the exam, listening."""
    handed_in: UUID
    """Closed, with an essay that waits for its mark and an answer that came late."""
    missed: UUID
    """After the track, hearing again what was missed of it."""
    practice: UUID
    """Set by the teacher."""
    own_practice: UUID
    own_exam: UUID
    """Closed."""


@dataclass(frozen=True)
class World:
    people: People
    papers: Papers
    course: Course
    draft_course: Course
    other_course: Course
    work: Work
    attempts: Attempts
    script: Script
    own_script: Script
    """Of ``attempts.own_exam``: nobody's to mark."""
    grant: int
    """Of ``attempts.missed``."""
    roster: Roster
    """Looked at, not imported."""
    imported: Roster
    job: int
    model_settings: ModelSettings
    """The import, asked for by ``people.teacher``."""
    sending: Upload
    """Begun by ``people.teacher``: 3 of 8 bytes are here."""
    sent: Upload
    sent_recording: Upload
    """Theirs too, whole, and nothing was made of it yet."""
    syllabus: Syllabus
    """Read."""
    spare_syllabus: Syllabus
    run: Run
    """Of ``syllabus``: every stage approved, with no question; not published."""


def build() -> World:
    """Call in a transaction, under a SIJI_HOME of its own."""
    people, papers = _people(), _papers()
    set_recording(paper=papers.recorded, data=recording(15, kbits=32), by=people.teacher)
    course = _course("大学英语四级", people.teacher, [people.student, people.classmate, people.leaver, people.promoted])
    teaching.remove_student(by=people.teacher, course=course, student=people.leaver)
    User.objects.filter(pk=people.promoted.pk).update(role=Role.ADMIN)
    draft = _course("明年的四级", people.teacher, [people.student], status=CourseStatus.DRAFT)
    other = _course("大学英语六级", people.other_teacher, [])
    set_work = _work(course, papers, people)
    attempts = _attempts(set_work, papers, people.student)
    imported, job = _imported(course, people.teacher)
    syllabus = _syllabus(course, people.teacher)
    return World(
        people=people,
        papers=papers,
        course=course,
        draft_course=draft,
        other_course=other,
        work=set_work,
        attempts=attempts,
        script=Script.objects.get(attempt=attempts.handed_in, slot="W"),
        own_script=Script.objects.get(attempt=attempts.own_exam, slot="W"),
        grant=AudioGrant.objects.get(attempt=attempts.missed).pk,
        roster=_roster(course, people.teacher, "101"),
        imported=imported,
        job=job,
        sending=_uploaded(people.teacher, SYLLABUS[:8], whole=False),
        sent=_uploaded(people.teacher, SYLLABUS),
        sent_recording=_uploaded(people.teacher, recording(15, kbits=32)),
        syllabus=syllabus,
        spare_syllabus=_syllabus(course, people.teacher),
        run=_run(course, people.teacher, syllabus),
        model_settings=_model(people.student),
    )


SETTINGS: dict[str, Any] = {
    "is_on": True,
    "model": "deepseek-flash",
    "dialect": "deepseek",
    "price_miss": 2_000_000,
    "price_hit": 40_000,
    "price_output": 8_000_000,
    "calls_at_once": 8,
    "calls_per_minute": 600,
    "connections": 8,
    "day_budget": 1_000_000,
    "user_day_budget": None,
    "course_day_budget": None,
    "hourly_cost": 0,
    "breaker_failures": 5,
    "breaker_pause": 15,
}


def _model(payer: User) -> ModelSettings:
    """A model that is set up, and a call that somebody's work has paid for. Nothing is asked."""
    now = timezone.now()
    ModelCall.objects.create(
        purpose="world", prompt="world@1", model="m", reserved=1, payer_user=payer.pk, day=now.date(), deadline_at=now
    )
    endpoint = settings.MODEL_ENDPOINTS[0]
    return ModelSettings.objects.create(endpoint=endpoint, key_cipher=encrypt("sk-secret"), **SETTINGS)


def _people() -> People:
    return People(
        student=make_user("student", student_number="2024001"),
        classmate=make_user("classmate", student_number="2024002"),
        stranger=make_user("stranger"),
        teacher=make_user("teacher", Role.TEACHER),
        other_teacher=make_user("other_teacher", Role.TEACHER),
        admin=make_user("admin", Role.ADMIN),
        leaver=make_user("leaver"),
        promoted=make_user("promoted"),
    )


def _papers() -> Papers:
    draft = make_paper("draft-paper", with_audio=True)
    draft.is_published = False
    draft.save(update_fields=["is_published"])
    return Papers(exam=make_paper(with_audio=True), free=make_paper(), recorded=make_paper(), draft=draft)


def _course(name: str, teacher: User, students: Sequence[User], *, status: str = CourseStatus.ACTIVE) -> Course:
    course = teaching.create_course(teacher=teacher, name=name, status=status)
    for student in students:
        teaching.enrol(course=course, student=student, by=teacher)
    return course


def _work(course: Course, papers: Papers, people: People) -> Work:
    def setting(title: str, paper: Paper, **fields: object) -> Assignment:
        return assigning.create_assignment(by=people.teacher, course=course, fields={"title": title, "paper": paper.pk, **fields})

    made = Work(
        exam=setting("期末模拟", papers.exam),
        missed=setting("第二次模拟", papers.exam),
        handed_in=setting("期中模拟", papers.exam, key_release="by_teacher"),
        room=setting("机房考试", papers.exam, start="room"),
        practice=setting("练习", papers.free, mode="practice"),
    )
    extra = {"extra_percent": 25}
    assigning.put_exception(by=people.teacher, assignment=made.exam, student_id=people.classmate.pk, fields=extra)
    return made


def _attempts(setting: Work, papers: Papers, student: User) -> Attempts:
    def begin(paper: Paper, mode: str, assignment: Assignment | None = None) -> Attempt:
        return start_attempt(student=student, paper=paper, mode=mode, assignment=assignment)[0]

    sitting = begin(papers.exam, "exam", setting.exam)
    set_elapsed(sitting.pk, 31 * MINUTE)
    report_gap(attempt=sitting, from_ms=0, to_ms=1000, reason="network")
    return Attempts(
        sitting=sitting.pk,
        handed_in=_handed_in(begin(papers.exam, "exam", setting.handed_in)),
        own_exam=_handed_in(begin(papers.free, "exam")),
        missed=_hearing_again(begin(papers.exam, "exam", setting.missed)),
        practice=begin(papers.free, "practice", setting.practice).pk,
        own_practice=begin(papers.free, "practice").pk,
    )


def _hearing_again(attempt: Attempt) -> UUID:
    """Nearly the whole track, so that it lasts while the tests do."""
    set_elapsed(attempt.pk, 40 * MINUTE)
    report_gap(attempt=attempt, from_ms=0, to_ms=480_000, reason="network")
    teacher = attempt.assignment.course.teacher if attempt.assignment else attempt.student
    grant = grant_audio(attempt_id=attempt.pk, gaps=[], minutes=5, reason="停电", by=teacher)
    return start_replay(attempt_id=attempt.pk, grant_id=grant.pk, student=attempt.student).pk


def _handed_in(attempt: Attempt) -> UUID:
    """With an essay in time, and the first answer too late."""
    for elapsed, slot in ((0, "W"), (60 * MINUTE, "1")):
        set_elapsed(attempt.pk, elapsed)
        save_answers(attempt_id=attempt.pk, student=attempt.student, batch=[Sent(slot, 1, "A")])
    return submit_attempt(attempt_id=attempt.pk).pk


def _roster(course: Course, teacher: User, number: str) -> Roster:
    return preview_roster(by=teacher, course=course, filename="名单.csv", data=ROSTER.format(number=number).encode())


def _uploaded(owner: User, data: bytes, *, whole: bool = True) -> Upload:
    wish = Wish(key=f"key-{uuid4().hex}", filename="大纲.txt", length=len(data))
    upload = create_upload(by=owner, wish=wish)
    piece = Received(data if whole else data[:3], offset=0, checksum=None)
    return append(upload_id=upload.pk, by=owner, piece=piece)


def _syllabus(course: Course, teacher: User) -> Syllabus:
    syllabus = add_syllabus(by=teacher, course=course, upload_id=_uploaded(teacher, SYLLABUS).pk, title="教学大纲")
    work.run(syllabus.job_id or 0)
    syllabus.refresh_from_db()
    return syllabus


def _run(course: Course, teacher: User, syllabus: Syllabus) -> Run:
    fields = {"hours": 8, "session_hours": 2, "engine": "builtin"}
    run = start_run(by=teacher, course=course, syllabus=syllabus, fields=fields)
    for name in NAMES:
        _work_off_stages()
        draft = Draft.objects.get(stage__run=run, stage__name=name)
        if name == "questions":
            keys = [one["key"] for one in draft.body["questions"]]
            draft = decide_questions(by=teacher, run=run, base=draft.version, keys=keys, state="refused")
        approve(by=teacher, run=run, name=name, draft_id=draft.pk)
    Unit.objects.create(course=course, run=run, number=99, title="听力", hours=2, body={})  # as of an earlier publication
    return run


def _work_off_stages() -> None:
    while job := Job.objects.filter(kind="teaching.stage", state=JobState.QUEUED).first():
        work.run(job.pk)


def _imported(course: Course, teacher: User) -> tuple[Roster, int]:
    roster = _roster(course, teacher, "102")
    job = start_import(by=teacher, roster=roster)
    work.run(job.pk)
    return roster, job.pk
