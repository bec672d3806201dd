"""The acceptance table: rows made of measurements, nothing typed in. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from measure.figures import has_given_out, holds, knee

MEMORY_MIB = 4096
USERS = 500
NAMES = tuple(f"A{number}" for number in range(1, 14))
Row = dict[str, Any]
Step = Mapping[str, Any]


def row(value: Any, unit: str, must: str, aim: str, is_met: bool, how: str) -> Row:
    return {"value": value, "unit": unit, "must": must, "aim": aim, "ok": is_met, "how": how}


def of_ladder(steps: Sequence[Step]) -> dict[str, Row]:
    """A1, A3, A4, A5, A7 and A8. Rows about 500 users stand for no other number: without that step they are left out."""
    reached = knee(steps)
    tried = max((int(step["users"]) for step in steps), default=0)
    given_out = [int(step["users"]) for step in steps if has_given_out(step)]
    limit = f"the generator gave out at {given_out[0]}" if given_out else f"the generator held to the {tried} tried"
    rows = {"A5": row(reached, "users", "> 500", "2,000", reached > USERS, f"highest step where A1 and A7 hold; {limit}")}
    at = next((step for step in steps if int(step["users"]) == USERS), None)
    return rows if at is None else dict(sorted((rows | _at_500(at)).items()))


def _at_500(step: Step) -> dict[str, Row]:
    how = said(step)
    cpu, memory = step["product_cpu_percent"], step["product_memory_mib"]
    share = round(memory / MEMORY_MIB * 100, 1)
    rows = {
        "A1": row(step["mean_ms"], "ms mean", "< 500", "p95 < 100", step["mean_ms"] < 500, f"p95 {step['p95_ms']} ms; {how}"),
        "A7": row(step["error_rate"], "share", "< 0.001", "0", step["error_rate"] < 0.001, how),
        "A8": row(
            {"memory_percent_of_4_gib": share, "cpu_percent_of_machine": cpu},
            "%",
            "< 60 / < 70",
            "< 30 / < 35",
            share < 60 and cpu < 70,
            f"PSS {memory} MiB; every process of the product and nginx; {how}",
        ),
    }
    if query := step.get("queries"):
        rows["A3"] = row(query["mean_ms"], "ms mean", "< 100", "< 5", query["mean_ms"] < 100, f"{query['how']}; {how}")
    if cache := step.get("cache"):
        by_name = ", ".join(f"{name} {share}" for name, share in cache["by_name"].items())
        rows["A4"] = row(cache["hit_rate"], "share", "> 0.85", "> 0.95", cache["hit_rate"] > 0.85, f"{by_name}; {how}")
    return rows


def of_search(found: Mapping[str, Any]) -> dict[str, Row]:
    slowest = max(found["zh"]["p95"], found["en"]["p95"])
    how = f"p95, Chinese {found['zh']['p95']}, English {found['en']['p95']}; {found['how']}"
    return {"A12": row(slowest, "ms p95", "< 1000", "< 50", slowest < 1000, how)}


def of_pair(ours: Sequence[Step], naive: Sequence[Step]) -> dict[str, Row]:
    """A13: at the most users that both were asked with, and the knees of the same mix."""
    common = sorted({int(step["users"]) for step in ours} & {int(step["users"]) for step in naive})
    if not common:
        return {}
    users = common[-1]
    mine, theirs = (next(step for step in steps if step["users"] == users) for steps in (ours, naive))
    saved = round((1 - mine["mean_ms"] / theirs["mean_ms"]) * 100, 1)
    knees = knee(ours), knee(naive)
    factor = round(knees[0] / knees[1], 1) if knees[1] else None
    value = {"response_percent_less": saved, "concurrency_factor": factor}
    how = (
        f"at {users} users {mine['mean_ms']} against {theirs['mean_ms']} ms "
        f"({mine['requests_per_second']} against {theirs['requests_per_second']} requests/s); "
        f"knees {knees[0]} and {knees[1]}; errors {mine['error_rate']:.4f} and {theirs['error_rate']:.4f}; the pair's mix"
    )
    return {"A13": row(value, "%, ×", "50, 3", "90, 10", saved >= 50 and factor is not None and factor >= 3, how)}


def of_pages(pages: Mapping[str, Any], lighthouse: Mapping[str, Any] | None = None) -> dict[str, Row]:
    """A2 and A9 out of build/pages.json, as ``make bench-pages`` wrote it; of A2 the worse where Lighthouse has looked, too."""
    rows = pages["pages"]
    if not rows:
        return {}
    found = {}
    for name, what, must, aim in (("A2", "lcp", 2000, "< 1000"), ("A9", "inp", 200, "< 100")):
        worst = max(rows, key=lambda one: float(one[what]))
        how = f"worst of {len(rows)} pages × roles: {worst.get('page', worst.get('name', '?'))}; make bench-pages"
        value = float(worst[what])
        if name == "A2" and lighthouse:
            seen = max(lighthouse["pages"], key=lambda one: float(one["lcp"]))
            pages_seen = len(lighthouse["pages"])
            how += f"; by Lighthouse {round(seen['lcp'])}, worst of {pages_seen}: {seen['page']}; make bench-lighthouse"
            value = max(value, float(seen["lcp"]))
        found[name] = row(round(value), "ms", f"< {must}", aim, value < must, how)
    return found


def of_uploads(found: Mapping[str, Any]) -> dict[str, Row]:
    """A11 out of build/uploads.json, as ``make bench-uploads`` wrote it."""
    share = found["success_percent"]
    how = (
        f"{found['uploads']} uploads of {found['megabytes']} MB, {found['different']} of them not what was sent; "
        f"{found['cut']} of {found['connections']} connections cut, {found['delayed']} delayed, the API killed "
        f"{found['kills']} times; at most {found['sent_again_percent_at_most']} % sent again; make bench-uploads"
    )
    return {"A11": row(share, "%", "> 99", "100", share > 99 and not found["different"], how)}


def of_faults(found: Mapping[str, Any]) -> dict[str, Row]:
    """A6 out of build/faults.json, as ``make faults`` wrote it; nothing of a run that left it out."""
    a6 = found["A6"]
    if a6 is None or not found["is_whole"]:
        return {}
    how = f"{a6['how']}; {found['lost']} of {found['answers_acknowledged']} acknowledged answers lost; make faults"
    return {"A6": row(a6["value"], "%", f"> {a6['must']:g}", f"> {a6['aim']:g}", a6["ok"] and not found["lost"], how)}


def of_marking(found: Mapping[str, Any]) -> dict[str, Row]:
    """A10 out of build/ai_marking.json, as ``make bench-ai`` wrote it."""
    ours, naive, kept = found["ours"], found["naive"], found["by_the_database"]
    slowest, first = ours["final"]["p95"], kept["builtin"]["p95"]
    is_whole = not found["unmarked"] and not found["unwritten"] and not found["wrong"]
    how = (
        f"{found['scripts']} scripts at once, {found['output_tokens']} tokens of output ({found['model_seconds']} s of the model "
        f"alone), limits {found['limit']}; seen by a page that is told by the event stream; kept in the database after "
        f"{kept['model']['p95']} s, the built-in mark after {first} s (p95); naive, in the request: first and final "
        f"{naive['final']['p95']} s; {ours['per_second']} against {naive['per_second']} scripts/s; make bench-ai"
    )
    value = {"final_p95": slowest, "first_feedback_p95": first}
    return {"A10": row(value, "s", "< 5", "first < 1", is_whole and slowest < 5, how)}


def said(step: Step) -> str:
    clean = "clean" if step["is_clean"] else f"UNCLEAN (others {step['others_percent']} % of the machine)"
    return (
        f"{step['users']} users, 1–3 s think time, {step['seconds']:.0f} s, {step['requests_per_second']} requests/s by nginx, "
        f"generator {step['generator_cpu_percent']} % of a core, {clean}"
    )


def printed(rows: Mapping[str, Row]) -> str:
    lines = [("", "value", "must", "aim", "ok")]
    for name in sorted(rows, key=lambda name: int(name[1:])):
        one = rows[name]
        value = " / ".join(map(str, one["value"].values())) if isinstance(one["value"], dict) else str(one["value"])
        lines.append((name, f"{value} {one['unit']}", one["must"], one["aim"], "ok" if one["ok"] else "MISS"))
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    missing = [name for name in NAMES if name not in rows]
    never = [f"not measured here: {', '.join(missing)}"] if missing else []
    hows = [f"{name}: {rows[name]['how']}" for name in sorted(rows, key=lambda name: int(name[1:]))]
    return "\n".join([*table, *never, "", *hows])


def ladder_said(steps: Sequence[Step]) -> str:
    lines = [f"{'users':>6} {'req/s':>8} {'mean ms':>9} {'p95 ms':>9} {'errors':>8} {'cpu %':>6} {'gen %':>6} {'others %':>8}"]
    for step in steps:
        verdict = "holds" if holds(step) else "no"
        lines.append(
            f"{step['users']:>6} {step['requests_per_second']:>8} {step['mean_ms']:>9.1f} {step['p95_ms']:>9.1f} "
            f"{step['error_rate']:>8.4f} {step['product_cpu_percent']:>6} {step['generator_cpu_percent']:>6} "
            f"{step['others_percent']:>8}  {verdict}"
        )
    return "\n".join(lines)
