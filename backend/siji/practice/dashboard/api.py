"""A teacher's home in one answer."""

from __future__ import annotations

from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.dashboard import reading
from siji.practice.dashboard.schemas import Dashboard
from siji.problems import Problem

dashboard = Router(tags=["teaching"])


@dashboard.get("/me/dashboard", response={200: Dashboard, 401: Problem, 403: Problem})
def my_dashboard(request: Signed) -> Dashboard:
    """Staff only: scripts that wait, exams to start and under way, windows that close soon, students who let work pass."""
    return reading.dashboard_of(request.user)
