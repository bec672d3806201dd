"""The doctor says how the model stands: none is a choice, one that is set and cannot be asked is a fault."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from siji.ai.keys import encrypt
from siji.ai.models import ModelSettings, ModelStanding
from siji.embedded.doctor import Wrong, _model
from siji.tests.world import SETTINGS

pytestmark = pytest.mark.django_db

URL = "https://model.example/v1"


@pytest.fixture(autouse=True)
def _allowed(settings: Settings) -> None:
    settings.MODEL_ENDPOINTS = (URL,)


def set_up(**changes: object) -> None:
    ModelSettings.objects.create(**{**SETTINGS, "endpoint": URL, "key_cipher": encrypt("sk-1"), **changes})


def test_none_is_the_built_in_engine() -> None:
    assert "built-in engine" in _model()
    set_up(is_on=False)
    assert "built-in engine" in _model()


def test_one_that_is_set_is_named_without_its_key() -> None:
    set_up()
    assert _model() == f"deepseek-flash at {URL}"


def test_an_address_that_is_not_allowed_any_more_is_a_fault(settings: Settings) -> None:
    set_up()
    settings.MODEL_ENDPOINTS = ()
    with pytest.raises(Wrong, match="MODEL_ENDPOINTS"):
        _model()


def test_a_key_of_another_secret_is_a_fault(settings: Settings) -> None:
    set_up()
    settings.MODEL_KEY_SECRET = "another" * 10
    with pytest.raises(Wrong, match="enter it again"):
        _model()


def test_a_pause_is_said_with_its_reason() -> None:
    set_up()
    ModelStanding.objects.create(name=f"{URL} deepseek-flash", reason="cost")
    with pytest.raises(Wrong, match="are paused"):
        _model()
