"""How a call can end, what each ending means, and when it is worth another try. Pure: tested by tables and at random.

ending          again  billed   blames the provider  a repair may help
ok                     yes
rate_limited    yes    no       yes
overloaded      yes    no       yes                                      500, 502, 503, 504
unreachable     yes    no       yes                                      no connection was made
cut_off         yes    perhaps  yes                                      the connection or the work broke after sending
timed_out       yes    perhaps  yes                                      one try's share of the deadline is over
garbled         yes    perhaps  yes                                      200, but no completion: HTML, an error, two bodies
no_place        yes    no       no                                       our own limits or pool are full
bad_key         no     no       yes                                      401, 403
no_credit       no     no       yes                                      402
refused         no     no       no                                       400, 404, 422 and any other 4xx: our request is wrong
empty           no     yes      no                   yes
reasoning_only  no     yes      no                   yes
not_json        no     yes      no                   yes
wrong_shape     no     yes      no                   yes                 JSON that breaks a rule of its schema
too_long        no     yes      no                                       ended by max_tokens
filtered        no     yes      no                                       the provider's content filter
broken_off      no     perhaps  yes                                      a stream that ended after its first words
no_endpoint     no     no       no                                       built-in engine only
no_budget       no     no       no
breaker_open    no     no       no
lost            no     perhaps  no                                       our process died: settled by the sweeper
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

TRIES = 4
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LEAST_USEFUL = 0.5
"""Seconds that must be left after a pause for another try to make sense."""


class Outcome(StrEnum):
    OK = "ok"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    UNREACHABLE = "unreachable"
    CUT_OFF = "cut_off"
    TIMED_OUT = "timed_out"
    GARBLED = "garbled"
    NO_PLACE = "no_place"
    BAD_KEY = "bad_key"
    NO_CREDIT = "no_credit"
    REFUSED = "refused"
    EMPTY = "empty"
    REASONING_ONLY = "reasoning_only"
    NOT_JSON = "not_json"
    WRONG_SHAPE = "wrong_shape"
    TOO_LONG = "too_long"
    FILTERED = "filtered"
    BROKEN_OFF = "broken_off"
    NO_ENDPOINT = "no_endpoint"
    NO_BUDGET = "no_budget"
    BREAKER_OPEN = "breaker_open"
    LOST = "lost"
    NO_CONSENT = "no_consent"


TRANSIENT = frozenset(
    {
        Outcome.RATE_LIMITED,
        Outcome.OVERLOADED,
        Outcome.UNREACHABLE,
        Outcome.CUT_OFF,
        Outcome.TIMED_OUT,
        Outcome.GARBLED,
        Outcome.NO_PLACE,
    }
)
"""Worth another try inside the deadline."""

PERHAPS_BILLED = frozenset({Outcome.CUT_OFF, Outcome.TIMED_OUT, Outcome.GARBLED, Outcome.BROKEN_OFF, Outcome.LOST})
"""The work may have been done, so the most that it can cost counts as spent."""

PROVIDERS_FAILURE = TRANSIENT - {Outcome.NO_PLACE} | {Outcome.BAD_KEY, Outcome.NO_CREDIT, Outcome.BROKEN_OFF}
"""Counts for the breaker."""

REPAIRABLE = frozenset({Outcome.EMPTY, Outcome.REASONING_ONLY, Outcome.NOT_JSON, Outcome.WRONG_SHAPE})
"""Asked once more, without JSON mode and with what was wrong."""

LATER = TRANSIENT | {Outcome.BREAKER_OPEN, Outcome.BROKEN_OFF, Outcome.LOST, Outcome.NO_CREDIT, Outcome.NO_BUDGET}
"""Where the same request may well succeed at another time."""

_BY_STATUS = {
    401: Outcome.BAD_KEY,
    403: Outcome.BAD_KEY,
    402: Outcome.NO_CREDIT,
    408: Outcome.TIMED_OUT,
    429: Outcome.RATE_LIMITED,
}
_BY_FINISH = {
    "stop": Outcome.OK,
    "length": Outcome.TOO_LONG,
    "content_filter": Outcome.FILTERED,
    "insufficient_system_resource": Outcome.CUT_OFF,
}


def of_status(status: int) -> Outcome:
    """Of an answer that is not 2xx."""
    if status >= 500:
        return Outcome.OVERLOADED
    return _BY_STATUS.get(status, Outcome.REFUSED)


def of_completion(finish: str | None, text: str, reasoning: str) -> Outcome:
    """Of an answer that came whole. Anything but ``stop`` is a failure, whatever text came with it."""
    outcome = _BY_FINISH.get(finish or "", Outcome.GARBLED)
    if outcome is not Outcome.OK or text.strip():
        return outcome
    return Outcome.REASONING_ONLY if reasoning.strip() else Outcome.EMPTY


@dataclass(frozen=True, slots=True)
class Failure:
    """One try's ending. ``asked_pause``: what Retry-After said, in seconds."""

    outcome: Outcome
    detail: str = ""
    asked_pause: float | None = None


def pause_before_retry(failure: Failure, *, tried: int, left: float, drawn: float) -> float | None:
    """Seconds to wait before the next try, or None to give up. ``drawn``: at random from 0 to 1 (full jitter).

    What the provider asked for is the least that is waited; where that does not fit into what is ``left``, there is no next try.
    """
    if failure.outcome not in TRANSIENT or tried >= TRIES:
        return None
    pause = drawn * min(FIRST_PAUSE * 2 ** (tried - 1), LONGEST_PAUSE)
    if failure.asked_pause is not None:
        pause += failure.asked_pause
    return pause if pause + LEAST_USEFUL <= left else None


def asked_pause(said: str, *, now: float, date: float | None) -> float | None:
    """Retry-After in seconds: a number, or a moment that the caller has read as ``date`` (both in epoch seconds)."""
    try:
        seconds = float(said)
    except ValueError:
        seconds = math.nan if date is None else date - now
    return max(seconds, 0.0) if math.isfinite(seconds) else None
