"""Every refusal is a Problem in both languages: what a rule says, what the framework says, and our own failures."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import MaxLengthValidator
from django.db import connection
from django.test import Client
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from siji.conftest import Person
from siji.courses.models import Course
from siji.invalid import NAMES, WORDS, invalid, invalid_value
from siji.problems import Problem, Words

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply


def problem(reply: Reply, status: int, code: str) -> Problem:
    """The whole shape, and nothing beside it."""
    assert (reply.status_code, reply["Content-Type"]) == (status, "application/json"), reply.content
    found = Problem.model_validate(reply.json())
    assert set(reply.json()) == set(Problem.model_fields)
    assert found.code == code
    for words in (found.message, *found.fields.values()):
        assert in_chinese(words.zh)
        assert words.en.isascii()
    return found


def in_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


# What the framework says of inputs


class Everything(BaseModel):
    """One input of each kind that the schemas have."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field("aa", min_length=2, max_length=3, pattern="^a+$")
    whole: int = Field(1, ge=1, le=2)
    between: int = Field(1, gt=0, lt=9)
    number: FiniteFloat = 1.0
    choice: Literal["one", "two"] = "one"
    yes: bool = True
    id: UUID | None = None
    at: AwareDatetime | None = None
    many: list[int] = Field([1], min_length=1, max_length=2)
    named: dict[str, int] = {}
    inner: Everything | None = None


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"text": "a"}, "string_too_short"),
    ({"text": "aaaa"}, "string_too_long"),
    ({"text": "bb"}, "string_pattern_mismatch"),
    ({"text": 5}, "string_type"),
    ({"whole": 0}, "greater_than_equal"),
    ({"whole": 3}, "less_than_equal"),
    ({"between": 0}, "greater_than"),
    ({"between": 9}, "less_than"),
    ({"whole": "x"}, "int_parsing"),
    ({"whole": 1.5}, "int_from_float"),
    ({"whole": None}, "int_type"),
    ({"whole": "9" * 5000}, "int_parsing_size"),
    ({"number": "x"}, "float_parsing"),
    ({"number": None}, "float_type"),
    ({"number": float("nan")}, "finite_number"),
    ({"choice": "three"}, "literal_error"),
    ({"yes": "perhaps"}, "bool_parsing"),
    ({"yes": None}, "bool_type"),
    ({"id": "x"}, "uuid_parsing"),
    ({"id": 5}, "uuid_type"),
    ({"at": "tomorrow"}, "datetime_from_date_parsing"),
    ({"at": "2026-11-24T09:10:00"}, "timezone_aware"),
    ({"at": []}, "datetime_type"),
    ({"many": []}, "too_short"),
    ({"many": [1, 2, 3]}, "too_long"),
    ({"many": "x"}, "list_type"),
    ({"named": []}, "dict_type"),
    ({"inner": 5}, "model_type"),
    ({"other": 5}, "extra_forbidden"),
]


