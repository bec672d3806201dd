"""Files packed and, where a passphrase is given, sealed: AES-256-GCM over pieces that can be neither changed, moved nor cut off.

Layout: magic (8 bytes), salt (16), then for each piece a length (4 bytes, big-endian) and the ciphertext. The nonce of a piece is
its number; its additional data says whether it is the last. The key is scrypt(passphrase, salt) with N = 2¹⁵, r = 8, p = 1
(RFC 7914). A key seals one file, since each has a salt of its own: no nonce comes twice.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"SIJIBAK1"
PIECE = 1024 * 1024
SALT = 16
TAG = 16


class Damaged(Exception):
    """A file that is not what was written, or not readable with this passphrase."""


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(source: Path, target: Path, passphrase: str) -> None:
    salt = os.urandom(SALT)
    cipher = AESGCM(_key(passphrase, salt))
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + salt)
        piece = plain.read(PIECE)
        number = 0
        while True:
            following = plain.read(PIECE)
            closed = cipher.encrypt(_nonce(number), piece, _about(is_last=not following))
            sealed.write(len(closed).to_bytes(4, "big") + closed)
            if not following:
                break
            piece, number = following, number + 1
        sealed.flush()
        os.fsync(sealed.fileno())


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Raises Damaged; what was written until then is gone."""
    try:
        with source.open("rb") as sealed, target.open("wb") as plain:
            for piece in _opened(sealed, passphrase):
                plain.write(piece)
    except Damaged:
        target.unlink(missing_ok=True)
        raise


def _opened(sealed: IO[bytes], passphrase: str) -> Iterator[bytes]:
    if sealed.read(len(MAGIC)) != MAGIC:
        raise Damaged("not a sealed backup")
    cipher = AESGCM(_key(passphrase, sealed.read(SALT)))
    closed = _piece(sealed)
    number = 0
    while closed is not None:
        following = _piece(sealed)
        try:
            yield cipher.decrypt(_nonce(number), closed, _about(is_last=following is None))
        except InvalidTag:
            raise Damaged("another passphrase, or changed since it was written") from None
        closed, number = following, number + 1
    if number == 0:
        raise Damaged("cut off")


def _piece(sealed: IO[bytes]) -> bytes | None:
    head = sealed.read(4)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    closed = sealed.read(size) if len(head) == 4 and TAG <= size <= PIECE + TAG else b""
    if len(closed) != size:
        raise Damaged("cut off")
    return closed


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _about(*, is_last: bool) -> bytes:
    return b"last" if is_last else b"more"
