"""The bill of materials holds what is shipped; an audit that could not ask never reads like one that found nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def script(name: str) -> ModuleType:
    loader = SourceFileLoader(name, str(ROOT / "bin" / name))
    spec = spec_from_loader(name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _no_compiled_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


def test_everything_that_is_shipped_is_in_the_bill() -> None:
    sbom = script("sbom")
    pinned = set(re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / "backend" / "requirements.txt").read_text(), re.MULTILINE))
    python = sbom.of_python()
    assert {one["name"] for one in python} == {name.lower() for name in pinned} >= {"django", "psycopg"}
    assert all(one["hashes"] and one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in python)
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    npm = {one["name"]: one["version"] for one in sbom.of_npm(json.loads((ROOT / "frontend" / "package-lock.json").read_text()))}
    assert package["dependencies"].items() <= npm.items()
    assert not package["devDependencies"].keys() & {"vitest", "eslint"} & npm.keys()
    again = [sbom.document(python, "1")["serialNumber"] for _ in range(2)]
    assert again[0] == again[1] != sbom.document(python[1:], "1")["serialNumber"]


CLEAN = {"dependencies": [{"name": "django", "version": "5", "vulns": []}]}
KNOWN = {"dependencies": [{"name": "django", "version": "5", "vulns": [{"id": "CVE-1"}]}]}
SKIPPED = {"dependencies": [{"name": "django", "skip_reason": "not found"}]}


@pytest.mark.parametrize(
    ("python", "npm", "code"),
    [
        (CLEAN, {"vulnerabilities": {}}, 0),
        (KNOWN, {"vulnerabilities": {}}, 1),
        (CLEAN, {"vulnerabilities": {"next": {"severity": "high", "range": "<16"}}}, 1),
        (SKIPPED, {"vulnerabilities": {}}, 2),
        ({"dependencies": []}, {"vulnerabilities": {}}, 2),
        (CLEAN, {"message": "405 Method Not Allowed", "error": {}}, 2),
        ("nothing that is JSON", {"vulnerabilities": {}}, 2),
        (KNOWN, "", 1),
    ],
)
def test_what_an_audit_ends_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, python: Any, npm: Any, code: int
) -> None:
    audit = script("audit")
    monkeypatch.setattr(audit, "BUILD", tmp_path)

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        said = npm if command[0] == "npm" else python
        return subprocess.CompletedProcess(command, 0, said if isinstance(said, str) else json.dumps(said), "a reason")

    monkeypatch.setattr(subprocess, "run", run)
    assert audit.main() == code
    said = capsys.readouterr().out
    assert ("NOT AUDITED" in said) == (code == 2 or npm == "")


def test_a_tool_that_is_not_there_is_no_audit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    audit = script("audit")
    monkeypatch.setattr(audit, "BUILD", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(audit, "python_command", lambda: [str(tmp_path / "uv")])
    assert audit.main() == 2
