"""Somebody at a browser of their own: what every story does with a page, said once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from .words import pattern, words

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  window.sijiViolated(`${location.pathname} ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));"""
SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"


class Person:
    """A browser context with one page in it. ``complaints``: what went wrong that a person with open tools would see;
    ``violations``: what the pages' policy refused, none of which may be left at the end of a story.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        width: int = 1440,
        height: int = 900,
        locale: str = "zh-CN",
        is_calm: bool = False,
    ) -> None:
        """``is_calm``: asks pages not to move, so that what is looked at stands still."""
        self.context = browser.new_context(
            base_url=address,
            locale=locale,
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            reduced_motion="reduce" if is_calm else "no-preference",
        )
        self.language = locale[:2]
        self.complaints: list[str] = []
        self.violations: list[str] = []
        self.context.expose_binding("sijiViolated", lambda _, what: self.violations.append(what))
        self.context.add_init_script(VIOLATIONS)
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._see)
        # Leaving an exam asks first; the stories mean to leave.
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        # What the browser says of an answer that is a refusal is counted where the answer is seen.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _see(self, response: Response) -> None:
        # That nobody is signed in yet is how a page finds out.
        is_asking = response.status == 401 and response.url.endswith("/api/v1/me")
        if response.status >= 400 and not is_asking:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")

    def goto(self, place: str) -> None:
        """A place in this person's language: ``/courses/5``."""
        self.page.goto(f"/{self.language}{place}")

    def sign_in(self, account: Mapping[str, Any]) -> None:
        self.goto("/sign-in")
        self.try_password(account["username"], account["password"])
        self.page.wait_for_url(re.compile(rf"/{self.language}(?!/sign-in)"))

    def try_password(self, username: str, password: str) -> None:
        self.field("accounts.username").fill(username)
        self.fill_password(password)

    def fill_password(self, password: str) -> None:
        self.field("accounts.password").fill(password)
        self.page.get_by_role("button", name=self.words("accounts.signIn"), exact=True).click()

    def sign_out(self) -> None:
        self.button("shell.accountMenu").click()
        self.page.get_by_role("menuitem", name=self.words("shell.signOut")).click()

    def read(self, path: str) -> Any:
        """What the interface says to this person, signed in as their browser is."""
        answer = self.context.request.get(f"/api/v1{path}")
        assert answer.ok, f"{answer.status} {path}: {answer.text()}"
        return answer.json()

    def words(self, name: str, /, **values: object) -> str:
        return words(name, language=self.language, **values)

    def pattern(self, name: str, /, **values: object) -> re.Pattern[str]:
        return pattern(name, language=self.language, **values)

    def field(self, label: str, /, **values: object) -> Locator:
        return self.page.get_by_label(self.words(label, **values), exact=True)

    def button(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.pattern(name, **values))

    def link(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.pattern(name, **values))

    def text(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_text(self.pattern(name, **values))

    def heading(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_role("heading", name=self.pattern(name, **values))

    def heading_of(self, text: str) -> Locator:
        return self.page.get_by_role("heading", name=text)

    def question(self, slot: str) -> Locator:
        return self.page.get_by_role("region", name=self.words("room.question", slot=slot), exact=True)

    def dialog(self, title: str, /, **values: object) -> Locator:
        return self.page.get_by_role("dialog", name=self.pattern(title, **values))

    def sees(self, *things: Locator, seconds: float = 15) -> None:
        for thing in things:
            expect(thing.first).to_be_visible(timeout=seconds * 1000)

    def is_all_there(self) -> None:
        """Nothing grey stands for what is still coming."""
        expect(self.page.locator("[aria-busy=true], .animate-breathe[aria-hidden=true]")).to_have_count(0, timeout=15_000)

    def picture(self, name: str, *, whole: bool = False) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
