"""``siji up``: everything on this machine, in the foreground, until Ctrl-C."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from siji.embedded.backup.folder import WAL
from siji.embedded.balancer import KINDS, Balancer, nginx
from siji.embedded.counts import Counts
from siji.embedded.door import Door
from siji.embedded.environment import BACKEND, for_processes, has_demo
from siji.embedded.home import Home, read_json
from siji.embedded.parts import SERVERS, Application, Part, Step, balancer_part, replica_parts, server_parts, siji
from siji.embedded.ports import is_free, why_not
from siji.embedded.postgres import MAX_CONNECTIONS
from siji.embedded.promotion import RECORD, Promoting
from siji.embedded.replica import Replica
from siji.embedded.rolling import Rolling
from siji.embedded.services import Services
from siji.embedded.standby import Watchdog
from siji.embedded.supervisor import Stage, Stopped, Supervisor
from siji.embedded.words import CannotStart, say
from siji.settings import Environment

ONE_OF_EACH = Counts()
SUPERUSERS = 10
"""Connections for those who look after the database: reserved ones, replicas, and a few more."""
FIRST_DOOR, LAST_DOOR = 8000, 8099


def up(
    base: Mapping[str, str],
    settings: Environment,
    *,
    replicas: int = 0,
    sync: bool = False,
    counts: Counts = ONE_OF_EACH,
    frontend: Path = BACKEND.parent / "frontend",
) -> None:
    """``replicas``: of the embedded database, to read from; ``sync``: answers wait for one of them.

    Raises CannotStart with everything stopped again.
    """
    began = time.monotonic()
    home = Home.open(settings.home)
    lock = home.lock()
    if lock is None:
        raise CannotStart(
            f"{home.root} 中的 Siji 已经在运行。请直接使用它，或先停止它（Ctrl-C），或用 SIJI_HOME 指定另一个文件夹。",
            f"Siji already runs in {home.root}: use it, stop it first (Ctrl-C), or name another folder in SIJI_HOME.",
        )
    supervisor = Supervisor(home)
    supervisor.listen_for_stop()
    stages: list[Stage] = []
    with lock:
        try:
            supervisor.end_orphans()
            plan = _plan(home, base, settings, frontend, replicas, counts, sync=sync)
            stages, address = plan.stages(), plan.address
            plan.follow(supervisor)
            supervisor.start(stages)
            if plan.watchdog:
                plan.watchdog.start()
            _greet(home, address, time.monotonic() - began, with_accounts=has_demo(settings))
            supervisor.watch()
        except Stopped:
            say("siji", "asked to stop while starting")
        finally:
            supervisor.stop(stages)
            say("siji", "stopped; the data stays in " + str(home.root))


@dataclass(frozen=True)
class Plan:
    """What runs where; it is told when a process is replaced by one on another port."""

    home: Home
    ports: dict[str, int]
    servers: Sequence[Stage]
    steps: Sequence[Step]
    application: list[Part]
    door: Door
    balancer: Balancer | None
    watchdog: Watchdog | None
    database: Services
    copies: Sequence[Replica]

    @property
    def address(self) -> str:
        if self.door.is_built:
            return self.door.address
        place = self.door.address if self.balancer else f"127.0.0.1:{self.ports['api']}"
        return f"{place}/api/v1/openapi.json"

    def stages(self) -> list[Stage]:
        front = [[balancer_part(self.balancer, self.write, is_built=self.door.is_built)]] if self.balancer else []
        return [*self.servers, *self.steps, self.application, *front]

    def follow(self, supervisor: Supervisor) -> None:
        rolling = Rolling(supervisor, lambda: self.moved(supervisor))
        rolling.listen()
        supervisor.looks.append(rolling.look)
        if self.copies:
            promoting = Promoting(supervisor, self.database.postgres, self.copies)
            promoting.listen()
            supervisor.looks.append(promoting.look)

    def moved(self, supervisor: Supervisor) -> None:
        self.application[:] = [supervisor.kept[part.name].part for part in self.application]
        self.ports.update({part.name: part.port for part in self.application if part.port})
        self.home.remember_ports(self.ports)
        if self.balancer:
            self.write()
            supervisor.kept["balancer"].process.send_signal(signal.SIGHUP)

    def write(self) -> None:
        """The balancer's file. Without a front end built whatever is no API is the API's to refuse."""
        where = {kind: [f"127.0.0.1:{part.port}" for part in self.application if part.kind == kind] for kind in KINDS}
        webs = [part for part in self.application if part.kind == "web"]
        if self.balancer:
            self.balancer.write({**where, "web": where["web"] or where["api"]}, webs[-1].cwd if webs else None)


def _plan(
    home: Home, base: Mapping[str, str], settings: Environment, frontend: Path, replicas: int, counts: Counts, *, sync: bool
) -> Plan:
    if replicas and "DATABASE_URL" in settings.given:
        raise CannotStart(
            "--replicas 只用于内置数据库；自己的副本请写在 REPLICA_URLS 中。",
            "--replicas is for the embedded database: name the replicas of your own in REPLICA_URLS.",
        )
    if sync and not replicas:
        raise CannotStart("--sync 需要至少一个副本：--replicas 1。", "--sync needs a replica to wait for: --replicas 1.")
    if counts.is_balanced:
        nginx()  # refuses before anything starts
    names = [f"postgres-replica-{number}" for number in range(1, replicas + 1)]
    ports = home.choose_ports([*SERVERS, *names, *_inner(counts)])
    ports["web"] = _door_port(settings)
    home.remember_ports(ports)
    counts.remember(home)
    for old in home.run.glob("*.heartbeat"):  # of workers of an earlier start
        old.unlink(missing_ok=True)
    (home.run / RECORD).unlink(missing_ok=True)  # what a standby has is found out anew
    environment = for_processes(base, settings, home, ports)
    servers = _servers(home, ports, settings, counts)
    copies = [Replica(servers.postgres, ports[name], number) for number, name in enumerate(names, 1)]
    if copies:
        environment = {
            **environment,
            "REPLICA_URLS": ",".join(copy.url for copy in copies),
            **({"SYNC_ANSWERS": "1"} if sync else {}),
        }
    inner = (ports["balancer"],) * 2 if counts.is_balanced else (ports["api"], ports["stream"])
    door = Door(home, frontend, settings.host, ports["web"], *inner, is_one_of_many=counts.is_balanced)
    if not door.is_built:
        say("web", "the front end is not built (make web): the API alone is served")
    behind = replace(door, host="127.0.0.1") if counts.is_balanced else door
    return Plan(
        home,
        ports,
        [server_parts(servers, settings.given), replica_parts(copies)],
        [
            Step("migrations", siji("migrate", "--mend"), environment),
            Step("content", siji("content", "load"), environment, is_needed=False),
            *([Step("demo", siji("demo", "load"), environment, is_needed=False)] if has_demo(settings) else []),
        ],
        Application(home, environment, counts, behind).parts(ports),
        door,
        Balancer(home, settings.host, ports["web"], ports["balancer"], settings.trusted_proxies) if counts.is_balanced else None,
        Watchdog(home, servers.postgres, [copy.slot for copy in copies]) if sync else None,
        servers,
        copies,
    )


def _inner(counts: Counts) -> list[str]:
    """Names of what listens behind the front door."""
    names = [*counts.names("api"), *counts.names("stream")]
    return [*names, *counts.names("web"), "balancer"] if counts.is_balanced else names


def _servers(home: Home, ports: Mapping[str, int], settings: Environment, counts: Counts) -> Services:
    """As many connections as all processes may need at once, while one of them is being replaced too."""
    needed = counts.pools * settings.pool_max + counts.plain
    archive = settings.backups and settings.backups / WAL
    return Services(home, ports, archive=archive, max_connections=max(MAX_CONNECTIONS, needed + SUPERUSERS))


def _door_port(settings: Environment) -> int:
    """The port asked for; if none was, 8000 or the next free one."""
    if not is_free(0, settings.host):
        raise CannotStart(
            f"本机不能在地址 {settings.host} 上监听。请检查 HOST（本机用 127.0.0.1，局域网用 0.0.0.0）。",
            f"This machine cannot listen on {settings.host}: check HOST (127.0.0.1 for itself, 0.0.0.0 for the network).",
        )
    if settings.port is not None:
        error = why_not(settings.port, settings.host)
        if isinstance(error, PermissionError):
            raise CannotStart(
                f"普通用户不能使用端口 {settings.port}（小于 1024）。请改用 PORT=8000，前面放 nginx（ops/nginx/siji.conf）。",
                f"An ordinary user may not use port {settings.port} (below 1024): take one like PORT=8000, with nginx in front "
                "(ops/nginx/siji.conf).",
            )
        if error:
            raise CannotStart(
                f"端口 {settings.port} 已被占用。请关闭占用它的程序，或用 PORT=… 换一个端口。",
                f"Port {settings.port} is taken: end the program that holds it, or choose another with PORT=…",
            )
        return settings.port
    for port in range(FIRST_DOOR, LAST_DOOR + 1):
        if is_free(port, settings.host):
            if port != FIRST_DOOR:
                say("web", f"port {FIRST_DOOR} is taken: using {port}")
            return port
    raise CannotStart(
        f"端口 {FIRST_DOOR}–{LAST_DOOR} 都被占用。请用 PORT=… 指定一个空闲端口。",
        f"The ports {FIRST_DOOR}–{LAST_DOOR} are all taken: name a free one with PORT=…",
    )


def _greet(home: Home, address: str, seconds: float, *, with_accounts: bool) -> None:
    print(f"\n  Siji 四级 已就绪 / is ready ({seconds:.1f} s):  http://{address}\n")
    accounts = read_json(home.root / "demo-accounts.json")
    for role, name in (("teacher", "教师"), ("student", "学生"), ("admin", "管理员")):
        if with_accounts and (account := accounts.get(role)):
            print(f"  {name} {role:<8} {account['username']:<12} {account['password']}")
    if accounts and not with_accounts:
        print("  这里有演示账号，而别人也能访问本服务：请停用它们，或换一个 SIJI_HOME。")
        print("  Demo accounts exist here and others can reach this door: close them, or use another SIJI_HOME.")
    print("\n  Ctrl-C 停止 / stops\n", flush=True)
