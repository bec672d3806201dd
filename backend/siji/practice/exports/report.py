"""A report as a document to print or to send: what the page of the report says, and nothing that it keeps back.

It is made from the same ``Report`` as the page, so keys, explanations and references are in it only once they are released.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from siji.accounts.models import User
from siji.locale import Locale, said
from siji.practice.exports.words import KINDS, SCRIPTS, STANDING, Word, word
from siji.practice.feedback.schemas import MarkingNow
from siji.practice.schemas import Estimate, InlineMark, Range, Report, ReportItem, ReportScript
from siji.practice.timing import database_now
from siji.problems import Words
from siji.storage import documents
from siji.storage.documents import ACCENT, HEADING, LINE, NOTE, PALE, SOFT, TEXT, TITLE, WIDTH, paragraph, paragraphs

REPORTED_FROM, HIGHEST, PASS_LINE = 220, 710, 425
BIG = documents.style(24, bold=True)
SMALL = documents.style(8.5)
SUBHEADING = documents.style(10.5, bold=True, before=8, after=3)
ROOM = 90
"""What begins so near the foot of a page begins on the next one, so that no heading stands alone."""
BETWEEN = 0.5
GOOD, BAD = "√", "×"
QUIET = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), BETWEEN, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)
HEADED = TableStyle([*QUIET.getCommands(), ("BACKGROUND", (0, 0), (-1, 0), PALE)])


def report_document(
    *, report: Report, marking: MarkingNow, sections: dict[str, Words], student: User, locale: Locale
) -> BinaryIO:
    """``marking``: what engines have said by now; ``sections``: the names of the paper's sections."""
    teller = Teller(report, marking, sections, student, locale)
    return documents.write_document(
        teller.story(),
        title=f"{said(report.attempt.paper_title, locale)} {student.name}",
        head=(f"{word(Word.PRODUCT, locale)} · {word(Word.REPORT, locale)}", f"{student.name} {student.student_number}".strip()),
        foot=word(Word.NOT_OFFICIAL, locale).format(at=_moment(database_now())),
        page_of=lambda page, pages: word(Word.PAGE, locale).format(page=page, pages=pages),
    )


