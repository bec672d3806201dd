"""One message over one channel, by apprise, which no other module knows; to a chat robot directly."""

from __future__ import annotations

import logging

from siji.monitoring.notifications import robots
from siji.monitoring.notifications.kinds import KINDS
from siji.monitoring.notifications.sealing import Opened, Unusable

__all__ = ["Undelivered", "Unusable", "send"]


class Undelivered(Exception):
    """Worth another try. Its words hold no secret: apprise hides them in what it logs at this level."""


def send(channel: Opened, *, title: str, body: str, is_recovery: bool = False) -> None:
    """Raises Undelivered or Unusable."""
    try:
        address = KINDS[channel.kind].address(channel.settings)
    except (KeyError, ValueError) as error:
        raise Unusable(f"the channel's settings cannot be used ({error}): correct them") from error
    if channel.kind in robots.ROBOTS:
        try:
            robots.tell(channel.kind, channel.settings, f"{title}\n{body}")
        except robots.Refused as error:
            raise Undelivered(str(error)) from error
        return
    _by_apprise(address, title=title, body=body, is_recovery=is_recovery)


def _by_apprise(address: str, *, title: str, body: str, is_recovery: bool) -> None:
    import apprise  # some megabytes of services, in a process only once it has something to send

    one = apprise.Apprise.instantiate(
        f"{address}{'&' if '?' in address else '?'}overflow=split&rto=8&cto=4", suppress_exceptions=True
    )
    if one is None:
        raise Unusable("apprise does not accept the channel's settings: correct them")
    kind = apprise.NotifyType.SUCCESS if is_recovery else apprise.NotifyType.WARNING
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as captured:  # type: ignore[no-untyped-call]
        is_sent = one.notify(title=title, body=body, notify_type=kind, body_format=apprise.NotifyFormat.TEXT)
        said = captured.getvalue()
    if not is_sent:
        raise Undelivered(said.strip().splitlines()[-1][-300:] if said.strip() else "the service did not take the message")
