"""Nobody may ask so much that others wait: so many requests a minute for each person, and for the strangers of each address.

Never counted: the saving of answers, and the questions by which a balancer decides. An address counts only where a trusted proxy
tells it, and only for requests of nobody who is signed in: a whole campus may stand behind one, and is never locked out by it.
What happens without Redis: see ``storage/rates.py``.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from siji.accounts.models import User
from siji.accounts.request import client_address
from siji.problems import Refusal
from siji.storage.gate import PASSES
from siji.storage.rates import Rate

people = Rate("person")
addresses = Rate("address")


def note_person(request: HttpRequest, user: User) -> None:
    """Raises Refusal (429)."""
    if not PASSES.fullmatch(f"{request.method} {request.path}"):
        _refuse_for(people.wait_seconds(str(user.pk), most=settings.RATE_PER_USER))


def note_stranger(request: HttpRequest) -> None:
    """Of whom nothing is known but, perhaps, the address. Raises Refusal (429)."""
    address = client_address(request)
    if address is not None and not PASSES.fullmatch(f"{request.method} {request.path}"):
        _refuse_for(addresses.wait_seconds(address, most=settings.RATE_PER_ADDRESS))


def _refuse_for(seconds: int) -> None:
    if seconds:
        raise Refusal(
            "too_many_requests",
            zh=f"操作太频繁，请等 {seconds} 秒再试。正在作答的内容照常保存。",
            en=f"Too many requests: wait {seconds} s and try again. Answers are saved all the same.",
            status=429,
            retry_after=seconds,
        )
