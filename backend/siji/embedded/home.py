"""SIJI_HOME: what one machine remembers between starts.

secrets.json          generated once, 0600
run/                  ports.json, parts.json (who runs: pid and start time), lock, what shows that worker and beat live
log/                  one file per part
postgres/             the database, unless postgres.where names another folder (see places.py)
redis-broker/ redis-cache/ web/ demo-accounts.json
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from siji.embedded.ports import choose, free_port
from siji.embedded.words import FULL, CannotStart, in_words


@dataclass(frozen=True)
class Home:
    root: Path

    @classmethod
    def open(cls, root: Path) -> Home:
        try:
            root.mkdir(mode=0o711, parents=True, exist_ok=True)
            for name in ("run", "log"):
                (root / name).mkdir(mode=0o700, exist_ok=True)
            (root / "run" / ".writable").write_text("yes\n")
        except (FileExistsError, NotADirectoryError) as error:
            raise CannotStart(
                f"SIJI_HOME（{root}）指向的是文件，不是文件夹。请指定一个文件夹。",
                f"SIJI_HOME ({root}) leads to a file: name a folder.",
            ) from error
        except OSError as error:
            if error.errno in FULL:
                raise in_words(error) from error
            raise CannotStart(
                f"无法写入 {root}（{error.strerror}）。请用创建它的用户运行，或用 SIJI_HOME 指定另一个文件夹。",
                f"Cannot write to {root} ({error.strerror}). Run as the user who made it, or name another folder in SIJI_HOME.",
            ) from error
        return cls(root)

    @property
    def run(self) -> Path:
        return self.root / "run"

    def log(self, part: str) -> Path:
        return self.root / "log" / f"{part}.log"

    def secrets(self) -> dict[str, str]:
        """secret_key, database, superuser and redis; made at the first call."""
        path = self.root / "secrets.json"
        kept = read_json(path)
        missing = {name: new_secret() for name in ("secret_key", "database", "superuser", "redis") if name not in kept}
        if missing:
            kept |= missing
            write_json(path, kept)
        return {name: str(value) for name, value in kept.items()}

    def ports(self) -> dict[str, int]:
        return {name: port for name, port in read_json(self.run / "ports.json").items() if isinstance(port, int)}

    def choose_ports(self, names: list[str]) -> dict[str, int]:
        """The remembered port of each part while it is free, a new one otherwise."""
        remembered, chosen = self.ports(), dict[str, int]()
        for name in names:
            port = remembered.get(name, 0)
            if not port or port in chosen.values() or not choose(port):
                port = free_port(besides=set(chosen.values()))
            chosen[name] = port
        write_json(self.run / "ports.json", chosen)
        return chosen

    def remember_ports(self, ports: dict[str, int]) -> None:
        write_json(self.run / "ports.json", ports)

    def lock(self) -> IO[str] | None:
        """Held as long as the file stays open, and by one supervisor; None while another holds it. Ends with the process."""
        file = (self.run / "lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file


def new_secret() -> str:
    return secrets.token_urlsafe(48)


def read_json(path: Path) -> dict[str, Any]:
    """An empty dictionary where there is no file, or one cut short by a crash: it can be made again or is refused later."""
    with suppress(FileNotFoundError, ValueError):
        data = json.loads(path.read_text())
        return data if isinstance(data, dict) else {}
    return {}


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Whole or not at all, readable for the owner only."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.touch(mode=0o600)
    new.write_text(json.dumps(data, indent=1, ensure_ascii=False))
    new.replace(path)
