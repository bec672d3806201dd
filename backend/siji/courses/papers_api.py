"""The papers a person may choose. Here and not in the bank: whether a paper may be practised depends on what courses have set."""

from __future__ import annotations

from django.db.models.functions import Now
from django.shortcuts import get_object_or_404
from ninja import Router

from siji.accounts.auth import Signed
from siji.accounts.models import User
from siji.bank.reading import paper_out, papers_for
from siji.bank.schemas import PaperList, PaperOut
from siji.courses.window import set_as_exam
from siji.problems import Problem

choosing = Router(tags=["papers"])


@choosing.get("/papers", response={200: PaperList, 401: Problem, 403: Problem})
def list_papers(request: Signed) -> PaperList:
    """Every published paper, newest version of each, in the order of their slugs."""
    closed = _set_slugs(request.user)
    rows = papers_for(request.user).order_by("slug")
    return PaperList(items=[paper_out(paper, is_set_as_exam=paper.slug in closed) for paper in rows])


@choosing.get("/papers/{paper_id}", response={200: PaperOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem})
def get_paper(request: Signed, paper_id: int) -> PaperOut:
    paper = get_object_or_404(papers_for(request.user), pk=paper_id)
    return paper_out(paper, is_set_as_exam=paper.slug in _set_slugs(request.user))


def _set_slugs(user: User) -> set[str]:
    if not user.is_student:
        return set()
    return set(set_as_exam(student=user, at=Now()).values_list("paper__slug", flat=True))
