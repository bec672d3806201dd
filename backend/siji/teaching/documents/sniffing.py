"""What the bytes are, whatever their name says; an archive is counted up before anything in it is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

import puremagic

from siji.teaching.documents.troubles import Unreadable

Kind = Literal["pdf", "docx", "txt", "md"]
HEAD = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
WORDS_OF: dict[str, str] = {"pdf": "PDF", "docx": "Word (.docx)", "txt": "TXT", "md": "Markdown"}
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "txt": (".txt", ".text"),
    "md": (".md", ".markdown"),
}
MOST_ENTRIES = 3_000
LARGEST_UNPACKED = 200 * 2**20
LARGEST_ENTRY = 60 * 2**20
LARGEST_RATIO = 150
SMALL = 2**20
"""An entry below this may be packed as tightly as it likes: a table of spaces is."""


def kind_of(path: Path, filename: str) -> Kind:
    """Raises Unreadable: of another kind, named as what it is not, or an archive that must not be opened."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind = _by_content(path, head)
    if kind == "text":
        return _text_kind(filename, head)
    if not filename.lower().endswith(EXTENSIONS[kind]):
        raise Unreadable("wrong_name", WORDS_OF[kind])
    return "pdf" if kind == "pdf" else "docx"


def _by_content(path: Path, head: bytes) -> Literal["pdf", "docx", "text"]:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE):
        raise Unreadable("old_word")
    if head.startswith(ZIP):
        _refuse_unlike_word(path)
        return "docx"
    if _is_binary(head):
        raise _another(head)
    return "text"


def _text_kind(filename: str, head: bytes) -> Kind:
    name = filename.lower()
    if name.endswith(EXTENSIONS["md"]):
        return "md"
    if name.endswith(EXTENSIONS["txt"]):
        return "txt"
    if name.endswith(EXTENSIONS["pdf"] + EXTENSIONS["docx"]):
        raise Unreadable("wrong_name", "TXT") if not _is_markup(head) else Unreadable("another_kind", "HTML")
    raise Unreadable("unknown_kind")


def _is_markup(head: bytes) -> bool:
    return head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml"))


def _is_binary(head: bytes) -> bool:
    """UTF-16 is full of zeros and says so at its beginning; no other text holds one."""
    return not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in head


def _another(head: bytes) -> Unreadable:
    try:
        found = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return Unreadable("unknown_kind")
    return Unreadable("another_kind", found.strip(".").upper()) if found else Unreadable("unknown_kind")


def _refuse_unlike_word(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable("damaged") from error
    _refuse_bomb(entries)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("password")
    if "word/document.xml" not in names:
        raise Unreadable("another_kind", _office(names))


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """By what the archive declares; what it unpacks beyond that the library refuses by itself."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Unreadable("bomb")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGEST_ENTRY or (entry.file_size > SMALL and ratio > LARGEST_RATIO):
            raise Unreadable("bomb")


def _office(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "Excel"
    if any(name.startswith("ppt/") for name in names):
        return "PowerPoint"
    return "ZIP"
