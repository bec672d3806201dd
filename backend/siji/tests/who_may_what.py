"""Who may do what: for every operation of the interface, what each kind of person gets.

Read a row as a sentence: ``GET /assignments/{assignment_id}`` is for THE_COURSE, so its students, its teacher and an
administrator get it, and to anybody else it does not exist. An operation has more rows where it depends on what is asked about.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from siji.accounts.models import Notice
from siji.conftest import PASSWORD
from siji.monitoring.models import Alert, Channel, Silence
from siji.monitoring.notifications.sealing import sealed
from siji.practice.models import AnchorMark, Appeal, Mark, Script, ScriptState
from siji.storage.now import database_now
from siji.teaching.models import Draft
from siji.tests.rows import (
    ADMINISTRATORS,
    ANYBODY,
    CONFLICT,
    HIDDEN,
    ITS_JUDGES,
    ITS_OWNER,
    ITS_READERS,
    ITS_STAFF,
    ITS_STUDENT,
    ITS_TEACHER,
    MISSES,
    NO_STAFF,
    OK,
    OUT,
    REFUSED,
    SEES,
    SIGNED_IN,
    STAFF,
    STREAM,
    STUDENTS,
    THE_COURSE,
    Row,
    but,
    gets,
)
from siji.tests.world import SETTINGS, World


def names() -> tuple[str, bytes]:
    return "名单.csv", "学号,姓名\n2024103,赵一\n".encode()


def told(w: World) -> int:
    """A notice to ``student``."""
    return Notice.objects.filter(person=w.people.student).latest("pk").pk


ACCOUNTS = [
    Row("POST /session", ANYBODY, body=lambda w: {"username": w.people.student.username, "password": PASSWORD}),
    Row("DELETE /session", SIGNED_IN),
    Row("GET /me", SIGNED_IN),
    Row("PUT /me/password", SIGNED_IN, body=lambda w: {"old": PASSWORD, "new": "Another-horse-5"}),
    Row("DELETE /me/sessions", SIGNED_IN),
    Row("GET /me/notices", gets(OUT, SEES, MISSES, MISSES, MISSES, MISSES, MISSES), sees=lambda w: f"'id': {told(w)},"),
    Row("POST /me/notices/readings", gets(OUT, OK, *[HIDDEN] * 5), body=lambda w: {"notice": told(w)}),
    Row("GET /me/notice-preferences", SIGNED_IN),
    Row("PUT /me/notice-preferences", SIGNED_IN, body=lambda w: {"wanted": {}}),
    Row("GET /users", ADMINISTRATORS),
    Row("POST /users", ADMINISTRATORS, body=lambda w: {"username": "newcomer", "name": "新来的"}),
    Row("PATCH /users/{user_id}", ADMINISTRATORS, body=lambda w: {"role": "admin"}),
    Row("POST /users/{user_id}/password-resets", ADMINISTRATORS),
    Row("DELETE /users/{user_id}/sessions", ADMINISTRATORS),
    Row("PUT /users/{user_id}/guardian-consent", ADMINISTRATORS, body=lambda _: {"how": "家长签字，存档 12 号"}),
    Row("DELETE /users/{user_id}/guardian-consent", ADMINISTRATORS),
    Row("POST /users/{user_id}/exports", ADMINISTRATORS),
    Row(
        "POST /users/{user_id}/erasures",
        ADMINISTRATORS,
        about=lambda w: {"user_id": w.people.stranger.pk},
        body=lambda w: {"username": w.people.stranger.username, "blank_scripts": True},
    ),
    Row("GET /audit", ADMINISTRATORS),
]


def draft_paper(w: World) -> dict[str, Any]:
    return {"paper_id": w.papers.draft.pk}


def recorded(w: World) -> dict[str, Any]:
    return {"paper_id": w.papers.recorded.pk}


THREE_STARTS = {"starts": [{"section": f"listening-{name}", "start_ms": number * 300_000} for number, name in enumerate("abc")]}
DRAFT = gets(OUT, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK)
STAFFS_DRAFT = gets(OUT, REFUSED, REFUSED, REFUSED, HIDDEN, HIDDEN, OK)

SEARCH = [
    Row("GET /search", SIGNED_IN),
]

PAPERS = [
    Row("GET /papers", gets(OUT, MISSES, MISSES, MISSES, MISSES, MISSES, SEES), sees=lambda w: w.papers.draft.slug),
    Row("GET /papers/{paper_id}", SIGNED_IN),
    Row("GET /papers/{paper_id}", DRAFT, "a draft", draft_paper),
    Row("GET /papers/{paper_id}/content", STAFF),
    Row("GET /papers/{paper_id}/content", STAFFS_DRAFT, "a draft", draft_paper),
    Row("GET /papers/{paper_id}/audio", STAFF),
    Row("GET /papers/{paper_id}/audio", STAFFS_DRAFT, "a draft", draft_paper),
    Row("POST /papers/{paper_id}/tracks", STAFF),
    Row("POST /papers/{paper_id}/tracks", STAFFS_DRAFT, "a draft", draft_paper),
    Row(
        "POST /papers/{paper_id}/recordings",
        ITS_TEACHER,
        body=lambda w: {"upload": w.sent_recording.pk},
    ),
    Row("POST /papers/{paper_id}/recordings", NO_STAFF, "a draft", draft_paper, body=lambda w: {"upload": w.sent_recording.pk}),
    Row("PUT /papers/{paper_id}/recordings/sections", STAFF, about=recorded, body=lambda _: THREE_STARTS),
    Row("DELETE /papers/{paper_id}/recordings", STAFF, about=recorded),
]


def room(w: World) -> dict[str, Any]:
    return {"assignment_id": w.work.room.pk}


def elsewhere(w: World) -> dict[str, Any]:
    """The same student, roster and so on, asked for through a course they do not belong to."""
    return {"course_id": w.other_course.pk}


def leaver(w: World) -> dict[str, Any]:
    return {"user_id": w.people.leaver.pk}


def promoted(w: World) -> dict[str, Any]:
    return {"user_id": w.people.promoted.pk}


def imported(w: World) -> dict[str, Any]:
    return {"roster_id": w.imported.pk}


def classmate(w: World) -> dict[str, Any]:
    return {"user_id": w.people.classmate.pk}


def set_exam(w: World) -> dict[str, Any]:
    return {"paper": w.papers.exam.pk, "title": "补考"}


COURSES = [
    Row("GET /courses", gets(OUT, SEES, SEES, MISSES, SEES, MISSES, SEES), sees=lambda w: w.course.name),
    Row("GET /courses", gets(OUT, MISSES, MISSES, MISSES, SEES, MISSES, SEES), "a draft", sees=lambda w: w.draft_course.name),
    Row("POST /courses", STAFF, body=lambda w: {"name": "四级冲刺"}),
    Row("GET /courses/{course_id}", gets(OUT, MISSES, MISSES, HIDDEN, SEES, HIDDEN, SEES), sees=lambda w: w.course.code),
    Row(
        "GET /courses/{course_id}",
        gets(OUT, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN, OK),
        "a draft",
        lambda w: {"course_id": w.draft_course.pk},
    ),
    Row("PUT /courses/{course_id}/teacher", ITS_STAFF, body=lambda w: {"username": w.people.other_teacher.username}),
    Row("PATCH /courses/{course_id}", ITS_STAFF, body=lambda w: {"status": "archived"}),
    Row("POST /enrollments", STUDENTS, body=lambda w: {"code": w.course.code}),
    Row("GET /me/progress", STUDENTS),
    Row("GET /me/assignments", gets(OUT, SEES, SEES, MISSES, MISSES, MISSES, MISSES), sees=lambda w: w.work.room.title),
    Row("GET /courses/{course_id}/students", ITS_STAFF),
    Row("DELETE /courses/{course_id}/students/{user_id}", ITS_STAFF),
    Row("DELETE /courses/{course_id}/students/{user_id}", NO_STAFF, "of another course", elsewhere),
    Row("POST /courses/{course_id}/students/{user_id}", ITS_STAFF, about=leaver),
    Row("POST /courses/{course_id}/students/{user_id}", NO_STAFF, "of another course", elsewhere),
    Row("POST /courses/{course_id}/students/{user_id}/password-resets", ITS_STAFF),
    Row("POST /courses/{course_id}/students/{user_id}/password-resets", NO_STAFF, "of another course", elsewhere),
    Row("POST /courses/{course_id}/students/{user_id}/password-resets", NO_STAFF, "who has left", leaver),
    Row("POST /courses/{course_id}/students/{user_id}/password-resets", NO_STAFF, "who has become staff", promoted),
    Row("POST /courses/{course_id}/assignments", ITS_STAFF, body=set_exam),
    Row("GET /assignments/{assignment_id}", THE_COURSE),
    Row("PATCH /assignments/{assignment_id}", ITS_STAFF, body=lambda w: {"title": "期末"}),
    Row("DELETE /assignments/{assignment_id}", ITS_STAFF, about=room),
    Row("POST /assignments/{assignment_id}/room-start", ITS_STAFF, about=room),
    Row("POST /assignments/{assignment_id}/key-release", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/exceptions", ITS_STAFF),
    Row("PUT /assignments/{assignment_id}/exceptions", ITS_STAFF, body=lambda w: {"student": w.people.student.pk}),
    Row(
        "PUT /assignments/{assignment_id}/exceptions",
        NO_STAFF,
        "for a stranger",
        body=lambda w: {"student": w.people.stranger.pk},
    ),
    Row("DELETE /assignments/{assignment_id}/exceptions/{user_id}", ITS_STAFF, about=classmate),
    Row("POST /courses/{course_id}/rosters", ITS_STAFF, file=names),
    Row("GET /courses/{course_id}/rosters/{roster_id}", ITS_TEACHER),
    Row("GET /courses/{course_id}/rosters/{roster_id}", NO_STAFF, "of another course", elsewhere),
    Row("POST /courses/{course_id}/rosters/{roster_id}/imports", ITS_TEACHER),
    Row("POST /courses/{course_id}/rosters/{roster_id}/imports", NO_STAFF, "of another course", elsewhere),
    Row("POST /courses/{course_id}/rosters/{roster_id}/accounts", ITS_TEACHER, about=imported),
    Row("GET /courses/{course_id}/results", ITS_STAFF),
    Row("GET /courses/{course_id}/results.xlsx", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/results.xlsx", ITS_STAFF),
]


def handed_in(w: World) -> dict[str, Any]:
    return {"attempt_id": w.attempts.handed_in}


def late_item(w: World) -> dict[str, Any]:
    return {"attempt_id": w.attempts.handed_in, "item": "1"}


def missed(w: World) -> dict[str, Any]:
    return {"attempt_id": w.attempts.missed}


def practice(w: World) -> dict[str, Any]:
    return {"attempt_id": w.attempts.practice}


def own_practice(w: World) -> dict[str, Any]:
    return {"attempt_id": w.attempts.own_practice}


def one_answer(w: World) -> dict[str, Any]:
    return {"answers": [{"item": "1", "seq": 1, "value": "A"}]}


def own_script(w: World) -> dict[str, Any]:
    return {"script_id": w.own_script.pk}


PROOF = "The proof of item 1 stands here."
START = gets(OUT, OK, OK, HIDDEN, REFUSED, HIDDEN, REFUSED)
READS_OWN = but(ITS_READERS, teacher=HIDDEN)
"""Nobody's course: its student and the administrator."""
WRITES_OWN = but(ITS_STUDENT, teacher=HIDDEN)

