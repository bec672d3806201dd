"""How one variable of the environment is read. What cannot be used is refused in one sentence, in both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import pq

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Unusable(ImproperlyConfigured):
    """A variable that must be mended first; says what is wrong with it and what to write instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh, self.en = zh, en


def whole(env: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        raise Unusable(
            f"{name} 是 {text!r}，应当是 {least} 到 {most} 之间的整数。",
            f"{name} is {text!r}; it must be a whole number from {least} to {most}.",
        )
    return int(text)


def seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name, "").strip()
    try:
        value = float(text or default)
    except ValueError:
        value = math.nan
    if not 0 < value <= 3600:
        raise Unusable(
            f"{name} 是 {text!r}，应当是大于 0、不超过 3600 的秒数。",
            f"{name} is {text!r}; it must be a number of seconds above 0 and at most 3600.",
        )
    return value


def flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    if text in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if text == "" else text in ("1", "true", "yes", "on")
    raise Unusable(f"{name} 是 {text!r}，请写 1 或 0。", f"{name} is {text!r}; use 1 or 0.")


def one_of(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    text = env.get(name, "").strip() or default
    if text not in allowed:
        words = ", ".join(allowed)
        raise Unusable(f"{name} 是 {text!r}，只能是：{words}。", f"{name} is {text!r}; it must be one of {words}.")
    return text


def names(env: Mapping[str, str], name: str, default: str = "") -> tuple[str, ...]:
    """Separated by commas."""
    return tuple(part.strip() for part in env.get(name, default).split(",") if part.strip())


def networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Addresses and networks, ``10.0.0.5,192.168.0.0/16``."""
    given = names(env, name)
    for network in given:
        try:
            ip_network(network, strict=False)
        except ValueError:
            raise Unusable(
                f"{name} 中的 {network!r} 不是地址，也不是 10.0.0.0/8 这样的网段。",
                f"{name}: {network!r} is no address and no network such as 10.0.0.0/8.",
            ) from None
    return given


def origins(env: Mapping[str, str], name: str, *, schemes: tuple[str, ...] = ("http", "https")) -> tuple[str, ...]:
    """As a browser sends them: scheme and host, a port where it is unusual, nothing behind it."""
    given = names(env, name)
    for origin in given:
        parts = _split(origin)
        if parts is None or parts.scheme not in schemes or not _is_host(parts) or origin != f"{parts.scheme}://{parts.netloc}":
            example = f"{schemes[-1]}://siji.example.edu.cn"
            raise Unusable(
                f"{name} 中的 {origin!r} 不能用：请写成 {example} 这样，只有协议和主机名，末尾没有斜杠。",
                f"{name}: {origin!r} cannot be used; write it like {example}: scheme and host, nothing behind.",
            )
    return given


def address(env: Mapping[str, str], name: str, default: str, *, example: str, path: str = "") -> str:
    """A URL with the scheme of ``example`` (or its variant for TLS), a host, and a port that can be one.

    ``path``: what must stand behind the host, "name" for a name, "number" for digits or nothing, "" for anything.
    """
    text = env.get(name, "").strip() or default
    if not text:
        return ""
    scheme = example.partition("://")[0]
    variants = {"postgresql": ("postgresql", "postgres"), "redis": ("redis", "rediss"), "https": ("http", "https")}[scheme]
    parts = _split(text)
    # The value may hold a password, so it is not said.
    if parts is None or parts.scheme not in variants or not parts.hostname or not _is_path(parts.path.strip("/"), path):
        raise Unusable(
            f"{name} 不能用：请写成 {example} 这样，端口是 1 到 65535，密码中的特殊字符要写成 %xx。",
            f"{name} cannot be used; write it like {example}, with a port from 1 to 65535, and %xx for special "
            "characters in a password.",
        )
    return text


IN_FRONT = frozenset(("host", "hostaddr", "port", "user", "password", "dbname"))
"""What a database's URL says before its question mark: said twice, one of the two would be ignored."""
NOT_OURS = frozenset(("client_encoding", "replication"))
"""Fixed by what we are: a client that speaks UTF-8 and asks in SQL."""


def database_options(name: str, url: str) -> dict[str, str]:
    """What stands behind the question mark of a postgresql:// URL, as libpq reads it; ``name``: of the variable that holds it.

    Raises Unusable for what libpq does not know: an option that nobody reads, such as ``sslmod``, would be believed to protect.
    """
    found: dict[str, str] = {}
    for pair in filter(None, urlsplit(url).query.split("&")):
        option, _, value = (unquote(word) for word in pair.partition("="))
        if (option, value) == ("ssl", "true"):  # libpq takes the word of JDBC too
            option, value = "sslmode", "require"
        _refuse_option(name, option, value, is_pair="=" in pair)
        found[option] = value
    return found


def _refuse_option(name: str, option: str, value: str, *, is_pair: bool) -> None:
    """Its value may be a secret, so it is not said."""
    known = {default.keyword.decode() for default in pq.Conninfo.get_defaults()}
    if option in IN_FRONT:
        raise Unusable(
            f"{name} 中的参数 {option} 不能写在问号后面，请写在前面：postgresql://用户:密码@主机:端口/数据库。",
            f"{name}: the option {option} belongs before the question mark: postgresql://user:password@host:port/database.",
        )
    if not is_pair or option not in known - NOT_OURS:
        raise Unusable(
            f"{name} 中的参数 {option!r} 不能用：问号后面只能写 libpq 认识的参数，例如 sslmode=verify-full，多个用 & 隔开。",
            f"{name}: the option {option!r} cannot be used; behind the question mark stand options that libpq knows, such as "
            "sslmode=verify-full, with & between them.",
        )
    if option == "connect_timeout" and not (value.isascii() and value.isdigit() and len(value) < 5):
        raise Unusable(
            f"{name} 中的 connect_timeout 应当是整数秒数，例如 connect_timeout=5。",
            f"{name}: connect_timeout must be a whole number of seconds, such as connect_timeout=5.",
        )


def urls(env: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    """Separated by commas, each as ``address`` takes it, without a slash at the end."""
    example = "https://api.deepseek.com"
    return tuple(address({name: url}, name, "", example=example).rstrip("/") for url in names(env, name, default))


def secret_file(env: Mapping[str, str], name: str) -> str:
    """What the file holds, which must be a secret worth the name; "" where none is named."""
    path = env.get(name, "").strip()
    if not path:
        return ""
    try:
        secret = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if len(secret) < 40:
        raise Unusable(
            f"{name} 指的文件 {path} 读不到，或者里面不足 40 个字符（siji secret 会打印一个可用的密钥）。",
            f"{name}: the file {path} cannot be read or holds fewer than 40 characters (siji secret prints a usable one).",
        )
    return secret


def _split(text: str) -> SplitResult | None:
    """None for what is no URL; a port out of range is none either."""
    try:
        parts = urlsplit(text)
        return None if parts.port == 0 or parts.netloc.endswith(":") or set(text) & set(" \t\r\n") else parts
    except ValueError:
        return None


def _is_host(parts: SplitResult) -> bool:
    """``*.`` in front stands for every host below."""
    return bool(parts.hostname) and "*" not in (parts.hostname or "").removeprefix("*.")


def _is_path(text: str, wanted: str) -> bool:
    if wanted == "name":
        return bool(text) and "/" not in text
    return wanted != "number" or text == "" or (text.isascii() and text.isdigit())
