"""The ``siji`` command: one entry for the person who runs it.

Commands that need the product itself run in a complete environment: if ours is not, it is completed from SIJI_HOME and the
command starts once more in it (settings read the environment once, at import).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from redis.exceptions import RedisError

from siji.embedded.counts import MOST, Counts
from siji.embedded.home import new_secret
from siji.embedded.words import CannotStart, complain, in_words

OPENAPI = Path(__file__).resolve().parents[3] / "frontend" / "src" / "client" / "openapi.json"


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    _never_fail_to_print()
    try:
        return _obey(words)
    except CannotStart as error:
        complain(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # somebody reads only the first lines
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ImproperlyConfigured, DatabaseError, psycopg.Error, RedisError, OSError) as error:
        complain(in_words(error))
    return 1


def _never_fail_to_print() -> None:
    """A terminal that knows no Chinese still gets the English."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _obey(words: list[str]) -> int:
    if words[:1] == ["with-services"]:
        return _with_services(words[1:])
    options = _parser().parse_args(words)
    if options.needs_product:
        _prepare_product(words)
    command: Callable[[argparse.Namespace], int | None] = options.command
    return command(options) or 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        zh, en = f"命令有误：{message}。用 {self.prog} --help 查看用法。", f"The command cannot be read: {message}."
        self.exit(2, f"{zh}\n{en} {self.prog} --help says what there is.\n")


class _Commands:
    """The commands there are, each with what it is for in both languages."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._all = parser.add_subparsers(required=True, metavar="COMMAND")

    def group(self, name: str, text: str) -> Any:
        """``siji NAME WHAT``."""
        return self._all.add_parser(name, help=text).add_subparsers(required=True, metavar="WHAT")

    def add(
        self, name: str, text: str, function: Callable[..., int | None], *, product: bool, to: Any = None
    ) -> argparse.ArgumentParser:
        """``product``: it runs in a complete environment, with the product's own settings."""
        command: argparse.ArgumentParser = (to or self._all).add_parser(name, help=text, description=text)
        command.set_defaults(command=function, needs_product=product)
        return command

    def only_listed(self, name: str, text: str) -> None:
        """Taken before anything is parsed; here it is named in the help."""
        self._all.add_parser(name, help=text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="siji", description="Siji 四级：大学英语四级训练系统 · a self-hosted CET-4 training system.")
    commands = _Commands(parser)
    for add in (_to_run, _to_look_after, _of_content, _of_people, _of_alerts, _of_numbers, _of_backups, _for_developers):
        add(commands)
    return parser


def _to_run(commands: _Commands) -> None:
    up = commands.add("up", "在本机启动全部，Ctrl-C 停止 · start everything on this machine, until Ctrl-C", _up, product=False)
    up.add_argument("--replicas", type=int, default=0, choices=range(4), help="streaming replicas of the database to read from")
    up.add_argument("--sync", action="store_true", help="an answer is acknowledged once a replica has it too (needs --replicas)")
    for kind, what in (
        ("api", "接口进程 · API processes"),
        ("stream", "推送进程 · processes that stream events"),
        ("worker", "后台任务进程 · processes that work jobs"),
        ("web", "页面进程 · processes that serve pages"),
    ):
        up.add_argument(
            f"--{kind}", type=int, default=1, choices=range(1, MOST + 1), metavar="N", help=f"{what} (1–{MOST}, nginx)"
        )
    restart = commands.add(
        "restart",
        "逐个替换运行中的进程，不中断使用 · replace running parts one by one, without a failed request",
        _restart,
        product=False,
    )
    restart.add_argument(
        "parts", nargs="*", metavar="PART", help="api, stream, web, worker, beat, or one of them like api-2; all if left out"
    )
    promote = commands.add(
        "promote",
        "主数据库回不来时，让备用库成为主库 · the standby becomes the primary, when that cannot come back",
        _promote,
        product=False,
    )
    promote.add_argument("--accept-loss", action="store_true", help="though it may lack answers that were acknowledged")


def _to_look_after(commands: _Commands) -> None:
    doctor = commands.add("doctor", "检查每一部分 · check every part and say what is wrong", _doctor, product=True)
    doctor.add_argument("--json", action="store_true", help="for programs")
    migrate = commands.add(
        "migrate",
        "升级数据库并核对索引和连接数 · bring the database to this release; check its indexes and the connection budget",
        _migrate,
        product=True,
    )
    migrate.add_argument("--check", action="store_true", help="change nothing: say whether this release may serve")
    migrate.add_argument("--mend", action="store_true", help="build indexes again that a killed build has left invalid")


