"""What a request says of where it comes from: device, address, origin. Nothing here is a permission."""

from __future__ import annotations

import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from siji.accounts.models import User
from siji.problems import Refusal

DEVICE_COOKIE = "siji_device"
DEVICE_DAYS = 400
_SALT = "siji.accounts.device"
Address = IPv4Address | IPv6Address


def known_device(request: HttpRequest, username: str) -> str:
    """The device's id if this person has signed in from it before, "" otherwise."""
    cookie = request.COOKIES.get(DEVICE_COOKIE, "")
    try:
        people: dict[str, str] = signing.loads(cookie, salt=_SALT, max_age=DEVICE_DAYS * 86400)
    except signing.BadSignature:
        return ""
    return people.get(username.lower(), "")


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Several people may share a device (a computer room): each is known on it, the last eight of them."""
    cookie = request.COOKIES.get(DEVICE_COOKIE, "")
    try:
        people: dict[str, str] = signing.loads(cookie, salt=_SALT)
    except signing.BadSignature:
        people = {}
    name = user.username.lower()
    people[name] = people.pop(name, "") or secrets.token_urlsafe(9)
    newest = dict(list(people.items())[-8:])
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(newest, salt=_SALT),
        max_age=DEVICE_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/api/v1/session",
    )


def client_address(request: HttpRequest) -> str | None:
    """The client's address where a trusted proxy tells it; None otherwise, since anybody can forge the header.

    Read from the right: each trusted proxy appends who it was called by, and what stands left of the first untrusted is hearsay.
    """
    if not comes_from_trusted_proxy(request):
        return None
    for text in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        address = _parsed(text)
        if not _is_trusted(address):
            return str(address) if address else None
    return None


def comes_from_trusted_proxy(request: HttpRequest) -> bool:
    """Whether the other end of this very connection is one."""
    return _is_trusted(_parsed(request.META.get("REMOTE_ADDR", "")))


def _parsed(text: str) -> Address | None:
    """Some proxies write a port too (``1.2.3.4:5678``, ``[::1]:443``), some an IPv4 address as IPv6."""
    plain = text.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ip_address(plain)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _is_trusted(address: Address | None) -> bool:
    return address is not None and any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def require_own_origin(request: HttpRequest) -> None:
    """A sign-in has no token yet, so a page of another origin is known by its Origin header. Raises Refusal (403).

    Django's own rule decides, the one that every other unsafe request is held to.
    """
    rule = CsrfViewMiddleware(lambda _: HttpResponse())
    if "Origin" in request.headers and not rule._origin_verified(request):  # type: ignore[attr-defined]  # not in the stubs
        raise Refusal("csrf", zh="请从本系统的网页登录。", en="Sign in from this system's own page.", status=403)
