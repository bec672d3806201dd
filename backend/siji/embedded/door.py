"""The front door: Next.js's standalone build, with the origins of this run written into a copy.

Next.js bakes rewrites at build, when no port is known yet. The build holds two stand-in origins (frontend/next.config.ts); the
copy in SIJI_HOME/web gets the real ones. What the build is copied from never changes, so one build serves any number of homes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from siji.embedded.home import Home, read_json, write_json
from siji.embedded.words import CannotStart

STAND_INS = {"api": "127.0.0.1:65001", "stream": "127.0.0.1:65002"}
PASSED_ON = ("PATH", "HOME", "TZ", "LANG", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS")


@dataclass(frozen=True)
class Door:
    home: Home
    frontend: Path
    """The folder that holds .next and public."""
    host: str
    port: int
    api: int
    stream: int
    is_one_of_many: bool = False
    """A copy for each build then: the old one is served while the new one starts."""

    @property
    def is_built(self) -> bool:
        return (self.build / "BUILD_ID").exists()

    @property
    def build(self) -> Path:
        return self.frontend / ".next"

    @property
    def folder(self) -> Path:
        if not self.is_one_of_many:
            return self.home.root / "web"
        wanted = f"{self._fingerprint()} {self.api} {self.stream}"
        return self.home.root / f"web-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}"

    @property
    def address(self) -> str:
        """For a browser on this machine."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # compared, not bound
        host = everywhere.get(self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"{host}:{self.port}"

    @property
    def command(self) -> list[str]:
        node = shutil.which("node")
        if node is None:
            raise CannotStart(
                "没有找到 Node.js。请安装 Node.js 20.19 以上或 22.12 以上版本后再试。",
                "Node.js was not found: install version 20.19 or later, or 22.12 or later.",
            )
        return [node, "server.js"]

    def environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        """No secret of the server side reaches the front door."""
        kept = {name: environment[name] for name in PASSED_ON if name in environment}
        listen = {"HOSTNAME": self.host, "PORT": str(self.port), "KEEP_ALIVE_TIMEOUT": "65000"}
        return kept | listen | {"NODE_ENV": "production", "NEXT_TELEMETRY_DISABLED": "1"}

    def make(self) -> None:
        """Copy the build unless this very build with these very ports is there already."""
        wanted = {"build": self._fingerprint(), "api": self.api, "stream": self.stream}
        stamp = self.folder / "siji-door.json"
        if read_json(stamp) == wanted:
            return
        half = self.folder.with_name(".web-half-made")
        for old in (half, self.folder):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(self.build / "standalone", half, symlinks=True)
        shutil.copytree(self.build / "static", half / ".next" / "static", dirs_exist_ok=True)
        if (self.frontend / "public").exists():
            shutil.copytree(self.frontend / "public", half / "public", dirs_exist_ok=True)
        self._write_origins(half)
        half.rename(self.folder)
        write_json(stamp, wanted)

    def _fingerprint(self) -> str:
        marks = [self.build / "BUILD_ID", self.build / "routes-manifest.json", self.build / "standalone" / "server.js"]
        return " ".join(str(mark.stat().st_mtime_ns) for mark in marks)

    def _write_origins(self, folder: Path) -> None:
        """Every file of the build that names a stand-in, whichever Next.js reads; both must be found or it leads nowhere."""
        real = {STAND_INS["api"]: f"127.0.0.1:{self.api}", STAND_INS["stream"]: f"127.0.0.1:{self.stream}"}
        found = set[str]()
        for path in _texts(folder):
            text = path.read_text(errors="surrogateescape")
            named = [stand_in for stand_in in real if stand_in in text]
            for stand_in in named:
                text = text.replace(stand_in, real[stand_in])
            if named:
                path.write_text(text, errors="surrogateescape")
                found.update(named)
        if found != set(real):
            raise CannotStart(
                "前端构建中没有找到接口地址的占位符。请运行 make web 重新构建。",
                "The front end's build does not hold the origins to replace: make web builds it again.",
            )


def _texts(folder: Path) -> list[Path]:
    roots = [folder / "server.js", *(folder / ".next").iterdir()]
    files = [Path(base, name) for root in roots if root.is_dir() for base, _, names in os.walk(root) for name in names]
    files += [root for root in roots if root.is_file()]
    return [path for path in files if path.suffix in (".js", ".json", ".mjs", ".cjs") and "static" not in path.parts]