@pytest.mark.parametrize(("body", "kind"), [pytest.param(*row, id=row[1]) for row in WRONG])
def test_each_kind_of_wrong_input_is_said_in_both_languages(body: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Everything.model_validate(body)
    errors = raised.value.errors()
    assert errors[0]["type"] == kind
    assert kind in WORDS or kind == "string_too_short"
    found = invalid([{**error, "loc": ("body", "body", *error["loc"])} for error in errors])
    assert list(found.fields) == list(body)
    for words in found.fields.values():
        assert in_chinese(words.zh)
        assert words.en.isascii()
        assert words.en.endswith(".")


def test_what_is_unknown_keeps_its_own_words_beside_a_chinese_sentence() -> None:
    found = invalid([{"type": "something_new", "loc": ("query", "limit"), "msg": "Something is off"}])
    assert found.fields == {"limit": Words(zh="填得不对，请检查。", en="Something is off.")}
    assert found.message == Words(zh="有些内容填得不对：每页条数。", en="Some of the input is not valid: page length.")


def test_a_repeated_input_is_named_once_and_by_where_it_stands() -> None:
    errors = [{"type": "missing", "loc": ("body", "body", "answers", n, "item"), "msg": "Field required"} for n in (0, 3)]
    found = invalid(errors)
    assert list(found.fields) == ["answers.0.item", "answers.3.item"]
    assert found.message.zh == "有些内容填得不对：题号。"


def test_what_a_model_refuses_is_said_in_both_languages() -> None:
    error = DjangoValidationError({"name": [DjangoValidationError("Too long", "max_length", {"limit_value": 5})]})
    assert invalid_value(error).fields == {"name": Words(zh="最多 5 个字。", en="At most 5 characters.")}
    with pytest.raises(DjangoValidationError) as raised:
        MaxLengthValidator(2)("abc")
    assert invalid_value(raised.value).fields["__all__"].zh == "最多 2 个字。"
    odd = invalid_value(DjangoValidationError("Odd.", "odd")).fields["__all__"]
    assert (odd.zh, odd.en) == ("填得不对，请检查。", "Odd.")


def test_inputs_are_named_as_people_know_them(teacher: Person, course: Course) -> None:
    wrong = {"paper": 1, "title": "", "attempts_allowed": 0, "opens_at": "2026-11-24T09:10:00"}
    found = problem(teacher.post(f"/courses/{course.pk}/assignments", wrong), 422, "invalid")
    assert set(found.fields) == {"title", "attempts_allowed", "opens_at"}
    assert found.fields["title"].zh == "请填写这一项。"
    assert found.message.zh == "有些内容填得不对：标题、开始时间、可以做几次。"


def test_a_query_and_a_path_are_inputs_too(teacher: Person) -> None:
    found = problem(teacher.get("/courses?page=x"), 422, "invalid")
    assert found.fields == {"page": Words(zh="请填整数。", en="Give a whole number.")}
    problem(teacher.get("/attempts/not-an-id"), 422, "invalid")
    problem(teacher.get("/courses/999999999999999999999999"), 404, "not_found")


def test_every_name_has_both_languages() -> None:
    assert all(in_chinese(words.zh) and words.en.isascii() for words in NAMES.values())


# What never reaches an operation


@pytest.mark.parametrize("path", ["/nowhere", "/courses/5/nowhere", "/courses/", "/health"])
def test_an_address_that_does_not_exist(teacher: Person, path: str) -> None:
    problem(teacher.get(path), 404, "no_such_address")


def test_an_address_outside_the_interface(db: None) -> None:
    problem(Client().get("/admin/"), 404, "no_such_address")


def test_another_method(teacher: Person) -> None:
    reply = teacher.put("/courses", {})
    problem(reply, 405, "wrong_method")
    assert {method.strip() for method in reply["Allow"].split(",")} == {"GET", "POST"}


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b"[" * 100_000], ids=["cut off", "no text", "empty", "deep"])
def test_a_body_that_cannot_be_read(teacher: Person, body: bytes) -> None:
    reply = sent(teacher, body, "application/json")
    if body:
        problem(reply, 400, "bad_request")
    else:
        assert problem(reply, 422, "invalid").fields["__all__"].zh == "请填写这一项。"


@pytest.mark.parametrize("body", ["5", "null", "[]", '"x"'])
def test_json_that_is_no_object(teacher: Person, body: str) -> None:
    found = problem(sent(teacher, body.encode(), "application/json"), 422, "invalid")
    assert found.fields["__all__"].zh == "应当是一组有名字的内容（JSON 对象）。"


def sent(person: Person, body: bytes, content_type: str) -> Reply:
    person.get("/me")
    token = person.browser.cookies["csrftoken"].value
    headers = {"X-CSRFToken": token}
    return person.browser.post("/api/v1/courses", data=body, content_type=content_type, headers=headers)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_no_json(teacher: Person, kind: str) -> None:
    problem(sent(teacher, b'{"name": "x"}', kind), 415, "unsupported_media")


def test_a_body_that_is_too_large(teacher: Person, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    problem(sent(teacher, json.dumps({"name": "x" * 2000}).encode(), "application/json"), 413, "too_large")


def test_a_form_that_is_cut_off(teacher: Person, course: Course) -> None:
    teacher.get("/me")
    token = teacher.browser.cookies["csrftoken"].value
    reply = teacher.browser.post(
        f"/api/v1/courses/{course.pk}/rosters",
        data=b"--b\r\nContent-Disposition: form-data; name=",
        content_type="multipart/form-data; boundary=b",
        headers={"X-CSRFToken": token},
    )
    assert problem(reply, 422, "invalid").fields["file"].zh == "请填写这一项。"


def test_a_name_that_is_not_ours(db: None) -> None:
    problem(Client().get("/api/v1/courses", headers={"host": "evil.example"}), 401, "signed_out")


@pytest.fixture
def broken(course: Course) -> Iterator[None]:
    """The table is gone, as after a migration that was forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE courses_course RENAME TO away")
        yield
        cursor.execute("ALTER TABLE away RENAME TO courses_course")


@pytest.mark.django_db(transaction=True)
def test_our_own_failure_has_an_id_that_is_in_the_log(teacher: Person, broken: None, caplog: pytest.LogCaptureFixture) -> None:
    teacher.browser.raise_request_exception = False
    with caplog.at_level(logging.ERROR, logger="siji.request"):
        reply = teacher.get("/courses")
    found = problem(reply, 500, "server_error")
    assert found.request_id
    assert found.request_id == reply["X-Request-Id"]
    assert found.request_id in found.message.zh
    assert found.request_id in caplog.text
    assert "away" not in reply.content.decode()
    assert "Traceback" not in reply.content.decode()


def test_every_answer_says_its_request(teacher: Person) -> None:
    first, second = (teacher.get("/me")["X-Request-Id"] for _ in range(2))
    assert first != second
