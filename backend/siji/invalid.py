"""What is wrong with which input, in both languages: the framework's findings as ``Problem.fields``.

Pydantic's own words are English only. Those of the kinds that our schemas can meet are said here; what is unknown keeps its
English words beside a Chinese sentence that is always true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from siji.problems import Problem, Words

SOURCES = ("body", "query", "path", "form", "file", "header", "cookie")


def w(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


NAMES: dict[str, Words] = {
    "username": w("用户名", "username"),
    "password": w("密码", "password"),
    "old": w("原密码", "old password"),
    "new": w("新密码", "new password"),
    "name": w("名称", "name"),
    "email": w("邮箱", "e-mail"),
    "role": w("身份", "role"),
    "student": w("学生", "student"),
    "student_number": w("学号", "student number"),
    "administrative_class": w("行政班", "class"),
    "is_active": w("是否启用", "active"),
    "description": w("简介", "description"),
    "category": w("类别", "category"),
    "level": w("级别", "level"),
    "status": w("状态", "status"),
    "code": w("课程码", "code"),
    "is_code_open": w("课程码是否开放", "code open"),
    "paper": w("试卷", "paper"),
    "title": w("标题", "title"),
    "sections": w("题型", "sections"),
    "is_required": w("是否必做", "required"),
    "mode": w("方式", "mode"),
    "start": w("开始方式", "start"),
    "opens_at": w("开始时间", "opening"),
    "closes_at": w("截止时间", "closing"),
    "late_policy": w("截止后", "late policy"),
    "attempts_allowed": w("可以做几次", "attempts"),
    "key_release": w("公布答案", "release of keys"),
    "extra_percent": w("延长时间", "extra time"),
    "extra_attempts": w("多给几次", "extra attempts"),
    "is_excused": w("是否免做", "excused"),
    "reason": w("原因", "reason"),
    "minutes": w("分钟数", "minutes"),
    "gaps": w("漏听的片段", "gaps"),
    "answers": w("作答", "answers"),
    "item": w("题号", "item"),
    "items": w("题目", "items"),
    "seq": w("序号", "sequence"),
    "value": w("内容", "value"),
    "comment": w("评语", "comment"),
    "from_ms": w("起点", "beginning"),
    "to_ms": w("终点", "end"),
    "file": w("文件", "file"),
    "limit": w("每页条数", "page length"),
    "page": w("页码", "page"),
    "page_size": w("每页条数", "page length"),
    "assignment": w("任务", "assignment"),
    "course": w("课程", "course"),
    "endpoint": w("接口地址", "address"),
    "model": w("模型", "model"),
    "key": w("密钥", "key"),
    "price_miss": w("输入价格", "price of input"),
    "price_hit": w("命中缓存的输入价格", "price of cached input"),
    "price_output": w("输出价格", "price of output"),
    "calls_at_once": w("同时调用数", "calls at once"),
    "calls_per_minute": w("每分钟调用数", "calls a minute"),
    "connections": w("连接数", "connections"),
    "day_budget": w("每天总预算", "budget a day"),
    "user_day_budget": w("每人每天预算", "budget a day and person"),
    "course_day_budget": w("每门课每天预算", "budget a day and course"),
    "hourly_cost": w("每小时费用上限", "limit an hour"),
    "breaker_failures": w("连续失败次数", "failures in a row"),
    "breaker_pause": w("暂停秒数", "pause in seconds"),
}
"""What a person calls an input; the last name of its path decides."""

Say = Callable[[Mapping[str, Any]], Words]


def _constant(zh: str, en: str) -> Say:
    return lambda _: w(zh, en)


def _number(zh: str, en: str, name: str) -> Say:
    return lambda found: w(zh.format(found[name]), en.format(found[name]))


def _one_of(found: Mapping[str, Any]) -> Words:
    return w(f"只能是：{found['expected'].replace(' or ', '、').replace(', ', '、')}。", f"Must be {found['expected']}.")


NO_NUMBER = _constant("请填数字。", "Give a number.")
NO_INTEGER = _constant("请填整数。", "Give a whole number.")
TOO_BIG = _constant("数字太大。", "The number is too large.")
MOMENT = "2026-11-24T09:10:00+08:00"
NO_TIME = _constant(f"请填日期和时间，例如 {MOMENT}。", f"Give a date and time, such as {MOMENT}.")
NO_ZONE = _constant(f"时间要带时区，例如 {MOMENT}。", f"Name the time zone, as in {MOMENT}.")
NO_MATCH = _constant("格式不对，请检查有没有多余的空格或符号。", "Not in the form expected: look for stray characters.")
NO_BOOLEAN = _constant("只能是“是”或“否”。", "Must be true or false.")
NO_TEXT = _constant("请填文字。", "Give a text.")
NO_ID = _constant("编号格式不对。", "Not an id.")
NO_LIST = _constant("应当是一个列表。", "Must be a list.")
NO_OBJECT = _constant("应当是一组有名字的内容（JSON 对象）。", "Must be a JSON object.")

WORDS: dict[str, Say] = {
    "missing": _constant("请填写这一项。", "This is required."),
    "string_type": NO_TEXT,
    "string_pattern_mismatch": NO_MATCH,
    "literal_error": _one_of,
    "enum": _one_of,
    "int_type": NO_INTEGER,
    "int_parsing": NO_INTEGER,
    "int_from_float": NO_INTEGER,
    "int_parsing_size": TOO_BIG,
    "float_type": NO_NUMBER,
    "float_parsing": NO_NUMBER,
    "finite_number": NO_NUMBER,
    "greater_than_equal": _number("不能小于 {}。", "Must be at least {}.", "ge"),
    "less_than_equal": _number("不能大于 {}。", "Must be at most {}.", "le"),
    "greater_than": _number("要大于 {}。", "Must be more than {}.", "gt"),
    "less_than": _number("要小于 {}。", "Must be less than {}.", "lt"),
    "string_too_long": _number("最多 {} 个字。", "At most {} characters.", "max_length"),
    "too_short": _number("至少要有 {} 项。", "At least {} of them.", "min_length"),
    "too_long": _number("最多 {} 项。", "At most {} of them.", "max_length"),
    "bool_type": NO_BOOLEAN,
    "bool_parsing": NO_BOOLEAN,
    "uuid_type": NO_ID,
    "uuid_parsing": NO_ID,
    "uuid_version": NO_ID,
    "datetime_type": NO_TIME,
    "datetime_parsing": NO_TIME,
    "datetime_from_date_parsing": NO_TIME,
    "datetime_object_invalid": NO_TIME,
    "timezone_aware": NO_ZONE,
    "list_type": NO_LIST,
    "dict_type": NO_OBJECT,
    "model_type": NO_OBJECT,
    "model_attributes_type": NO_OBJECT,
    "none_required": _constant("这一项要留空。", "Must be empty."),
    "extra_forbidden": _constant("没有这一项。", "There is no such input."),
    "json_invalid": _constant("不是有效的 JSON。", "Not valid JSON."),
}


def invalid(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """``errors`` as pydantic lists them. ``fields`` are named as the schema names them, without where they came from."""
    fields: dict[str, Words] = {}
    for error in errors:
        fields.setdefault(_path(error["loc"]), _words(error))
    return Problem(code="invalid", message=_summary(fields), fields=fields)


def _path(loc: Iterable[Any]) -> str:
    """Ninja puts first where it read (body, query …), then for a body the name of the function's argument."""
    parts = [str(part) for part in loc]
    if parts and parts[0] in SOURCES:
        parts = parts[2:] if parts[0] == "body" and len(parts) > 1 else parts[1:]
    return ".".join(parts) or "__all__"


