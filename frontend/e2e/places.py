"""Every place in the product that somebody can stand at: what the tour visits and what ``make screenshots`` takes a picture of.

A new page needs a line here, or ``test_every_page.py`` says which one is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .people import Person
from .product import Product


@dataclass(frozen=True, slots=True)
class Place:
    """``page``: one of ``pages.files()``. ``path``: the address, with ids of ``make_tour``.

    ``shows``: a message that is there only once the page is. ``opens``: a button, and a message that it brings.
    ``refused``: the statuses that belong to this place. ``fails``: an API path that answers so, for the states of failure.
    """

    page: str
    who: str
    path: str
    shows: str
    opens: tuple[str, str] | None = None
    refused: tuple[int, ...] = ()
    fails: tuple[str, int, str] | None = None
    picture: str = ""
    dark: str | None = "dark"

    @property
    def name(self) -> str:
        return f"{self.who} at {self.path}" + (f" · {self.opens[0]}" if self.opens else "") + (" · failing" if self.fails else "")


BUSY = '{"code": "busy", "message": {"zh": "服务器正忙，请稍后再试。", "en": "The server is busy: try later."}, "fields": {}}'
NOT_WHAT_WAS_AGREED = '{"items": null}'

EXAM_RULES = ("attempts.start.exam", "attempts.examTitle")
ROSTER = ("students.import", "students.fileAbout")
NEW_PERSON = ("people.create", "people.usernameHint")

MATCHING = ("common.sections.reading-b", "room.question")
CAREFUL = ("common.sections.reading-c", "room.question")
TRANSLATION = ("common.sections.translation", "room.yourTranslation")
LISTENING = ("common.sections.listening-b", "paper.speed")

ITEM = ("analysis.openItem", "analysis.shareOf")

NOBODY = (
    Place("sign-in/page", "nobody", "/sign-in", "accounts.welcome", picture="sign-in"),
    Place("status/page", "nobody", "/status", "status.parts.answers", picture="status"),
    Place("global-not-found", "nobody", "/nowhere", "", refused=(404,), dark="light"),
    Place("not-found", "nobody", "/style", "common.notFound", refused=(404,), dark=None),
    Place("style/page", "nobody", "/style", "common.notFound", refused=(404,), dark=None),
)

STUDENT = (
    Place("page", "student", "/", "home.recent", picture="student-home"),
    Place("page", "student", "/", "home.recent", opens=EXAM_RULES, picture="student-exam-rules"),
    Place("page", "student", "/", "common.couldNotLoad", fails=("/api/v1/attempts*", 503, BUSY), refused=(503,)),
    Place("courses/page", "student", "/courses", "courses.teacherIs", picture="student-courses"),
    Place("courses/page", "student", "/courses", "courses.title", opens=("join.join", "join.about")),
    Place("course/page", "student", "/courses/{course}", "courses.myProgress", picture="student-course"),
    Place("papers/page", "student", "/papers", "papers.about", picture="student-papers"),
    Place("paper/page", "student", "/papers/{paper}", "papers.facts"),
    Place("report/page", "student", "/report/{report}", "report.estimateWords", picture="student-report"),
    Place("search/page", "student", "/search?q=zzzz", "search.none"),
    Place("account/page", "student", "/account", "accounts.devicesAbout", picture="account"),
    Place("course/page", "student", "/courses/{story_course}", "common.couldNotLoad", refused=(404,)),
    Place("attempt/page", "student", "/attempt/{in_writing}", "common.couldNotLoad", refused=(404,)),
    Place("people/page", "student", "/people", "common.couldNotLoad", refused=(403,)),
    Place("gateway/page", "student", "/gateway", "common.couldNotLoad", refused=(403,)),
    Place("promises/page", "student", "/promises", "common.couldNotLoad", refused=(403,)),
    Place("alerts/page", "student", "/alerts", "common.couldNotLoad", refused=(403,)),
    Place("audit/page", "student", "/audit", "common.couldNotLoad", refused=(403,)),
    Place("marking/page", "student", "/marking", "marking.title", refused=(403,)),
    Place("room/page", "student", "/rooms/{room}", "common.couldNotLoad", refused=(403, 404)),
    Place("run/page", "student", "/runs/1", "common.couldNotLoad", refused=(403, 404)),
    Place("analysis/page", "student", "/analysis/{exam}", "common.couldNotLoad", refused=(403, 404)),
    Place("calibration/page", "student", "/calibration/{course}", "common.couldNotLoad", refused=(403, 404)),
    Place("assignment/page", "student", "/assignments/{exam}", "common.couldNotLoad", refused=(403, 404)),
    Place("script/page", "student", "/marking/{script_waiting}", "common.couldNotLoad", refused=(403, 404)),
)

CANDIDATE = (
    Place("page", "candidate", "/", "home.examRunning"),
    Place("notices/page", "candidate", "/notices", "notices.kinds.assigned", picture="notices"),
    Place("attempt/page", "candidate", "/attempt/{waiting_room}", "room.waitingTitle", picture="exam-waiting"),
    Place("attempt/page", "candidate", "/attempt/{in_writing}", "room.yourEssay", picture="exam-writing"),
    Place("attempt/page", "candidate", "/attempt/{in_writing}", "room.yourEssay", opens=("room.leave", "room.leaveAbout")),
    Place("attempt/page", "candidate", "/attempt/{in_listening}", "room.heardKinds.news", picture="exam-listening"),
    Place("attempt/page", "candidate", "/attempt/{in_collection}", "room.collectionTitle", picture="exam-collection"),
    Place("attempt/page", "candidate", "/attempt/{in_reading}", "room.bankHint", picture="exam-cloze"),
    Place("attempt/page", "candidate", "/attempt/{in_reading}", "room.bankHint", opens=("room.submit", "room.submitAbout")),
    Place("attempt/page", "candidate", "/attempt/{in_reading}", "", opens=MATCHING, picture="exam-matching"),
    Place("attempt/page", "candidate", "/attempt/{in_reading}", "", opens=CAREFUL, picture="exam-careful-reading"),
    Place("attempt/page", "candidate", "/attempt/{in_reading}", "", opens=TRANSLATION, picture="exam-translation"),
    Place("attempt/page", "candidate", "/attempt/{in_practice}", "room.practice"),
    Place("attempt/page", "candidate", "/attempt/{in_practice}", "", opens=LISTENING, picture="practice-listening"),
    Place("attempt/page", "candidate", "/attempt/{report_unmarked}", "room.finishedTitle"),
    Place("report/page", "candidate", "/report/{report_unmarked}", "report.provisional", picture="report-unmarked"),
    Place("report/page", "candidate", "/report/{report_without_keys}", "report.answersOnly"),
    Place("report/page", "candidate", "/report/{in_reading}", "report.notClosed", refused=(409,)),
)

NEWCOMERS = (
    Place("page", "newcomer", "/", "home.noAttempts", picture="student-home-empty"),
    Place("courses/page", "newcomer", "/courses", "courses.none"),
    Place("courses/page", "new teacher", "/courses", "courses.none"),
    Place("notices/page", "newcomer", "/notices", "notices.noneStudent"),
    Place("notices/page", "new teacher", "/notices", "notices.noneStaff"),
    Place("marking/page", "new teacher", "/marking", "marking.none"),
    # The page has asked ahead for what only comes after the first password of one's own.
    Place("page", "initial", "/", "accounts.mustChangeTitle", refused=(403,), picture="first-password"),
)

TEACHER = (
    Place("page", "teacher", "/", "dashboard.courses", picture="teacher-dashboard"),
    Place("room/page", "teacher", "/rooms/{room}", "invigilation.filters.not_here", picture="teacher-exam-room"),
    Place("assignment/page", "teacher", "/assignments/{exam}", "seats.closedAt", picture="teacher-seats"),
    Place("calibration/page", "teacher", "/calibration/{course}", "calibration.about", picture="calibration"),
    Place("analysis/page", "teacher", "/analysis/{exam}", "analysis.itemsAbout", picture="class-analysis"),
    Place("analysis/page", "teacher", "/analysis/{exam}", "", opens=ITEM, picture="class-analysis-item"),
    Place("courses/page", "teacher", "/courses", "courses.column.progress", picture="teacher-courses"),
    Place("courses/page", "teacher", "/courses", "courses.title", opens=("courses.create", "courses.createAbout")),
    Place("courses/page", "teacher", "/courses", "common.couldNotLoad", fails=("/api/v1/courses?*", 503, BUSY), refused=(503,)),
    Place("course/page", "teacher", "/courses/{course}", "assignments.completedOf", picture="teacher-course"),
    Place("course/page", "teacher", "/courses/{course}", "courses.code", opens=("assignments.create", "assignments.keyRelease")),
    Place("course/page", "teacher", "/courses/{course}?tab=students", "students.import", picture="teacher-students"),
    Place(
        "course/page",
        "teacher",
        "/courses/{course}?tab=students",
        "courses.code",
        opens=ROSTER,
    ),
    Place("course/page", "teacher", "/courses/{course}?tab=results", "results.distribution", picture="teacher-results"),
    Place("course/page", "teacher", "/courses/{course}?tab=syllabi", "syllabi.choose", picture="teacher-syllabi"),
    Place("course/page", "teacher", "/courses/{course}?tab=runs", "runs.start", picture="teacher-runs"),
    Place("run/page", "teacher", "/runs/{run}", "run.monitorAbout", picture="teacher-run"),
    Place("run/page", "teacher", "/runs/{run}?tab=analysis", "run.passages", picture="teacher-run-analysis"),
    Place("run/page", "teacher", "/runs/{run}?tab=plan", "run.table", picture="teacher-run-plan"),
    Place("run/page", "teacher", "/runs/{run}?tab=questions", "run.tabs.questions", picture="teacher-run-questions"),
    Place("run/page", "teacher", "/runs/{run}?tab=criteria", "run.gateAbout.criteria", picture="teacher-run-criteria"),
    Place("run/page", "teacher", "/runs/{run}?tab=trace", "run.tabs.trace", picture="teacher-run-trace"),
    Place("syllabus/page", "teacher", "/syllabi/{syllabus}", "syllabi.backToCourse", picture="teacher-syllabus"),
    Place("papers/page", "teacher", "/papers", "papers.open"),
    Place("error", "teacher", "/papers", "common.pageFailed", fails=("/api/v1/papers", 200, NOT_WHAT_WAS_AGREED)),
    Place("paper/page", "teacher", "/papers/{paper}", "papers.recording", picture="teacher-paper"),
    Place("marking/page", "teacher", "/marking", "marking.begin", picture="marking-desk"),
    Place("script/page", "teacher", "/marking/{script_waiting}", "marking.markOutOf", picture="marking-script"),
    Place("script/page", "teacher", "/marking/{script_marked}", "marking.history"),
    Place("report/page", "teacher", "/report/{report}", "report.estimateWords"),
    Place("attempt/page", "teacher", "/attempt/{report}", "room.notYoursTitle"),
    Place("search/page", "teacher", "/search", "search.beginAboutStaff"),
    Place("search/page", "teacher", "/search?q=the", "search.found", picture="search"),
    Place("page", "teacher", "/", "dashboard.courses", opens=("search.title", "search.goTo"), picture="search-box"),
    Place("account/page", "teacher", "/account", "accounts.devicesAbout"),
    Place("people/page", "teacher", "/people", "common.couldNotLoad", refused=(403,)),
    Place("gateway/page", "teacher", "/gateway", "common.couldNotLoad", refused=(403,)),
    Place("audit/page", "teacher", "/audit", "common.couldNotLoad", refused=(403,)),
)

ADMIN = (
    Place("people/page", "admin", "/people", "people.column.created", picture="admin-people"),
    Place(
        "people/page",
        "admin",
        "/people",
        "people.title",
        opens=NEW_PERSON,
        picture="admin-new-person",
    ),
    Place("notices/page", "admin", "/notices", "notices.title"),
    Place("gateway/page", "admin", "/gateway", "gateway.pricesAbout", picture="admin-gateway"),
    Place("promises/page", "admin", "/promises", "promises.benchAbout", picture="admin-promises"),
    Place("alerts/page", "admin", "/alerts", "alerts.silenceAll", picture="admin-alerts"),
    Place("audit/page", "admin", "/audit", "audit.about", picture="admin-audit"),
    Place("page", "admin", "/", "people.title"),
    Place("courses/page", "admin", "/courses", "courses.column.teacher", picture="admin-courses"),
    Place("course/page", "admin", "/courses/{course}", "assignments.completedOf"),
    Place("room/page", "admin", "/rooms/{room}", "invigilation.filters.not_here"),
    Place("assignment/page", "admin", "/assignments/{exam}", "seats.closedAt"),
    Place("analysis/page", "admin", "/analysis/{exam}", "analysis.itemsAbout"),
    Place("papers/page", "admin", "/papers", "papers.open"),
    Place("paper/page", "admin", "/papers/{paper}", "papers.recording"),
    Place("marking/page", "admin", "/marking", "marking.begin"),
    Place("script/page", "admin", "/marking/{script_waiting}", "marking.markOutOf"),
    Place("report/page", "admin", "/report/{report}", "report.estimateWords"),
    Place("attempt/page", "admin", "/attempt/{report}", "room.notYoursTitle"),
    Place("account/page", "admin", "/account", "accounts.devicesAbout"),
)

PLACES = (*NOBODY, *STUDENT, *CANDIDATE, *NEWCOMERS, *TEACHER, *ADMIN)


def go_on_tour(product: Product, *, alone: bool = True) -> dict[str, Any]:
    """The account of everybody in ``PLACES``, and the ``ids`` of their addresses. Not ``alone``: others go on the same tour."""
    made, demo = product.tour() if alone else product.shared_tour(), product.accounts()
    people = {role: demo[role] for role in ("student", "teacher", "admin")}
    newcomers = {"newcomer": made["newcomers"]["student"], "new teacher": made["newcomers"]["teacher"]}
    return {"ids": made["ids"], **people, **newcomers, "candidate": made["student"], "initial": made["initial"]}


def stand_at(person: Person, place: Place, ids: dict[str, str]) -> Callable[[], None]:
    """Goes there and waits until it is all there. What it returns puts the network back."""
    undo = _let_it_fail(person, place)
    path = place.path.format(**ids)
    person.goto(path)
    if place.opens:
        button, shows = place.opens
        person.button(button).or_(person.link(button)).first.click()
        person.sees(person.text(shows).or_(person.page.get_by_label(person.pattern(shows))))
    elif place.shows:
        person.sees(person.text(place.shows))
    person.is_all_there()
    return undo


def _let_it_fail(person: Person, place: Place) -> Callable[[], None]:
    if place.fails is None:
        return lambda: None
    url, status, body = place.fails
    person.page.route(f"**{url}", lambda route: route.fulfill(status=status, body=body, content_type="application/json"))
    return lambda: person.page.unroute(f"**{url}")