def _of_content(commands: _Commands) -> None:
    content = commands.group("content", "check, load：试卷内容 · the papers and what they stand on")
    commands.add(
        "check", "检查内容文件夹 · say in words what is wrong with the content folder", _content_check, product=False, to=content
    )
    commands.add(
        "load",
        "载入数据库 · load it into the database; listening tracks are made by the worker",
        _content_load,
        product=True,
        to=content,
    )


def _of_people(commands: _Commands) -> None:
    demo = commands.group("demo", "load, remove：演示学校 · a school to look at")
    commands.add(
        "load",
        "建立演示学校 · make the demo school, once, and write its accounts to demo-accounts.json",
        _demo_load,
        product=True,
        to=demo,
    )
    remove = commands.add(
        "remove",
        "停用演示账号，不删除任何东西 · close the demo accounts and archive their courses; deletes nothing",
        _demo_remove,
        product=True,
        to=demo,
    )
    remove.add_argument("--yes", action="store_true", help="without asking")
    user = commands.group("user", "create：账号 · accounts")
    create = commands.add(
        "create", "新建账号并打印初始密码 · make an account and print its initial password", _user_create, product=True, to=user
    )
    create.add_argument("username")
    create.add_argument("--name", default="", help="as others see it; the username if left out")
    create.add_argument("--role", choices=["student", "teacher", "admin"], default="admin")
    create.add_argument("--ask-password", action="store_true", help="ask for the password instead of making one")
    audit = commands.group("audit", "verify：审计记录 · the audit log")
    commands.add(
        "verify",
        "核对审计记录是否被改动或删除 · say whether a row of the audit log was changed or removed",
        _audit_verify,
        product=True,
        to=audit,
    )


def _of_alerts(commands: _Commands) -> None:
    alerts = commands.group("alerts", "list, rules, test, silence：告警 · what is wrong, and who is told")
    listed = commands.add("list", "列出未恢复的告警 · what is open", _alerts_list, product=True, to=alerts)
    listed.add_argument("--closed", action="store_true", help="what is over instead, the newest 200")
    rules = commands.add("rules", "列出规则和界限 · the rules and their limits", _alerts_rules, product=True, to=alerts)
    test = commands.add(
        "test",
        "按这条规则发一条测试消息 · send what the rule would say, labelled as a test",
        _alerts_test,
        product=True,
        to=alerts,
    )
    test.add_argument(
        "--channel", type=int, metavar="ID", help="over this channel alone; over all that would be told if left out"
    )
    silence = commands.add("silence", "一段时间内不通知 · tell nobody for a while", _alerts_silence, product=True, to=alerts)
    silence.add_argument("--minutes", type=int, required=True, metavar="N")
    silence.add_argument("--why", required=True, help="a sentence for whoever wonders")
    for command, rule in ((test, "a rule"), (silence, "a rule, or: all")):
        command.add_argument("rule", metavar="RULE", help=rule)
    for command in (listed, rules, test, silence):
        command.add_argument("--json", action="store_true", help="for programs")


def _of_numbers(commands: _Commands) -> None:
    seed = commands.add(
        "seed", "载入测量用的虚构数据 · add made-up people, courses and answers for measuring", _seed, product=True
    )
    seed.add_argument("--scale", choices=["S", "M", "L"], required=True, help="S: the demo school; M: 20 k users; L: 200 k")
    commands.add(
        "recount",
        "核对并修正保存的计数 · compare stored numbers with a count, put right what has drifted",
        _recount,
        product=True,
    )
    kept = commands.add("cache", "缓存命中率 · how often what is read often was found ready", _cache, product=True)
    kept.add_argument("--json", action="store_true", help="for programs")
    calibrate = commands.add(
        "calibrate",
        "用一个文件夹里有分数的作答检验内置引擎 · how far the built-in engine agrees with marks that people gave",
        _calibrate,
        product=False,
    )
    calibrate.add_argument("folder", type=Path, help="one or more *.yaml: kind, a task, and scripts with text and mark")
    calibrate.add_argument("--json", action="store_true", help="for programs")
    search = commands.group("search", "搜索 · what courses, papers and items are found by")
    fill = commands.add("fill", "把还搜不到的内容加入搜索 · make findable what is not yet", _search_fill, product=True, to=search)
    fill.add_argument("--everything", action="store_true", help="all of it anew")


