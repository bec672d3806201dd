"""What comes in is text that PostgreSQL can hold, before any room sees it.

U+0000 and lone halves of surrogate pairs are not text: no column takes them, so each would end in a 500. They are mended
(dropped; U+FFFD) and not refused: a journal that holds one would otherwise send it for ever and its other answers never arrive.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from siji.problems import Refusal

JSON = ("application/json", "")
HALVES = re.compile("[\ud800-\udfff]")


class TextParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises Refusal (415) for what says of itself that it is not JSON; Ninja hands it on as the cause of its own error."""
        if request.content_type not in JSON:
            raise Refusal(
                "unsupported_media",
                zh="这里只接收 JSON 格式的内容（Content-Type: application/json）。",
                en="Only JSON is taken here (Content-Type: application/json).",
                status=415,
            )
        body: dict[str, Any] = cleaned(json.loads(request.body))
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        query: dict[str, Any] = cleaned(super().parse_querydict(data, list_fields, request))
        return query


def cleaned(value: Any) -> Any:
    """The same JSON with what is not text mended, names included."""
    if isinstance(value, str):
        return HALVES.sub("\ufffd", value.replace("\x00", ""))
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    if isinstance(value, dict):
        return {cleaned(name): cleaned(one) for name, one in value.items()}
    return value
