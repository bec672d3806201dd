"""tus 1.0 (core, creation, expiration, checksum, termination): how a large file comes in over a bad network.

An upload is never handed out again: there is no GET. Every answer of ours says which protocol it speaks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.http import http_date
from ninja import Router

from siji.accounts.auth import Signed, require_teacher
from siji.problems import Problem, Refusal, answer, not_found
from siji.uploads import actions
from siji.uploads.headers import ALGORITHMS, bad_header, checksum_of, metadata_of, whole_number
from siji.uploads.models import Upload

uploads = Router(tags=["uploads"])

VERSION = "1.0.0"
ALWAYS = {400: Problem, 401: Problem, 403: Problem, 412: Problem, 422: Problem}
ONE = {**ALWAYS, 404: Problem}
OFFSET_MEDIA = "application/offset+octet-stream"
LONGEST_NAME = 200

P = ParamSpec("P")


def spoken(view: Callable[Concatenate[Signed, P], HttpResponse]) -> Callable[Concatenate[Signed, P], HttpResponse]:
    """Staff only, who speak our version; refusals carry the protocol's headers too."""

    @functools.wraps(view)
    def speak(request: Signed, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            require_teacher(request.user)
            _require_version(request)
            response = view(request, *args, **kwargs)
        except Refusal as error:
            response = _refused(error)
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return speak  # type: ignore[return-value]  # wraps() names the first argument, Concatenate has no place for it


def _require_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refusal(
            "tus_version",
            zh=f"上传协议的版本不对（需要 tus {VERSION}），请刷新页面后重试。",
            en=f"Another upload protocol (tus {VERSION} is spoken here): reload the page.",
            status=412,
        )


def _refused(error: Refusal) -> HttpResponse:
    response: HttpResponse = answer(error.problem(), status=error.status)
    if error.status == 412:
        response.headers["Tus-Version"] = VERSION
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, actions.WrongOffset):
        response.headers["Upload-Offset"] = str(error.offset)
    return response


@uploads.api_operation(["OPTIONS"], "/uploads", response={204: None}, auth=None)
def upload_options(request: HttpRequest) -> HttpResponse:
    """What is spoken here."""
    headers = {
        "Tus-Resumable": VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "Tus-Max-Size": str(actions.LARGEST),
    }
    return HttpResponse(status=204, headers=headers)


@uploads.post("/uploads", response={201: None, **ALWAYS, 409: Problem, 413: Problem, 503: Problem})
@spoken
def create_upload(request: Signed) -> HttpResponse:
    """Metadata: ``filename``, and ``key``, by which a creation that is sent again finds the same upload."""
    said = metadata_of(request.headers.get("Upload-Metadata"))
    key, filename = said.get("key", ""), said.get("filename", "").strip()
    if not 8 <= len(key) <= 64 or not filename:
        raise bad_header(
            "Upload-Metadata", zh="需要 filename 和 key（8 到 64 个字符）", en="needs filename and key (8 to 64 signs)"
        )
    length = whole_number("Upload-Length", request.headers.get("Upload-Length"))
    upload = actions.create_upload(by=request.user, wish=actions.Wish(key, filename[-LONGEST_NAME:], length))
    response = HttpResponse(status=201, headers=_standing(upload))
    response.headers["Location"] = f"/api/v1/uploads/{upload.pk}"
    return response


@uploads.api_operation(["HEAD"], "/uploads/{upload_id}", response={200: None, **ONE, 410: Problem})
@spoken
def get_upload_offset(request: Signed, upload_id: UUID) -> HttpResponse:
    upload = actions.standing(upload=_mine(request, upload_id))
    return HttpResponse(headers={**_standing(upload), "Upload-Length": str(upload.length)})


APPENDED = {204: None, **ONE, 409: Problem, 410: Problem, 413: Problem, 415: Problem, 460: Problem, 503: Problem}


@uploads.patch("/uploads/{upload_id}", response=APPENDED)
@spoken
def append_to_upload(request: Signed, upload_id: UUID) -> HttpResponse:
    """A piece from ``Upload-Offset`` on. Of a piece that was cut short, what came is kept (unless a checksum says otherwise)."""
    offset = whole_number("Upload-Offset", request.headers.get("Upload-Offset"))
    checksum = checksum_of(request.headers.get("Upload-Checksum"))
    _require_piece(request)
    piece = actions.Received(_received(request), offset=offset, checksum=checksum)
    upload = actions.append(upload_id=upload_id, by=request.user, piece=piece)
    return HttpResponse(status=204, headers=_standing(upload))


def _require_piece(request: HttpRequest) -> None:
    if request.content_type != OFFSET_MEDIA:
        raise Refusal(
            "unsupported_media",
            zh=f"分段内容的类型应当是 {OFFSET_MEDIA}。",
            en=f"A piece is sent as {OFFSET_MEDIA}.",
            status=415,
        )
    if whole_number("Content-Length", request.headers.get("Content-Length")) > actions.LARGEST_PIECE:
        most = actions.LARGEST_PIECE // 2**20
        raise Refusal(
            "piece_too_large", zh=f"每段最多 {most} MB，请分段发送。", en=f"Send pieces of at most {most} MB.", status=413
        )


def _received(request: HttpRequest) -> bytes:
    """What came, be it cut short: the sender learns from the offset how much that was."""
    came = bytearray()
    try:
        while part := request.read(65536):
            came += part
    except UnreadablePostError:
        return bytes(came)
    return bytes(came)


@uploads.delete("/uploads/{upload_id}", response={204: None, **ONE, 409: Problem})
@spoken
def terminate_upload(request: Signed, upload_id: UUID) -> HttpResponse:
    actions.terminate(upload=_mine(request, upload_id))
    return HttpResponse(status=204)


def _mine(request: Signed, upload_id: UUID) -> Upload:
    upload = Upload.objects.visible_to(request.user).filter(pk=upload_id).first()
    if upload is None:
        raise not_found()
    return upload


def _standing(upload: Upload) -> dict[str, str]:
    standing = {"Upload-Offset": str(upload.offset)}
    if upload.claimed_at is None:
        standing["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return standing
