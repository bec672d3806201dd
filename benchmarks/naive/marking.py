"""A model asked inside the request, as it is done the first time: a client for each call, and a thread held until the answer."""

from __future__ import annotations

import json
from uuid import UUID

import openai
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from naive.views import signed_in
from siji.practice.models import MachineMark, Script

ASKED = 'Mark this CET-4 essay. Answer in JSON: {{"id": "…", "band": 11, "lean": 0, "evidence": []}}\nid: {id}\nScript:\n{text}'


@signed_in
def mark(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    script = get_object_or_404(Script, attempt=attempt_id, attempt__student=request.user, slot="W")
    client = openai.OpenAI(base_url=settings.MODEL_ENDPOINTS[0], api_key="none")
    reply = client.chat.completions.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": ASKED.format(id=script.digest[:12], text=script.text)}],
        max_tokens=700,
        response_format={"type": "json_object"},
        extra_body={"thinking": {"type": "disabled"}},
    )
    said = json.loads(reply.choices[0].message.content or "")
    value = said["band"] + said["lean"]
    MachineMark.objects.create(
        script=script, engine="model", digest=script.digest, value=value, evidence=said["evidence"], version="naive"
    )
    return JsonResponse({"mark": value, "evidence": said["evidence"]})
