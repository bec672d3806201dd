"""Words that no dictionary knows, and what was meant. British and American spellings are both right.

Known is what the NIH lexicon has in any form, what is frequent enough in real texts, two known words in one, a
name, or a Chinese word in pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from wordfreq import top_n_list, zipf_frequency

from siji.language.tokens import Sentence, Token, tags

if TYPE_CHECKING:
    from symspellpy import SymSpell

COMMON_ENOUGH = 3.6
"""On the Zipf scale. Frequent misspellings stand at about 2.5 to 3.3 ("recieve", "goverment"); WeChat and its like above."""
SUGGESTED = 40_000
LONG = 7
"""Letters of a word that may be meant by one with two slips."""
NEW_WORDS = frozenset(("wechat", "livestream", "livestreaming", "livestreamed", "chatbot", "chatbots", "emoji", "vlog", "vlogs"))
OF_CHINA = frozenset(
    "alipay bronzeware calligraphic calligraphy cheongsam cheongsams confucianism congee couplets cymbals daoism daoist "
    "desertification erhu hotpot hotpots hutongs loess mahjong megacities megacity mooncake mooncakes mugwort osmanthus papercut "
    "papercuts papermaking pinyin qigong realgar rockeries rockery sericulture soymilk taoism taoist teahouse teahouses teapot "
    "teapots wonton wontons yuanxiao".split()
)
"""What translations in CET-4 are about and dictionaries of everyday English leave out."""
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|ve|a|e|i|o|u|v)"
    r"(?:n?g?)"
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE.pattern}){{2,4}}")


@dataclass(frozen=True, slots=True)
class Misspelt:
    token: Token
    meant: str | None


def misspelt(sentences: Sequence[Sentence]) -> list[Misspelt]:
    return [Misspelt(token, meant(token.lower)) for sentence in sentences for token in _unknown(sentence)]


def _unknown(sentence: Sentence) -> Iterator[Token]:
    for at, token in enumerate(sentence.words):
        is_name = token.text[0].isupper() and (at > 0 or len(sentence.words) < 5)
        if token.is_word and not is_name and not is_known(token.lower):
            yield token


def is_known(word: str) -> bool:
    return all(_is_known_part(part) for part in re.split(r"[-‐‑]", word.removesuffix("'s").removesuffix("'")) if part)


@lru_cache(maxsize=65_536)
def _is_known_part(part: str) -> bool:
    if not part.isascii() or not part.isalpha() or len(part) == 1:
        return True
    return (
        bool(tags(part))
        or part in NEW_WORDS
        or part in OF_CHINA
        or zipf_frequency(part, "en") >= COMMON_ENOUGH
        or _PINYIN.fullmatch(part) is not None
        or any(tags(part[:at]) and tags(part[at:]) for at in range(4, len(part) - 3))
    )


@lru_cache(maxsize=4096)
def meant(word: str) -> str | None:
    """The most frequent known word at most two slips away, in a short word one; None where there is none.

    With two slips in six letters nearly every word is near another, and a wrong guess is worse than none.
    """
    from symspellpy import Verbosity

    if not word.isalpha():
        return None
    near = _speller().lookup(word, Verbosity.CLOSEST, max_edit_distance=2 if len(word) >= LONG else 1)
    return near[0].term if near else None


@lru_cache(maxsize=1)
def _speller() -> SymSpell:
    """About 1 s and 60 MB, on the first misspelt word of a process."""
    from lemminflect import getAllLemmas
    from symspellpy import SymSpell

    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=6)
    for word in top_n_list("en", SUGGESTED):
        if word.isascii() and word.isalpha() and len(word) > 1 and getAllLemmas(word):
            speller.create_dictionary_entry(word, round(10 ** zipf_frequency(word, "en")))
    return speller
