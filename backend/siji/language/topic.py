"""Whether a text is about its task: by the words of the task, and by words that go with them. Pure.

The neighbours are our own small fields; a task's fields are those that hold at least one of its words. It is a rough sense of topic:
enough to see that somebody wrote about something else, no measure of how well the task is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from siji.language.measuring import content_lemmas, lemmatised
from siji.language.similarity import pieces_of

MISSED_COVERAGE, MISSED_DENSITY = 0.12, 0.08
"""Where both are lower, a text is off its topic: between the off-topic and the other scripts of the tuning part."""
_TASK_TALK = frozenset(
    """
    write essay word words explain view reason give answer least thing people disagree say should use used many more suppose describe
    letter email e-mail report reply ask want like make take think different one two view opinion discuss state sentence start end
    clear clearly conclusion deal fit less whether far happen mean side support objection argue every bad future developed main
    example begin follow allow would could can min max minute direction part based picture chart give good best student students
    university universities school campus college year say life way time day china chinese
    """.split()
)
_FIELDS = tuple(
    frozenset(field.split())
    for field in (
        "cook cooking food dish kitchen meal eat eating taste delicious recipe restaurant canteen dumpling noodle vegetable meat share table rice",
        "club society member activity join meet weekly organise organize hobby interest volunteer team",
        "international foreign foreigner country culture cultural custom language abroad overseas exchange communication friendship english",
        "course subject major class lesson lecture study learn knowledge field science literature art drawing music statistics credit skill beginner",
        "exam examination test mark score grade fail pass result scholarship average homework assignment essay paper cheat copy",
        "artificial intelligence ai computer technology machine robot software tool program internet online information data chatbot digital",
        "phone smartphone mobile app screen wechat message call video pay payment photo button digital internet press",
        "elderly old aged grandmother grandfather grandparent senior resident community grandma grandpa care lonely",
        "volunteer activity help service teach teacher participate community voluntary charity patience experience",
        "job work part-time career employer employee boss company wage salary money earn income pay business experience society independent",
        "first year freshman advice suggest suggestion plan adapt friend roommate dormitory library club manage experience goal habit",
        "money cost expensive cheap price spend save budget buy sell shop consume consumption market",
        "environment pollution air water waste plastic rubbish recycle green energy climate tree protect nature",
        "health healthy exercise sport run swim body sleep diet doctor disease hospital stress mental relax",
        "travel trip journey tourist tourism city train plane visit scenery transport traffic road railway",
        "family parent mother father child brother sister home marriage grow love",
        "book read reading library novel newspaper magazine story writer author literature",
        "history tradition traditional festival heritage ancient museum craft tea culture",
        "friend friendship trust honest honesty help kind communicate respect understand conflict",
        "future dream goal success effort failure challenge difficulty courage confidence persist",
        "teacher education school teach learn classroom pupil knowledge method training",
        "ability skill practice improve creative creativity think thinking innovation independent",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """``coverage``: the share of the task's own words that the text has; ``density``: the share of the text's content words that are
    the task's own or its neighbours."""

    coverage: float
    density: float

    @property
    def is_missed(self) -> bool:
        return self.coverage <= MISSED_COVERAGE and self.density < MISSED_DENSITY


def topic(words: Sequence[str], task: str) -> Topic:
    """Of the lower-case words of a text. A task without a word of its own says nothing: all is on it."""
    own = task_words(task)
    if not own:
        return Topic(1.0, 1.0)
    lemmas = content_lemmas(words)
    near = own | {word for field in _FIELDS if own & _stems(field) for word in _stems(field)}
    stems = [_stem(word) for word in lemmas]
    return Topic(len(own & set(stems)) / len(own), sum(stem in near for stem in stems) / len(stems) if stems else 0.0)


@lru_cache(maxsize=256)
def task_words(task: str) -> frozenset[str]:
    words = [word for word in pieces_of(task) if word.isascii() and word.isalpha() and len(word) > 1]
    return _stems(word for word in content_lemmas(words) if word not in _TASK_TALK)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_stem(word) for word in words)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """Enough of a word that *cook, cooking, cooker* are one."""
    base = lemmatised(word)
    for ending in ("ation", "ment", "ness", "tion", "sion", "ing", "ity", "ful", "ive", "ally", "al", "ly", "er", "or", "s"):
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            return base.removesuffix(ending)
    return base
