"""How many processes of each part ``siji up`` runs, and what that costs in connections."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from siji.embedded.home import Home, read_json, write_json

MOST = 16
STREAM_CONNECTIONS = 5  # its pool of 4 and one that listens
WORKER_CONNECTIONS = 8  # its pool (siji/worker.py)
COMMANDS = 7  # commands and doctor


@dataclass(frozen=True)
class Counts:
    api: int = 1
    stream: int = 1
    worker: int = 1
    web: int = 1

    @classmethod
    def of(cls, home: Home) -> Counts:
        """Of the last start."""
        kept = read_json(home.run / "counts.json")
        return cls(**{name: int(number) for name, number in kept.items() if name in cls.__dataclass_fields__})

    def remember(self, home: Home) -> None:
        write_json(home.run / "counts.json", asdict(self))

    @property
    def is_balanced(self) -> bool:
        """Something must stand in front that knows them all."""
        return max(self.api, self.stream, self.web) > 1

    def names(self, kind: str) -> list[str]:
        number: int = getattr(self, kind)
        return [kind] if number == 1 and not self.is_balanced else [f"{kind}-{n}" for n in range(1, number + 1)]

    @property
    def pools(self) -> int:
        """While one is replaced there is one more."""
        return self.api + (1 if self.is_balanced else 0)

    @property
    def plain(self) -> int:
        """Connections besides the pools of the API."""
        spare = WORKER_CONNECTIONS if self.is_balanced or self.worker > 1 else 0
        return self.stream * STREAM_CONNECTIONS + self.worker * WORKER_CONNECTIONS + COMMANDS + spare
