"""The papers a person may choose. Here and not in the bank: whether a paper may be practised depends on what courses have set."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from siji.accounts.auth import Signed
from siji.accounts.models import User
from siji.bank.ready import papers_ready
from siji.bank.schemas import PaperList, PaperOut, Withheld
from siji.courses.reading import withheld_out
from siji.courses.window import waits_by_paper
from siji.problems import Problem, not_found
from siji.storage.cache.responses import sent_as

choosing = Router(tags=["papers"])


@choosing.get("/papers", response={200: PaperList, 401: Problem, 403: Problem})
def list_papers(request: Signed) -> HttpResponse:
    """Every published paper, newest version of each, in the order of their slugs."""
    return sent_as(request, PaperList(items=_papers(request.user)))


@choosing.get("/papers/{paper_id}", response={200: PaperOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem})
def get_paper(request: Signed, paper_id: int) -> HttpResponse:
    found = next((paper for paper in _papers(request.user) if paper.id == paper_id), None)
    if found is None:
        raise not_found()
    return sent_as(request, found)


def _papers(user: User) -> list[PaperOut]:
    """What the papers are is kept; what their keys wait for is asked each time, since it changes with the clock."""
    waits = _waits(user)
    papers = papers_ready(user)
    for paper in papers:
        paper.withheld = waits.get(paper.slug)
        paper.is_set_as_exam = paper.withheld is not None
    return papers


def _waits(user: User) -> dict[str, Withheld]:
    if not user.is_student:
        return {}
    return {slug: withheld_out(wait) for slug, wait in waits_by_paper(user).items()}