ATTEMPTS = [
    Row("GET /attempts", gets(OUT, SEES, MISSES, MISSES, MISSES, MISSES, MISSES), sees=lambda w: str(w.attempts.sitting)),
    Row(
        "POST /attempts",
        START,
        body=lambda w: {"paper": w.papers.exam.pk, "mode": "exam", "assignment": w.work.exam.pk},
    ),
    Row("POST /attempts", STUDENTS, "a paper of one's choice", body=lambda w: {"paper": w.papers.free.pk, "mode": "practice"}),
    Row(
        "POST /attempts",
        but(STUDENTS, student=CONFLICT, classmate=CONFLICT),
        "a paper that is set as an exam",
        body=lambda w: {"paper": w.papers.exam.pk, "mode": "practice"},
    ),
    Row(
        "POST /attempts",
        but(DRAFT, admin=REFUSED),
        "a draft",
        body=lambda w: {"paper": w.papers.draft.pk, "mode": "practice"},
    ),
    Row("GET /attempts/{attempt_id}", ITS_READERS),
    Row("GET /attempts/{attempt_id}", READS_OWN, "practice of one's own", own_practice),
    Row("GET /attempts/{attempt_id}/clock", ITS_READERS),
    Row("GET /attempts/{attempt_id}/clock", READS_OWN, "practice of one's own", own_practice),
    Row("GET /attempts/{attempt_id}/events", but(ITS_READERS, student=STREAM, teacher=STREAM, admin=STREAM)),
    Row("PUT /attempts/{attempt_id}/answers", ITS_STUDENT, body=one_answer),
    Row("PUT /attempts/{attempt_id}/answers", WRITES_OWN, "practice of one's own", own_practice, body=one_answer),
    Row("POST /attempts/{attempt_id}/submission", ITS_STUDENT),
    Row("POST /attempts/{attempt_id}/submission", WRITES_OWN, "practice of one's own", own_practice),
    Row("POST /attempts/{attempt_id}/checks", ITS_STUDENT, about=practice, body=lambda w: {"items": ["1"]}),
    Row("GET /attempts/{attempt_id}/checks", ITS_READERS, about=practice),
    Row("GET /attempts/{attempt_id}/checks", READS_OWN, "practice of one's own", own_practice),
    Row(
        "GET /attempts/{attempt_id}/report",
        gets(OUT, MISSES, HIDDEN, HIDDEN, SEES, HIDDEN, SEES),
        "before the keys are released",
        handed_in,
        sees=lambda w: PROOF,
    ),
    Row("GET /attempts/{attempt_id}/marking", ITS_READERS, about=handed_in),
    Row("GET /attempts/{attempt_id}/marking", READS_OWN, "an exam of one's own", lambda w: {"attempt_id": w.attempts.own_exam}),
    Row(
        "GET /attempts/{attempt_id}/marking/events",
        but(ITS_READERS, student=STREAM, teacher=STREAM, admin=STREAM),
        about=handed_in,
    ),
    Row("GET /attempts/{attempt_id}/report", READS_OWN, "an exam of one's own", lambda w: {"attempt_id": w.attempts.own_exam}),
    Row("GET /attempts/{attempt_id}/report.pdf", ITS_READERS, about=handed_in),
    Row(
        "GET /attempts/{attempt_id}/report.pdf", READS_OWN, "an exam of one's own", lambda w: {"attempt_id": w.attempts.own_exam}
    ),
    Row("GET /attempts/{attempt_id}/audio", ITS_READERS),
    Row("POST /attempts/{attempt_id}/audio-gaps", ITS_STUDENT, body=lambda w: {"from_ms": 0, "to_ms": 900}),
    Row("POST /attempts/{attempt_id}/audio-grants/{grant_id}/playback", ITS_STUDENT, about=missed),
    Row("GET /attempts/{attempt_id}/audio-grants/{grant_id}/audio", ITS_READERS, about=missed),
]

