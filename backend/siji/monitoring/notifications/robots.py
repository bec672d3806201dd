"""The chat robots of WeCom, DingTalk and Feishu: they answer 200 whatever came of it, and apprise does not read the body."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import requests

Call = tuple[str, dict[str, str], dict[str, Any]]
Settings = Mapping[str, str]
SECONDS = (4.0, 8.0)
MOST_BYTES = {"wecom": 2048, "dingtalk": 15_000, "feishu": 15_000}


class Refused(Exception):
    """Its words hold no part of the address: that is the secret."""


def tell(kind: str, settings: Settings, text: str) -> None:
    """Raises Refused."""
    for piece in pieces(text, MOST_BYTES[kind]):
        url, query, payload = ROBOTS[kind](settings, piece)
        try:
            answer = requests.post(url, params=query, json=payload, timeout=SECONDS, allow_redirects=False)
            said = answer.json()
        except requests.JSONDecodeError as error:
            raise Refused(f"the service answered {answer.status_code} and no JSON") from error
        except requests.RequestException as error:
            raise Refused(f"the service could not be reached ({type(error).__name__})") from None  # it names the address
        code = said.get("errcode", said.get("code")) if isinstance(said, dict) else None
        if answer.status_code != requests.codes.ok or code != 0:
            why = said.get("errmsg", said.get("msg", "")) if isinstance(said, dict) else ""
            raise Refused(f"the service answered {answer.status_code}, code {code}: {str(why)[:200]}")


def pieces(text: str, most: int) -> Iterator[str]:
    """Of so many bytes at most, cut between lines where that can be."""
    left = text
    while len(left.encode()) > most:
        head = left.encode()[:most].decode(errors="ignore")
        cut = head.rfind("\n") if "\n" in head[1:] else len(head)
        yield left[:cut]
        left = left[cut:].lstrip("\n")
    if left:
        yield left


def _wecom(settings: Settings, text: str) -> Call:
    where = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
    return where, {"key": settings["key"]}, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(settings: Settings, text: str) -> Call:
    query = {"access_token": settings["token"]}
    if secret := settings.get("secret"):
        at = str(round(time.time() * 1000))
        digest = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
        query |= {"timestamp": at, "sign": base64.b64encode(digest).decode()}
    return "https://oapi.dingtalk.com/robot/send", query, {"msgtype": "text", "text": {"content": text}}


def _feishu(settings: Settings, text: str) -> Call:
    where = f"https://open.feishu.cn/open-apis/bot/v2/hook/{quote(settings['token'], safe='')}"
    return where, {}, {"msg_type": "text", "content": {"text": text}}


ROBOTS = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}
