"""The model gateway for administrators: what is set, what it costs today, a test."""

from __future__ import annotations

from ninja import Router, Status

from siji.accounts.auth import Signed, require_admin
from siji.monitoring import gateway_actions as actions
from siji.monitoring.gateway_schemas import GatewayIn, GatewayOut, GatewayTestOut
from siji.problems import Problem

gateway = Router(tags=["gateway"])


@gateway.get("/gateway", response={200: GatewayOut, 401: Problem, 403: Problem})
def get_gateway(request: Signed) -> GatewayOut:
    """Administrators only. The key is never among what is answered."""
    require_admin(request.user)
    return actions.see_gateway()


@gateway.put("/gateway", response={200: GatewayOut, 401: Problem, 403: Problem, 422: Problem})
def put_gateway(request: Signed, body: GatewayIn) -> GatewayOut:
    require_admin(request.user)
    actions.set_gateway(by=request.user, key=body.key, values=body.model_dump(exclude={"key"}))
    return actions.see_gateway()


@gateway.post("/gateway/tests", response={202: GatewayTestOut, 401: Problem, 403: Problem, 409: Problem})
def test_gateway(request: Signed) -> Status[GatewayTestOut]:
    """A call inside a request would hold its thread for as long as the model takes, so a worker makes it."""
    require_admin(request.user)
    return Status(202, GatewayTestOut(job=actions.start_test(by=request.user).pk))
