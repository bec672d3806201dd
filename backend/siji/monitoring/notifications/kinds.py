"""What each kind of channel needs to be told, and the address that apprise makes of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

SMS = (
    "twilio",
    "vonage",
    "clicksend",
    "plivo",
    "sinch",
    "bulksms",
    "messagebird",
    "d7sms",
    "africas",
    "sns",
    "smseagle",
    "httpsms",
)
"""Gateways of apprise that carry text messages; those of Aliyun and Tencent are called through a webhook."""
Settings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    secret: tuple[str, ...]
    address: Callable[[Settings], str]
    """Raises ValueError where the settings make none."""


def _mail(settings: Settings) -> str:
    security = settings.get("security") or "starttls"
    if security not in ("none", "starttls", "ssl"):
        raise ValueError("security")
    host, user = settings["host"], settings.get("user", "")
    login = f"{quote(user, safe='')}:{quote(settings.get('password', ''), safe='')}@" if user else ""
    port = settings.get("port") or {"none": "25", "starttls": "587", "ssl": "465"}[security]
    query = {
        "from": settings["sender"],
        "to": settings["to"],
        "smtp": host,
        "mode": "insecure" if security == "none" else security,
    }
    return f"{'mailto' if security == 'none' else 'mailtos'}://{login}{host}:{port}?{urlencode(query, quote_via=quote)}"


def _webhook(settings: Settings) -> str:
    parts = urlsplit(settings["url"])
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("url")
    query = parts.query
    headers = {"+Authorization": settings["authorization"]} if settings.get("authorization") else {}
    own = "&".join(f"-{pair}" for pair in query.split("&") if pair)
    extra = "&".join(part for part in (own, urlencode(headers, safe="+", quote_via=quote), "redirect=no") if part)
    return f"{'jsons' if parts.scheme == 'https' else 'json'}://{parts.netloc}{parts.path or '/'}?{extra}"


def _slack(settings: Settings) -> str:
    parts = urlsplit(settings["url"])
    path = [part for part in parts.path.split("/") if part]
    if parts.hostname != "hooks.slack.com" or path[:1] != ["services"] or len(path) != 4:
        raise ValueError("url")
    return f"slack://{'/'.join(path[1:])}/?footer=no"


def _dingtalk(settings: Settings) -> str:
    secret = f"{quote(settings['secret'], safe='')}@" if settings.get("secret") else ""
    return f"dingtalk://{secret}{quote(settings['token'], safe='')}"


def _sms(settings: Settings) -> str:
    if settings["url"].partition("://")[0] not in SMS:
        raise ValueError("url")
    return settings["url"]


KINDS = {
    "email": Kind(
        ("host", "port", "security", "user", "password", "sender", "to"), ("host", "sender", "to"), ("password",), _mail
    ),
    "sms": Kind(("url",), ("url",), ("url",), _sms),
    "webhook": Kind(("url", "authorization"), ("url",), ("url", "authorization"), _webhook),
    "slack": Kind(("url",), ("url",), ("url",), _slack),
    "dingtalk": Kind(("token", "secret"), ("token",), ("token", "secret"), _dingtalk),
    "wecom": Kind(("key",), ("key",), ("key",), lambda settings: f"wecombot://{quote(settings['key'], safe='')}"),
    "feishu": Kind(("token",), ("token",), ("token",), lambda settings: f"feishu://{quote(settings['token'], safe='')}"),
}
