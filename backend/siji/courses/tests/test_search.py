"""Found by Chinese and English words, begun or misspelt, the exact name first, and only what one may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import transaction
from zeal import zeal_context

from siji.bank.loading import load_all
from siji.bank.models import Item, Paper
from siji.conftest import Counting, Person
from siji.courses import actions
from siji.courses.models import Course, CourseStatus
from siji.courses.search.filling import fill

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker as Blocker

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _found_papers(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[None]:
    """Loaded and made findable as ``siji content load`` does, in one transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_all(settings.SIJI_CONTENT)
        fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def found_paper(_found_papers: None, db: None) -> Paper:
    return Paper.objects.get(slug="siji-01")


@pytest.fixture
def courses(teacher: Person) -> dict[str, Course]:
    made = {}
    for name, description in (
        ("大学英语四级强化", "听力与写作，每周两次"),
        ("四级", "只有名字"),
        ("Academic Writing", "Essays, summaries and studies of style"),
        ("四级模拟考试", "期末"),
    ):
        made[name] = actions.create_course(teacher=teacher.user, name=name, description=description, status=CourseStatus.ACTIVE)
    return made


def look(person: Person, q: str, **filters: Any) -> dict[str, Any]:
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    found: dict[str, Any] = person.get(f"/search?q={q}{more}").json()
    return found


def names(found: dict[str, Any]) -> list[str]:
    return ["".join(piece["text"] for piece in course["name"]) for course in found["courses"]]


def test_chinese_words_are_found_inside_longer_ones_and_the_exact_name_is_first(
    teacher: Person, courses: dict[str, Course]
) -> None:
    assert names(look(teacher, "四级"))[0] == "四级"
    assert set(names(look(teacher, "四级"))) == {"大学英语四级强化", "四级", "四级模拟考试"}
    assert names(look(teacher, "考试")) == ["四级模拟考试"]
    assert names(look(teacher, "听力")) == ["大学英语四级强化"]


def test_english_is_found_by_its_stem_by_its_beginning_and_with_a_slip(teacher: Person, courses: dict[str, Course]) -> None:
    assert names(look(teacher, "essay")) == names(look(teacher, "study")) == ["Academic Writing"]
    assert names(look(teacher, "acad")) == ["Academic Writing"]
    slip = look(teacher, "writting")
    assert names(slip) == ["Academic Writing"]
    assert look(teacher, "acadmic")["corrected"] == "academic"
    assert look(teacher, "writing")["corrected"] is None


def test_all_words_must_be_there(teacher: Person, courses: dict[str, Course]) -> None:
    assert names(look(teacher, "四级 期末")) == ["四级模拟考试"]
    assert names(look(teacher, "四级 没有的词")) == []


def test_what_was_found_is_marked(teacher: Person, courses: dict[str, Course]) -> None:
    (course,) = look(teacher, "模拟")["courses"]
    assert [piece["text"] for piece in course["name"] if piece["found"]] == ["模拟"]
    (writing,) = look(teacher, "study")["courses"]
    assert [piece["text"] for piece in writing["excerpt"] if piece["found"]] == ["studies"]


def test_nobody_finds_what_they_may_not_see(
    student: Person, stranger: Person, other_teacher: Person, admin: Person, courses: dict[str, Course]
) -> None:
    actions.enrol(course=courses["四级"], student=student.user, by=student.user)
    assert names(look(student, "四级")) == ["四级"]
    assert names(look(stranger, "四级")) == names(look(other_teacher, "四级")) == []
    assert len(names(look(admin, "四级"))) == 3


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(teacher: Person, courses: dict[str, Course]) -> None:
    teacher.patch(f"/courses/{courses['四级'].pk}", {"name": "六级"})
    assert names(look(teacher, "六级")) == ["六级"]
    assert "四级" not in names(look(teacher, "四级"))


def test_filters(teacher: Person, courses: dict[str, Course]) -> None:
    assert look(teacher, "四级", kind="paper")["courses"] == []
    assert names(look(teacher, "四级", status="draft")) == []
    assert len(names(look(teacher, "四级", limit=1))) == 1


def test_items_are_for_staff_and_say_where_they_stand(teacher: Person, student: Person, found_paper: Paper) -> None:
    asked = Item.objects.filter(kind="careful_reading").first()
    assert asked is not None
    word = max(asked.body["question"].rstrip("?").split(), key=len)
    (hit, *_) = look(teacher, word, kind="item", item_kind="careful_reading")["items"]
    assert hit["paper"] in Paper.objects.values_list("pk", flat=True)
    assert hit["slot"].isdigit()
    assert any(piece["found"] for piece in hit["text"]) or hit["passage_title"]
    assert look(student, word, kind="item")["items"] == []


def test_papers_are_found_by_what_they_are_about(student: Person, found_paper: Paper) -> None:
    title = found_paper.title_zh.split()[0]
    found = look(student, title)["papers"]
    assert found_paper.pk in [hit["id"] for hit in found]


@pytest.mark.parametrize("typed", ["", "   ", "'", "\\", ":* & | !", "%00", "<->", "(", "四级')--", "a" * 200, "😀", "it’s"])
def test_whatever_is_typed_is_text(teacher: Person, courses: dict[str, Course], typed: str) -> None:
    from urllib.parse import quote

    assert teacher.get(f"/search?q={quote(typed)}").status_code == 200


@pytest.mark.parametrize(
    "typed", ["四级", "四", "四级 模拟", "writing st", "100%25", "a_b", "energy", "the 四级 of a 听力 and a paper"]
)
@pytest.mark.parametrize("whose", ["teacher", "student", "stranger", "admin"])
def test_queries_whose_text_is_kept_find_what_others_find(
    request: pytest.FixtureRequest, found_paper: Paper, courses: dict[str, Course], student: Person, typed: str, whose: str
) -> None:
    """The usual number of hits is asked for by the former, any other by the latter; twice, since the second finds it kept."""
    person: Person = request.getfixturevalue(whose)
    for name in ("100% 通过", "100 通过", "a_b", "axb"):
        actions.create_course(teacher=courses["四级"].teacher, name=name, status=CourseStatus.ACTIVE)
    actions.enrol(course=courses["四级"], student=student.user, by=courses["四级"].teacher)
    others = look(person, typed, limit=50)
    for _ in range(2):
        kept = look(person, typed)
        for kind in ("courses", "papers", "items"):
            assert kept[kind] == others[kind][:8]


def test_what_was_there_before_the_search_is_filled_in(teacher: Person) -> None:
    Course.objects.create(name="早先的课", teacher=teacher.user, code="OLD", status=CourseStatus.ACTIVE)
    assert names(look(teacher, "早先")) == []
    assert fill()["courses"] == 1
    assert names(look(teacher, "早先")) == ["早先的课"]
    assert fill() == {"courses": 0, "papers": 0, "items": 0}


@pytest.mark.counts("GET /search")
@pytest.mark.parametrize("size", [2, 40])
def test_a_search_costs_the_same_at_any_size(
    teacher: Person, found_paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    for number in range(size):
        actions.create_course(teacher=teacher.user, name=f"the course {number}", description="", status=CourseStatus.ACTIVE)
    teacher.get("/me")
    with zeal_context(), django_assert_num_queries(6):  # person, courses, papers, items, places, passages
        found = look(teacher, "the", limit=50)
    assert len(found["courses"]) == size
    assert found["items"]
