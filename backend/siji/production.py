"""What must never run in production, as far as the settings alone can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from siji.settings import Environment

DEVELOPMENT_SECRET = "siji-development-only-secret-do-not-use-in-production"  # noqa: S105  # refused in production


def refusals(env: Environment) -> list[tuple[str, str]]:
    """Each with how to mend it: (Chinese, English)."""
    plain = [origin for origin in env.trusted_origins if env.secure_cookies and not origin.startswith("https://")]
    rules = [
        (
            env.secret_key == DEVELOPMENT_SECRET or len(env.secret_key) < 40,
            "SECRET_KEY 必须是至少 40 个随机字符（siji secret 会打印一个）。",
            "SECRET_KEY must be set to at least 40 random characters (siji secret prints one).",
        ),
        (
            not env.allowed_hosts or "*" in env.allowed_hosts,
            "ALLOWED_HOSTS 必须写明本系统的域名，不能是 *。",
            "ALLOWED_HOSTS must name the hosts that serve Siji; * is refused.",
        ),
        (
            env.demo,
            "SIJI_DEMO 必须关闭：演示账号的密码是公开打印的。",
            "SIJI_DEMO must be off: demo accounts have published passwords.",
        ),
        (
            "DEBUG" in env.given,
            "不能设置 DEBUG：本系统没有可以给外人看的调试模式。",
            "DEBUG must not be set: Siji has no debug mode that strangers may see.",
        ),
        (
            "DATABASE_URL" in env.given and not urlsplit(env.database_url).password,
            "DATABASE_URL 必须带密码。",
            "DATABASE_URL must hold a password.",
        ),
        (
            env.secure_cookies and not env.trusted_proxies and not env.trusted_origins,
            "没有人能登录：请把终止 HTTPS 的代理的地址写进 TRUSTED_PROXIES（例如 127.0.0.1），或者把网址写进 TRUSTED_ORIGINS"
            "（例如 https://siji.example.edu.cn）；确实不用 HTTPS 时设 SECURE_COOKIES=0。",
            "Nobody could sign in: name the proxy that speaks HTTPS in TRUSTED_PROXIES (for example 127.0.0.1), or the address "
            "people open in TRUSTED_ORIGINS (https://siji.example.edu.cn); without HTTPS at all set SECURE_COOKIES=0.",
        ),
        (
            bool(plain),
            f"TRUSTED_ORIGINS 中的 {'、'.join(plain)} 不是 https：安全 Cookie 只随 HTTPS 发送，请改成 https:// 开头。",
            f"TRUSTED_ORIGINS: {', '.join(plain)} is not https, and secure cookies travel over HTTPS alone: write https://.",
        ),
    ]
    return [(zh, en) for is_so, zh, en in rules if is_so]
