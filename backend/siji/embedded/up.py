"""``siji up``: everything on this machine, in the foreground, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from siji.embedded.backup.folder import WAL
from siji.embedded.door import Door
from siji.embedded.environment import BACKEND, for_processes, has_demo
from siji.embedded.home import Home, is_free, read_json, why_not
from siji.embedded.parts import Step, application_parts, replica_parts, server_parts, siji
from siji.embedded.replica import Replica
from siji.embedded.services import Services
from siji.embedded.supervisor import Stage, Stopped, Supervisor
from siji.embedded.words import CannotStart, say
from siji.settings import Environment

INNER = ["postgres", "redis-broker", "redis-cache", "api", "stream"]
FIRST_DOOR, LAST_DOOR = 8000, 8099


def up(
    base: Mapping[str, str], settings: Environment, *, replicas: int = 0, frontend: Path = BACKEND.parent / "frontend"
) -> None:
    """``replicas``: of the embedded database, to read from. Raises CannotStart with everything stopped again."""
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
            stages, address = _plan(home, base, settings, frontend, replicas)
            supervisor.start(stages)
            _greet(home, address, time.monotonic() - began, with_accounts=has_demo(settings))
            supervisor.watch()
        except Stopped:
            say("siji", "asked to stop while starting")
        finally:
            supervisor.stop(stages)
            say("siji", "stopped; the data stays in " + str(home.root))


def _plan(home: Home, base: Mapping[str, str], settings: Environment, frontend: Path, replicas: int) -> tuple[list[Stage], str]:
    if replicas and "DATABASE_URL" in settings.given:
        raise CannotStart(
            "--replicas 只用于内置数据库；自己的副本请写在 REPLICA_URLS 中。",
            "--replicas is for the embedded database: name the replicas of your own in REPLICA_URLS.",
        )
    names = [f"postgres-replica-{number}" for number in range(1, replicas + 1)]
    ports = home.choose_ports([*INNER, *names])
    ports["web"] = _door_port(settings)
    home.remember_ports(ports)
    door = Door(home, frontend, settings.host, ports["web"], ports["api"], ports["stream"])
    environment = for_processes(base, settings, home, ports)
    servers = Services(home, ports, archive=settings.backups and settings.backups / WAL)
    copies = [Replica(servers.postgres, ports[name], number) for number, name in enumerate(names, 1)]
    if copies:
        environment = {**environment, "REPLICA_URLS": ",".join(copy.url for copy in copies)}
    stages: list[Stage] = [
        server_parts(servers, settings.given),
        replica_parts(copies),
        Step("migrations", siji("migrate"), environment),
        Step("content", siji("content", "load"), environment, is_needed=False),
        *([Step("demo", siji("demo", "load"), environment, is_needed=False)] if has_demo(settings) else []),
        application_parts(home, environment, ports, door),
    ]
    if not door.is_built:
        say("web", "the front end is not built (make web): the API alone is served")
    return stages, door.address if door.is_built else f"127.0.0.1:{ports['api']}/api/v1/openapi.json"


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
