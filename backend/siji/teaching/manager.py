"""``AITaskManager``: batches of askings, and the run that they are stages of."""

from __future__ import annotations

from typing import Any

from siji.accounts.models import User
from siji.courses.models import Course
from siji.teaching.models import Run, Syllabus
from siji.teaching.runs.actions import start_run
from siji.teaching.runs.batches import Batches


class AITaskManager(Batches):
    def create_teaching_workflow(self, *, by: User, course: Course, syllabus: Syllabus, fields: dict[str, Any]) -> Run:
        """A run whose stages are jobs. Raises Refusal as ``start_run``."""
        return start_run(by=by, course=course, syllabus=syllabus, fields=fields)
