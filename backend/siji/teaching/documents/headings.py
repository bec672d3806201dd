"""Headings by how they are numbered, where nothing else says that a line is one."""

from __future__ import annotations

import re

LONGEST = 40
NUMBER = "[一二三四五六七八九十百零〇\\d]+"
PATTERNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(f"^第\\s*{NUMBER}\\s*(章|编|篇|部分)"), 1),
    (re.compile("^(Chapter|Part)\\s+([0-9]+|[IVX]+)\\b", re.IGNORECASE), 1),
    (re.compile("^[一二三四五六七八九十]+、"), 1),
    (re.compile(f"^第\\s*{NUMBER}\\s*(节|单元|讲)"), 2),
    (re.compile("^Unit\\s+([0-9]+|[A-Z][a-z]+)\\b", re.IGNORECASE), 2),
    (re.compile("^[（(][一二三四五六七八九十]+[）)]"), 2),
    (re.compile("^\\d{1,2}\\.\\d{1,2}(?![\\d.])"), 2),
    (re.compile("^\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}(?![\\d.])"), 3),
)
SENTENCE_ENDS = tuple("。；;，,：:！？")


def level_of(line: str) -> int:
    """From 1; 0 where the line is no heading. A numbered sentence is none."""
    text = line.strip()
    if not text or len(text) > LONGEST or text.endswith(SENTENCE_ENDS):
        return 0
    return next((level for pattern, level in PATTERNS if pattern.match(text)), 0)
