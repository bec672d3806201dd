"""``siji user create``: the first administrator of a school, or anybody else, from the machine itself."""

from __future__ import annotations

import getpass
import sys

from pydantic import ValidationError

from siji.accounts.actions import check_strength, create_person
from siji.accounts.models import User
from siji.accounts.schemas import PersonIn
from siji.embedded.words import CannotStart
from siji.problems import Refusal


def create(*, username: str, name: str, role: str, ask: bool) -> None:
    """A password asked for (at the terminal, or a line of standard input) stays; one made here is changed at first sign-in."""
    try:
        PersonIn.model_validate({"username": username, "name": name or username, "role": role})
    except ValidationError as error:
        raise CannotStart(
            "用户名只能由文字、数字和 @ . + - _ 组成，最多 150 个字符；姓名最多 100 个字符。",
            "A username is made of letters, digits and @ . + - _, 150 at most; a name has at most 100 characters.",
        ) from error
    password = _asked() if ask else None
    try:
        if password is not None:
            check_strength(User(username=username, name=name), password)
        person, chosen = create_person(by=None, password=password, username=username, name=name or username, role=role)
    except Refusal as refusal:
        raise CannotStart(refusal.zh, refusal.en) from refusal
    print(f"{person.role} {person.username}")
    if not ask:
        print(f"初始密码 / initial password: {chosen}\n首次登录时需要修改。 It must be changed at the first sign-in.")


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("密码 / password: ")
    if password != getpass.getpass("再输入一次 / again: "):
        raise CannotStart("两次输入的密码不一样，请再试一次。", "The two passwords differ: try again.")
    return password
