"""``siji demo remove``: closes the demo school before real people come, after asking."""

from __future__ import annotations

import sys

from django.conf import settings

from siji.accounts.models import Role, User
from siji.embedded.demo.accounts import close_demo, open_demo_accounts
from siji.embedded.words import CannotStart


def remove(*, is_agreed: bool) -> None:
    """Raises CannotStart where nobody agreed."""
    count = open_demo_accounts().count()
    if count and not (is_agreed or _agrees(count)):
        raise CannotStart("没有改动任何东西。要停用请输入 yes，或加上 --yes。", "Nothing was changed: type yes, or add --yes.")
    closed = close_demo()
    (settings.SIJI_HOME / "demo-accounts.json").unlink(missing_ok=True)
    print(f"已停用 {closed} 个演示账号。 {closed} demo accounts are closed.")
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exists():
        print("现在没有管理员：请用 siji user create 用户名 建立一个。")
        print("There is no administrator now: siji user create NAME makes one.")


def _agrees(count: int) -> bool:
    print(f"将停用 {count} 个演示账号并归档他们的课程；任何人的作答都不会删除。输入 yes 继续：")
    print(f"This closes {count} demo accounts and archives their courses; nobody's work is deleted. Type yes to go on: ", end="")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() == "yes"
