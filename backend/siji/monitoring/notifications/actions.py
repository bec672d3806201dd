"""What an administrator can do about channels, each with its audit row: no secret is in it."""

from __future__ import annotations

import uuid

from django.db import transaction

from siji.accounts import audit
from siji.accounts.models import User
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.monitoring.alerts.schemas import ChannelIn, ChannelOut
from siji.monitoring.models import Channel
from siji.monitoring.notifications.kinds import KINDS
from siji.monitoring.notifications.sealing import Unusable, opened, sealed
from siji.problems import not_found, refusal_on


def see_channels() -> list[ChannelOut]:
    return [see_channel(row) for row in Channel.objects.order_by("pk")[:200]]


def see_channel(row: Channel) -> ChannelOut:
    settings, secret = _settings_of(row), KINDS[row.kind].secret
    shown = {name: value for name, value in settings.items() if name not in secret}
    has = [name for name in secret if settings.get(name)]
    return ChannelOut.model_validate(
        {name: getattr(row, name) for name in ("id", "name", "kind", "language", "least_level", "only_escalated", "is_on")}
        | {"settings": shown, "has": has}
    )


def set_channel(*, channel_id: int | None, by: User, values: ChannelIn) -> Channel:
    """A new one, or other settings of one. Raises Refusal: 404, or 422 naming the field."""
    with transaction.atomic():
        row = Channel() if channel_id is None else _locked(channel_id)
        row.sealed = sealed(_checked(values, _kept(row, values)))
        for name, value in values.model_dump(exclude={"settings"}).items():
            setattr(row, name, value)
        row.save()
        about, detail = f"channel:{row.pk}", {"name": row.name, "kind": row.kind}
        if channel_id is None:
            audit.record(actor=by, action="channel.added", subject=about, detail=detail)
        else:
            audit.record(actor=by, action="channel.changed", subject=about, detail=detail)
    return row


def remove_channel(*, channel_id: int, by: User) -> None:
    with transaction.atomic():
        row = _locked(channel_id)
        detail = {"name": row.name, "kind": row.kind}
        row.delete()
        audit.record(actor=by, action="channel.removed", subject=f"channel:{channel_id}", detail=detail)


def start_test(*, channel_id: int, by: User) -> Job:
    with transaction.atomic():
        row = _locked(channel_id)
        payload = {
            "channel": row.pk,
            "title": "[Siji] 测试消息 / test message",
            "body": "收到这条消息，说明告警可以送达。\nThis arrived, so alerts will.",
            "is_recovery": True,
        }
        job = enqueue(kind="channel.test", key=f"channel.test:{uuid.uuid4()}", payload=payload, owner=by)
        audit.record(actor=by, action="channel.tested", subject=f"channel:{row.pk}")
    return job


def _locked(channel_id: int) -> Channel:
    row = Channel.objects.select_for_update().filter(pk=channel_id).first()
    if row is None:
        raise not_found()
    return row


def _settings_of(row: Channel) -> dict[str, str]:
    try:
        return opened(row).settings
    except Unusable:
        return {}  # sealed with another secret: the page shows that nothing is there and asks for it again


def _kept(row: Channel, values: ChannelIn) -> dict[str, str]:
    """A secret is for the receiver that it was entered for: none goes along where another is named."""
    before = _settings_of(row) if row.pk and row.kind == values.kind else {}
    secret = KINDS[values.kind].secret
    is_same = all(values.settings.get(name, "") == before.get(name, "") for name in ("host", "port"))
    is_same = is_same and values.settings.get("url", before.get("url")) == before.get("url")  # secret too: left out it stays
    return {name: value for name, value in before.items() if name in secret and is_same and name not in values.settings}


def _checked(values: ChannelIn, kept: dict[str, str]) -> dict[str, str]:
    kind = KINDS[values.kind]
    settings = {name: value.strip() for name, value in (values.settings | kept).items() if value.strip()}
    missing = [name for name in kind.needed if name not in settings]
    unknown = [name for name in settings if name not in kind.fields]
    if missing or unknown:
        name = (missing or unknown)[0]
        raise (
            refusal_on(f"settings.{name}", "setting_wrong", zh="请填写这一项。", en="Fill this in.")
            if missing
            else refusal_on(
                f"settings.{name}",
                "setting_wrong",
                zh="这类渠道没有这一项，请删去。",
                en="This kind has no such setting: leave it out.",
            )
        )
    try:
        kind.address(settings)
    except ValueError as error:
        raise refusal_on(
            f"settings.{error}" if str(error) in kind.fields else "settings",
            "setting_wrong",
            zh="这个地址或选项不能用于此类渠道，请检查后重填。",
            en="This cannot be used for this kind of channel: check it and enter it again.",
        ) from error
    return settings
