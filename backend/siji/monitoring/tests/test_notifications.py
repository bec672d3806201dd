"""Each kind of channel against a receiver of its kind: nothing is patched, the services' own addresses are reached by a proxy."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from siji.monitoring.notifications.robots import pieces
from siji.monitoring.notifications.sealing import Opened, Unusable
from siji.monitoring.notifications.sending import Undelivered, send
from siji.monitoring.tests import receivers
from siji.monitoring.tests.receivers import Authority, Receiver

TITLE, BODY = "[Siji 错误] 请求出错", "当前 12%，界限 5%\n处理步骤：docs/runbooks/errors.md"


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """The outside world, as the standard proxy and CA settings lead to it."""
    authority = Authority(tmp_path)
    with receivers.proxy(authority) as receiver:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{receiver.port}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield receiver


def tell(kind: str, **settings: str) -> None:
    send(Opened(kind, settings), title=TITLE, body=BODY)


def only(receiver: Receiver) -> tuple[str, str, Any]:
    (request,) = receiver.requests
    return request.host, request.path, json.loads(request.body)


def test_e_mail() -> None:
    with receivers.mail() as receiver:
        tell(
            "email",
            host="127.0.0.1",
            port=str(receiver.port),
            security="none",
            sender="siji@example.edu.cn",
            to="ops@example.edu.cn",
        )
    ((sender, to, data),) = receiver.mails
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert (sender, to, message["Subject"]) == ("siji@example.edu.cn", ["ops@example.edu.cn"], TITLE)
    assert "docs/runbooks/errors.md" in str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def test_webhook_with_its_query_and_authorization() -> None:
    with receivers.web() as receiver:
        tell("webhook", url=f"http://127.0.0.1:{receiver.port}/sms?sign=siji", authorization="Bearer abc")
    (request,) = receiver.requests
    assert (request.path, request.headers["authorization"]) == ("/sms?sign=siji", "Bearer abc")
    said = json.loads(request.body)
    assert (said["title"], said["message"]) == (TITLE, BODY)


def test_slack(services: Receiver) -> None:
    tell("slack", url="https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ")
    host, path, said = only(services)
    assert (host, path) == ("hooks.slack.com", "/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ")
    assert TITLE in json.dumps(said, ensure_ascii=False)
    assert "docs/runbooks/errors.md" in json.dumps(said)


def test_dingtalk_signs(services: Receiver) -> None:
    tell("dingtalk", token="a1b2c3d4", secret="SECabc")
    host, path, said = only(services)
    assert host == "oapi.dingtalk.com"
    assert path.startswith("/robot/send?access_token=a1b2c3d4")
    assert "timestamp=" in path
    assert "sign=" in path
    assert said["msgtype"] in said
    assert "docs/runbooks/errors.md" in json.dumps(said)


def test_wecom(services: Receiver) -> None:
    tell("wecom", key="693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa")
    host, path, said = only(services)
    assert (host, path) == ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa")
    assert (said["msgtype"], TITLE in said["text"]["content"]) == ("text", True)


def test_feishu(services: Receiver) -> None:
    tell("feishu", token="a1b2-c3d4")
    host, path, said = only(services)
    assert (host, path.rstrip("/")) == ("open.feishu.cn", "/open-apis/bot/v2/hook/a1b2-c3d4")
    assert (said["msg_type"], TITLE in said["content"]["text"]) == ("text", True)


def test_a_text_message_by_a_gateway(services: Receiver) -> None:
    sid = "AC" + "a" * 32
    tell("sms", url=f"twilio://{sid}:{'b' * 32}@15551234567/15557654321")
    (request,) = services.requests
    assert (request.host, sid in request.path) == ("api.twilio.com", True)
    assert b"15557654321" in request.body


def test_a_refusal_is_worth_another_try_and_shows_no_secret(services: Receiver) -> None:
    services.answers[:] = [503]
    with pytest.raises(Undelivered) as raised:
        tell("wecom", key="693a91f6-secret-key")
    assert "693a91f6-secret-key" not in str(raised.value)


@pytest.mark.parametrize(
    ("kind", "settings", "says", "why"),
    [
        ("wecom", {"key": "canary-key"}, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000: invalid webhook url"),
        ("dingtalk", {"token": "canary-key"}, b'{"errcode": 310000, "errmsg": "sign not match"}', "310000: sign not match"),
        ("feishu", {"token": "canary-key"}, b'{"code": 19001, "msg": "param invalid"}', "19001: param invalid"),
        ("wecom", {"key": "canary-key"}, b"<html>portal</html>", "no JSON"),
        ("feishu", {"token": "canary-key"}, b"[]", "code None"),
    ],
)
def test_a_robot_that_answers_200_and_an_error_has_not_taken_it(
    services: Receiver, kind: str, settings: dict[str, str], says: bytes, why: str
) -> None:
    services.says = says
    with pytest.raises(Undelivered) as raised:
        tell(kind, **settings)
    assert why in str(raised.value)
    assert "canary-key" not in str(raised.value)


def test_what_is_too_long_for_a_robot_comes_in_pieces_of_whole_lines() -> None:
    text = "\n".join(f"第 {number} 行：" + "长" * 40 for number in range(60)) + "\n" + "尾" * 1500
    found = list(pieces(text, 2048))
    assert all(len(piece.encode()) <= 2048 for piece in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
    assert found[1].startswith("第 ")


def test_a_receiver_that_is_not_there_is_undelivered() -> None:
    with pytest.raises(Undelivered, match=r"^A Connection error"):
        tell("webhook", url="http://127.0.0.1:9/")


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("slack", {"url": "https://elsewhere.example/services/a/b/c"}),
        ("webhook", {"url": "file:///etc/passwd"}),
        ("sms", {"url": "mailto://x@example.org"}),
        ("email", {"host": "127.0.0.1"}),
        ("pigeon", {}),
    ],
)
def test_settings_that_make_no_address_are_not_tried_again(kind: str, settings: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        tell(kind, **settings)