MORE_TIME = {"minutes": 5, "reason": "停电"}

DECISIONS = [
    Row("GET /assignments/{assignment_id}/attempts", ITS_STAFF),
    Row("POST /assignments/{assignment_id}/extensions", ITS_STAFF, body=lambda w: MORE_TIME),
    Row("POST /attempts/{attempt_id}/extensions", ITS_JUDGES, body=lambda w: MORE_TIME),
    Row("POST /attempts/{attempt_id}/reopenings", ITS_JUDGES, about=handed_in, body=lambda w: MORE_TIME),
    Row(
        "POST /attempts/{attempt_id}/late-acceptances",
        ITS_JUDGES,
        about=handed_in,
        body=lambda w: {"values": [{"item": "1", "seq": 1}]},
    ),
    Row("DELETE /attempts/{attempt_id}/late-acceptances/{item}", ITS_JUDGES, about=late_item),
    Row("GET /attempts/{attempt_id}/audio-gaps", ITS_JUDGES),
    Row("POST /attempts/{attempt_id}/audio-grants", ITS_JUDGES, body=lambda w: MORE_TIME),
]

DESK = [
    Row("GET /scripts", gets(OUT, REFUSED, REFUSED, REFUSED, SEES, MISSES, SEES), sees=lambda w: w.work.handed_in.title),
    Row("GET /scripts/{script_id}", ITS_STAFF),
    Row("GET /scripts/{script_id}", NO_STAFF, "an exam of one's own", own_script),
    Row("POST /scripts/{script_id}/marks", ITS_STAFF, body=lambda w: {"value": 11}),
    Row("POST /scripts/{script_id}/marks", NO_STAFF, "an exam of one's own", own_script, body=lambda w: {"value": 11}),
]


