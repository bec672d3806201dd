"""The papers a person may choose. Here and not in the bank: whether a paper may be practised depends on what courses have set."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router

from siji.accounts.auth import Signed
from siji.accounts.models import User
from siji.bank.reading import paper_out, papers_for
from siji.bank.schemas import PaperList, PaperOut, Withheld
from siji.courses.reading import withheld_out
from siji.courses.window import waits_by_paper
from siji.problems import Problem

choosing = Router(tags=["papers"])


@choosing.get("/papers", response={200: PaperList, 401: Problem, 403: Problem})
def list_papers(request: Signed) -> PaperList:
    """Every published paper, newest version of each, in the order of their slugs."""
    waits = _waits(request.user)
    rows = papers_for(request.user).order_by("slug")
    is_staff = not request.user.is_student
    return PaperList(items=[paper_out(paper, withheld=waits.get(paper.slug), is_for_staff=is_staff) for paper in rows])


@choosing.get("/papers/{paper_id}", response={200: PaperOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem})
def get_paper(request: Signed, paper_id: int) -> PaperOut:
    paper = get_object_or_404(papers_for(request.user), pk=paper_id)
    return paper_out(paper, withheld=_waits(request.user).get(paper.slug), is_for_staff=not request.user.is_student)


def _waits(user: User) -> dict[str, Withheld]:
    if not user.is_student:
        return {}
    return {slug: withheld_out(wait) for slug, wait in waits_by_paper(user).items()}
