"""The ``siji`` command: one entry for the person who runs it.

Commands that need the product itself run in a complete environment: if ours is not, it is completed from SIJI_HOME and the
command starts once more in it (settings read the environment once, at import).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from siji.embedded.home import new_secret
from siji.embedded.words import CannotStart, complain

OPENAPI = Path(__file__).resolve().parents[3] / "frontend" / "src" / "client" / "openapi.json"


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words[:1] == ["with-services"]:
            return _with_services(words[1:])
        options = _parser().parse_args(words)
        if options.needs_product:
            _prepare_product(words)
        command: Callable[[argparse.Namespace], int | None] = options.command
        return command(options) or 0
    except CannotStart as error:
        complain(error)
    except ImproperlyConfigured as error:
        complain(CannotStart("配置有误，请按下面的说明修改环境变量：", str(error)))
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="siji", description="Siji 四级: a self-hosted CET-4 training system.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, text, function, needs_product in (
        ("up", "start everything on this machine, until Ctrl-C", _up, False),
        ("doctor", "check every part and say what is wrong", _doctor, True),
        ("migrate", "bring the database to this release, and check the connection budget", _migrate, True),
        ("openapi", "write the OpenAPI document for the front end", _openapi, False),
        ("secret", "print a new secret for SECRET_KEY", _secret, False),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=function, needs_product=needs_product)
        if name == "doctor":
            command.add_argument("--json", action="store_true", help="for programs")
        if name == "openapi":
            command.add_argument("--check", action="store_true", help="only say whether it is fresh")
    commands.add_parser("with-services", help="-- COMMAND: run it with a PostgreSQL and two Redis of its own")
    return parser


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

    up(os.environ, ENV)


def _doctor(options: argparse.Namespace) -> int:
    from siji.embedded import doctor

    report = doctor.examine()
    print(report.as_json() if options.json else report.as_text())
    return 0 if report.ready else 1


def _migrate(options: argparse.Namespace) -> None:
    from django.core.management import call_command

    from siji.embedded.budget import check_budget

    call_command("migrate", verbosity=1, interactive=False)
    print(check_budget())


def _openapi(options: argparse.Namespace) -> None:
    set_up_django()
    from siji.embedded import openapi

    openapi.check(OPENAPI) if options.check else openapi.write(OPENAPI)


def _secret(options: argparse.Namespace) -> None:
    print(new_secret())
