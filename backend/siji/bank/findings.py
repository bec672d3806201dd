"""What is wrong with content, in words, with its file and place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``place`` is a slot, a passage's name or "" for the whole file. A warning does not keep content from being loaded."""

    file: str
    place: str
    code: str
    zh: str
    en: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file} [{self.place}]" if self.place else self.file
        return f"{where}\n    {self.zh}\n    {self.en}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]
