"""One item with its passage, and who in the class answered what."""

from __future__ import annotations

from siji.bank.reading import Reveal, section_views
from siji.bank.schemas import ItemOut, PassageOut
from siji.courses.models import Assignment, Enrollment
from siji.practice.analysis import rules
from siji.practice.analysis.reading import Sitters, analysed, caution, item_row, sitters_of, trap_name
from siji.practice.analysis.schemas import Answerer, ChoiceFigures, ItemAnalysis
from siji.practice.models import Attempt
from siji.practice.scoring import letter
from siji.problems import not_found


def item_analysis(assignment: Assignment, slot: str) -> ItemAnalysis:
    """Raises Refusal (404) for a slot that is not in the assignment, or has no key."""
    active = Enrollment.objects.active().filter(course=assignment.course_id)
    sitters = sitters_of(assignment, active.values("student_id"))
    all_figures = rules.item_figures(sitters.items, sitters.sheets)
    slots = [figures.slot for figures in all_figures]
    if slot not in slots:
        raise not_found()
    place = slots.index(slot)
    item, passage = _printed(assignment, all_figures[place].section, slot)
    return ItemAnalysis(
        about=analysed(assignment),
        row=item_row(all_figures[place], assignment),
        item=item,
        passage=passage,
        choices=_choices(assignment, all_figures[place], sitters),
        caution=caution(len(sitters.attempts)),
        before=slots[place - 1] if place else None,
        after=slots[place + 1] if place + 1 < len(slots) else None,
    )


def _printed(assignment: Assignment, section: str, slot: str) -> tuple[ItemOut, PassageOut | None]:
    (shown,) = section_views(assignment.paper, sections=[section], reveal=Reveal.KEYS)
    item = next(item for item in shown.items if item.slot == slot)
    return item, next((passage for passage in shown.passages if passage.id == item.passage), None)


def _choices(assignment: Assignment, figures: rules.ItemFigures, sitters: Sitters) -> list[ChoiceFigures]:
    chosen: dict[str, list[Answerer]] = {}
    for attempt, sheet in zip(sitters.attempts, sitters.sheets, strict=True):
        chosen.setdefault(letter(sheet.get(figures.slot, "")), []).append(_answerer(attempt))
    return [
        ChoiceFigures(
            letter=choice.letter,
            count=choice.count,
            is_key=choice.is_key,
            trap=trap_name(choice.trap, assignment),
            students=sorted(chosen[choice.letter], key=lambda one: (one.student_number, one.id)),
        )
        for choice in figures.choices
    ]


def _answerer(attempt: Attempt) -> Answerer:
    student = attempt.student
    return Answerer(id=student.pk, name=student.name, student_number=student.student_number, attempt=attempt.pk)
