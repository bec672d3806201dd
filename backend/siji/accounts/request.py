"""What a request says of where it comes from: device, address, origin. Nothing here is a permission."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from siji.accounts.models import User
from siji.problems import Refusal

DEVICE_COOKIE = "siji_device"
DEVICE_DAYS = 400
_SALT = "siji.accounts.device"


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
    trusted = set(settings.TRUSTED_PROXIES)
    if request.META.get("REMOTE_ADDR") not in trusted:
        return None
    for address in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if (stripped := address.strip()) and stripped not in trusted:
            return stripped
    return None


def require_own_origin(request: HttpRequest) -> None:
    """A sign-in has no token yet, so a page of another origin is known by its Origin header. Raises Refusal (403)."""
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return
    parts = urlsplit(origin)
    if (parts.scheme, parts.netloc) != (request.scheme, request.get_host()):
        raise Refusal("csrf", zh="请从本系统的网页登录。", en="Sign in from this system's own page.", status=403)