def essays(w: World) -> dict[str, Any]:
    return {"slot": "W"}


def drawn(w: World) -> dict[str, Any]:
    """To be marked blind."""
    AnchorMark.objects.get_or_create(script=w.script, defaults={"course": w.course, "digest": w.script.digest})
    return {"slot": "W", "script_id": w.script.pk}


def blank_script(w: World) -> dict[str, Any]:
    """0 by rule, which may be appealed against."""
    return {"script_id": Script.objects.get(attempt=w.attempts.handed_in, slot="T").pk}


def appealed_script(w: World) -> dict[str, Any]:
    mark = Mark.objects.get(script=blank_script(w)["script_id"])
    Appeal.objects.get_or_create(script=mark.script, defaults={"mark": mark, "words": APPEAL, "at": mark.created_at})
    return blank_script(w)


def marked_essay(w: World) -> dict[str, Any]:
    """Of a paper that is set to nobody, so that it may be written anew."""
    Script.objects.filter(pk=w.own_script.pk).update(text="An essay", state=ScriptState.MARKED)
    return own_script(w)


APPEAL = "我交卷时写过译文，请老师再查一次。"
DECISION = {"value": 1, "words": "记录里没有译文。"}

TRUST = [
    Row("GET /courses/{course_id}/calibrations/{slot}", ITS_STAFF, about=essays),
    Row("POST /courses/{course_id}/calibrations", ITS_STAFF, body=lambda w: {"slot": "W"}),
    Row("PUT /courses/{course_id}/calibrations/{slot}/marks/{script_id}", ITS_STAFF, about=drawn, body=lambda w: {"value": 3}),
    Row("POST /courses/{course_id}/release-rules", ITS_STAFF, body=lambda w: {"slot": "W", "is_on": True}),
    Row("POST /scripts/{script_id}/appeals", ITS_STUDENT, about=blank_script, body=lambda w: {"words": APPEAL}),
    Row("POST /scripts/{script_id}/appeal-decisions", ITS_STAFF, about=appealed_script, body=lambda w: DECISION),
    Row("POST /scripts/{script_id}/rewrites", WRITES_OWN, "an exam of one's own", marked_essay),
]

