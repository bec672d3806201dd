"""``make bench-pages``: how fast each page is for each role, in the lab setting (A2, A9). Writes build/pages.json.

A real Chromium against the real front door of a ``siji up``: processor slowed down four times, 10 Mbit/s, 40 ms, nothing in
the cache. LCP, CLS and INP are the browser's own, over the visit and a few scripted interactions; a page's figure is the
median of its visits. Pages are found in the build, what a person may see is asked of the API.

On a machine that does other work at the same time the measured figures are upper bounds. Beside them stands what one more
visit, without any brake, cost of the browser's main thread in processor time, which other work hardly changes, and what that
makes of the whole in the lab setting (``modelled``).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "frontend")]

SLOWER = 4
LATENCY_MS = 40
BYTES_PER_MS = 10e6 / 8 / 1000
OUT = ROOT / "build" / "pages.json"
MUST = {"lcp": 2000.0, "inp": 200.0, "cls": 0.05}
AIM = {"lcp": 1000.0, "inp": 100.0, "cls": 0.05}
ROLES = ("nobody", "student", "teacher", "admin")
MAIN = (
    ("nobody", "sign-in"),
    ("student", ""),
    ("student", "attempt"),
    ("student", "report"),
    ("teacher", ""),
    ("teacher", "course"),
    ("teacher", "run"),
    ("admin", "promises"),
)
"""Those that the acceptance table names, each as the person it is made for."""
LOOKS: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}

WATCH = """(() => {
  const seen = (window.sijiSeen = { fcp: 0, lcp: 0, element: "", shifts: [], inp: 0, slowest: "" });
  const name = (node) => (node ? `${node.tagName.toLowerCase()} ${(node.textContent || "").trim().slice(0, 40)}` : "");
  const watch = (type, see, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more });
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; seen.element = name(entry.element); });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shifts.push([entry.startTime, entry.value]); });
  watch("event", (entry) => {
    if (entry.interactionId && entry.duration > seen.inp) {
      seen.inp = entry.duration;
      seen.slowest = `${entry.name} ${name(entry.target)}`;
    }
  }, { durationThreshold: 16 });
})()"""
SEEN = "() => window.sijiSeen"
SCRIPT_KB = r"""() => performance.getEntriesByType("resource")
  .filter((it) => /\/_next\/static\/.*\.js/.test(it.name)).reduce((sum, it) => sum + it.encodedBodySize, 0) / 1024"""
TRANSFERRED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, it) => sum + it.transferSize, 0)"""


