"""A model's mark and its longer feedback come onto the page while they are written; one that fails leaves the built-in engine's.

The product is one of its own, since the settings of a model are everybody's; ``make drills`` runs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from model_server.running import running
from model_server.script import Reply, Rule
from model_server.server import ModelServer, Pace

from .acting import ESSAY, begins_practice, writes_and_hands_in
from .conftest import Visit
from .people import Person
from .product import Product

pytestmark = pytest.mark.drill

WHY = "主谓一致有误"
SAID = {
    "id": "$1",
    "band": 8,
    "lean": 1,
    "flags": [],
    "evidence": [
        {"quote": "more and more student like to study in the library", "speaks": "against", "why": WHY},
        {"quote": "he became much more confident", "speaks": "for", "why": "表达准确"},
    ],
}
OVERALL = "文章切题，用表哥去图书馆的例子支持了观点，读者看得懂。主谓一致和单复数的错误较多，打断了阅读。"
NEXT = ("写完后逐句找出主语和动词，检查第三人称单数。", "每个理由后面再写一句具体的结果。", "用连接词说明句子之间的关系。")
HIGHER = "上一档的作文会把夜间开放这一建议单独写成一段。"
WRITTEN = "\n".join(
    [
        f"OVERALL: {OVERALL}",
        *(f"NEXT: {one}" for one in NEXT),
        f"HIGHER: {HIGHER}",
        "MARK: grammar || more student like to study || more students like to study || 可数名词要用复数",
        "MARK: grammar || it open our eyes || it opens our eyes || 动词要用第三人称单数",
        "MARK: grammar || nobody wrote this here || nobody wrote it || 原文里没有的引文",
    ]
)
LENGTH = """section => [...section.querySelectorAll("[lang=zh]")].reduce((length, one) => length + one.textContent.length, 0)"""


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with running(key="secret-key", pace=Pace(first_token=0.8, rate=60)) as server:
        server.script.default = Reply(json.dumps(SAID, ensure_ascii=False), copy=r"\nid: (\w+)")
        server.script.rules = [Rule("The essay's band:", Reply(WRITTEN))]
        yield server


@pytest.fixture(scope="module")
def siji(model: ModelServer) -> Iterator[Product]:
    # Without the demo school, whose scripts the worker would mark first.
    product = Product(MODEL_ENDPOINTS=model.url, SIJI_DEMO="0")
    product.start()
    product.inside("use_model", endpoint=model.url)
    yield product
    product.stop()


def writes(siji: Product, student: Person) -> None:
    school = siji.school(mode="practice", sections=["writing"])
    student.sign_in(school["student"])
    begins_practice(student, school)
    writes_and_hands_in(student, ESSAY)


def test_it_is_read_while_it_is_written(siji: Product, visit: Visit) -> None:
    student = visit()
    writes(siji, student)
    student.sees(provisional(student, "builtin"))
    student.sees(provisional(student, "model"), student.page.get_by_text(WHY), seconds=60)
    lengths = lengths_until_done(student)
    assert len(lengths) > 3, f"it came in {len(lengths)} pieces: {lengths}"
    assert lengths == sorted(lengths), "what was read was taken away again"
    for text in (OVERALL, *NEXT, HIGHER):
        student.sees(student.page.get_by_text(text, exact=True))
    student.sees(student.text("machine.inText", count=2))
    student.picture("model-wrote", whole=True)
    student.page.reload()
    student.sees(student.page.get_by_text(OVERALL, exact=True), student.text("machine.inText", count=2))
    assert student.complaints == []


@pytest.fixture
def no_credit(model: ModelServer) -> Iterator[None]:
    model.script.shares = {"no_credit": 1.0}
    yield
    model.script.shares = {}


@pytest.mark.usefixtures("no_credit")
def test_where_it_fails_the_built_in_engine_stands(siji: Product, visit: Visit) -> None:
    student = visit(width=390, height=844)
    writes(siji, student)
    student.sees(provisional(student, "builtin"), student.text("machine.noModel"), seconds=30)
    student.picture("model-failed", whole=True)
    assert student.complaints == []


def provisional(student: Person, engine: str) -> Locator:
    return student.text("machine.provisional", engine=student.words(f"machine.engines.{engine}"))


def lengths_until_done(student: Person) -> list[int]:
    """How many signs of the feedback there were, each time that it was looked at and there were others."""
    section, done = student.page.locator("section[aria-busy]"), student.text("machine.writtenBy")
    expect(section).to_be_visible(timeout=15_000)
    lengths = list[int]()
    while not done.count():
        length = section.evaluate(LENGTH)
        if not lengths or length != lengths[-1]:
            lengths.append(length)
        student.page.wait_for_timeout(50)
    return lengths