def _words(error: Mapping[str, Any]) -> Words:
    kind, found = str(error["type"]), error.get("ctx") or {}
    if kind == "string_too_short":
        least = found["min_length"]
        return WORDS["missing"](found) if least == 1 else w(f"至少 {least} 个字。", f"At least {least} characters.")
    say = WORDS.get(kind)
    return say(found) if say is not None else w("填得不对，请检查。", f"{error['msg']}.".replace("..", "."))


def _summary(fields: Mapping[str, Words]) -> Words:
    """The inputs by the names people know, so that a page without a place for each still says which."""
    named = list({words.zh: words for name in fields if (words := _name(name)) is not None}.values())
    if not named:
        return w("有些内容填得不对，请看标出的地方。", "Some of the input is not valid: see the fields named.")
    zh, en = "、".join(one.zh for one in named), ", ".join(one.en for one in named)
    return w(f"有些内容填得不对：{zh}。", f"Some of the input is not valid: {en}.")


def _name(path: str) -> Words | None:
    """Of ``answers.0.item`` that of ``item``."""
    return next((NAMES[part] for part in reversed(path.split(".")) if part in NAMES), None)


def invalid_value(error: ValidationError) -> Problem:
    """What a model or a validator of Django refused."""
    found = error.error_dict if hasattr(error, "error_dict") else {"__all__": error.error_list}
    fields = {name: _joined([_django_words(one) for one in ones]) for name, ones in found.items()}
    return Problem(code="invalid", message=_summary(fields), fields=fields)


def _joined(words: list[Words]) -> Words:
    return w("".join(one.zh for one in words), " ".join(one.en for one in words))


def _django_words(error: ValidationError) -> Words:
    """Django's own catalogue is not loaded (``USE_I18N``): its codes are few."""
    found = {"limit": (error.params or {}).get("limit_value")}
    say = DJANGO.get(error.code or "")
    return say(found) if say is not None else w("填得不对，请检查。", " ".join(error.messages))


DJANGO: dict[str, Say] = {
    "required": WORDS["missing"],
    "null": WORDS["missing"],
    "blank": WORDS["missing"],
    "unique": _constant("已经有了，不能重复。", "It is taken already."),
    "invalid_choice": _constant("不在可选的范围内。", "Not one of the choices."),
    "max_length": _number("最多 {} 个字。", "At most {} characters.", "limit"),
    "min_length": _number("至少 {} 个字。", "At least {} characters.", "limit"),
    "max_value": _number("不能大于 {}。", "Must be at most {}.", "limit"),
    "min_value": _number("不能小于 {}。", "Must be at least {}.", "limit"),
}
