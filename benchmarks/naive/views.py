"""The pages. Bodies are the product's, which the benchmark compares; how they come about is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from statistics import fmean
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from naive.pages import PAGE, mark_after, start_after
from naive.shapes import assignment_json, cell_json, iso
from siji.accounts.models import User
from siji.courses.models import Assignment, Course, Enrollment, Progress
from siji.practice.keys import assigned_slots, keyed_items, slots_by_section
from siji.practice.models import Attempt, Script

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"detail": "sign in first"}, status=401)
        return view(request, *args, **kwargs)

    return checked


def staff_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _user(request).is_student:
            return JsonResponse({"detail": "staff only"}, status=403)
        return view(request, *args, **kwargs)

    return signed_in(checked)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@signed_in
def courses(request: HttpRequest) -> HttpResponse:
    found = Course.objects.visible_to(_user(request)).order_by("-created_at", "-pk")
    size, page = int(request.GET.get("page_size", 20)), int(request.GET.get("page", 1))
    total = found.count()
    rows = [_course_json(request, course) for course in found[(page - 1) * size : page * size]]
    pages = max(1, -(-total // size))
    return JsonResponse({"courses": rows, "total_pages": pages, "current_page": page, "total_count": total})


def _course_json(request: HttpRequest, course: Course) -> dict[str, Any]:
    enrollments = course.enrollments.filter(is_active=True)
    shares = [float(enrollment.progress) for enrollment in enrollments]
    user = _user(request)
    return {
        "id": course.pk,
        "name": course.name,
        "category": course.category,
        "level": course.level,
        "status": course.status,
        "teacher_name": course.teacher.name,
        "student_count": enrollments.count(),
        "avg_progress": round(fmean(shares), 2) if shares else 0.0,
        "assignment_count": course.assignments.count(),
        "my_progress": float(enrollments.get(student=user).progress) if user.is_student else None,
    }


@signed_in
def course(request: HttpRequest, course_id: int) -> HttpResponse:
    user = _user(request)
    found = get_object_or_404(Course.objects.visible_to(user), pk=course_id)
    body = _course_json(request, found)
    body["description"] = found.description
    body["code"] = None if user.is_student else found.code
    body["is_code_open"] = None if user.is_student else found.is_code_open
    body["assignments"] = [assignment_json(user, row) for row in found.assignments.order_by("pk")]
    body["classmates"] = _classmates(user, found) if user.is_student else []
    return JsonResponse(body)


def _classmates(user: User, found: Course) -> list[dict[str, Any]]:
    others = found.enrollments.filter(is_active=True).exclude(student=user).order_by("pk")[:10]
    return [{"name": row.student.name, "administrative_class": row.student.administrative_class} for row in others]


@signed_in
def progress(request: HttpRequest) -> HttpResponse:
    enrollments = Enrollment.objects.filter(student=_user(request), is_active=True)
    done = 0
    for enrollment in enrollments:
        done += Progress.objects.filter(student=_user(request), assignment__course=enrollment.course, status="completed").count()
    shares = [float(enrollment.progress) for enrollment in enrollments]
    return JsonResponse({"total_progress": round(fmean(shares), 2) if shares else 0.0, "completed_assignments": done})


@staff_only
def students(request: HttpRequest, course_id: int) -> HttpResponse:
    found = get_object_or_404(Course.objects.visible_to(_user(request)), pk=course_id)
    rows = list(found.enrollments.filter(is_active=True, pk__gt=start_after(request)).order_by("pk"))
    return JsonResponse({"items": [_student_json(row) for row in rows[:PAGE]], "next": mark_after(rows)})


def _student_json(row: Enrollment) -> dict[str, Any]:
    done = Progress.objects.filter(student=row.student, assignment__course=row.course, status="completed").count()
    return {
        "id": row.student.pk,
        "username": row.student.username,
        "name": row.student.name,
        "student_number": row.student.student_number,
        "administrative_class": row.student.administrative_class,
        "progress": float(row.progress),
        "completed_assignments": done,
        "joined_at": iso(row.joined_at),
    }


@staff_only
def results(request: HttpRequest, course_id: int) -> HttpResponse:
    found = get_object_or_404(Course.objects.visible_to(_user(request)), pk=course_id)
    set_here = list(found.assignments.order_by("pk"))
    everybody = list(found.enrollments.filter(is_active=True).order_by("pk"))
    rows = [row for row in everybody if row.pk > start_after(request)]
    body = {
        "course": found.pk,
        "assignments": [_figures(assignment, everybody) for assignment in set_here],
        "students": [_result_json(row, set_here) for row in rows[:PAGE]],
        "next": mark_after(rows),
    }
    return JsonResponse(body)


def _result_json(row: Enrollment, set_here: list[Assignment]) -> dict[str, Any]:
    return {
        "id": row.student.pk,
        "name": row.student.name,
        "student_number": row.student.student_number,
        "administrative_class": row.student.administrative_class,
        "progress": float(row.progress),
        "cells": [cell_json(assignment, _latest(assignment, row.student)) for assignment in set_here],
    }


def _latest(assignment: Assignment, student: User, *, closed: bool = False) -> Attempt | None:
    """The latest closed one, else (unless only closed ones are asked for) the open one."""
    own = Attempt.objects.filter(assignment=assignment, student=student).order_by("-number")
    last = own.filter(closed_at__isnull=False).first()
    return last if last is not None or closed else own.first()


def _figures(assignment: Assignment, everybody: list[Enrollment]) -> dict[str, Any]:
    attempts = [_latest(assignment, row.student, closed=True) for row in everybody]
    sat = [attempt.result for attempt in attempts if attempt is not None]
    bins = [0] * 10
    for result in sat:
        if result["raw_of"]:
            bins[min(int(result["raw"] / result["raw_of"] * 10), 9)] += 1
    done = [row for row in everybody if assignment.progress.filter(student=row.student, status="completed").exists()]
    return {
        "id": assignment.pk,
        "title": assignment.title,
        "is_required": assignment.is_required,
        "completed": len(done),
        "students": len(everybody),
        "mean_raw": round(fmean(result["raw"] for result in sat), 2) if sat else None,
        "raw_of": float(sum(item.marks for item in keyed_items(assignment.paper, assigned_slots(assignment)))),
        "waiting_scripts": Script.objects.filter(
            attempt__assignment=assignment, attempt__closed_at__isnull=False, state="waiting"
        ).count(),
        "sections": _sections(assignment, sat),
        "bins": bins,
    }


def _sections(assignment: Assignment, sat: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for key in slots_by_section(assignment.paper):
        own = [one for result in sat for one in result["sections"] if one["key"] == key and one["raw"] is not None]
        if own:
            found.append({"key": key, "percent": round(fmean(100 * one["raw"] / one["raw_of"] for one in own), 1)})
    return found