TEACHING = [
    Row("GET /me/dashboard", gets(OUT, REFUSED, REFUSED, REFUSED, SEES, MISSES, MISSES), sees=lambda w: w.work.room.title),
    Row("GET /courses/{course_id}/analysis", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/analysis", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/analysis/{slot}", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/room", ITS_STAFF),
    Row("GET /assignments/{assignment_id}/room/events", but(ITS_STAFF, teacher=STREAM, admin=STREAM)),
    Row("PUT /attempts/{attempt_id}/absences/{key}", ITS_STUDENT, body=lambda w: {"left_ms_ago": 4000, "back_ms_ago": 1000}),
    Row("GET /attempts/{attempt_id}/absences", ITS_READERS),
    Row("GET /attempts/{attempt_id}/absences", READS_OWN, "practice of one's own", own_practice),
]

TUS = {"Tus-Resumable": "1.0.0"}
NEW_UPLOAD = TUS | {"Upload-Length": "8", "Upload-Metadata": "filename YS50eHQ=,key a2V5LWtleS1rZXk="}


def sent(w: World) -> dict[str, Any]:
    return {"upload": w.sent.pk}


def newest(w: World, name: str) -> Draft:
    return Draft.objects.filter(stage__run=w.run, stage__name=name).latest("version")


def run_draft(w: World, name: str) -> dict[str, Any]:
    draft = newest(w, name)
    return {"base": draft.version, **draft.body}


def a_decision(w: World) -> dict[str, Any]:
    draft = newest(w, "questions")
    return {"base": draft.version, "keys": [draft.body["questions"][0]["key"]], "state": "approved"}


UPLOADS = [
    Row("OPTIONS /uploads", ANYBODY),
    Row("POST /uploads", STAFF, headers=NEW_UPLOAD),
    Row("HEAD /uploads/{upload_id}", ITS_TEACHER, headers=TUS),
    Row("PATCH /uploads/{upload_id}", ITS_TEACHER, headers=TUS | {"Upload-Offset": "3"}, piece=b"abcde"),
    Row("DELETE /uploads/{upload_id}", ITS_TEACHER, headers=TUS),
    Row("GET /courses/{course_id}/syllabi", ITS_STAFF),
    Row("POST /courses/{course_id}/syllabi", ITS_TEACHER, body=sent),
    Row("GET /syllabi/{syllabus_id}", ITS_STAFF),
    Row("GET /syllabi/{syllabus_id}/text", ITS_STAFF),
    Row("POST /syllabi/{syllabus_id}/editions", ITS_TEACHER, body=sent),
    Row("DELETE /syllabi/{syllabus_id}", ITS_STAFF, about=lambda w: {"syllabus_id": w.spare_syllabus.pk}),
    Row("GET /courses/{course_id}/runs", ITS_STAFF),
    Row("POST /courses/{course_id}/runs", ITS_STAFF, body=lambda w: {"syllabus": w.syllabus.pk, "hours": 8, "session_hours": 2}),
    Row("GET /runs/{run_id}", ITS_STAFF),
    Row("DELETE /runs/{run_id}", ITS_STAFF),
    Row("GET /runs/{run_id}/events", but(ITS_STAFF, teacher=STREAM, admin=STREAM)),
    Row("GET /runs/{run_id}/analysis", ITS_STAFF),
    Row("PUT /runs/{run_id}/analysis", ITS_STAFF, body=lambda w: run_draft(w, "analysis")),
    Row("GET /runs/{run_id}/plan", ITS_STAFF),
    Row("PUT /runs/{run_id}/plan", ITS_STAFF, body=lambda w: run_draft(w, "plan")),
    Row("POST /runs/{run_id}/plan/solution", ITS_STAFF, body=lambda w: {"base": 1, "plan": newest(w, "plan").body}),
    Row("GET /runs/{run_id}/plan.docx", ITS_STAFF),
    Row("GET /runs/{run_id}/questions", ITS_STAFF),
    Row("PUT /runs/{run_id}/questions", ITS_STAFF, body=lambda w: run_draft(w, "questions")),
    Row("POST /runs/{run_id}/questions/decisions", ITS_STAFF, body=a_decision),
    Row("GET /runs/{run_id}/criteria", ITS_STAFF),
    Row("PUT /runs/{run_id}/criteria", ITS_STAFF, body=lambda w: run_draft(w, "criteria")),
    Row("POST /runs/{run_id}/stages/{stage}/approval", ITS_STAFF, body=lambda w: {"draft": newest(w, "analysis").pk}),
    Row("POST /runs/{run_id}/stages/{stage}/return", ITS_STAFF, body=lambda _: {"note": "听力多一点"}),
    Row("GET /runs/{run_id}/trace", ITS_STAFF),
    Row("GET /runs/{run_id}/units", ITS_STAFF),
    Row("GET /courses/{course_id}/units", gets(OUT, OK, OK, HIDDEN, OK, HIDDEN, OK)),
    Row("POST /runs/{run_id}/publication", ITS_STAFF),
]


def gateway(w: World) -> dict[str, Any]:
    return {**SETTINGS, "endpoint": w.model_settings.endpoint, "key": "sk-another"}


def an_alert(_: World) -> dict[str, Any]:
    now = database_now()
    return {"alert_id": Alert.objects.create(rule="errors", state="open", level="error", since=now, value=9, limit=5).pk}


def a_silence(_: World) -> dict[str, Any]:
    return {"silence_id": Silence.objects.create(reason="升级", ends_at=database_now() + timedelta(hours=1)).pk}


def a_channel(_: World) -> dict[str, Any]:
    return {"channel_id": Channel.objects.create(name="值班", kind="wecom", sealed=sealed({"key": "k"})).pk}


def channel_settings(_: World) -> dict[str, Any]:
    return {"name": "值班", "kind": "wecom", "settings": {"key": "another"}}


ALERTS = [
    Row("GET /alerts", ADMINISTRATORS),
    Row("POST /alerts/{alert_id}/acknowledgements", ADMINISTRATORS, about=an_alert),
    Row("GET /alert-rules", ADMINISTRATORS),
    Row(
        "PUT /alert-rules/{name}",
        ADMINISTRATORS,
        about=lambda _: {"name": "cpu"},
        body=lambda _: {"limits": [60, 80], "minimum": 6, "hold": 60, "is_on": True},
    ),
    Row(
        "POST /alert-rules/{name}/tests",
        ADMINISTRATORS,
        about=lambda _: {"name": "cpu"},
        body=lambda w: {"channel": a_channel(w)["channel_id"]},
    ),
    Row("GET /silences", ADMINISTRATORS),
    Row("POST /silences", ADMINISTRATORS, body=lambda _: {"reason": "升级", "minutes": 30}),
    Row("DELETE /silences/{silence_id}", ADMINISTRATORS, about=a_silence),
    Row("GET /channels", ADMINISTRATORS),
    Row("POST /channels", ADMINISTRATORS, body=channel_settings),
    Row("PUT /channels/{channel_id}", ADMINISTRATORS, about=a_channel, body=channel_settings),
    Row("DELETE /channels/{channel_id}", ADMINISTRATORS, about=a_channel),
    Row("POST /channels/{channel_id}/tests", ADMINISTRATORS, about=a_channel),
]

OPERATION = [
    Row("GET /gateway", ADMINISTRATORS),
    Row("PUT /gateway", ADMINISTRATORS, body=gateway),
    Row("POST /gateway/tests", ADMINISTRATORS),
    Row("GET /jobs/{job_id}", ITS_OWNER),
    Row("GET /jobs/{job_id}/events", but(ITS_OWNER, teacher=STREAM, admin=STREAM, former_teacher=STREAM)),
    Row("GET /health/live", ANYBODY),
    Row("GET /health/ready", ANYBODY),
    Row("GET /promises", ADMINISTRATORS),
    Row("GET /promises/events", but(ADMINISTRATORS, admin=STREAM)),
    Row("GET /promises/work", ADMINISTRATORS),
    Row("GET /status", ANYBODY),
    Row("POST /beacons", ANYBODY, body=lambda _: {"page": "/courses", "lcp": 900, "inp": 80, "cls": 0.01}),
    Row("POST /csp-reports", ANYBODY, body=lambda _: {"csp-report": {"effective-directive": "img-src", "blocked-uri": "data"}}),
]

TABLE = [*ACCOUNTS, *SEARCH, *PAPERS, *COURSES, *ATTEMPTS, *DECISIONS, *DESK, *TRUST, *TEACHING, *UPLOADS, *OPERATION, *ALERTS]
