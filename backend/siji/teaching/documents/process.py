"""The program that reads one document, in a process of its own: ``main(path, filename)`` prints JSON lines.

``{"done": 3, "total": 12}`` as it goes on, then one of ``{"document": …}`` and ``{"trouble": code, "found": …}``. It limits
itself before it looks at the file: so much memory and processor time, no file written, no core dumped.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from siji.teaching.documents.troubles import Unreadable

MEMORY = 1024 * 2**20
PROCESSOR_SECONDS = 40


def main(path: str, filename: str) -> None:
    limit()
    logging.disable(logging.CRITICAL)  # the libraries complain about every odd object of a file
    try:
        answer: dict[str, Any] = {"document": _read(Path(path), filename).as_json()}
    except Unreadable as trouble:
        answer = {"trouble": trouble.code, "found": trouble.found}
    except (MemoryError, RecursionError):
        answer = {"trouble": "too_complex", "found": ""}
    except Exception:  # noqa: BLE001  # on a file that is broken, or made to break them, the libraries raise anything
        answer = {"trouble": "damaged", "found": ""}
    _say(answer)


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _read(path: Path, filename: str) -> Any:
    # Imported under the limits: what a library does when it is imported is limited too.
    from siji.teaching.documents.pdf import read_pdf
    from siji.teaching.documents.sniffing import kind_of
    from siji.teaching.documents.texts import read_text
    from siji.teaching.documents.word import read_word

    kind = kind_of(path, filename)
    if kind == "pdf":
        return read_pdf(path, _progress)
    if kind == "docx":
        return read_word(path, _progress)
    return read_text(path, is_markdown=kind == "md")


def _progress(done: int, total: int) -> None:
    _say({"done": done, "total": total})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    sys.stdout.flush()
