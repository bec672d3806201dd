"""Somebody at a browser of their own: what every story does with a page, said once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from .words import pattern, words

SCREENSHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"


class Person:
    """A browser context with one page in it. ``complaints``: what went wrong that a person with open tools would see."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1440, height: int = 900, locale: str = "zh-CN") -> None:
        self.context = browser.new_context(
            base_url=address, locale=locale, timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
        )
        self.complaints: list[str] = []
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

    def sign_in(self, account: Mapping[str, Any]) -> None:
        self.page.goto("/zh/sign-in")
        self.try_password(account["username"], account["password"])
        self.page.wait_for_url(re.compile(r"/zh(?!/sign-in)"))

    def try_password(self, username: str, password: str) -> None:
        self.page.get_by_label(words("accounts.username")).fill(username)
        self.fill_password(password)

    def fill_password(self, password: str) -> None:
        self.page.get_by_label(words("accounts.password"), exact=True).fill(password)
        self.button("accounts.signIn").click()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name=pattern("shell.accountMenu")).click()
        self.page.get_by_role("menuitem", name=words("shell.signOut")).click()

    def read(self, path: str) -> Any:
        """What the interface says to this person, signed in as their browser is."""
        answer = self.context.request.get(f"/api/v1{path}")
        assert answer.ok, f"{answer.status} {path}: {answer.text()}"
        return answer.json()

    def button(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_role("button", name=pattern(name, **values))

    def text(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_text(pattern(name, **values))

    def heading(self, name: str, /, **values: object) -> Locator:
        return self.page.get_by_role("heading", name=pattern(name, **values))

    def dialog(self, title: str, /, **values: object) -> Locator:
        return self.page.get_by_role("dialog", name=pattern(title, **values))

    def sees(self, *things: Locator, seconds: float = 15) -> None:
        for thing in things:
            expect(thing.first).to_be_visible(timeout=seconds * 1000)

    def picture(self, name: str, *, whole: bool = False) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
