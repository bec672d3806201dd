"""Lists of fifty, with the product's marks of where the next begins."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from django.http import HttpRequest

from siji.courses.models import Enrollment

PAGE = 50


def start_after(request: HttpRequest) -> int:
    mark = request.GET.get("after")
    if not mark:
        return 0
    return int(json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))[0])


def mark_after(rows: Sequence[Enrollment]) -> str | None:
    """``rows``: from the page's first on, to the list's end."""
    if len(rows) <= PAGE:
        return None
    return base64.urlsafe_b64encode(json.dumps([str(rows[PAGE - 1].pk)]).encode()).decode().rstrip("=")
