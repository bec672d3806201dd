"""What the person who starts Siji reads: one line per event, and how to mend what is wrong, in both languages."""

from __future__ import annotations

import errno
import os
import sys
from datetime import datetime

import psycopg
from django.db import DatabaseError, ProgrammingError
from redis.exceptions import RedisError

from siji.variables import Unusable

FULL = (errno.ENOSPC, errno.EDQUOT)


class CannotStart(Exception):
    """Something must be mended by a person first; the message says what and how."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh, self.en = zh, en


def say(part: str, text: str) -> None:
    print(f"{datetime.now():%H:%M:%S}  {part:<13} {text}", flush=True)


def complain(error: CannotStart) -> None:
    print(f"\n{error.zh}\n{error.en}", file=sys.stderr, flush=True)


def in_words(error: Exception) -> CannotStart:
    """What a person can do about an error that came from below."""
    if isinstance(error, Unusable):
        return CannotStart(f"配置有误。{error.zh}", f"The configuration cannot be used. {error.en}")
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, ProgrammingError):
        return CannotStart(
            f"数据库的表与本版本不符：{first_line(error)}。请先运行 siji migrate。",
            f"The database's tables are not those of this release: {first_line(error)}. Run siji migrate first.",
        )
    if isinstance(error, DatabaseError | psycopg.Error | RedisError):
        return CannotStart(
            f"数据库或 Redis 没有完成这个操作：{first_line(error)}。请确认 Siji 正在运行，再用 siji doctor 查看。",
            f"The database or Redis did not do this: {first_line(error)}. Is Siji running? See siji doctor.",
        )
    why = first_line(error)
    return CannotStart(f"配置有误，请按下面的说明修改：{why}", f"The configuration cannot be used: {why}")


def first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _of_the_system(error: OSError) -> CannotStart:
    why = f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")
    if error.errno in FULL or os.strerror(errno.ENOSPC) in why:  # copying a tree gathers its errors as text
        return CannotStart(
            f"磁盘已满：{why}。请腾出空间，或用 SIJI_HOME 指定另一个磁盘上的文件夹。",
            f"The disk is full: {why}. Free some space, or name a folder on another disk in SIJI_HOME.",
        )
    return CannotStart(
        f"操作系统拒绝了：{why}。请检查这个文件或文件夹的权限。",
        f"The operating system refuses: {why}. Check the permissions of this file or folder.",
    )
