"""What the person who starts Siji reads: one line per event, and how to mend what is wrong, in both languages."""

from __future__ import annotations

import sys
from datetime import datetime


class CannotStart(Exception):
    """Something must be mended by a person first; the message says what and how."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh, self.en = zh, en


def say(part: str, text: str) -> None:
    print(f"{datetime.now():%H:%M:%S}  {part:<13} {text}", flush=True)


def complain(error: CannotStart) -> None:
    print(f"\n{error.zh}\n{error.en}", file=sys.stderr, flush=True)
