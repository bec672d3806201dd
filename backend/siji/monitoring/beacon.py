"""What pages cost real people: three figures of a page, told by their browsers. Nothing of who they are.

Told without a session, since the sign-in page counts too and a page that is closing cannot be asked to sign in again. So anybody
could tell anything: only pages that there are, figures that can be, from our own pages, and so many a second. What comes of it is
a histogram and nothing else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field, field_validator

from siji.accounts.request import require_own_origin
from siji.monitoring.collecting import collector
from siji.problems import Problem, Refusal
from siji.schema import Schema

beacons = Router(tags=["health"])

OTHER_PAGE = "other"
PAGES = frozenset(
    (
        *(
            "/",
            "/courses",
            "/courses/:id",
            "/papers",
            "/papers/:id",
            "/marking",
            "/marking/:id",
            "/assignments/:id",
            "/rooms/:id",
        ),
        *("/syllabi/:id", "/analysis/:id", "/attempt/:id", "/report/:id", "/people", "/audit", "/search", "/account", "/sign-in"),
        *("/gateway", "/promises", "/status", "/alerts", "/calibration/:id", "/runs/:id"),
    )
)
"""As frontend/src/lib/asks.ts names them; what is newer than this list is counted together."""
A_SECOND, AT_ONCE = 20.0, 100.0

Milliseconds = Annotated[float, Field(ge=0, le=120_000, allow_inf_nan=False)]


class BeaconIn(Schema):
    page: str = Field(max_length=60)
    lcp: Milliseconds | None = None
    """Until the largest thing was to be seen; none where the page was turned to without loading."""
    inp: Milliseconds | None = None
    """The longest wait after a key or a click; none where there was none."""
    cls: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None

    @field_validator("page")
    @classmethod
    def known(cls, value: str) -> str:
        return value if value in PAGES else OTHER_PAGE


class Bucket:
    """So many a second, and so many at once after a pause."""

    def __init__(self, *, a_second: float, at_once: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._most, self._clock = a_second, at_once, clock
        self._lock = threading.Lock()
        self._left, self._at = at_once, clock()

    def take(self) -> bool:
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._at) * self._rate)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


bucket = Bucket(a_second=A_SECOND, at_once=AT_ONCE)


@beacons.post("/beacons", auth=None, response={204: None, 403: Problem, 422: Problem, 429: Problem})
def post_beacon(request: HttpRequest, body: BeaconIn) -> Status[None]:
    """From a page of ours that is being left. 429 when there are too many; nobody need send it again."""
    require_own_origin(request)
    if not bucket.take():
        raise Refusal(
            "too_many", zh="收到的页面数据太多，这一条没有记录。", en="Too many at once: this one is not kept.", status=429
        )
    told = (("lcp", body.lcp), ("inp", body.inp), ("cls", None if body.cls is None else body.cls * 1000))
    collector.note_all([(kind, body.page, value) for kind, value in told if value is not None])
    return Status(204, None)
