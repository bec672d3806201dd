"""Head, foot and the choice of sides of the exam room stay in the window: what the keyboard walks to is never behind them."""

from __future__ import annotations

import pytest

from .acting import focus_is_seen
from .conftest import Visit
from .product import Product

STOPS = 60


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_nothing_before_the_focus(siji: Product, visit: Visit, width: int, height: int) -> None:
    tour = siji.tour()
    student = visit(width=width, height=height, is_calm=True)
    student.sign_in(tour["student"])
    student.goto(f"/attempt/{tour['ids']['in_reading']}")
    student.sees(student.text("room.bankHint"))
    for section in ("reading-a", "reading-b", "reading-c"):
        tab = student.page.get_by_role("navigation").get_by_role("button", name=student.words(f"common.sections.{section}"))
        tab.click()
        for key in ("Shift+Tab", "Tab"):
            for _ in range(STOPS):
                student.page.keyboard.press(key)
                focus_is_seen(student.page)
