"""Create, append, give up, claim. What was acknowledged survives ``kill -9`` and a power cut.

A piece is received whole before the row is locked: a slow sender holds no transaction. Then, under the lock, the file is
cut back to the row's offset, written, synced, and only then the row says so. A process killed in between leaves a file that is
longer than its row, which the next piece mends; two senders of the same piece come one after the other, and the second is told
where to go on.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ParamSpec
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.functional import cached_property

from siji.accounts.models import User
from siji.problems import Refusal, not_found, refusal_on
from siji.storage.now import database_now
from siji.uploads import files
from siji.uploads.headers import Checksum
from siji.uploads.models import Upload

P = ParamSpec("P")

LARGEST = 50 * 2**20
LARGEST_PIECE = 8 * 2**20
"""Received into memory; the pages send 1 MB at a time, so that a cut costs no more than that."""
KEPT = timedelta(hours=24)
"""Since the last byte came."""
MOST_UNCLAIMED = 20
MOST_BYTES = 2 * 2**30
SWEPT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sender says of a file before it sends it."""

    key: str
    filename: str
    length: int


def create_upload(*, by: User, wish: Wish) -> Upload:
    """The upload of this key, made if there is none. Raises Refusal: 413 too large, 422 empty, 409 quota or another length."""
    _check_length(wish.length)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        known = Upload.objects.filter(owner=by, key=wish.key).first()
        if known is not None and not _is_gone(known):
            return _same(known, wish)
        if known is not None:
            _discard(known)
        _check_quota(by, wish.length)
        expires = database_now() + KEPT
        upload = Upload.objects.create(owner=by, key=wish.key, filename=wish.filename, length=wish.length, expires_at=expires)
        _on_disk(files.create, upload.pk)
    return upload


def _check_length(length: int) -> None:
    if length > LARGEST:
        most = LARGEST // 2**20
        zh = f"文件超过 {most} MB，请压缩图片、拆成几个文件，或只保留文字后再上传。"
        raise refusal_on(
            "file", "too_large", zh=zh, en=f"Over {most} MB: shrink its pictures or split it, then upload again.", status=413
        )
    if length == 0:
        raise refusal_on("file", "empty", zh="文件是空的，请选择另一个文件。", en="The file is empty: choose another one.")


def _same(known: Upload, wish: Wish) -> Upload:
    if known.length != wish.length:
        raise Refusal(
            "another_file", zh="文件在上传途中变了，请重新选择。", en="The file has changed meanwhile: choose it again."
        )
    return known


def _is_gone(upload: Upload) -> bool:
    return _is_expired(upload) or files.is_lost(upload.pk, upload.offset)


def _is_expired(upload: Upload) -> bool:
    return upload.claimed_at is None and upload.expires_at < database_now()


def _check_quota(by: User, length: int) -> None:
    unclaimed = Q(claimed_at=None)
    has = Upload.objects.filter(owner=by).aggregate(unclaimed=Count("pk", filter=unclaimed), total=Sum("length", default=0))
    if has["unclaimed"] >= MOST_UNCLAIMED:
        raise Refusal(
            "too_many_uploads",
            zh=f"还有 {MOST_UNCLAIMED} 个文件没有传完或没有用上。请先完成或取消其中一些；不理会的话，24 小时后会自动清除。",
            en=f"{MOST_UNCLAIMED} uploads are unfinished or unused: finish or cancel some; they go by themselves after 24 hours.",
        )
    if has["total"] + length > MOST_BYTES:
        raise Refusal(
            "quota",
            zh="你的上传空间（2 GB）已满。请删除不再需要的大纲或录音后再传。",
            en="Your 2 GB for uploads are used up: delete syllabi or recordings you no longer need.",
        )


class Received:
    """A piece as it came."""

    def __init__(self, data: bytes, *, offset: int, checksum: Checksum | None) -> None:
        self.data, self.offset, self._checksum = data, offset, checksum

    @cached_property
    def is_right(self) -> bool:
        return self._checksum is None or self._checksum.matches(self.data)


def append(*, upload_id: UUID, by: User, piece: Received) -> Upload:
    """The upload with the piece in it. Raises Refusal: 404, 409 wrong offset, 410 gone, 413 beyond its end, 460 bad checksum."""
    if not piece.is_right:
        raise Refusal(
            "bad_checksum",
            zh="这一段在传输中损坏了，请重新发送。",
            en="This piece was damaged on its way: send it again.",
            status=460,
        )
    with transaction.atomic():
        upload = Upload.objects.visible_to(by).select_for_update(no_key=True).filter(pk=upload_id).first()
        if upload is None:
            raise not_found()
        _check_piece(upload, piece)
        if piece.data:
            _keep(upload, piece)
    return upload


