"""How clauses hang together: doubled conjunctions, splices, fragments, the order of words."""

from __future__ import annotations

from siji.language.grammar import lexicon
from siji.language.grammar.clause import is_question
from siji.language.grammar.rewriting import swapped
from siji.language.grammar.rules import Match, Rule
from siji.language.tokens import Token

_SAID = frozenset(
    "said says say asked replied think thought believe believes suppose explains explained adds added wrote suppose guess hope mean know seems".split()
)
_FINITE = lexicon.BE | lexicon.MODALS | frozenset("have has had do does did don't doesn't didn't".split())
_LINKERS = lexicon.SUBORDINATORS - {"that", "what", "how", "why", "so", "even", "which", "who", "until", "till"}
_OPENING = frozenset(
    "if when whenever because since although though while as after before until unless once in for with by to at on during".split()
)


def _joins_two_sentences(match: Match) -> bool:
    """A comma with a whole sentence on both sides and no conjunction at it."""
    tokens = match.tokens
    comma = match.first
    segment = _segment_before(tokens, comma)
    if len(segment) < 3 or segment[0] in _OPENING | _LINKERS | {"who", "which", "where"} or segment[-1] in _SAID:
        return False
    if tokens[comma + 2].lower in _SAID and (tokens[comma + 2].lower != "seems") and _closes_soon(match):
        return False
    return _is_clause(segment)


def _segment_before(tokens: tuple[Token, ...], comma: int) -> list[str]:
    words: list[str] = []
    for token in reversed(tokens[:comma]):
        if not token.is_word:
            break
        words.append(token.lower)
    words.reverse()
    while words and words[0] in ("and", "but", "so", "also", "then", "now", "however"):
        words.pop(0)
    return words


def _is_clause(segment: list[str]) -> bool:
    """A subject near the beginning with a finite verb behind it."""
    for at, word in enumerate(segment[1:], 1):
        if word in _LINKERS:
            return False
        if word in _FINITE and segment[0] not in _FINITE:
            return True
        if word in lexicon.PRESENT and segment[at - 1] in lexicon.SUBJECTS | {"people", "students", "everyone"}:
            return True
    return False


def _closes_soon(match: Match) -> bool:
    return match.end < len(match.tokens) and match.tokens[match.end].text in (",", ".")


def _is_fragment(match: Match) -> bool:
    return "," not in [token.text for token in match.tokens] and len(match.tokens) < 26


def _inverted(match: Match) -> str:
    said = match.lower(3)
    return f"{_text(match, range(match.first, match.places[2].start))} {said} {match.tokens[match.places[2].start].text}"


def _text(match: Match, places: range) -> str:
    return " ".join(match.tokens[at].text for at in places).replace(" ,", ",")


def _statement_order(match: Match) -> str:
    return f"{match.lower(0)} {match.lower(1)} {match.lower(3)} {match.lower(2)}"


