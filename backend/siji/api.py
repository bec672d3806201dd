"""The HTTP interface: /api/v1, JSON, described by /api/v1/openapi.json.

Every answer that is not 2xx has the body :class:`siji.problems.Problem`. A signed-in request is a session cookie plus, for
unsafe methods, the CSRF token in ``X-CSRFToken``.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError as DjangoValidationError
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
from siji.jobs.api import jobs
from siji.monitoring.api import health
from siji.parsing import TextParser
from siji.practice.agenda.api import agenda
from siji.practice.analysis.api import analysis
from siji.practice.api import attempts, deciding, marking, results
from siji.practice.dashboard.api import dashboard
from siji.practice.invigilation.api import invigilation
from siji.problems import Problem, Refusal, Words, answer, not_found

api = NinjaAPI(title="Siji", version=__version__, auth=signed_in, docs_url=None, urls_namespace="v1", parser=TextParser())
api.add_router("", session)
api.add_router("", people)
api.add_router("", notices)
api.add_router("", choosing)
api.add_router("", papers)
api.add_router("", courses)
api.add_router("", rosters)
api.add_router("", searching)
api.add_router("", agenda)
api.add_router("", results)
api.add_router("", analysis)
api.add_router("", attempts)
api.add_router("", deciding)
api.add_router("", marking)
api.add_router("", invigilation)
api.add_router("", dashboard)
api.add_router("", jobs)
api.add_router("/health", health)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    response = answer(error.problem(), status=error.status)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(AuthenticationError)
def unsigned(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    words = Words(zh="请先登录。", en="Sign in first.")
    return answer(Problem(code="signed_out", message=words), status=401)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(not_found().problem(), status=404)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in e["loc"]): str(e["msg"]) for e in error.errors}
    words = Words(zh="有些内容填得不对，请看标出的地方。", en="Some of the input is not valid: see the fields named.")
    return answer(Problem(code="invalid", message=words, fields=fields), status=422)


@api.exception_handler(DjangoValidationError)
def invalid_value(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    words = Words(zh="有些内容填得不对。", en="Some of the input is not valid.")
    fields = {"__all__": " ".join(error.messages)}
    return answer(Problem(code="invalid", message=words, fields=fields), status=422)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = "csrf" if error.status_code == 403 else "bad_request"
    zh = "页面的安全令牌已过期，请刷新页面后再试。" if code == "csrf" else "请求无法读取。"
    return answer(Problem(code=code, message=Words(zh=zh, en=str(error))), status=error.status_code)
