"""The HTTP interface: /api/v1, JSON, described by /api/v1/openapi.json.

Every answer that is not 2xx has the body :class:`siji.problems.Problem`, also where no operation was reached
(``siji.middleware.EveryErrorIsAProblem``). A signed-in request is a session cookie plus, for
unsafe methods, the CSRF token in ``X-CSRFToken``.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from siji import __version__
from siji.accounts.api import people, session
from siji.accounts.auth import signed_in
from siji.accounts.notices_api import notices
from siji.bank.api import papers
from siji.courses.api import courses
from siji.courses.papers_api import choosing
from siji.courses.roster.api import rosters
from siji.courses.search.api import searching
from siji.invalid import invalid, invalid_value
from siji.jobs.api import jobs
from siji.middleware import passing, problem_of
from siji.monitoring.alerts.api import alerts
from siji.monitoring.api import health
from siji.monitoring.beacon import beacons
from siji.monitoring.board_api import promises
from siji.monitoring.csp import reports
from siji.monitoring.gateway_api import gateway
from siji.parsing import TextParser
from siji.practice.agenda.api import agenda
from siji.practice.analysis.api import analysis
from siji.practice.api import attempts, deciding, marking, results
from siji.practice.dashboard.api import dashboard
from siji.practice.feedback.api import feedback
from siji.practice.invigilation.api import invigilation
from siji.practice.personal.api import personal
from siji.practice.rewriting.api import rewriting
from siji.practice.trust.api import trust
from siji.problems import Problem, Refusal, Words, answer, answer_to, csrf_failure, not_found
from siji.teaching.api import syllabi
from siji.teaching.runs.api import runs
from siji.uploads.api import uploads

ABOUT = """Besides the statuses an operation names, any may answer with a Problem: 400 (a body that cannot be read), 405 (another
method), 413 (a body over 32 MB), 415 (a body that is not JSON), 429 with Retry-After (too many requests in a minute; the saving
of answers is never counted), 500 (our fault; its `request_id` is in the log),
503 with Retry-After (too many at once, where nothing was done; or the database is away, where that is not known)."""

api = NinjaAPI(
    title="Siji",
    version=__version__,
    description=ABOUT,
    auth=signed_in,
    docs_url=None,
    urls_namespace="v1",
    parser=TextParser(),
)
# What is asked most comes first: an address is compared with each in turn.
api.add_router("", attempts)
api.add_router("", session)
api.add_router("", courses)
api.add_router("", agenda)
api.add_router("", papers)
api.add_router("", choosing)
api.add_router("", searching)
api.add_router("", notices)
api.add_router("", dashboard)
api.add_router("", marking)
api.add_router("", results)
api.add_router("", people)
api.add_router("", rosters)
api.add_router("", feedback)
api.add_router("", analysis)
api.add_router("", deciding)
api.add_router("", invigilation)
api.add_router("", trust)
api.add_router("", rewriting)
api.add_router("", personal)
api.add_router("", uploads)
api.add_router("", syllabi)
api.add_router("", runs)
api.add_router("", jobs)
api.add_router("", gateway)
api.add_router("", alerts)
api.add_router("", promises)
api.add_router("", beacons)
api.add_router("", reports)
api.add_router("/health", health)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    return answer_to(error)


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def no_connection(request: HttpRequest, error: OperationalError | InterfaceError) -> HttpResponse:
    """No connection became free in time, or the database is away: 503. Whatever else the database says is our failure."""
    refusal = passing(error)
    if refusal is None:
        raise error
    return answer_to(refusal)


@api.exception_handler(AuthenticationError)
def unsigned(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    words = Words(zh="请先登录。", en="Sign in first.")
    return answer(Problem(code="signed_out", message=words), status=401)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(not_found().problem(), status=404)


@api.exception_handler(ValidationError)
def invalid_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(invalid(error.errors), status=422)


@api.exception_handler(DjangoValidationError)
def refused_value(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    return answer(invalid_value(error), status=422)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a missing CSRF token, and a body that cannot be read, for which our parser may have said why."""
    if isinstance(error.__cause__, Refusal):
        return refused(request, error.__cause__)
    if error.status_code == 403:
        return csrf_failure(request)
    return answer(Problem(code="bad_request", message=UNREADABLE), status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return answer(problem_of(413), status=413)


UNREADABLE = Words(
    zh="请求的内容不是有效的 JSON，无法读取。请刷新页面后再试。",
    en="The body is not valid JSON: reload the page and try again.",
)
