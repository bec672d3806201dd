"""tus headers as values: ``Upload-Checksum`` and ``Upload-Metadata``."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from siji.problems import Refusal

ALGORITHMS = ("sha256", "sha1", "md5")


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes

    def matches(self, data: bytes) -> bool:
        return hashlib.new(self.algorithm, data, usedforsecurity=False).digest() == self.digest


def checksum_of(header: str | None) -> Checksum | None:
    """None where none was sent. Raises Refusal (400)."""
    if not header:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise bad_header("Upload-Checksum", zh=f"只支持 {known}", en=f"only {known} are known")
    return Checksum(algorithm, _decoded("Upload-Checksum", encoded))


def metadata_of(header: str | None) -> dict[str, str]:
    """Names and values, ``filename d29ya`` and so on. Raises Refusal (400)."""
    pairs = [pair.strip().partition(" ") for pair in (header or "").split(",") if pair.strip()]
    return {name: _decoded("Upload-Metadata", value).decode("utf-8", "replace").replace("\x00", "") for name, _, value in pairs}


def whole_number(name: str, header: str | None) -> int:
    """Raises Refusal (400)."""
    if header is None or not (header.isascii() and header.isdigit() and len(header) <= 15):
        raise bad_header(name, zh="应当是不小于 0 的整数", en="must be a whole number")
    return int(header)


def _decoded(name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error as error:
        raise bad_header(name, zh="不是有效的 base64", en="is no valid base64") from error


def bad_header(name: str, *, zh: str, en: str) -> Refusal:
    return Refusal(
        "bad_header", zh=f"请求头 {name}：{zh}。请刷新页面后重试。", en=f"Header {name}: {en}. Reload the page.", status=400
    )
