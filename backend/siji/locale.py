"""In which language a document is written: what was asked for, or what the browser prefers, or Chinese."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from siji.problems import Words

Locale = Literal["zh", "en"]


def locale_of(request: HttpRequest, asked: Locale | None) -> Locale:
    if asked is not None:
        return asked
    for name, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if name.startswith("zh"):
            return "zh"
        if name.startswith("en"):
            return "en"
    return "zh"


def said(words: Words, locale: Locale) -> str:
    return words.en if locale == "en" else words.zh