class RangeBar(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Where the estimate lies between the lowest and the highest score; its middle, and the line of 425."""

    def __init__(self, found: Range) -> None:
        super().__init__()
        self.found, self.width, self.height = found, WIDTH, 30

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(PALE)
        canvas.roundRect(0, 9, self.width, 9, 4.5, stroke=0, fill=1)
        canvas.setFillColor(ACCENT)
        canvas.setFillAlpha(0.35)
        low, high = self._place(self.found.low), self._place(self.found.high)
        canvas.roundRect(low, 9, max(high - low, 4), 9, 4, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        canvas.rect(self._place(self.found.middle) - 1, 7, 2, 13, stroke=0, fill=1)
        canvas.setStrokeColor(SOFT)
        canvas.setDash(2, 2)
        canvas.line(self._place(PASS_LINE), 5, self._place(PASS_LINE), 24)
        canvas.setDash()
        canvas.setFillColor(SOFT)
        documents.draw_line(canvas, 0, 0, str(REPORTED_FROM), size=7.5)
        documents.draw_line(canvas, self._place(PASS_LINE) + 3, 22, str(PASS_LINE), size=7.5)
        documents.draw_line(canvas, self.width, 0, str(HIGHEST), size=7.5, right=True)

    def _place(self, score: int) -> float:
        inside = min(max(score, REPORTED_FROM), HIGHEST)
        return float(self.width * (inside - REPORTED_FROM) / (HIGHEST - REPORTED_FROM))


class Teller:
    """The parts of one report in one language, in the order of the page."""

    def __init__(self, report: Report, marking: MarkingNow, sections: dict[str, Words], student: User, locale: Locale) -> None:
        self.report, self.sections, self.student, self.locale = report, sections, student, locale
        self.written = {one.slot: one.written for one in marking.scripts}

    def story(self) -> list[Flowable]:
        parts = [self.opening(), self.estimate(), self.marks(), self.skills(), self.scripts(), self.items()]
        return [flowable for part in parts for flowable in part]

    def say(self, which: Word, **values: object) -> str:
        return word(which, self.locale).format(**values)

    def said(self, words: Words) -> str:
        return said(words, self.locale)

    def opening(self) -> list[Flowable]:
        attempt = self.report.attempt
        number = self.say(Word.NUMBERED, number=attempt.number) if attempt.number > 1 else ""
        handed_in = self.say(Word.HANDED_IN, at=_moment(attempt.submitted_at)) if attempt.submitted_at else ""
        mode = self.say(Word.EXAM if attempt.mode == "exam" else Word.PRACTICE)
        lines = [
            (self.student.name, self.student.student_number, self.student.administrative_class),
            (mode, number, attempt.course_name, attempt.assignment_title, handed_in),
        ]
        told = [paragraph(" · ".join(part for part in line if part), NOTE) for line in lines]
        return [paragraph(self.said(attempt.paper_title), TITLE), *told]

    def estimate(self) -> list[Flowable]:
        found = self.report.estimate
        if found is None:
            return []
        told: list[Flowable] = [
            self.heading(Word.ESTIMATE),
            paragraph(_range(found.total), BIG),
            paragraph(self.say(Word.ABOUT, middle=found.total.middle), NOTE),
            Spacer(0, 8),
            RangeBar(found.total),
            Spacer(0, 6),
            paragraph(self._chances(found)),
            paragraph(self.said(found.note), NOTE),
        ]
        if found.is_provisional:
            told.append(paragraph(self.say(Word.PROVISIONAL), NOTE))
        rows = [[self.say(Word[part.key.upper()]), _range(part.range), f"/ {part.highest}"] for part in found.sections]
        return [KeepTogether(told), Spacer(0, 6), self.table(rows, [0.5, 0.3, 0.2], style=QUIET)]

    def _chances(self, found: Estimate) -> str:
        chance = self.say(Word.CHANCE, percent=round(found.chance_425 * 100))
        return f"{chance} · {self.say(Word.PERCENTILE, low=found.percentile.low, high=found.percentile.high)}"

    def marks(self) -> list[Flowable]:
        head = [self.say(which) for which in (Word.SECTION, Word.RAW, Word.RIGHT)]
        rows = [
            [
                self.said(self.sections[score.key]),
                f"{'–' if score.raw is None else f'{score.raw:g}'} / {score.raw_of:g}",
                f"{score.correct} / {score.items}" if score.items > 1 else "",
            ]
            for score in self.report.sections
        ]
        total = [self.say(Word.TOTAL), f"{self.report.raw:g} / {self.report.raw_of:g}", ""]
        waits = any(score.raw is None for score in self.report.sections)
        note = [paragraph(self.say(Word.SO_FAR), NOTE)] if waits else []
        table = self.table([head, *rows, total], [0.6, 0.22, 0.18])
        return [CondPageBreak(ROOM), self.heading(Word.SECTIONS), table, *note]

    def skills(self) -> list[Flowable]:
        """The weakest first."""
        if not self.report.skills:
            return []
        found = sorted(self.report.skills, key=lambda skill: skill.correct / skill.items)
        head = [self.say(Word.SKILL), self.say(Word.RIGHT), "%"]
        rows = [[self.said(one.name), f"{one.correct} / {one.items}", str(round(100 * one.correct / one.items))] for one in found]
        return [CondPageBreak(ROOM), self.heading(Word.SKILLS), self.table([head, *rows], [0.6, 0.22, 0.18])]

    def scripts(self) -> list[Flowable]:
        return [flowable for script in self.report.scripts for flowable in self.script(script)]

    def script(self, script: ReportScript) -> list[Flowable]:
        title = self.said(SCRIPTS[script.slot])
        mark = script.mark
        result = self.say(Word.MARK, value=mark.value) if mark else self.said(STANDING[script.state])
        told: list[Flowable] = [CondPageBreak(ROOM), paragraph(f"{title}  {result}", HEADING)]
        if mark is not None:
            by = mark.marker or self.say(Word.BY_MODEL if mark.kind == "model" else Word.BY_RULE)
            told.append(paragraph(f"{by} · {_moment(mark.created_at)}", NOTE))
        told += self._meanwhile(script)
        if script.band is not None:
            told.append(paragraph(f"{self.say(Word.BAND)}{self.said(script.band)}"))
        told += paragraphs(f"{self.say(Word.COMMENT)}{mark.comment}") if mark and mark.comment else []
        told += self._labelled(self.say(Word.WRITTEN, words=script.words), script.text or self.say(Word.EMPTY))
        told += self._feedback(script)
        for number, reference in enumerate(script.references, start=1):
            told += self._labelled(self.say(Word.REFERENCE, number=number), reference)
        return told

    def _meanwhile(self, script: ReportScript) -> list[Flowable]:
        """What an engine gives while there is no mark, with its maker's name."""
        found = script.machine.model if script.machine.shown == "model" else script.machine.builtin
        if script.mark is not None or script.machine.shown is None or found is None:
            return []
        which = Word.MEANWHILE_MODEL if script.machine.shown == "model" else Word.MEANWHILE_BUILTIN
        return [paragraph(self.say(which, value=found.value), NOTE)]

    def _feedback(self, script: ReportScript) -> list[Flowable]:
        """The model's, once it is whole; else the built-in engine's."""
        written = self.written.get(script.slot)
        if written is not None and written.state == "done":
            told = self._advice(written.model or "AI", written.overall, written.next)
            told += self._labelled(self.say(Word.HIGHER), written.higher) if written.higher else []
            told += self._in_text(written.inline)
            sentences = [(one.source, one.version, one.comment) for one in written.sentences]
            return told + self._sentences(Word.REMARK, sentences)
        found = script.feedback
        if found is None:
            return []
        told = self._advice(self.say(Word.BUILTIN), self.said(found.overall), [self.said(one) for one in found.next])
        told += self._in_text(found.inline)
        missing = self.say(Word.NOT_TRANSLATED)
        return told + self._sentences(Word.MY_VERSION, [(one.source, one.best, one.script or missing) for one in found.sentences])

    def _advice(self, by: str, overall: str, steps: Sequence[str]) -> list[Flowable]:
        told: list[Flowable] = [CondPageBreak(ROOM), paragraph(self.say(Word.FEEDBACK, by=by), SUBHEADING)]
        told += [paragraph(self.say(Word.BY_NO_MARK), NOTE), *paragraphs(overall)]
        if steps:
            told += self._labelled(self.say(Word.NEXT), "\n".join(f"{number}. {one}" for number, one in enumerate(steps, 1)))
        return told

    def _in_text(self, marks: Sequence[InlineMark]) -> list[Flowable]:
        if not marks:
            return []
        head = ["", *(self.say(which) for which in (Word.QUOTE, Word.BETTER, Word.REASON))]
        rows = [[self.said(KINDS[one.kind]), one.quote, one.better or "–", self.said(one.reason)] for one in marks]
        label = paragraph(self.say(Word.IN_TEXT), NOTE)
        return [CondPageBreak(ROOM), Spacer(0, 4), label, self.table([head, *rows], [0.1, 0.25, 0.25, 0.4])]

    def _sentences(self, last: Word, rows: Sequence[tuple[str, str, str]]) -> list[Flowable]:
        """A sentence of the source, a version that would do, and ``last``: what became of it."""
        if not rows:
            return []
        head = [self.say(which) for which in (Word.SOURCE, Word.VERSION, last)]
        label = paragraph(self.say(Word.SENTENCES), NOTE)
        return [CondPageBreak(ROOM), Spacer(0, 4), label, self.table([head, *rows], [0.34, 0.33, 0.33])]

    def _labelled(self, label: str, text: str) -> list[Flowable]:
        return [CondPageBreak(ROOM / 2), Spacer(0, 4), paragraph(label, NOTE), *paragraphs(text)]

    def items(self) -> list[Flowable]:
        heading = self.heading(Word.ITEMS)
        if self.report.keys != "shown":
            return [KeepTogether([heading, paragraph(self._keys_wait())])]
        told: list[Flowable] = [CondPageBreak(ROOM), heading]
        asked = {item.slot: section.key for section in self.report.content for item in section.items}
        for key, name in self.sections.items():
            own = [one for one in self.report.items if asked.get(one.item.slot) == key and one.is_correct is not None]
            if own:
                told += [CondPageBreak(ROOM / 2), paragraph(self.said(name), SUBHEADING), self._items_table(own)]
        return told

    def _keys_wait(self) -> str:
        if self.report.keys == "by_teacher":
            return self.say(Word.KEYS_BY_TEACHER)
        at = self.report.withheld.until if self.report.withheld else None
        return self.say(Word.KEYS_AT, at=_moment(at)) if at else self.say(Word.KEYS_AFTER_WINDOW)

    def _items_table(self, items: Sequence[ReportItem]) -> Table:
        """Of a wrong answer also why; a right one needs no more room than its line."""
        head = [self.say(which) for which in (Word.ITEM, Word.MINE, Word.KEY)] + ["", self.say(Word.WHY)]
        return self.table([head, *(self._item(one) for one in items)], [0.08, 0.1, 0.08, 0.06, 0.68])

    def _item(self, one: ReportItem) -> list[str]:
        key = one.item.key
        why = "" if key is None or one.is_correct else self.said(key.explanation)
        trap = "" if one.trap is None else self.say(Word.TRAP, name=self.said(one.trap))
        counted = next((late.value for late in one.late if late.is_accepted), one.answer)
        return [
            one.item.slot,
            counted or "–",
            key.key if key else "",
            GOOD if one.is_correct else BAD,
            "\n".join(part for part in (trap, why) if part),
        ]

    def heading(self, which: Word) -> Flowable:
        return paragraph(self.say(which), HEADING)

    def table(self, rows: Sequence[Sequence[str]], shares: Sequence[float], *, style: TableStyle = HEADED) -> Table:
        """Rows may be longer than a page: they are split there, and the heading comes again."""
        look = SMALL if len(shares) > 3 else TEXT
        cells = [[paragraph(text, look) for text in row] for row in rows]
        repeated = 0 if style is QUIET else 1
        return Table(cells, [WIDTH * share for share in shares], style=style, repeatRows=repeated, splitInRow=1)


def _range(found: Range) -> str:
    return f"{found.low}–{found.high}"


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
