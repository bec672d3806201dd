"""The names of what answers are made from. Who reads names what it read, who writes what it changed.

``course``: a course, who is in it, what is set in it, how far each is, and all that was done in it; ``teaching``: any course of
this teacher; ``courses``: any at all; ``person``: what this one is in, has begun and is allowed; ``PEOPLE``: somebody's name or
number; ``PAPERS``: the bank and its tracks.
"""

from __future__ import annotations

PEOPLE = "people"
PAPERS = "papers"
COURSES = "courses"


def course(pk: int) -> str:
    return f"course:{pk}"


def work(course_id: int) -> str:
    """The attempts at what is set in a course: begun, closed, marked, given more time."""
    return f"work:{course_id}"


def teaching(teacher_id: int) -> str:
    return f"teaching:{teacher_id}"


def desk(teacher_id: int) -> str:
    """The attempts at what this teacher has set, in any course."""
    return f"desk:{teacher_id}"


def person(pk: int) -> str:
    return f"person:{pk}"
