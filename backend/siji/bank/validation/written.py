"""Essays and translations: limits, references, key terms, an anchor script for each band."""

from __future__ import annotations

from collections.abc import Iterator

from siji.bank.bodies import Essay, Translation
from siji.bank.findings import Finding
from siji.bank.sources import ItemSource
from siji.bank.validation.scope import Scope, about
from siji.language.text import count_chinese, in_one_line

ESSAY_POINTS = (2, 4)
TERMS = (5, 8)
REFERENCES = 2


def check_essays(scope: Scope) -> Iterator[Finding]:
    for wanted, section in scope.sections():
        for item in section.items:
            if not isinstance(item.body, Essay):
                continue
            limits = (item.body.words.min, item.body.words.max)
            if wanted.words and limits not in (wanted.words, (wanted.words[0], None)):
                low, high = wanted.words
                yield about(item, "limits", zh=f"字数要求应为 {low}–{high} 词。", en=f"The limits should be {low}-{high} words.")
            if str(item.body.words.min) not in item.body.prompt:
                yield about(item, "prompt", zh="题目里没有写字数要求。", en="The task does not state its word limits.")
            yield from _counted(item, "points", len(item.body.points), ESSAY_POINTS, "要点", "points")


def check_translations(scope: Scope) -> Iterator[Finding]:
    for wanted, section in scope.sections():
        for item in section.items:
            if not isinstance(item.body, Translation):
                continue
            if wanted.source_characters:
                count = count_chinese(item.body.source)
                yield from _counted(item, "characters", count, wanted.source_characters, "汉字", "Chinese characters")
            different = {in_one_line(reference).casefold() for reference in item.body.references}
            if len(different) != REFERENCES or len(item.body.references) != REFERENCES:
                yield about(
                    item, "references", zh="需要两篇不同的参考译文。", en="Two different reference translations are needed."
                )
            yield from _counted(item, "terms", len(item.body.terms), TERMS, "关键词语", "key terms")
            missing = ", ".join(term.zh for term in item.body.terms if term.zh not in item.body.source)
            if missing:
                yield about(item, "term_missing", zh=f"原文里没有：{missing}。", en=f"Not in the source text: {missing}.")


def _counted(item: ItemSource, code: str, count: int, bounds: tuple[int, int], zh: str, en: str) -> Iterator[Finding]:
    low, high = bounds
    if not low <= count <= high:
        yield about(
            item,
            code,
            zh=f"{zh}应为 {low}–{high} 个，现在是 {count}。",
            en=f"{low}-{high} {en} are asked for; there are {count}.",
        )


def check_anchors(scope: Scope) -> Iterator[Finding]:
    """One script for each anchor above 0 of the slot's rubric, best first, no two alike, each with its reason."""
    for item in scope.paper.items():
        if not isinstance(item.body, Essay | Translation):
            continue
        rubric = scope.content.rubrics.get(scope.paper.about.rubrics.get(item.slot, ""))
        if rubric is None:
            continue
        wanted = [band.anchor for band in rubric.bands if band.anchor]
        if [anchor.band for anchor in item.body.anchors] != wanted:
            listed = ", ".join(map(str, wanted))
            yield about(
                item,
                "anchors",
                zh=f"范文应依次为 {listed} 分档。",
                en=f"Anchor scripts should be of the bands {listed}, in order.",
            )
        if len({in_one_line(anchor.text) for anchor in item.body.anchors}) != len(item.body.anchors):
            yield about(item, "anchor_twice", zh="有两篇范文相同。", en="Two anchor scripts are the same.")
        if any(not count_chinese(anchor.why.get("zh", "")) for anchor in item.body.anchors):
            yield about(item, "anchor_why", zh="每篇范文都要有中文评语。", en="Each anchor script needs its reason in Chinese.")
