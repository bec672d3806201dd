"""A4 documents in Chinese and English as PDF.

Chinese is set in STSong-Light, which every reader brings or replaces (it is named, not embedded: a file stays some kilobytes),
English in Helvetica. Text comes as people wrote it: nothing in it is markup, and no word is too long for its line.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib import textsplit
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph
from reportlab.platypus import paragraph as setting

PDF = "application/pdf"
CHINESE, ENGLISH, BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
INK, SOFT, LINE, ACCENT, PALE = (HexColor(code) for code in ("#1d2330", "#5b6270", "#d8dae0", "#2a5298", "#eef2f9"))
MARGIN, HEAD, FOOT = 18 * mm, 12 * mm, 14 * mm
WIDTH = A4[0] - 2 * MARGIN
MISSING = "□"

pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
# The library's own list of what may not begin a line is that of Japanese, and lacks these.
for rules in (textsplit, setting):
    rules.ALL_CANNOT_START += "，；：？！》”’"


def style(size: float = 9.5, *, color: Any = INK, bold: bool = False, before: float = 0, after: float = 0) -> Any:
    return ParagraphStyle(
        f"s{size}{color}{bold}{before}{after}",
        fontName=BOLD if bold else ENGLISH,
        fontSize=size,
        leading=size * 1.5,
        textColor=color,
        spaceBefore=before,
        spaceAfter=after,
        wordWrap="CJK",
    )


TEXT, NOTE, HEADING, TITLE = (
    style(),
    style(8.5, color=SOFT),
    style(12.5, bold=True, before=14, after=5),
    style(18, bold=True, after=3),
)


def paragraph(text: str, look: Any = TEXT) -> Paragraph:
    """One paragraph; its line breaks stay."""
    lines = [_marked(line, bold=look.fontName == BOLD) for line in text.splitlines()]
    return Paragraph("<br/>".join(lines), look)


def paragraphs(text: str, look: Any = TEXT) -> list[Paragraph]:
    """Long text as one paragraph a line, so that a page may end between any two lines of any of them."""
    return [paragraph(line, look) for line in text.splitlines() if line.strip()]


def _marked(text: str, *, bold: bool) -> str:
    """Each run in the font that has its signs. Chinese in bold is not to be had: it is drawn as it is."""
    return "".join(
        f'<font name="{font}">{escape(run)}</font>' if font == CHINESE else escape(run)
        for font, run in _runs(text, BOLD if bold else ENGLISH)
    )


def _runs(text: str, english: str) -> Iterator[tuple[str, str]]:
    shown = "".join(_shown(sign) for sign in text)
    for is_english, signs in groupby(shown, key=_is_english):
        yield english if is_english else CHINESE, "".join(signs)


def _is_english(sign: str) -> bool:
    """What Helvetica has; of the rest the Chinese font has what Chinese books need."""
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _shown(sign: str) -> str:
    """A font of this kind holds the first 65,536 signs; a tab is a space, and what cannot be seen is left out."""
    if ord(sign) > 0xFFFF or "\ud800" <= sign <= "\udfff":
        return MISSING
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign).startswith("C") else sign


def draw_line(
    canvas: Canvas, x: float, y: float, text: str, *, size: float = 8, width: float = WIDTH, right: bool = False
) -> None:
    """One line, cut with an ellipsis where it would be too wide."""
    while _width(text, size) > width and len(text) > 1:
        text = text[:-2].rstrip() + "…"
    at = x - _width(text, size) if right else x
    for font, run in _runs(text, ENGLISH):
        canvas.setFont(font, size)
        canvas.drawString(at, y, run)
        at += pdfmetrics.stringWidth(run, font, size)


def _width(text: str, size: float) -> float:
    return float(sum(pdfmetrics.stringWidth(run, font, size) for font, run in _runs(text, ENGLISH)))


def write_document(
    story: Sequence[Flowable], *, title: str, head: tuple[str, str], foot: str, page_of: Callable[[int, int], str]
) -> BinaryIO:
    """``head``: left and right; ``foot``: left, with ``page_of(page, pages)`` at the right."""
    file = io.BytesIO()
    frame = Frame(MARGIN, MARGIN + FOOT, WIDTH, A4[1] - 2 * MARGIN - HEAD - FOOT, 0, 0, 0, 0)
    document = BaseDocTemplate(file, pagesize=A4, title=title, author="Siji 四级", pageTemplates=[PageTemplate(frames=[frame])])

    def frame_page(canvas: Canvas, page: int, pages: int) -> None:
        top, bottom = A4[1] - MARGIN, MARGIN
        canvas.setFillColor(SOFT)
        draw_line(canvas, MARGIN, top, head[0], width=WIDTH * 0.6)
        draw_line(canvas, A4[0] - MARGIN, top, head[1], width=WIDTH * 0.38, right=True)
        draw_line(canvas, MARGIN, bottom, foot, width=WIDTH * 0.8)
        draw_line(canvas, A4[0] - MARGIN, bottom, page_of(page, pages), width=WIDTH * 0.2, right=True)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, top - 6, A4[0] - MARGIN, top - 6)
        canvas.line(MARGIN, bottom + 12, A4[0] - MARGIN, bottom + 12)

    class Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
        """Keeps its pages until their number is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  # reportlab's name
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.kept, start=1):
                self.__dict__.update(page)
                frame_page(self, number, len(self.kept))
                super().showPage()
            super().save()

    document.build(list(story), canvasmaker=Numbered)
    file.seek(0)
    return file
