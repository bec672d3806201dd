"""What browsers refused to load or run on our pages: counted by directive and kind of source, nothing more is kept.

Told without a session, by the browser itself, so anybody could tell anything: only so much, so many a second, and only words that
are known become names. A page that is attacked shows as a rise of ``siji_csp_reports_total``; a few are browsers' extensions.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from ninja import Router, Status

from siji.accounts.request import require_own_origin
from siji.monitoring.beacon import Bucket
from siji.monitoring.collecting import collector
from siji.problems import Problem, Refusal

reports = Router(tags=["health"])
log = logging.getLogger("siji.csp")

A_SECOND, AT_ONCE = 5.0, 60.0
MOST_BYTES, MOST_REPORTS = 32 * 1024, 20
"""Of one request; a browser sends those of a page together."""
DIRECTIVES = frozenset(
    f"{name}-src"
    for name in ("default", "script", "style", "img", "media", "object", "connect", "font", "frame", "worker", "child")
) | {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr", "base-uri", "form-action", "frame-ancestors"}
SOURCES = ("inline", "eval", "data", "blob", "wasm-eval")

bucket = Bucket(a_second=A_SECOND, at_once=AT_ONCE)


@reports.post("/csp-reports", auth=None, response={204: None, 403: Problem, 413: Problem, 422: Problem, 429: Problem})
def post_reports(request: HttpRequest) -> Status[None]:
    """``application/csp-report`` as browsers write it, or ``application/reports+json`` where a door adds report-to."""
    require_own_origin(request)
    if not bucket.take():
        raise Refusal("too_many", zh="收到的报告太多，这一条没有记录。", en="Too many at once: this one is not kept.", status=429)
    for directive, source, page in _told(_bodies(request)):
        collector.note("csp", f"{directive}|{source}", 1)
        log.info("a browser refused %s from %s on %r", directive, source, page)
    return Status(204, None)


def _bodies(request: HttpRequest) -> Iterable[Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Refusal("too_large", zh="报告太大（上限 32 KB）。", en="A report is 32 KB at the most.", status=413)
    try:
        told = json.loads(request.body)
    except ValueError:
        told = None
    several = told if isinstance(told, list) else [told]
    bodies = [one.get("csp-report") or one.get("body") for one in several[:MOST_REPORTS] if isinstance(one, dict)]
    if not bodies or not all(isinstance(body, dict) for body in bodies):
        raise Refusal("no_report", zh="这不是浏览器的安全策略报告。", en="This is no report of a policy.", status=422)
    return bodies


def _told(bodies: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str, str]]:
    """The directive, the kind of source, and the page without its query: both spellings of a report."""
    for body in bodies:
        words = str(body.get("effectiveDirective") or body.get("effective-directive") or body.get("violated-directive") or "")
        directive = words.split(" ")[0]
        blocked = str(body.get("blockedURL") or body.get("blocked-uri") or "")
        page = str(body.get("documentURL") or body.get("document-uri") or "")
        yield directive if directive in DIRECTIVES else "other", _kind_of(blocked), _path(page)


def _kind_of(blocked: str) -> str:
    """``inline``, ``eval`` and so on as browsers say it; else whether it came from some web address."""
    word = blocked.split(":")[0]
    if word in SOURCES:
        return word
    return "elsewhere" if word in ("http", "https", "ws", "wss") else "other"


def _path(address: str) -> str:
    try:
        return urlsplit(address).path[:200]
    except ValueError:
        return ""