def _check_piece(upload: Upload, piece: Received) -> None:
    if _is_expired(upload):
        raise gone()
    if piece.offset != upload.offset:
        raise WrongOffset(upload.offset)
    if piece.offset + len(piece.data) > upload.length:
        raise Refusal(
            "beyond_the_end",
            zh="发送的内容比文件声明的长，文件可能变了，请重新选择。",
            en="More was sent than the file was said to hold: it may have changed, choose it again.",
            status=413,
        )


def _keep(upload: Upload, piece: Received) -> None:
    _on_disk(files.write, upload.pk, piece.offset, piece.data)
    upload.offset += len(piece.data)
    upload.expires_at = database_now() + KEPT
    if upload.is_whole:
        upload.sha256 = files.sha256_of(upload.pk)
    upload.save(update_fields=["offset", "expires_at", "sha256"])


def _on_disk(do: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    try:
        do(*args, **kwargs)
    except files.Lost as error:
        raise gone() from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refusal(
            "disk_full",
            zh="服务器的磁盘满了，已传的部分还在。请联系管理员，之后可以继续。",
            en="The server's disk is full; what was sent is kept. Tell your administrator, then go on.",
            status=503,
            retry_after=60,
        ) from error


class WrongOffset(Refusal):
    """Where to go on stands in ``offset``."""

    def __init__(self, offset: int) -> None:
        super().__init__(
            "wrong_offset",
            zh=f"服务器已经有前 {offset} 个字节，请从那里接着传。",
            en=f"The server has the first {offset} bytes: go on from there.",
        )
        self.offset = offset


def gone() -> Refusal:
    return Refusal(
        "upload_expired",
        zh="这次上传超过 24 小时没有继续，已经清除，请重新上传。",
        en="Nothing came for 24 hours and the upload was removed: begin it again.",
        status=410,
    )


def standing(*, upload: Upload) -> Upload:
    """The same, if it can go on. Raises Refusal (410)."""
    if _is_gone(upload):
        raise gone()
    return upload


def terminate(*, upload: Upload) -> None:
    """Raises Refusal (409) once something was made of it."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if row is None:
            return
        if row.claimed_at is not None:
            raise _in_use()
        _discard(row)


def claim(*, upload_id: UUID, by: User, is_first: bool = False) -> Upload:
    """Call in the transaction that makes something of it. Claiming twice is once; ``is_first``: it is refused.

    Raises Refusal: 404, 409, 410.
    """
    upload = Upload.objects.visible_to(by).select_for_update(no_key=True).filter(pk=upload_id).first()
    if upload is None:
        raise not_found()
    if _is_gone(upload):
        raise gone()
    if not upload.is_whole:
        raise Refusal("unfinished", zh="文件还没有传完，请等它传完。", en="The file is not all here yet: wait until it is.")
    if is_first and upload.claimed_at is not None:
        raise _in_use()
    if upload.claimed_at is None:
        upload.claimed_at = database_now()
        upload.save(update_fields=["claimed_at"])
    return upload


def _in_use() -> Refusal:
    return Refusal("in_use", zh="这个文件已经用上了，请删除用它的内容。", en="It is in use: delete what was made of it.")


def discard_claimed(*, upload: Upload) -> None:
    """In the transaction in which what was made of it goes."""
    _discard(upload)


def _discard(upload: Upload) -> None:
    """The file goes once the row is gone for certain: the other way round a rollback would leave a row without bytes."""
    key = upload.pk
    upload.delete()
    transaction.on_commit(lambda: files.remove(key))


def sweep() -> int:
    """How many went: uploads that nobody went on with, and files that no row knows (a person or a process that is gone)."""
    count = 0
    for upload_id in list(Upload.objects.expired().order_by("expires_at").values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
        with transaction.atomic():
            row = Upload.objects.expired().select_for_update(skip_locked=True).filter(pk=upload_id).first()
            if row is not None:
                _discard(row)
                count += 1
    return count + _sweep_files()


def _sweep_files() -> int:
    old = list(files.older_than(KEPT.total_seconds(), now=time.time()))[:SWEPT_AT_ONCE]
    known = set(Upload.objects.filter(pk__in=old).values_list("pk", flat=True))
    for upload_id in set(old) - known:
        files.remove(upload_id)
    return len(set(old) - known)
