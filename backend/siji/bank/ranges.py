"""Stretches of a file over HTTP (RFC 9110, section 14), in slices that never hold much memory or a thread for long.

A player that asks for more than a slice gets the slice and asks again.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

LARGEST_SLICE = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve_range(request: HttpRequest, path: Path, *, first: int = 0, last: int | None = None) -> HttpResponseBase:
    """The bytes asked for, as far as they lie between ``first`` and ``last`` (both served; ``last`` None is the end).

    304 where the client holds this very file, before any range is looked at (RFC 9110, 13.2.2).
    206 with what may be had of them, 416 where that is nothing. Without a range, or with one that cannot be read: the whole file
    where all of it may be had, else 416: a part of a file is never passed off as the whole.
    """
    size = path.stat().st_size
    end = size - 1 if last is None else min(last, size - 1)
    # A lost track that a voice speaks again has its old name, and hardly ever its old length.
    etag = f'"{path.stem}-{size:x}"'
    wanted = _wanted(request, size, etag)
    if _has_it(request, etag):
        response: HttpResponseBase = HttpResponse(status=304)
    elif wanted is None:
        response = _whole(path) if (first, end) == (0, size - 1) else _refused(size)
    else:
        response = _part(path, max(wanted[0], first), min(wanted[1], end), size)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _has_it(request: HttpRequest, etag: str) -> bool:
    """Compared weakly, as If-None-Match is (RFC 9110, 13.1.2): a proxy may have made the tag weak."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in (tag.removeprefix("W/") for tag in known)


def _wanted(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte as asked; None where the whole is. Several ranges at once may be ignored by the standard."""
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    start, stop = found.groups()
    if start:
        return int(start), int(stop) if stop else size - 1
    return (max(size - int(stop), 0), size - 1) if stop else None


def _part(path: Path, start: int, stop: int, size: int) -> HttpResponse:
    stop = min(stop, start + LARGEST_SLICE - 1)
    if start > stop:
        return _refused(size)
    with path.open("rb") as file:
        file.seek(start)
        data = file.read(stop - start + 1)
    response = HttpResponse(data, status=206, content_type="audio/mpeg")
    response.headers["Content-Range"] = f"bytes {start}-{stop}/{size}"
    return response


def _whole(path: Path) -> FileResponse:
    return FileResponse(path.open("rb"), content_type="audio/mpeg")


def _refused(size: int) -> HttpResponse:
    response = HttpResponse(status=416)
    response.headers["Content-Range"] = f"bytes */{size}"
    return response
