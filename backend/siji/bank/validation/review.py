"""The two solving passes: recorded for every item with a key, and what they disagreed with mended."""

from __future__ import annotations

from collections.abc import Iterator

from siji.bank.findings import Finding
from siji.bank.sources import ReviewPass
from siji.bank.validation.scope import Scope, about

SOLVING = ("with-passage", "without-passage")


def check_review(scope: Scope) -> Iterator[Finding]:
    """Missing passes are a warning: a paper on its way may be tried out, but is not finished."""
    for _, item, _ in scope.keyed_items():
        missing = " + ".join(kind for kind in SOLVING if not any(one.kind == kind for one in item.review))
        if missing:
            yield about(item, "review", zh=f"还没有复核记录：{missing}。", en=f"Not yet reviewed: {missing}.", severity="warning")
        for one in item.review:
            if not _is_complete(one):
                yield about(item, "review_empty", zh=f"{one.kind} 记录不完整。", en=f"The record of {one.kind} is incomplete.")
        if _is_open(item.review):
            yield about(
                item,
                "review_open",
                zh="带原文解题的人不同意答案，之后没有修改记录。",
                en="The solver with the passage disagreed with the key, and no mending followed.",
            )


def _is_complete(one: ReviewPass) -> bool:
    return bool(one.change) if one.kind == "mending" else bool(one.answer and one.evidence and one.agreed is not None)


def _is_open(review: list[ReviewPass]) -> bool:
    """The last word on the key, by a solver with the passage or a mender, is a disagreement."""
    said = [one for one in review if one.kind != "without-passage"]
    return bool(said) and said[-1].agreed is False