@dataclass(frozen=True)
class Somebody:
    role: str
    state: Any
    """Their cookies."""
    paths: list[tuple[str, str]]
    """Name and address of each page that they may have something at."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="pages whose name contains this; the others are kept as they were")
    parser.add_argument("--role", default="", choices=["", *ROLES])
    parser.add_argument("--main", action="store_true", help="the pages that the acceptance table names, and nothing is kept")
    parser.add_argument("--home", type=Path, help="of a running Siji with a demo school; else one is started")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="of that one")
    chosen = parser.parse_args()
    with running(chosen.home, chosen.address) as (address, accounts), chromium() as browser:
        people = [somebody(browser, address, role, accounts.get(role)) for role in ROLES if chosen.role in ("", role)]
        asked = [(who, name, path) for who in people for name, path in who.paths if chosen.only in name]
        asked = [one for one in asked if not chosen.main or (one[0].role, one[1]) in MAIN]
        found = [measure(browser, address, who, name, path, chosen.runs) for who, name, path in asked]
    is_all = chosen.main or not (chosen.only or chosen.role)
    rows = with_those_kept([row for row in found if row is not None], is_all=is_all)
    setting = {"cpu_slowdown": SLOWER, "latency_ms": LATENCY_MS, "bytes_per_ms": BYTES_PER_MS, "runs": chosen.runs}
    result = {"must": MUST, "aim": AIM, "setting": setting, "load_average": os.getloadavg(), "pages": rows}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    show(rows)


@contextmanager
def running(home: Path | None, address: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if home is not None:
        yield address, json.loads((home / "demo-accounts.json").read_text())
        return
    from e2e.product import Product

    product = Product()
    try:
        product.start()
        product.tour()  # a syllabus and a run in the demo school, whose pages would be nobody's otherwise
        yield product.address, product.accounts()
    finally:
        product.stop()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def somebody(browser: Browser, address: str, role: str, account: dict[str, str] | None) -> Somebody:
    from e2e.pages import begin_practice, pages

    context = browser.new_context(base_url=address, **LOOKS)
    if account:
        body = {"username": account["username"], "password": account["password"]}
        answer = context.request.post("/api/v1/session", data=body, headers={"Origin": address})
        assert answer.ok, answer.text()
    if role == "student":
        begin_practice(context.request, address)
    theirs = [one for one in pages() if (role == "nobody") == (one.name == "sign-in")]
    paths = [(one.name, one.for_person(lambda path: read(context, path))) for one in theirs]
    state = context.storage_state()
    context.close()
    return Somebody(role, state, [(name, path) for name, path in paths if path is not None])


def with_those_kept(rows: list[dict[str, Any]], *, is_all: bool) -> list[dict[str, Any]]:
    """Where only some were measured they take the place of what was kept of them, and the others stay."""
    if is_all or not OUT.exists():
        return rows
    new = {(row["role"], row["page"]): row for row in rows}
    kept = [new.pop((row["role"], row["page"]), row) for row in json.loads(OUT.read_text())["pages"]]
    return [*kept, *new.values()]


def read(context: BrowserContext, path: str) -> Any:
    """Nothing where this person may not ask: then the page is not theirs either."""
    answer = context.request.get(f"/api/v1{path}")
    return answer.json() if answer.ok else []


def measure(browser: Browser, address: str, who: Somebody, name: str, path: str, runs: int) -> dict[str, Any] | None:
    """None where the page is refused to this person, or leads them elsewhere."""
    visits = [visit(browser, address, who, path) for _ in range(runs)]
    cost = visit(browser, address, who, path, is_slow=False)
    if cost is None or not all(visits):
        return None
    row = row_of([one for one in visits if one], cost)
    print(f"  {who.role} /{name}: LCP {row['lcp']:.0f}, modelled {row['modelled']:.0f}", file=sys.stderr)
    return {"role": who.role, "page": f"/{name}", "path": path, **row}


def visit(browser: Browser, address: str, who: Somebody, path: str, *, is_slow: bool = True) -> dict[str, Any] | None:
    """One first visit; then, on the slow machine, interactions."""
    from e2e.first_visit import calls_of, rounds, settle

    context = browser.new_context(base_url=address, storage_state=who.state, **LOOKS)
    page = context.new_page()
    refused: list[int] = []
    page.on("response", lambda it: refused.append(it.status) if it.status in (403, 404) else None)
    page.add_init_script(WATCH)
    lab = context.new_cdp_session(page)
    if is_slow:
        slow_down(lab)
    lab.send("Performance.enable", {"timeDomain": "threadTicks"})
    place = f"/zh{path}".removesuffix("/")
    page.goto(place, wait_until="load")
    settle(page)
    if refused or not page.url.split("?")[0].endswith(place):
        context.close()
        return None
    calls = calls_of(page)
    seen = {
        **page.evaluate(SEEN),
        "script_kb": page.evaluate(SCRIPT_KB),
        "transferred": page.evaluate(TRANSFERRED),
        "cpu_ms": cpu_ms(lab),
        "calls": [call.url for call in calls],
        "rounds": rounds(calls),
    }
    if is_slow:
        interact(page)
        seen |= {key: page.evaluate(SEEN)[key] for key in ("inp", "slowest", "shifts")}
    context.close()
    return {**seen, "cls": layout_shift(seen["shifts"])}


def slow_down(lab: CDPSession) -> None:
    speed = BYTES_PER_MS * 1000
    network = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    lab.send("Network.enable")
    lab.send("Network.emulateNetworkConditions", network)
    lab.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def cpu_ms(lab: CDPSession) -> float:
    """What the page's main thread has computed so far: processor time, not time by the clock."""
    metrics = {row["name"]: row["value"] for row in lab.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def interact(page: Page) -> None:
    """What a person does first: tabs, choices and menus opened and closed, letters into a field, never a button that sends."""
    press(page, "main [role=tab]:visible", 3)
    press(page, ":is([role=combobox], [aria-haspopup=menu]):visible", 3, then="Escape")
    press(page, "main [role=radio]:visible", 2)
    # Last, since a search replaces what it searches.
    fields = page.locator("main :is(input[type=text], input:not([type]), textarea, input[type=search]):visible")
    if fields.count():
        fields.first.click()
        fields.first.press_sequentially("ab", delay=80)
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)