RULES = (
    Rule("although-but", "grammar", ("although|though ...14 , but",), swapped({"but": ""}),
         "although（though）和 but 不能在一个句子里连用，去掉一个。", "Although and but do not stand together: leave one out.",
         "Although it is hard, but we should try.", "Although it is hard, we should try. It is hard, though, but we try.", serious=True,
         when=lambda m: bool(m.places[1]) and "," not in [m.tokens[at].text for at in m.places[1]] and m.before() != (",",)),
    Rule("because-so", "grammar", ("because ...14 , so",), swapped({"so": ""}),
         "because 和 so 不能在一个句子里连用，去掉一个。", "Because and so do not stand together: leave one out.",
         "Because he was ill, so he stayed at home.", "Because he was ill, he stayed. He left because of the rain, so what?", serious=True,
         when=lambda m: m.lower(1).split()[:1] != ["of"] and m.first == 0),
    Rule("comma-splice", "grammar", (", i|he|she|it|we|they|this|there|you @be|@modal|@verb|@third|has|had|don't|doesn't|didn't|also|was|were|must|@past",), lambda m: "; " + " ".join(token.text for token in m.tokens[m.first + 1 : m.end]),
         "两个完整的句子不能只用逗号连接：改用句号、分号，或加 and、but、so 等连词。",
         "A comma alone cannot join two sentences: use a full stop, a semicolon or a conjunction.",
         "We can cook every week, it is very interesting.", "When we cook, it is fun. In my view, it is good, and we can, I think, try.",
         serious=True, when=_joins_two_sentences),
    Rule("because-fragment", "coherence", ("^ because ...25 .",), None,
         "because 引导的从句不能单独成句，要和主句连在一起。", "A clause with because is not a sentence: join it to its main clause.",
         "Because it is good for our health.", "Because it rained, we stayed. He stayed because it rained.", when=_is_fragment),
    Rule("such-as-fragment", "coherence", ("^ such as",), None,
         "such as 不能用来开始一个句子，接在前一句后面或改用 For example。", "Such as cannot begin a sentence; use For example.",
         "Such as drawing and music.", "We learn arts such as drawing."),
    Rule("reason-is-because", "word_choice", ("reason ...8 is|was because",), "{0} {1} {2} that",
         "the reason is 后面用 that，不用 because。", "The reason is takes that, not because.",
         "The reason I left is because it was late.", "The reason I left is that it was late."),
    Rule("such-as-and-so-on", "word_choice", ("such as ...10 and so on",), None,
         "such as 已表示举例，后面不再加 and so on。", "Such as already means some of many: leave out and so on.",
         "We eat food such as rice, noodles and so on.", "We eat rice, noodles and so on, or food such as rice."),
    Rule("question-order", "grammar", ("^ why|how|what|when|where i|we|you|they|he|she|it @verb|@modal|@third|@be",), None,
         "疑问句要用倒装语序或助动词 do、does、did。", "A question needs do, does or did, or the verb before its subject.",
         "Why I want this club?", "Why do I want it? What we need is time.", serious=True, when=is_question),
    Rule("indirect-question", "grammar", ("know|tell|understand|wonder|explain|knows|about what|how|why|where|who is|are|was|can|should|do|does @subject",), _statement_order,
         "宾语从句里用陈述语序：疑问词 + 主语 + 动词。", "An indirect question keeps the order of a statement.",
         "I don't know what is it.", "I don't know what it is. Do you know? What is it?", when=lambda m: not m.sentence.text.endswith("?") or m.lower(0) != "about"),
    Rule("missing-who", "grammar", ("there are|is|were|was many|some|several|a|more|also? lot|old|young|few|new? of? people|students|person|@plural @strict|like|@third|don't|come",), None,
         "there be 句中名词后面再接动词，要用关系代词 who 或 that，或改成 -ing。", "After there are, a second verb needs who or that, or -ing.",
         "There are many people come to see it.", "There are many people who come, and there are students playing.", serious=True),
    Rule("what-for-that", "grammar", ("@count|@plural|food|everything|things|all what @subject",), "{0} that {2}",
         "定语从句用 that 或 which，不用 what。", "A relative clause takes that or which, not what.",
         "We ate the food what we cooked.", "We ate what we cooked; ask the teacher what he did.",
         when=lambda m: not {"ask", "asked", "tell", "told", "show", "showed", "teach", "know", "see"} & set(m.before(4))),
    Rule("that-whether", "grammar", ("that whether|how|what|why",), "{1}",
         "疑问词已引导从句，前面不再加 that。", "The question word already opens the clause: leave out that.",
         "The problem that whether we should go is hard.", "We ask whether we should go; I know that what he says is true.",
         when=lambda m: m.lower(1) != "what" or m.before()[-1:] in (("audience",), ("introduce",))),
    Rule("only-order", "grammar", ("only in|by|through this|that way ,? @subject @modal",), lambda m: f"{_text(m, range(m.first, m.places[-2].start))} {m.lower(6)} {m.lower(5)}",
         "only 加状语放在句首时，主句要倒装。", "After only with an adverbial at the head, the verb comes before its subject.",
         "Only in this way we can have a bright future.", "Only in this way can we have a bright future.", serious=True),
    Rule("only-in-by", "collocation", ("only by this way", "by this way"), lambda m: m.sentence.text[m.tokens[m.first].start - m.sentence.start : m.tokens[m.end - 1].end - m.sentence.start].replace("by", "in"),
         "“通过这种方式”是 in this way。", "The phrase is in this way.",
         "By this way we can learn.", "In this way we can learn; by this means too."),
    Rule("not-only-also", "coherence", ("not only ...14 ,|and also",), None,
         "not only 要和 but also 搭配。", "Not only goes with but also.",
         "It is not only good for us, also good for society.", "It is not only good for us but also cheap; not only is it good, it is also cheap.",
         when=lambda m: "but" not in m.lower(2).split()),
    Rule("lower-i", "grammar", ("i",), "I", "“我”永远大写：I。", "I is always a capital.",
         "Yesterday i went home.", "Yesterday I went home.", when=lambda m: m.tokens[m.first].text == "i"),
    Rule("lower-start", "grammar", ("^ @lower",), None, "句子的第一个字母要大写。", "A sentence begins with a capital.",
         "it is good for us all.", "It is good for us all.", when=lambda m: len(m.tokens) > 4 and m.tokens[0].text.isalpha()),
    Rule("i-and-my", "chinglish", ("^ i and my @noun",), "My {3} and I",
         "英语里先说别人再说自己：My friend and I。", "English names oneself last: my friend and I.",
         "I and my friends cook.", "My friends and I cook."),
    Rule("as-i-concerned", "grammar", ("as far as i concerned", "as far as i am concern", "as i am concerned"), "as far as I am concerned",
         "固定说法是 as far as I am concerned。", "The phrase is as far as I am concerned.",
         "As far as I concerned, it is good.", "As far as I am concerned, it is good.", not_after="far"),
    Rule("compared-to-subject", "grammar", ("because of @subject @be|@verb|@modal|@third|has|had", "due|thanks to @subject @be|@verb|@modal"), None,
         "because of、due to 后面接名词；接句子用 because。", "Because of takes a noun; before a clause stands because.",
         "Because of he is ill, we stayed.", "Because he is ill, we stayed because of him."),
)  # fmt: skip
