"""Who is told: a mail server and a web server of our own, which the product reaches as it would the school's."""

from __future__ import annotations

import email
import email.policy
import json
import re
import time
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass

from siji.embedded.tests.machine import Machine
from siji.monitoring.tests import receivers
from siji.monitoring.tests.receivers import Receiver

WAYS = ("webhook", "email")
Mark = tuple[int, int]
CHANNELS = """
from siji.monitoring.models import Channel
from siji.monitoring.notifications.sealing import sealed
mail = {{"host": "127.0.0.1", "port": "{mail}", "security": "none", "sender": "siji@school.test", "to": "people@school.test"}}
Channel.objects.create(name="web", kind="webhook", language="en", sealed=sealed({{"url": "http://127.0.0.1:{web}/"}}))
Channel.objects.create(name="mail", kind="email", language="zh", sealed=sealed(mail))
"""


@dataclass(frozen=True)
class Message:
    way: str
    title: str
    text: str

    @property
    def rules(self) -> set[str]:
        """What it wakes for. A recovery names no page."""
        return {name.replace("-", "_") for name in re.findall(r"docs/runbooks/([\w-]+)\.md", self.text)}


@dataclass
class Ears:
    web: Receiver
    mail: Receiver

    def mark(self) -> Mark:
        """What comes after it is ``since`` it."""
        return len(self.web.requests), len(self.mail.mails)

    def since(self, mark: Mark) -> list[Message]:
        web, mail = mark
        said = [json.loads(one.body) for one in self.web.requests[web:]]
        found = [Message("webhook", one["title"], one["message"]) for one in said]
        return found + [_read(data) for _, _, data in self.mail.mails[mail:]]

    def listen(self, mark: Mark, *, rules: Set[str], began: float, seconds: float) -> dict[str, float]:
        """Way → seconds from ``began`` until one of the rules was told over it."""
        found = dict[str, float]()
        while time.monotonic() - began < seconds and len(found) < len(WAYS):
            for one in self.since(mark):
                if one.rules & rules:
                    found.setdefault(one.way, round(time.monotonic() - began, 1))
            time.sleep(0.1)
        return found


def _read(data: bytes) -> Message:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    return Message("email", str(message["Subject"]), str(body.get_content()) if body else "")


@contextmanager
def listening(machine: Machine) -> Iterator[Ears]:
    with receivers.web() as web, receivers.mail() as mail:
        machine.inside(CHANNELS.format(web=web.port, mail=mail.port))
        yield Ears(web, mail)