def press(page: Page, selector: str, most: int, *, then: str = "") -> None:
    """The first of these, one after another, as they stand when each one's turn comes."""
    for number in range(most):
        found = page.locator(selector)
        if number >= found.count():
            return
        found.nth(number).click(timeout=10_000)
        page.wait_for_timeout(300)
        if then:
            page.keyboard.press(then)
            page.wait_for_timeout(300)


def layout_shift(shifts: list[list[float]]) -> float:
    """As the metric is defined: the worst window of shifts less than 1 s apart and 5 s long."""
    worst = total = 0.0
    began = last = -1e9
    for at, value in shifts:
        if at - last > 1000 or at - began > 5000:
            total, began = 0.0, at
        total, last = total + value, at
        worst = max(worst, total)
    return worst


def row_of(visits: list[dict[str, Any]], cost: dict[str, Any]) -> dict[str, Any]:
    def median(key: str) -> float:
        return round(float(statistics.median(it[key] for it in visits)), 3)

    slowest = max(visits, key=lambda it: it["inp"])["slowest"]
    return {
        **{key: median(key) for key in ("fcp", "lcp", "inp", "cls", "script_kb", "rounds")},
        "cpu_ms": round(cost["cpu_ms"]),
        "modelled": round(modelled(cost)),
        "calls": visits[0]["calls"],
        "element": max(visits, key=lambda it: it["lcp"])["element"],
        "slowest": slowest,
        "each": [{key: it[key] for key in ("fcp", "lcp", "inp", "cls")} for it in visits],
    }


def modelled(cost: dict[str, Any]) -> float:
    """Everything done, in the lab setting, if nothing went on at the same time: three ways there and back (connection, page, the
    files that it names), all bytes, all processor time. The largest part of a page is there sooner."""
    return 3 * LATENCY_MS + cost["transferred"] / BYTES_PER_MS + SLOWER * cost["cpu_ms"]


def show(rows: list[dict[str, Any]]) -> None:
    print(
        f"{'role':8} {'page':10} {'FCP':>6} {'LCP':>6} {'INP':>5} {'CLS':>6} {'CPU':>5} {'modelled':>8} {'script':>7} calls"
        " rounds  largest element"
    )
    for row in rows:
        missed = [key for key, most in MUST.items() if row[key] > most]
        print(
            f"{row['role']:8} {row['page']:10} {row['fcp']:6.0f} {row['lcp']:6.0f} {row['inp']:5.0f} {row['cls']:6.3f} "
            f"{row['cpu_ms']:5} {row['modelled']:8} {row['script_kb']:4.0f} KB {len(row['calls']):5} {row['rounds']:6.0f}"
            f"  {row['element']}{'  ← misses ' + ', '.join(missed) if missed else ''}"
        )
    for key in MUST:
        print(f"worst {key}: {max((row[key] for row in rows), default=0):g} (must {MUST[key]:g}, aim {AIM[key]:g})")
    print(f"load average at the end: {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
