"""Lines of the log without what must not be in them, whoever wrote them: the last fence, behind not writing it at all.

PostgreSQL tells the values of a row that it refuses (``DETAIL: Key (name)=(…)``), libraries tell addresses with passwords and the
headers that they send. What is neither is left as it is, so that a traceback stays one.
"""

from __future__ import annotations

import logging
import re

GONE = "…"
RULES = (
    # To the end of the line, which is a character or, in the repr of an error, two.
    (re.compile(r"(DETAIL:\s).*?(?=\\n|\n|['\"]\)|$)"), rf"\1{GONE}"),
    (re.compile(r"(?<=Failing row contains )\(.*?\)(?=\.|$)", re.MULTILINE), GONE),
    (re.compile(r"(?<=://)[^\s/@:'\"]*:[^\s/@'\"]+(?=@)"), GONE),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"), rf"\1 {GONE}"),
    (re.compile(r"\bsk-[\w-]{6,}"), GONE),
    (
        re.compile(r"(?i)\b((?:sessionid|csrftoken|siji_device|password|api[-_]?key|secret)['\"]?\s*[=:]\s*)['\"]?[^\s,;'\"&}]+"),
        rf"\1{GONE}",
    ),
)


def scrubbed(line: str) -> str:
    for pattern, instead in RULES:
        line = pattern.sub(instead, line)
    return line


class Scrubbing(logging.Formatter):
    """Over the whole text, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))
