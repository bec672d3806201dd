"""The server calls only addresses that its owner named: however an address of the house or of a cloud is spelt, it is refused."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from siji.ai.models import ModelSettings
from siji.conftest import Person
from siji.tests.world import SETTINGS

pytestmark = pytest.mark.django_db

ALLOWED = "https://api.model.example/v1"
HOSTS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.nip.io",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost.localdomain",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "127.127.127.127",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
    "metadata.google.internal",
    "100.100.100.200",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "192.168.1",
    "[fe80::1]",
    "[fc00::1]",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "ｌｏｃａｌｈｏｓｔ",
    "127.0.0.1:6379",
    "localhost:5432",
    "127.0.0.1%00.example",
]
SPELLINGS = [
    *(f"http://{host}/v1" for host in HOSTS),
    "https://api.model.example@127.0.0.1/v1",
    "https://api.model.example:443@127.0.0.1/v1",
    "https://api.model.example#@127.0.0.1/v1",
    "https://api.model.example\\@127.0.0.1/v1",
    "https://127.0.0.1/#https://api.model.example/v1",
    "https://127.0.0.1?https://api.model.example/v1",
    "https://api.model.example.evil.example/v1",
    "https://api.model.example/v1/../../admin",
    "https://api.model.example/v1/",
    "https://api.model.example/v1 ",
    " https://api.model.example/v1",
    "HTTPS://API.MODEL.EXAMPLE/v1",
    "https://api.model.example:8443/v1",
    "http://api.model.example/v1",
    "//api.model.example/v1",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "https://api.model.example/v1\r\nHost: 127.0.0.1",
]


def test_there_are_sixty_of_them_and_each_once() -> None:
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= 60


@pytest.mark.parametrize("endpoint", SPELLINGS)
def test_it_is_refused_and_nothing_is_kept(admin: Person, settings: Settings, endpoint: str) -> None:
    settings.MODEL_ENDPOINTS = (ALLOWED,)
    reply = admin.put("/gateway", {**SETTINGS, "endpoint": endpoint, "key": "sk-canary"})
    assert reply.status_code == 422, reply.content.decode()
    assert "endpoint" in reply.json()["fields"]
    assert not ModelSettings.objects.exists()


def test_the_one_that_was_named_is_taken(admin: Person, settings: Settings) -> None:
    settings.MODEL_ENDPOINTS = (ALLOWED,)
    assert admin.put("/gateway", {**SETTINGS, "endpoint": ALLOWED, "key": "sk-canary"}).status_code == 200
