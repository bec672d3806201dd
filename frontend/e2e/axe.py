"""axe-core in a page: what it finds that a person with a keyboard, a screen reader or weak eyes would stumble over."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const options = { resultTypes: ["violations"], runOnly: { type: "tag", values: tags } };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => {
    const { target, html, any } = nodes[0];
    return { id, times: nodes.length, target: target.join(" "), html, why: any[0]?.message ?? "" };
  });
}"""
MOST_SHOWN = 160


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return [
        f"{one['id']} ({one['times']} times), first at {one['target']}: {one['why']} {one['html'][:MOST_SHOWN]}"
        for one in page.evaluate(RUN, TAGS)
    ]


@cache
def _source() -> str:
    return AXE.read_text()