def _of_backups(commands: _Commands) -> None:
    backup = commands.add(
        "backup", "备份数据库和上传的文件 · keep the database and what was uploaded, while people work", _backup, product=True
    )
    backup.add_argument("--to", type=Path, help="a folder for backups; SIJI_BACKUPS if left out")
    backup.add_argument("--keep", type=int, default=7, choices=range(1, 1000), metavar="N", help="drop those beyond the newest N")
    restore = commands.add("restore", "从备份恢复到一个新的 SIJI_HOME · make a SIJI_HOME from a backup", _restore, product=False)
    restore.add_argument("backup", type=Path, help="one folder of siji backup")
    restore.add_argument("into", type=Path, help="the new SIJI_HOME: an empty folder, or none yet")
    restore.add_argument("--until", type=_moment, help="stop there: 2026-11-27T10:30:00+08:00, where the log was archived")
    for command in (backup, restore):
        command.add_argument("--passphrase-file", type=Path, help="seal, or open, with the first line of this file")


def _for_developers(commands: _Commands) -> None:
    openapi = commands.add("openapi", "写出接口文档 · write the OpenAPI document for the front end", _openapi, product=False)
    openapi.add_argument("--check", action="store_true", help="only say whether it is fresh")
    outside = commands.group("outside", "write：Prometheus 与 Grafana 的文件 · files of Prometheus and Grafana")
    write = commands.add(
        "write", "写出 ops/prometheus 与 ops/grafana · write ops/prometheus and ops/grafana", _outside, product=False, to=outside
    )
    write.add_argument("--check", action="store_true", help="only say whether they are fresh")
    commands.add("secret", "打印一个新的 SECRET_KEY · print a new secret for SECRET_KEY", _secret, product=False)
    commands.only_listed(
        "with-services", "-- 命令：配上自己的数据库运行 · COMMAND: run it with a PostgreSQL and two Redis of its own"
    )


def _prepare_product(words: list[str]) -> None:
    from siji.embedded.environment import for_commands
    from siji.settings import ENV

    complete = for_commands(os.environ, ENV)
    if complete is not None:
        os.execve(sys.executable, [sys.executable, "-m", "siji.embedded", *words], complete)  # noqa: S606
    set_up_django()


def set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
    django.setup()


def _with_services(words: list[str]) -> int:
    from siji.embedded.services import run_with_services

    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        raise CannotStart("用法：siji with-services -- 命令", "Usage: siji with-services -- COMMAND")
    return run_with_services(command)


def _up(options: argparse.Namespace) -> None:
    from siji.embedded.up import up
    from siji.settings import ENV

    counts = Counts(api=options.api, stream=options.stream, worker=options.worker, web=options.web)
    up(os.environ, ENV, replicas=options.replicas, sync=options.sync, counts=counts)


def _restart(options: argparse.Namespace) -> None:
    from siji.embedded import rolling
    from siji.embedded.home import Home
    from siji.settings import ENV

    rolling.ask(Home.open(ENV.home), options.parts)


def _promote(options: argparse.Namespace) -> None:
    from siji.embedded import promotion
    from siji.embedded.home import Home
    from siji.settings import ENV

    if "DATABASE_URL" in ENV.given:
        raise CannotStart(
            "siji promote 只用于内置数据库；自己的数据库请用它自己的工具切换，再改 DATABASE_URL。",
            "siji promote is for the embedded database: promote your own with its own tools, then change DATABASE_URL.",
        )
    print(promotion.ask(Home.open(ENV.home), accept_loss=options.accept_loss))


def _doctor(options: argparse.Namespace) -> int:
    from siji.embedded import doctor

    report = doctor.examine()
    print(report.as_json() if options.json else report.as_text())
    return 0 if report.ready else 1


