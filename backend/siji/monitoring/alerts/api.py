"""Alerts for administrators: what is open, the rules, silences, and who is told."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router, Status

from siji.accounts.auth import Signed, require_admin
from siji.monitoring.alerts import actions
from siji.monitoring.alerts.schemas import (
    AlertOut,
    ChannelIn,
    ChannelOut,
    ChannelTestOut,
    RuleIn,
    RuleOut,
    RuleTestIn,
    RuleTestOut,
    SilenceIn,
    SilenceOut,
)
from siji.monitoring.alerts.trying import try_rule
from siji.monitoring.notifications import actions as channels
from siji.problems import Problem

alerts = Router(tags=["alerts"])
NO = {401: Problem, 403: Problem}


@alerts.get("/alerts", response={200: list[AlertOut], **NO, 422: Problem})
def get_alerts(
    request: Signed,
    state: Literal["open", "closed"] = "open",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[AlertOut]:
    """Administrators only, newest first; ``before`` is the last id of the page before."""
    require_admin(request.user)
    return actions.see_alerts(state=state, before=before, limit=limit)


@alerts.post("/alerts/{alert_id}/acknowledgements", response={201: AlertOut, **NO, 404: Problem, 422: Problem})
def post_acknowledgement(request: Signed, alert_id: int) -> Status[AlertOut]:
    """Somebody sees to it: it is not escalated any more."""
    require_admin(request.user)
    return Status(201, actions.acknowledge(alert_id=alert_id, by=request.user))


@alerts.get("/alert-rules", response={200: list[RuleOut], **NO})
def get_rules(request: Signed) -> list[RuleOut]:
    require_admin(request.user)
    return actions.see_rules()


@alerts.put("/alert-rules/{name}", response={200: list[RuleOut], **NO, 404: Problem, 422: Problem})
def put_rule(request: Signed, name: str, body: RuleIn) -> list[RuleOut]:
    require_admin(request.user)
    actions.set_rule(name=name, by=request.user, values=body)
    return actions.see_rules()


@alerts.post("/alert-rules/{name}/tests", response={202: list[RuleTestOut], **NO, 404: Problem, 409: Problem, 422: Problem})
def post_rule_test(request: Signed, name: str, body: RuleTestIn) -> Status[list[RuleTestOut]]:
    """What the rule would say, labelled as a test, over the channel that is named or over all that would be told."""
    require_admin(request.user)
    sent = try_rule(name=name, by=request.user, channel_id=body.channel)
    told = [{"channel": one.channel.pk, "name": one.channel.name, "level": one.level.value, "job": one.job.pk} for one in sent]
    return Status(202, [RuleTestOut.model_validate(one) for one in told])


@alerts.get("/silences", response={200: list[SilenceOut], **NO})
def get_silences(request: Signed) -> list[SilenceOut]:
    """Those that have not ended."""
    require_admin(request.user)
    return actions.see_silences()


@alerts.post("/silences", response={201: SilenceOut, **NO, 422: Problem})
def post_silence(request: Signed, body: SilenceIn) -> Status[SilenceOut]:
    require_admin(request.user)
    return Status(201, actions.silence(by=request.user, values=body))


@alerts.delete("/silences/{silence_id}", response={204: None, **NO, 404: Problem, 422: Problem})
def delete_silence(request: Signed, silence_id: int) -> Status[None]:
    require_admin(request.user)
    actions.end_silence(silence_id=silence_id, by=request.user)
    return Status(204, None)


@alerts.get("/channels", response={200: list[ChannelOut], **NO})
def get_channels(request: Signed) -> list[ChannelOut]:
    require_admin(request.user)
    return channels.see_channels()


@alerts.post("/channels", response={201: ChannelOut, **NO, 422: Problem})
def post_channel(request: Signed, body: ChannelIn) -> Status[ChannelOut]:
    require_admin(request.user)
    return Status(201, channels.see_channel(channels.set_channel(channel_id=None, by=request.user, values=body)))


@alerts.put("/channels/{channel_id}", response={200: ChannelOut, **NO, 404: Problem, 422: Problem})
def put_channel(request: Signed, channel_id: int, body: ChannelIn) -> ChannelOut:
    require_admin(request.user)
    return channels.see_channel(channels.set_channel(channel_id=channel_id, by=request.user, values=body))


@alerts.delete("/channels/{channel_id}", response={204: None, **NO, 404: Problem, 422: Problem})
def delete_channel(request: Signed, channel_id: int) -> Status[None]:
    require_admin(request.user)
    channels.remove_channel(channel_id=channel_id, by=request.user)
    return Status(204, None)


@alerts.post("/channels/{channel_id}/tests", response={202: ChannelTestOut, **NO, 404: Problem, 422: Problem})
def post_channel_test(request: Signed, channel_id: int) -> Status[ChannelTestOut]:
    """A call inside a request would hold its thread for as long as the receiver takes, so a worker sends it."""
    require_admin(request.user)
    return Status(202, ChannelTestOut(job=channels.start_test(channel_id=channel_id, by=request.user).pk))
