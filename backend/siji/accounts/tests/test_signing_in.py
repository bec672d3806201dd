"""Signing in: who gets in, what stops guessing, and what cannot be used against the owner or a campus."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.utils import timezone

from siji.accounts import hashing, lockout
from siji.accounts.lockout import MANY_OF_AN_ADDRESS, WARY, Policy
from siji.accounts.models import AuditEntry, SignInFailure, User
from siji.conftest import PASSWORD, Person

pytestmark = pytest.mark.django_db


def try_in(browser: Client, username: str, password: str, **headers: str) -> int:
    body = {"username": username, "password": password}
    return browser.post("/api/v1/session", body, content_type="application/json", headers=headers).status_code


def guess(browser: Client, username: str, times: int) -> list[int]:
    return [try_in(browser, username, f"wrong-{n}") for n in range(times)]


def test_a_person_signs_in_and_is_told_who_they_are(student: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    reply = browser.post("/api/v1/session", {"username": "STUDENT", "password": PASSWORD}, content_type="application/json")
    assert reply.status_code == 200
    assert reply.json()["role"] == "student"
    assert reply.json()["csrf_token"]
    assert browser.get("/api/v1/me").json()["username"] == "student"
    assert AuditEntry.objects.filter(action="session.opened", actor=student.user).count() == 1


def test_signing_out_ends_the_session(student: Person) -> None:
    assert student.delete("/session").status_code == 204
    assert student.get("/me").status_code == 401


def test_signed_out_one_still_gets_the_token_cookie(db: None) -> None:
    reply = Client().get("/api/v1/me")
    assert reply.status_code == 401
    assert "csrftoken" in reply.cookies


def test_unknown_names_wrong_passwords_and_closed_accounts_read_the_same(student: Person) -> None:
    User.objects.create(username="closed", name="x", is_active=False, password=student.user.password)
    replies = [
        Client().post("/api/v1/session", {"username": name, "password": word}, content_type="application/json")
        for name, word in (("student", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD))
    ]
    assert {reply.status_code for reply in replies} == {401}
    assert len({reply.content for reply in replies}) == 1
    assert AuditEntry.objects.filter(action="session.refused").count() == 3


def test_guessing_is_stopped_with_the_time_to_wait(student: Person) -> None:
    browser = Client()
    assert guess(browser, "student", 11) == [401] * 10 + [429]
    reply = browser.post("/api/v1/session", {"username": "student", "password": PASSWORD}, content_type="application/json")
    assert reply.status_code == 429
    assert 0 < int(reply["Retry-After"]) <= 30
    assert "秒" in reply.json()["message"]["zh"]


def test_the_owner_still_gets_in_on_their_own_device(student: Person) -> None:
    own = Client()
    assert try_in(own, "student", PASSWORD) == 200
    guess(Client(), "student", 12)
    assert try_in(own, "student", PASSWORD) == 200


def test_a_known_device_is_counted_too(student: Person) -> None:
    own = Client()
    try_in(own, "student", PASSWORD)
    assert guess(own, "student", 11)[-1] == 429


def test_a_device_known_to_one_is_not_known_to_another(student: Person, classmate: Person) -> None:
    shared = Client()
    try_in(shared, "student", PASSWORD)
    guess(Client(), "classmate", 11)
    assert try_in(shared, "classmate", PASSWORD) == 429


def test_a_campus_behind_one_address_is_not_one_guesser(student: Person, classmate: Person) -> None:
    guess(Client(), "student", 12)
    assert try_in(Client(), "classmate", PASSWORD) == 200
    assert SignInFailure.objects.exclude(address=None).count() == 0


def test_a_forged_address_counts_for_nothing(student: Person) -> None:
    try_in(Client(), "student", "wrong", **{"X-Forwarded-For": "1.2.3.4"})
    assert SignInFailure.objects.get().address is None


def test_behind_a_trusted_proxy_the_nearest_untrusted_address_counts(student: Person, settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = ("127.0.0.1", "10.0.0.1")
    try_in(Client(), "student", "wrong", **{"X-Forwarded-For": "6.6.6.6, 1.2.3.4, 10.0.0.1"})
    assert SignInFailure.objects.get().address == "1.2.3.4"


def test_success_forgives_the_failures_before_it(student: Person) -> None:
    browser = Client()
    guess(browser, "student", 9)
    assert try_in(browser, "student", PASSWORD) == 200
    assert not SignInFailure.objects.exists()


def test_a_page_of_another_origin_cannot_sign_anybody_in(student: Person) -> None:
    assert try_in(Client(), "student", PASSWORD, Origin="https://evil.example") == 403
    assert try_in(Client(), "student", PASSWORD, Origin="http://testserver") == 200


def test_unsafe_requests_need_the_token(student: Person) -> None:
    assert student.browser.delete("/api/v1/session").status_code == 403
    assert student.browser.delete("/api/v1/session").json()["code"] == "csrf"


def test_a_password_that_nobody_looked_at_was_not_tried(student: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    line = hashing.Line(at_once=1, most_waiting=0)
    monkeypatch.setattr(hashing, "_line", line)
    with line.turn():
        assert guess(Client(), "student", 12) == [503] * 12
    assert not SignInFailure.objects.exists()
    assert try_in(Client(), "student", PASSWORD) == 200


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "İ" * 150, " " * 20])
def test_names_that_no_column_holds_are_just_wrong(db: None, name: str) -> None:
    assert try_in(Client(), name, "x") in (401, 422)


@pytest.mark.parametrize(
    ("forwarded", "counted"),
    [
        ("garbage", None),
        ("", None),
        ("6.6.6.6, 1.2.3.4:5678", "1.2.3.4"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1, ::ffff:10.1.2.3", "2001:db8::1"),
        ("6.6.6.6, junk, 10.9.9.9", None),
    ],
)
def test_proxies_write_addresses_in_many_ways(student: Person, settings: LazySettings, forwarded: str, counted: str) -> None:
    settings.TRUSTED_PROXIES = ("127.0.0.1", "10.0.0.0/8")
    assert try_in(Client(), "student", "wrong", **{"X-Forwarded-For": forwarded}) == 401
    assert SignInFailure.objects.get().address == counted


def test_one_guesser_behind_a_campus_address_locks_nobody_out(student: Person, classmate: Person, settings: LazySettings) -> None:
    """Not even where a proxy tells the address: each name has a few tries left, and a known device all of them."""
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    campus, own = {"X-Forwarded-For": "1.2.3.4"}, Client()
    assert try_in(own, "classmate", PASSWORD, **campus) == 200
    now = timezone.now()
    failures = (SignInFailure(username=f"u{n}", address="1.2.3.4", at=now) for n in range(MANY_OF_AN_ADDRESS))
    SignInFailure.objects.bulk_create(failures)
    assert try_in(Client(), "student", PASSWORD, **campus) == 200
    assert [try_in(Client(), "student", "wrong", **campus) for _ in range(4)] == [401] * WARY.limit + [429]
    assert try_in(Client(), "student", PASSWORD, **{"X-Forwarded-For": "1.2.3.5"}) == 200
    assert [try_in(own, "classmate", "wrong", **campus) for _ in range(5)] == [401] * 5
    assert try_in(own, "classmate", PASSWORD, **campus) == 200


def test_a_reset_by_staff_ends_the_lock_out(student: Person, admin: Person) -> None:
    guess(Client(), "student", 11)
    password = admin.post(f"/users/{student.user.pk}/password-resets").json()["password"]
    assert try_in(Client(), "student", password) == 200


def test_a_subdomain_that_is_trusted_may_sign_people_in(student: Person, settings: LazySettings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.school.example"]
    assert try_in(Client(), "student", PASSWORD, Origin="https://cet.school.example") == 200
    assert try_in(Client(), "student", PASSWORD, Origin="http://cet.school.example") == 403
    assert try_in(Client(), "student", PASSWORD, Origin="null") == 403


def test_signing_in_changes_the_session_and_the_token(student: Person) -> None:
    browser = Client()
    browser.get("/api/v1/me")
    before = browser.cookies["csrftoken"].value
    try_in(browser, "student", PASSWORD)
    first = browser.cookies["sessionid"].value
    assert browser.cookies["csrftoken"].value != before
    try_in(browser, "student", PASSWORD)
    assert browser.cookies["sessionid"].value != first


def test_a_session_that_somebody_planted_is_never_taken_over(student: Person) -> None:
    """Known to whoever planted it, before and after: neither becomes a way in."""
    planted, victim, attacker = "planted0123456789abcdefghijklmno", Client(), Client()
    victim.cookies["sessionid"] = attacker.cookies["sessionid"] = planted
    assert victim.get("/api/v1/me").status_code == 401
    assert try_in(victim, "student", PASSWORD) == 200
    assert victim.cookies["sessionid"].value != planted
    assert attacker.get("/api/v1/me").status_code == 401


def test_signing_out_everywhere_ends_a_cookie_that_was_copied(student: Person) -> None:
    here, thief = Client(), Client()
    try_in(here, "student", PASSWORD)
    thief.cookies["sessionid"] = here.cookies["sessionid"].value
    assert thief.get("/api/v1/me").status_code == 200
    assert student.delete("/me/sessions").status_code == 204
    assert [browser.get("/api/v1/me").status_code for browser in (here, thief, student.browser)] == [401] * 3


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_counted_like_guesses_in_a_row(student: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking at the count and adding to it there is time for all of them, unless they take turns."""
    monkeypatch.setattr(hashing, "_line", hashing.Line(at_once=2, most_waiting=99))
    wait_seconds, statuses = lockout.wait_seconds, []

    def slowly(failures: Sequence[datetime], *, now: datetime, policy: Policy) -> int:
        threading.Event().wait(0.05)
        return wait_seconds(failures, now=now, policy=policy)

    monkeypatch.setattr(lockout, "wait_seconds", slowly)

    def one() -> None:
        statuses.append(try_in(Client(), "student", "wrong"))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(statuses) == [401] * 10 + [429] * 4
