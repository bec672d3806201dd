"""How an assignment stands for one student, and what to do about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from siji.courses.opening import Permission, Terms, decide

State = Literal["not_started", "in_progress", "closed", "missed"]
Next = Literal["continue", "start", "start_late", "enter_room", "wait", "read_report", "ask_teacher", "nothing"]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest attempt; attempts are counted from 1."""

    number: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Room:
    """The common clock of a room, None where it has not been started."""

    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.starts_at is None

    def is_over(self, at: datetime) -> bool:
        return self.ends_at is not None and at >= self.ends_at


@dataclass(frozen=True, slots=True)
class Standing:
    state: State
    next: Next
    attempts_left: int


def standing(terms: Terms, latest: Latest | None, room: Room | None, *, is_excused: bool, at: datetime) -> Standing:
    """``room`` is None where each student starts for themselves."""
    made = latest.number if latest else 0
    left = max(terms.attempts - made, 0)
    if latest is not None and latest.is_open:
        return Standing("in_progress", "enter_room" if room and room.waits else "continue", left)
    is_over = room is not None and room.is_over(at)
    if latest is not None:
        return Standing("closed", "read_report", 0 if is_over else left)
    decided = "window_closed" if is_over else decide(terms, made=made, at=at)
    if isinstance(decided, Permission):
        return Standing("not_started", _way_in(decided, room), left)
    if decided == "not_open_yet":
        return Standing("not_started", "wait", left)
    if is_excused:
        return Standing("not_started", "nothing", 0)
    return Standing("missed", "ask_teacher", 0)


def _way_in(permission: Permission, room: Room | None) -> Next:
    if permission.is_late:
        return "start_late"
    return "enter_room" if room and room.waits else "start"


ORDER: dict[Next, int] = {
    "continue": 0,
    "enter_room": 1,
    "start": 1,
    "start_late": 1,
    "wait": 3,
    "ask_teacher": 4,
    "read_report": 4,
    "nothing": 4,
}
FAR = float("inf")


def urgency(found: Standing, terms: Terms, *, is_required: bool) -> tuple[int, float]:
    """What runs, what is required, what is not, each by its end; then what is yet to open; then what is over, newest first."""
    group = ORDER[found.next]
    closes_at = terms.closes_at.timestamp() if terms.closes_at else FAR
    if group == 1 and not is_required:
        group = 2
    if group == 3:
        return group, terms.opens_at.timestamp() if terms.opens_at else FAR
    return group, -closes_at if group == 4 else closes_at
