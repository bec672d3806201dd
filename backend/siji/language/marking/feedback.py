"""What to tell the student, from the measures: two sentences on the whole, three things to do next, marks in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from siji.language.marking.provisional import Both, Feedback, Flag, Inline

CLEAN = Both("这个长句没有发现错误。", "A long sentence in which nothing was found.")
_WORN = Both(
    "这是现成的套话：换成与题目直接有关的具体内容。", "A ready-made phrase: say instead something that belongs to this task."
)
_KINDS = {
    "grammar": Both("语法", "grammar"),
    "word_choice": Both("用词", "word choice"),
    "collocation": Both("搭配", "collocation"),
    "coherence": Both("连贯", "coherence"),
    "chinglish": Both("中式英语", "Chinglish"),
    "spelling": Both("拼写", "spelling"),
}
_BANDS = {
    14: Both("切题，表达清楚，语言基本没有错误。", "On topic and clear, with practically no errors."),
    11: Both("切题，表达清楚，有少量语言错误。", "On topic and clear, with a small number of errors."),
    8: Both("基本切题，勉强连贯，语言错误较多。", "Mostly on topic and just coherent, with many errors."),
    5: Both("意思不够清楚，严重的语言错误较多。", "Not clear enough, with many serious errors."),
    2: Both("大部分句子有严重错误，难以读懂。", "Most sentences have serious errors and are hard to follow."),
    0: Both("没有可以评分的内容，或与题目无关。", "There is nothing to mark, or it has nothing to do with the task."),
}
_STRONG = {
    "accuracy": Both("语言准确", "accurate language"),
    "clean": Both("句子大多没有错误", "mostly correct sentences"),
    "length": Both("内容充实", "enough content"),
    "range": Both("用词有变化", "varied words"),
    "level": Both("词汇有一定难度", "a good level of vocabulary"),
    "sentences": Both("句子有分量", "full sentences"),
    "depth": Both("会用从句", "use of clauses"),
    "variety": Both("句子长短有变化", "sentences of varied length"),
    "linking": Both("衔接手段多样", "varied linking"),
    "own_words": Both("少用套话", "words of your own"),
    "on_topic": Both("紧扣题目", "keeping to the task"),
    "meaning": Both("意思译得接近原文", "closeness to the source"),
    "terms": Both("关键词译得好", "good key terms"),
    "complete": Both("内容译得完整", "completeness"),
}
_NEXT = {
    "accuracy": Both(
        "把文中标出的错误逐一改正，再把同类句子重写一遍。", "Correct every marked error, then write such sentences anew."
    ),
    "clean": Both(
        "写完后逐句检查：主语是谁，动词的时态和单复数对不对。",
        "Check each sentence when done: its subject, and the tense and number of its verb.",
    ),
    "length": Both("补充一个具体的例子或理由，把字数写够。", "Add an example or a reason and reach the number of words."),
    "range": Both("找出重复三次以上的词，换成近义词或改变说法。", "Find words used three times or more and vary them."),
    "level": Both(
        "把 good、bad、very、thing 这类词换成更具体的词。", "Replace words such as good, bad, very and thing by more exact ones."
    ),
    "sentences": Both("把两三个短句合成一个有主次的句子。", "Join two or three short sentences into one with a main point."),
    "depth": Both(
        "用 which、although、if 等引导的从句表达关系，至少写三句。", "Use at least three clauses with which, although or if."
    ),
    "variety": Both("长句和短句交替着写，不要每句一个样子。", "Let long and short sentences take turns."),
    "linking": Both("段与段、句与句之间写明关系：原因、转折、举例。", "Say how thoughts are joined: cause, contrast, example."),
    "own_words": Both(
        "删去套话，用自己的经历或具体事实来说明。", "Cut ready-made phrases and use facts or experience of your own."
    ),
    "on_topic": Both(
        "对照题目的每一项要求，看哪一项还没有写到。", "Go through what the task asks and see what is still missing."
    ),
    "meaning": Both(
        "对照参考译文，看哪些句子的意思走了样，重译这些句子。", "Compare with the reference and translate anew what has drifted."
    ),
    "terms": Both(
        "记住下面标出的关键词的译法，再用它们各造一句。", "Learn the key terms shown as missed and use each in a sentence."
    ),
    "complete": Both("逐句对照原文，补上漏译的内容。", "Go through the source sentence by sentence and add what is missing."),
}
_TODO = {
    "too_short": Both("先把字数写够：每个理由后面加一个例子。", "First reach the length: put an example behind each reason."),
    "off_topic": Both("重新读题，只写题目要求的内容。", "Read the task again and write only what it asks for."),
    "copied": Both("不要抄题目，用自己的话开头。", "Do not copy the task; begin in your own words."),
    "repeated": Both("同样的话只说一次，把空出来的地方用来举例。", "Say a thing once and use the room for an example."),
    "template": Both(
        "删去一半套话，换成与题目有关的具体内容。", "Cut half of the ready-made phrases and write what belongs to this task."
    ),
}
_ALWAYS = ("clean", "linking", "range", "depth", "level")


def on_writing(
    faults: Sequence[Inline], parts: Mapping[str, float], flags: Sequence[Flag], mark: int, worn: Sequence[Inline]
) -> Feedback:
    inline = [*faults, *(each for each in worn if all(each.end <= other.start or each.start >= other.end for other in faults))]
    return Feedback(_overall(faults, parts, mark), _next(parts, flags), tuple(sorted(inline, key=lambda each: each.start)))


def on_translation(faults: Sequence[Inline], parts: Mapping[str, float], flags: Sequence[Flag], mark: int) -> Feedback:
    return Feedback(_overall(faults, parts, mark), _next(parts, flags, ("complete", "terms", "clean")), tuple(faults))


def worn(text: str, start: int, end: int) -> Inline:
    return Inline("coherence", text[start:end], start, end, _WORN, None, False)


def _overall(faults: Sequence[Inline], parts: Mapping[str, float], mark: int) -> Both:
    """What band it reads like; then what is strongest and which faults are most."""
    band = _BANDS[min(_BANDS, key=lambda anchor: abs(anchor - mark)) if mark else 0]
    best = max(parts, key=lambda name: parts[name], default="")
    strong = _STRONG[best] if best and parts[best] > 0 else None
    kinds = Counter(each.kind for each in faults).most_common(1)
    zh, en = [], []
    if strong:
        zh.append(f"长处是{strong.zh}")
        en.append(f"its strength is {strong.en}")
    if kinds:
        kind, count = kinds[0]
        zh.append(f"最多的问题是{_KINDS[kind].zh}（{count} 处）")
        en.append(f"most of its faults are of {_KINDS[kind].en} ({count})")
    else:
        zh.append("没有查出语言错误")
        en.append("no error of language was found")
    second = ", and ".join(en)
    return Both(f"{band.zh}{'，'.join(zh)}。", f"{band.en} {second[0].upper()}{second[1:]}.")


def _next(parts: Mapping[str, float], flags: Sequence[Flag], always: Sequence[str] = _ALWAYS) -> tuple[Both, ...]:
    """What a flag asks for first, then what the weakest measures ask for; always three, no two alike."""
    todo = [_TODO[flag.name] for flag in flags if flag.name in _TODO]
    weakest = sorted((name for name in parts if name in _NEXT), key=lambda name: parts[name])
    todo += [_NEXT[name] for name in (*weakest, *always)]
    return tuple(dict.fromkeys(todo))[:3]