def _migrate(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from siji.embedded import gate
    from siji.embedded.budget import check_budget
    from siji.storage.cache.manager import cache_manager

    if not options.check:
        call_command("migrate", verbosity=1, interactive=False)
        cache_manager.forget_everything()  # of the release before
    gate.check(mend=options.mend)
    print(check_budget())


def _content_check(options: argparse.Namespace) -> int:
    set_up_django()
    from siji.embedded import content

    return 0 if content.check() else 1


def _content_load(options: argparse.Namespace) -> int:
    from siji.embedded import content

    return 0 if content.load() else 1


def _demo_load(options: argparse.Namespace) -> None:
    from django.conf import settings

    from siji.embedded.demo import load_demo
    from siji.problems import Refusal

    if not settings.SIJI_DEMO:
        raise CannotStart(
            "演示学校的账号密码是公开打印的，只在本机使用；确实需要时请设 SIJI_DEMO=1。",
            "The demo school prints its passwords and is for one's own machine: set SIJI_DEMO=1 where it is wanted.",
        )
    try:
        is_new = load_demo(settings.SIJI_HOME / "demo-accounts.json")
    except LookupError as error:
        raise CannotStart("还没有载入试卷，请先运行 siji content load。", f"{error}.") from error
    except Refusal as refusal:
        raise CannotStart(
            f"不能建立演示学校：{refusal.zh}它需要一个没有真实用户的系统。",
            f"The demo school cannot be made: {refusal.en} It needs a Siji without real people.",
        ) from refusal
    print("the demo school is loaded" if is_new else "the demo school is there already")


def _demo_remove(options: argparse.Namespace) -> None:
    from siji.embedded.demo import removal

    removal.remove(is_agreed=options.yes)


def _audit_verify(options: argparse.Namespace) -> int:
    from siji.accounts.sealing import seal, verify

    seal(everything=True)
    seen = verify()
    if seen.broken_at is not None:
        at = seen.broken_at
        print(f"审计记录从第 {at} 条起与校验链不符：有记录被改动或删除。请保留现场并查看备份。")
        print(f"From entry {at} of the chain the audit log is not what was sealed: compare it with a backup.")
        return 1
    print(f"审计记录完整：{seen.entries} 条。The audit log is whole: {seen.entries} entries.")
    print(f"{seen.head}  记下这个值，以后可核对末尾是否被截断 · keep it elsewhere: it shows later whether the end was cut off")
    return 0


def _user_create(options: argparse.Namespace) -> None:
    from siji.embedded import people

    people.create(username=options.username, name=options.name, role=options.role, ask=options.ask_password)


def _alerts_list(options: argparse.Namespace) -> None:
    from siji.embedded import alerts

    print(alerts.listed(is_closed=options.closed, as_json=options.json))


def _alerts_rules(options: argparse.Namespace) -> None:
    from siji.embedded import alerts

    print(alerts.rules_for_prometheus() if options.prometheus else alerts.rules(as_json=options.json))


def _alerts_test(options: argparse.Namespace) -> int:
    from siji.embedded import alerts

    text, is_sent = alerts.try_out(rule=options.rule, channel=options.channel, as_json=options.json)
    print(text)
    return 0 if is_sent else 1


def _alerts_silence(options: argparse.Namespace) -> None:
    from siji.embedded import alerts

    print(alerts.silence(rule=options.rule, minutes=options.minutes, why=options.why, as_json=options.json))


def _seed(options: argparse.Namespace) -> None:
    from django.conf import settings

    from siji.embedded.seed import loading
    from siji.embedded.seed.scales import SCALES

    if settings.SIJI_MODE == "production":
        raise CannotStart("正式环境不能载入测试数据。", "Made-up people are not loaded in production.")
    if options.scale == "S":
        _demo_load(options)
        return
    if loading.is_there():
        raise CannotStart("测试数据已经载入；要换规模，请用另一个 SIJI_HOME。", "It is seeded already: use another SIJI_HOME.")
    try:
        loading.load(SCALES[options.scale], say=print)
    except LookupError as error:
        raise CannotStart("还没有载入试卷，请先运行 siji content load。", f"{error}.") from error
    print(f"seed-t00000 …, seed-s000000 …: {loading.PASSWORD}")


def _recount(options: argparse.Namespace) -> None:
    from siji.courses.tallies import recount

    courses, teachers = recount()
    print(f"{courses} courses and {teachers} teachers put right" if courses or teachers else "nothing has drifted")


def _cache(options: argparse.Namespace) -> None:
    from siji.embedded import cache

    print(cache.shown(as_json=options.json))


def _calibrate(options: argparse.Namespace) -> None:
    from siji.embedded import calibrating

    found = calibrating.calibrate(options.folder)
    print(calibrating.as_json(found) if options.json else calibrating.as_text(found))


def _search_fill(options: argparse.Namespace) -> None:
    from siji.courses.search.filling import fill

    print(", ".join(f"{number} {kind}" for kind, number in fill(everything=options.everything).items()))


def _backup(options: argparse.Namespace) -> None:
    from django.conf import settings

    from siji.embedded.backup import commands

    commands.backup(options.to or settings.SIJI_BACKUPS, keep=options.keep, passphrase_file=options.passphrase_file)


def _restore(options: argparse.Namespace) -> None:
    from siji.embedded.backup import commands

    commands.restore(
        options.backup.resolve(), options.into.resolve(), until=options.until, passphrase_file=options.passphrase_file
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


def _openapi(options: argparse.Namespace) -> None:
    set_up_django()
    from siji.embedded import openapi

    openapi.check(OPENAPI) if options.check else openapi.write(OPENAPI)


def _outside(options: argparse.Namespace) -> int:
    set_up_django()
    from siji.monitoring.outside import files

    found = files.stale() if options.check else files.write()
    for path in found:
        print(f"{'stale' if options.check else 'written'}: {path}")
    return 1 if options.check and found else 0


def _secret(options: argparse.Namespace) -> None:
    print(new_secret())
