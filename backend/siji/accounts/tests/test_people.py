"""What an administrator does with accounts, and what a person does with their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_context

from siji.accounts import hashing
from siji.accounts.hashing import Line
from siji.accounts.models import AuditEntry, Role, User
from siji.conftest import PASSWORD, Counting, Person, make_user
from siji.problems import Refusal

pytestmark = pytest.mark.django_db


def test_a_made_account_must_change_its_password_before_anything_else(admin: Person) -> None:
    made = admin.post("/users", {"username": "li.lei", "name": "李雷", "role": "student"})
    assert made.status_code == 201
    person = Person(User.objects.get(username="li.lei"), signed_in=False)
    body = {"username": "li.lei", "password": made.json()["password"]}
    assert person.browser.post("/api/v1/session", body, content_type="application/json").json()["must_change_password"]
    assert person.get("/courses").json()["code"] == "password_change_required"
    changed = person.put("/me/password", {"old": body["password"], "new": "Spring-rain-22"})
    assert changed.json()["must_change_password"] is False
    assert person.get("/me").status_code == 200


@pytest.mark.parametrize(("new", "says"), [("short1", "8"), ("12345678901", "数字"), ("password123", "常见"), (PASSWORD, "相同")])
def test_a_weak_password_is_refused_with_the_reason(student: Person, new: str, says: str) -> None:
    reply = student.put("/me/password", {"old": PASSWORD, "new": new})
    assert reply.status_code == 422
    assert says in reply.json()["fields"]["new"]["zh"]


def test_changing_the_password_ends_the_other_sessions(student: Person) -> None:
    elsewhere = Person(student.user)
    assert student.put("/me/password", {"old": PASSWORD, "new": "Spring-rain-22"}).status_code == 200
    assert student.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 401


def test_signing_out_everywhere(student: Person) -> None:
    elsewhere = Person(student.user)
    assert student.delete("/me/sessions").status_code == 204
    assert student.get("/me").status_code == 401
    assert elsewhere.get("/me").status_code == 401


def test_a_reset_ends_sessions_and_forces_a_change(admin: Person, student: Person) -> None:
    reset = admin.post(f"/users/{student.user.pk}/password-resets")
    assert reset.status_code == 201
    assert student.get("/me").status_code == 401
    student.user.refresh_from_db()
    assert student.user.must_change_password
    assert student.user.check_password(reset.json()["password"])


def test_an_administrator_ends_somebodys_sessions(admin: Person, student: Person) -> None:
    assert admin.delete(f"/users/{student.user.pk}/sessions").status_code == 204
    assert student.get("/me").status_code == 401


def test_a_role_change_is_audited_with_before_and_after(admin: Person, student: Person) -> None:
    assert admin.patch(f"/users/{student.user.pk}", {"role": "teacher"}).json()["role"] == "teacher"
    entry = AuditEntry.objects.get(action="user.changed")
    assert (entry.actor, entry.detail) == (admin.user, {"before": {"role": "student"}, "after": {"role": "teacher"}})


def test_an_administrator_cannot_give_up_their_own_role(admin: Person) -> None:
    make_user("second", Role.ADMIN)
    assert admin.patch(f"/users/{admin.user.pk}", {"role": "teacher"}).json()["code"] == "own_role"


def test_the_last_other_administrator_can_be_demoted_but_never_the_last(admin: Person) -> None:
    second = make_user("second", Role.ADMIN)
    assert admin.patch(f"/users/{second.pk}", {"is_active": False}).status_code == 200
    assert admin.patch(f"/users/{admin.user.pk}", {"is_active": False}).status_code == 409


def test_a_taken_name_is_said_in_words(admin: Person, student: Person) -> None:
    reply = admin.post("/users", {"username": "Student", "name": "x"})
    assert (reply.status_code, reply.json()["code"]) == (409, "username_taken")


def test_only_administrators_see_people(teacher: Person, student: Person) -> None:
    assert [who.get("/users").status_code for who in (teacher, student)] == [403, 403]
    assert [who.get("/audit").status_code for who in (teacher, student)] == [403, 403]


def test_people_are_found_by_the_beginning_of_name_or_number(admin: Person, student: Person, classmate: Person) -> None:
    found = admin.get("/users?q=2024002&role=student").json()["items"]
    assert [person["username"] for person in found] == ["classmate"]


@pytest.mark.counts("GET /users")
@pytest.mark.parametrize("size", [3, 60])
def test_pages_of_people_cost_the_same_at_any_size(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        make_user(f"person{number}")
    with zeal_context(), django_assert_num_queries(2):
        page = admin.get("/users?limit=20").json()
    assert len(page["items"]) == min(20, size + 1)


@pytest.mark.counts("GET /audit")
@pytest.mark.parametrize("size", [2, 40])
def test_pages_of_the_audit_cost_the_same_at_any_size(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        AuditEntry.objects.create(actor=admin.user, action="test.done", subject=f"user:{number}")
    with zeal_context(), django_assert_num_queries(2):
        page = admin.get("/audit?action=test&limit=20").json()
    assert len(page["items"]) == min(20, size)


def test_pages_follow_each_other_without_gap_or_repeat(admin: Person) -> None:
    for number in range(7):
        make_user(f"person{number}")
    names, mark = [], ""
    while True:
        page = admin.get(f"/users?limit=3{mark}").json()
        names += [person["username"] for person in page["items"]]
        if page["next"] is None:
            break
        mark = f"&after={page['next']}"
    assert names == [f"person{n}" for n in range(6, -1, -1)] + ["admin"]


def test_who_finds_the_line_full_is_told_to_come_back() -> None:
    line = Line(at_once=1, most_waiting=0)
    with line.turn(), pytest.raises(Refusal) as refused, line.turn():
        pass
    assert refused.value.status == 503
    assert refused.value.retry_after in range(hashing.RETRY_SECONDS[0], hashing.RETRY_SECONDS[1] + 1)


def test_no_more_hash_at_once_than_allowed() -> None:
    line, inside, most = Line(at_once=2, most_waiting=8), [0], [0]
    lock = threading.Lock()

    def work() -> None:
        with line.turn():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            threading.Event().wait(0.02)
            with lock:
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2


def test_a_device_cookie_is_not_sent_with_other_requests(student: Person) -> None:
    browser = Client()
    reply = browser.post("/api/v1/session", {"username": "student", "password": PASSWORD}, content_type="application/json")
    cookie = reply.cookies["siji_device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/api/v1/session", True, "Lax")


def test_a_stolen_session_cannot_guess_the_password(student: Person) -> None:
    tries = [student.put("/me/password", {"old": f"wrong-{n}", "new": "Spring-rain-22"}).status_code for n in range(11)]
    assert tries == [422] * 10 + [429]
    assert student.put("/me/password", {"old": PASSWORD, "new": "Spring-rain-22"}).status_code == 429
    own = {"username": "student", "password": PASSWORD}
    assert Client().post("/api/v1/session", own, content_type="application/json").status_code == 200


def test_a_closed_account_is_signed_out_at_once(admin: Person, student: Person) -> None:
    assert admin.patch(f"/users/{student.user.pk}", {"is_active": False}).json()["is_active"] is False
    assert student.get("/me").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_demote_each_other_at_once(admin: Person) -> None:
    second = Person(make_user("second", Role.ADMIN))
    replies: list[int] = []

    def demote(by: Person, whom: Person) -> None:
        replies.append(by.patch(f"/users/{whom.user.pk}", {"role": "teacher"}).status_code)
        connection.close()

    both = [threading.Thread(target=demote, args=pair) for pair in ((admin, second), (second, admin))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=20)
    assert sorted(replies) in ([200, 403], [200, 409])
    assert User.objects.filter(role=Role.ADMIN).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"email": "x" * 300}, {"email": "nobody"}, {"name": "   "}, {"username": "a b"}, {"student_number": "1" * 41}]
)
def test_what_no_account_can_hold_is_named(admin: Person, wrong: dict[str, str]) -> None:
    reply = admin.post("/users", {"username": "new", "name": "新人"} | wrong)
    assert reply.status_code == 422
    assert set(reply.json()["fields"]) == set(wrong)


def test_text_that_no_column_holds_is_left_out(admin: Person) -> None:
    assert admin.post("/users", {"username": "new", "name": "李\x00雷"}).json()["person"]["name"] == "李雷"
    assert admin.get("/users?q=%00new").json()["items"][0]["name"] == "李雷"
