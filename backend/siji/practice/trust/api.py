"""Calibration of a course's engines, and appeals against marks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.courses.api import taught
from siji.practice import marking as desk
from siji.practice.api.responses import READ, WRITE
from siji.practice.models import Script
from siji.practice.schemas import DeskScript
from siji.practice.trust import appealing, calibrating
from siji.practice.trust.appeals import APPEAL, appeal_view
from siji.practice.trust.schemas import (
    AppealIn,
    AppealOut,
    BlindMarkIn,
    CalibrationOut,
    DecisionIn,
    DrawIn,
    ReleaseRuleIn,
    Slot,
)

trust = Router(tags=["trust"])


@trust.get("/courses/{course_id}/calibrations/{slot}", response={200: CalibrationOut, **READ})
def get_calibration(request: Signed, course_id: int, slot: Slot) -> CalibrationOut:
    """The scripts to mark blind, then how far each engine agrees. Staff only."""
    return calibrating.calibration_view(taught(request, course_id), slot)


@trust.post("/courses/{course_id}/calibrations", response={201: CalibrationOut, **WRITE})
def draw_scripts(request: Signed, course_id: int, body: DrawIn) -> Status[CalibrationOut]:
    """More scripts of the course to mark blind, 20 at the most."""
    course = taught(request, course_id)
    calibrating.draw_scripts(course=course, slot=body.slot, by=request.user)
    return Status(201, calibrating.calibration_view(course, body.slot))


@trust.put("/courses/{course_id}/calibrations/{slot}/marks/{script_id}", response={200: CalibrationOut, **WRITE})
def mark_blind(request: Signed, course_id: int, slot: Slot, script_id: int, body: BlindMarkIn) -> CalibrationOut:
    """It counts as no mark of the student's."""
    course = taught(request, course_id)
    calibrating.mark_blind(course=course, slot=slot, script_id=script_id, value=body.value, by=request.user)
    return calibrating.calibration_view(course, slot)


@trust.post("/courses/{course_id}/release-rules", response={201: CalibrationOut, **WRITE})
def set_release_rule(request: Signed, course_id: int, body: ReleaseRuleIn) -> Status[CalibrationOut]:
    """Whether a model's marks are released without review, and from which agreement on. For what is handed in from now on."""
    course = taught(request, course_id)
    calibrating.set_rule(course=course, asked=body, by=request.user)
    return Status(201, calibrating.calibration_view(course, body.slot))


@trust.post("/scripts/{script_id}/appeals", response={201: AppealOut, **WRITE})
def appeal(request: Signed, script_id: int, body: AppealIn) -> Status[AppealOut | None]:
    """Once for each script, within 7 days of its mark, by its student."""
    script = get_object_or_404(_seen(request), pk=script_id)
    appealing.appeal(script=script, words=body.words, by=request.user)
    return Status(201, appeal_view(_seen(request).get(pk=script_id)))


@trust.post("/scripts/{script_id}/appeal-decisions", response={201: DeskScript, **WRITE})
def decide_appeal(request: Signed, script_id: int, body: DecisionIn) -> Status[DeskScript]:
    """The mark that stands from now on, with words for the student."""
    script = desk.script_to_mark(script_id, request.user)
    appealing.decide(script=script, value=body.value, words=body.words, by=request.user)
    return Status(201, desk.desk_view(desk.script_to_mark(script_id, request.user)))


def _seen(request: Signed) -> QuerySet[Script]:
    rows = Script.objects.visible_to(request.user)
    return rows.select_related("attempt__assignment__course", *APPEAL)
