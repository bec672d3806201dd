"""Documents are read for what they are: pages, headings, rows; and what cannot be read says why and what to do."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from siji.teaching.documents import reading
from siji.teaching.documents.blocks import Document, is_garbled
from siji.teaching.documents.reading import read_document
from siji.teaching.documents.troubles import SAID, Unreadable, said

PLAIN = "本课程面向本科一、二年级学生，旨在提高学生的英语听说读写译能力，为四级考试打好基础。"
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def read(folder: Path, name: str, data: bytes) -> Document:
    path = folder / "bytes"  # as an upload lies on disk: its name says nothing
    path.write_bytes(data)
    steps: list[tuple[int, int]] = []
    return read_document(path, name, progress=lambda done, total: steps.append((done, total)))


def empty(folder: Path) -> Path:
    (folder / "any").touch()
    return folder / "any"


def trouble(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as found:
        read(folder, name, data)
    zh, en = said(found.value.code, found.value.found)
    assert "{" not in zh + en
    return found.value.code


def pdf(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def written(*pages: list[str]) -> bytes:
    def draw(canvas: Canvas) -> None:
        for lines in pages:
            canvas.setFont("STSong-Light", 12)
            for place, line in enumerate(lines):
                canvas.drawString(60, 780 - 20 * place, line)
            canvas.showPage()

    return pdf(draw)


def scan() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 500, 700)

    return pdf(draw)


def word(write: Callable[[WordDocument], object]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    write(document)
    document.save(out)
    return out.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return out.getvalue()


def kinds(document: Document) -> list[tuple[str, str, int]]:
    return [(block.kind, block.text, block.page) for block in document.blocks]


def test_a_pdf_has_pages_and_its_lines_become_paragraphs(tmp_path: Path) -> None:
    first = ["第一章 课程性质", PLAIN[:30], PLAIN[30:]]
    found = read(tmp_path, "大纲.PDF", written(first, ["二、教学内容", "1. 听力策略；", "2. 阅读技巧。"]))
    assert (found.kind, found.pages, found.is_paged) == ("pdf", 2, True)
    assert kinds(found) == [
        ("heading", "第一章 课程性质", 1),
        ("paragraph", PLAIN, 1),
        ("heading", "二、教学内容", 2),
        ("paragraph", "1. 听力策略；", 2),
        ("paragraph", "2. 阅读技巧。", 2),
    ]


def test_places_count_through_the_whole_text(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", written(["第一章 课程性质", PLAIN], [PLAIN]))
    text = "\n".join(block.text for block in found.blocks)
    assert all(text[block.start : block.end] == block.text for block in found.blocks)
    assert found.characters == len(text)


def test_a_word_file_has_headings_rows_and_pages(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_heading("大学英语教学大纲", 1)
        document.add_paragraph(PLAIN)
        table = document.add_table(2, 3)
        for row, texts in zip(table.rows, (["周次", "内容", "学时"], ["1", "听力", "4"]), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_page_break()  # type: ignore[no-untyped-call]  # the library's own
        document.add_heading("考核方式", 2)

    found = read(tmp_path, "大纲.docx", word(write))
    assert kinds(found) == [
        ("heading", "大学英语教学大纲", 1),
        ("paragraph", PLAIN, 1),
        ("row", "周次 | 内容 | 学时", 1),
        ("row", "1 | 听力 | 4", 1),
        ("heading", "考核方式", 2),
    ]
    assert [block.level for block in found.blocks if block.kind == "heading"] == [1, 2]
    assert found.blocks[3].cells == ("1", "听力", "4")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_whatever_it_was_saved(tmp_path: Path, encoding: str) -> None:
    text = f"一、课程性质\r\n{PLAIN}\r\n周次\t内容\r\n1\t听力\r\n"
    found = read(tmp_path, "大纲.txt", text.encode(encoding))
    assert kinds(found) == [
        ("heading", "一、课程性质", 1),
        ("paragraph", PLAIN, 1),
        ("row", "周次 | 内容", 1),
        ("row", "1 | 听力", 1),
    ]
    assert not found.is_paged


def test_western_text_does_not_become_chinese(tmp_path: Path) -> None:
    text = "Le résumé du café: élèves, naïveté, façade. " * 4
    assert "élèves" in read(tmp_path, "a.txt", text.encode("cp1252")).blocks[0].text


def test_a_form_feed_ends_a_page(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", f"{PLAIN}\f{PLAIN}".encode())
    assert [(block.page, block.text) for block in found.blocks] == [(1, PLAIN), (2, PLAIN)]


def test_markdown_keeps_its_headings_and_tables_and_not_its_signs(tmp_path: Path) -> None:
    table = "| 周 | 内容 |\n|---|:--|\n| 1 | 听力 |"
    goals = f"**目标**：{PLAIN[:20]}\n{PLAIN[20:]}"
    text = f"---\nsource: original\n---\n# 大纲\n\n{goals}\n\n{table}\n\n考核\n----\n- 平时\n- 期末\n"
    assert kinds(read(tmp_path, "a.md", text.encode())) == [
        ("heading", "大纲", 1),
        ("paragraph", f"目标：{PLAIN}", 1),
        ("row", "周 | 内容", 1),
        ("row", "1 | 听力", 1),
        ("heading", "考核", 1),
        ("paragraph", "- 平时", 1),
        ("paragraph", "- 期末", 1),
    ]


def test_pages_without_text_are_named_beside_those_that_have_some(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60, 780, PLAIN)
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 500, 700)

    found = read(tmp_path, "a.pdf", pdf(draw))
    assert (found.pages, found.without_text) == (2, [2])


def encrypted() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(written([PLAIN])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def private_signs() -> bytes:
    return ("".join(chr(0xE000 + number % 90) for number in range(200))).encode()


WORD = word(lambda document: document.add_paragraph(PLAIN))
BIG = b" " * (5 * 2**20)
UNREADABLE = {
    "a scan": ("scanned", "a.pdf", scan),
    "a pdf with a password": ("password", "a.pdf", encrypted),
    "half a pdf": ("damaged", "a.pdf", lambda: written([PLAIN])[:300]),
    "half a word file": ("damaged", "a.docx", lambda: WORD[:2000]),
    "a pdf by another name": ("wrong_name", "a.docx", lambda: written([PLAIN])),
    "a word file by another name": ("wrong_name", "a.pdf", lambda: WORD),
    "a text that says it is word": ("wrong_name", "a.docx", PLAIN.encode),
    "a web page that says it is word": ("another_kind", "a.docx", lambda: b"<html><body>" + PLAIN.encode()),
    "a spreadsheet": ("another_kind", "a.docx", lambda: archive({"xl/workbook.xml": b"<x/>"})),
    "a picture": ("another_kind", "a.txt", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 64),
    "a program": ("unknown_kind", "a.txt", lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 64),
    "an unknown name": ("unknown_kind", "a.key", PLAIN.encode),
    "old word": ("old_word", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    "next to nothing": ("no_text", "a.txt", lambda: "大纲".encode()),
    "a bomb of one entry": ("bomb", "a.docx", lambda: archive({"word/document.xml": BIG})),
    "a bomb of many entries": ("bomb", "a.docx", lambda: archive({f"word/{n}.xml": b"" for n in range(3100)})),
    "too much text": ("too_long", "a.txt", lambda: ("字" * 99 + "\n").encode() * 4200),
    "bytes of no text": ("encoding", "a.txt", lambda: bytes(range(0x80, 0xA0)) * 40),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    code, filename, make = UNREADABLE[name]
    assert trouble(tmp_path, filename, make()) == code


def test_fonts_that_hide_their_characters_are_gibberish() -> None:
    assert is_garbled(private_signs().decode())
    assert not is_garbled(PLAIN)


def test_a_span_over_a_million_columns_costs_nothing(tmp_path: Path) -> None:
    def write(document: WordDocument) -> None:
        document.add_paragraph(PLAIN)
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一格"
        cell._tc.grid_span = 9_000_000

    began = time.monotonic()
    assert read(tmp_path, "a.docx", word(write)).blocks[-1].text == "一格"
    assert time.monotonic() - began < 20


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    """Ten times ten times ten …: a document of 300 bytes that would be 3 GB."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE d [<!ENTITY a0 "lol">{levels}]>'.encode()
    with zipfile.ZipFile(io.BytesIO(WORD)) as made:
        entries = {name: made.read(name) for name in made.namelist()}
    body = entries["word/document.xml"].replace(b"<w:document", bomb + b"<w:document", 1).replace(PLAIN.encode(), b"&a9;")
    assert trouble(tmp_path, "a.docx", archive(entries | {"word/document.xml": body})) in ("damaged", "no_text", "too_complex")


