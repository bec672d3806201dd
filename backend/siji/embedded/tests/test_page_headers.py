"""What the front door says with each page: a policy that fits the page, a shell no cache serves unasked, chunks kept for good.

The pages are those of the build, whichever they are. The policy is written into files that are internal to Next.js
(frontend/finish/policy.mjs): only asking for every page shows that it still reads them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from siji.embedded.door import Door
from siji.embedded.environment import BACKEND
from siji.embedded.tests.stand_in import Reply, ask

pytestmark = pytest.mark.machine

BUILD = BACKEND.parent / "frontend" / ".next"
IS_BUILT = (BUILD / "BUILD_ID").exists()
"""The folder alone is there as soon as types have been generated."""
LOCALES = ("zh", "en")
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


FOR_DEVELOPERS = "/[locale]/style"
"""Not there once the product is built."""


def pages() -> list[str]:
    """Every page's address in both languages; none is listed here by hand."""
    routes = _read("app-path-routes-manifest.json") if IS_BUILT else {}
    ours = [route for source, route in routes.items() if source.endswith("/page") and route.startswith("/[locale]")]
    return [route.replace("[locale]", locale) for route in sorted(ours) if route != FOR_DEVELOPERS for locale in LOCALES]


def addresses_with_an_id() -> list[str]:
    """Those of the rewrites to a page: what people have in their address bar."""
    rewrites = _read("routes-manifest.json")["rewrites"]["afterFiles"] if IS_BUILT else []
    ours = [row["source"] for row in rewrites if row["destination"].startswith("/:locale")]
    return [re.sub(r":locale\([^)]*\)", "zh", source).replace(":id", "12") for source in ours]


def _read(name: str) -> Any:
    return json.loads((BUILD / name).read_text())


def test_there_are_pages_to_look_at() -> None:
    assert IS_BUILT, "run make web first"
    assert len(pages()) >= 2 * 13
    assert len(addresses_with_an_id()) >= 5


@pytest.mark.parametrize("address", [*pages(), *addresses_with_an_id(), "/zh/nowhere", "/nowhere"])
def test_a_page_names_the_scripts_that_stand_in_it(door: Door, address: str) -> None:
    page = ask(door, "GET", address)
    rules = policy(page)
    text = page.body.decode()
    inline = [body for attributes, body in SCRIPT.findall(text) if "src=" not in attributes]
    assert inline
    for body in inline:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in rules["script-src"], body[:80]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == ["'none'"]
    assert (rules["report-uri"], "report-to" in rules) == (["/api/v1/csp-reports"], False)
    for name, value in SECURITY.items():
        assert page.headers[name] == value


@pytest.mark.parametrize("address", [*pages(), *addresses_with_an_id()])
def test_no_cache_serves_a_shell_unasked(door: Door, address: str) -> None:
    """Next.js says s-maxage of a year by itself: a cache would go on naming chunks that the next build does not have."""
    page = ask(door, "GET", address)
    assert page.status == 200
    assert page.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert ask(door, "GET", address, {"If-None-Match": page.headers["ETag"]}).status == 304


def test_what_is_for_developers_is_not_served(door: Door) -> None:
    assert ask(door, "GET", "/zh/style").status == 404


def test_a_page_read_while_walking_is_not_kept_either(door: Door) -> None:
    part = ask(door, "GET", "/zh/papers?_rsc", {"rsc": "1"})
    assert part.headers["Content-Type"] == "text/x-component"
    assert part.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_every_chunk_is_kept_for_good(door: Door) -> None:
    named = {name for address in pages() for name in re.findall(r'"(/_next/static/[^"?\\]+)', _html(address))}
    assert {Path(name).suffix for name in named} >= {".js", ".css"}
    for name in sorted(named):
        assert ask(door, "GET", name).headers["Cache-Control"] == "public, max-age=31536000, immutable", name


def test_what_the_api_says_of_caching_is_left_as_it_is(door: Door) -> None:
    assert ask(door, "GET", "/api/v1/me").headers["Cache-Control"] is None
    assert ask(door, "GET", "/api/v1/me", {"X-Say": "private, no-store"}).headers["Cache-Control"] == "private, no-store"


def policy(page: Reply) -> dict[str, list[str]]:
    said = page.headers.get_all("Content-Security-Policy") or []
    assert len(said) == 1, said
    rules = [rule.split() for rule in said[0].split(";")]
    return {name: sources for name, *sources in rules}


def _html(address: str) -> str:
    return (BUILD / "server" / "app" / f"{address.removeprefix('/')}.html").read_text()
