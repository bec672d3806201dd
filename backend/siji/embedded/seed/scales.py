"""How large, and what follows from it. Pure: the same numbers every time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """``sat_courses`` of each hundred have sat their exam, ``sat_share`` of each hundred people in them."""

    name: str
    courses: int
    teachers: int
    students: int
    enrollments: int
    items: int
    sat_courses: int = 25
    sat_share: int = 70

    @property
    def class_size(self) -> int:
        return self.enrollments // self.courses


SCALES = {
    "M": Scale("M", courses=1_000, teachers=200, students=20_000, enrollments=50_000, items=50_000),
    "L": Scale("L", courses=20_000, teachers=2_000, students=200_000, enrollments=1_000_000, items=1_000_000),
}
"""S is the demo school, made by the product's own actions."""


def mixed(*numbers: int) -> int:
    """Chance without state: the same 32 bits for the same numbers (a round of SplitMix64, Steele et al. 2014, for each)."""
    state = 0x9E3779B97F4A7C15
    for number in numbers:
        state = (state ^ number) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        state = (state ^ state >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 31
    return state >> 32


def students_of(scale: Scale, course: int) -> range | list[int]:
    """Which students (by number) are in a course: distinct, and everybody is in some."""
    start = course * scale.class_size
    return [(start + n + mixed(7, course) % 3 * scale.students // 7) % scale.students for n in range(scale.class_size)]


def has_sat(scale: Scale, course: int, student: int) -> bool:
    """Whether the course has held its exam, and this student was there."""
    return is_sat(scale, course) and mixed(1, course, student) % 100 < scale.sat_share


def is_sat(scale: Scale, course: int) -> bool:
    return mixed(2, course) % 100 < scale.sat_courses