def test_a_reader_that_does_not_end_is_killed_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "pids"
    started = "import os, subprocess, time; child = subprocess.Popen(['sleep', '60'])"
    sleeper = f"{started}; open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}'); time.sleep(60)"
    monkeypatch.setattr(reading, "PROGRAM", sleeper)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="too_complex"):
        read_document(empty(tmp_path), "a.txt", progress=lambda done, total: None, seconds=2)
    assert time.monotonic() - began < 30, "it waited for what the reader had started"
    for pid in map(int, told.read_text().split()):
        assert not _runs_on(pid)


def _runs_on(pid: int) -> bool:
    """Still there after a while: what was killed just now may be seen for a moment more."""
    until = time.monotonic() + 5
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("code", ["bytearray(2 * 2**30)", "[0] * 2**29"])
def test_a_reader_has_only_so_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    imports = "import sys; sys.path.insert(0, sys.argv[1]); from siji.teaching.documents import process"
    limited = f"{imports}; process._read = lambda path, name: "
    monkeypatch.setattr(reading, "PROGRAM", f"{limited}{code}; process.main(*sys.argv[2:])")
    with pytest.raises(Unreadable, match="too_complex"):
        read_document(empty(tmp_path), "a.txt", progress=lambda done, total: None)


def test_a_file_that_is_not_there_is_no_fault_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "gone", "a.txt", progress=lambda done, total: None)


def test_every_trouble_says_what_to_do_in_both_languages() -> None:
    for zh, en in SAID.values():
        assert "请" in zh
        assert en.endswith(".")


SEEDS = [written([PLAIN, "一、教学内容"]), WORD, f"# 大纲\n\n{PLAIN}\n\n| a | b |\n".encode()]
NAMES = ["a.pdf", "a.docx", "a.md", "a.txt"]
EXAMPLES = int(os.environ.get("FUZZ", "40"))


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(
    seed=st.sampled_from(SEEDS),
    name=st.sampled_from(NAMES),
    holes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12)), max_size=8),
    kept=st.floats(0.05, 1),
)
def test_a_damaged_file_is_read_or_refused_in_words(
    tmp_path: Path, seed: bytes, name: str, holes: list[tuple[float, bytes]], kept: float
) -> None:
    """``make test-backend`` tries some; FUZZ=2000 tries more."""
    data = bytearray(seed[: max(1, int(kept * len(seed)))])
    for place, bytes_ in holes:
        at = int(place * len(data))
        data[at : at + len(bytes_)] = bytes_
    try:
        found = read(tmp_path, name, bytes(data))
    except Unreadable as refused:
        said(refused.code, refused.found)  # a code without words raises
        return
    assert found.blocks
    assert all(1 <= block.page <= found.pages for block in found.blocks)
