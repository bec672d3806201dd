"""Forms of the verb: after a modal, after to, after a preposition; and the verb that is missing."""

from __future__ import annotations

from siji.language.grammar.clause import begins_clause, is_plain_statement, is_question
from siji.language.grammar.rewriting import last_as
from siji.language.grammar.rules import Match, Rule
from siji.language.tokens import as_form

_BE = {"i": "am", "he": "is", "she": "is", "it": "is", "this": "is", "that": "is"}
_AS_SUBJECT = {"me": "I", "him": "he", "her": "she", "us": "we", "them": "they"}
_SINGULAR = {"don't": "doesn't", "haven't": "hasn't"}
_MAKERS = frozenset(
    "make makes made making keep keeps find finds found get gets let lets consider think feel feels as than".split()
)
_ASK = "ask|asks|asked|tell|tells|told|teach|teaches|taught|teaching|want|wants|wanted|allow|allows|encourage|encourages|advise|require|force|invite"
_RELATIVE = frozenset("that who which what how when where why if whether as because and or , you i we he she they it".split())


def _plain(match: Match) -> str:
    """*is agree* → *agrees*, *was agree* → *agreed*."""
    tag = {"is": "VBZ", "was": "VBD", "were": "VBD"}.get(match.lower(0), "VB")
    return as_form(match.lower(1), tag)


def _with_be(match: Match) -> str:
    words = [match.tokens[at].text for place in match.places[1:] for at in place]
    return " ".join([match.tokens[match.first].text, _BE.get(match.lower(0), "are"), *words])


def _negated(match: Match) -> str:
    helper = "does not" if match.lower(0) in ("he", "she", "it") else "do not"
    return f"{match.tokens[match.first].text} {helper} {as_form(match.lower(2), 'VB')}"


def _is_gerund_needed(match: Match) -> bool:
    return not any(match.tokens[at].lower in _RELATIVE for at in match.places[2]) and not is_question(match)


RULES = (
    Rule("modal-to", "grammar", ("can|could|should|must|may|might|shall|will|would to @vb",), "{0} {2}",
         "情态动词后面直接用动词原形，不加 to。", "After a modal the verb stands without to.",
         "We must to learn it.", "We must learn it, and we have to go."),
    Rule("modal-form", "grammar", ("@modal also|not|always|only|be? @ing|@third|@past", "@modal gives|needs|uses|plans|works|lives", "@modal @adverb? @ing|@third|@past"), last_as("VB"),
         "情态动词后面用动词原形。", "After a modal stands the base form of the verb.",
         "They can cooking and the school should gives money.", "They can cook; they can be cooking; the will works.", serious=True,
         not_after="the|a|free|good", when=lambda m: "be" not in m.lower(1).split()),
    Rule("modal-without-be", "grammar", ("can|will|should|must|may|would|could more|very|always|not? @adj",), "{0} be {1} {2}",
         "情态动词后面接形容词，中间要有 be。", "Between a modal and an adjective stands be.",
         "Our life will more colorful and he will sad.", "Our life will be more colorful, and we should not better it.", serious=True,
         not_before="@noun|to", when=lambda m: m.lower(2) not in ("better", "worse")),
    Rule("pronoun-adjective", "grammar", ("i|he|she|we|they|it very|so|too|not|also|only? @adj",), _with_be,
         "这里缺少 be 动词（am、is、are）。", "The verb be is missing here.",
         "I very happy to see you.", "I am very happy; it makes it easy; I also better myself.", serious=True,
         when=lambda m: not _MAKERS.intersection(m.before(2)) and m.lower(2) not in ("better", "worse", "ready", "open") and begins_clause(m)),
    Rule("people-adjective", "grammar", ("students|people|teachers|parents|mother|father|teacher|friends|boss|body|food|family very|so|too|not? happy|sad|angry|tired|poor|bad|busy|important|healthy|lazy|beautiful|famous",), None,
         "主语和形容词之间缺少 be 动词。", "The verb be is missing between the subject and the adjective.",
         "My parents very angry and food bad.", "My parents are very angry; people happy with it are few.", serious=True,
         not_before="@noun|with|about|to|at|enough", when=lambda m: bool(m.places[1]) or (begins_clause(m) and m.after() in (",", ".", "", "and"))),
    Rule("be-base-verb", "grammar", ("am|is|are|was|were @strict|need",), _plain,
         "be 动词后面不能直接跟动词原形：去掉 be，或改成 -ing、过去分词。", "Be cannot stand before a base verb: drop it, or use -ing or a participle.",
         "I am agree with you and he is want to go.", "I agree; all you can do is ask; it is write-protected.", serious=True,
         not_after="do|does|did|is|what|all", when=lambda m: not ({"what", "all", "do", "does"} & {token.lower for token in m.tokens[: m.first]}) and "VBN" not in m.tokens[m.end - 1].tags),
    Rule("be-modal", "grammar", ("am|is|are can|must|should|will",), "{1}",
         "be 动词后面不能跟情态动词，去掉 be。", "Be cannot stand before a modal: leave out be.",
         "Interest is can be trained.", "Interest can be trained; where there is, can you tell?", serious=True, not_after="there|it|what|that"),
    Rule("passive-base", "grammar", ("be|been eliminate|choose|write|take|see|teach|give|tell|sell|solve|improve|develop|educate|realize|ignore|forget|influence|affect|describe|consider",), "{0} {1:VBN}",
         "被动语态用 be 加过去分词。", "The passive is be with the past participle.",
         "You will be eliminate.", "You will be eliminated; to be, see yourself.", serious=True),
    Rule("be-third", "grammar", ("am|is|are|was|were @third",), "{1}",
         "be 动词后面不能再跟带 -s 的动词。", "Be cannot stand before a verb with -s.",
         "He is likes music.", "He likes music, and that is likely.", serious=True, not_after="what|it"),
    Rule("i-didnt-past", "grammar", ("i|he|she|it|we|they|you|people didn't|don't|doesn't @pastform|@third|had|has",), "{0} {1} {2:VB}",
         "didn't、don't、doesn't 后面用动词原形。", "After didn't, don't or doesn't stands the base form.",
         "I didn't went there.", "I didn't go there.", serious=True),
    Rule("he-dont", "grammar", ("he|she|it|everyone|everybody|someone|nobody don't|haven't",), lambda m: f"{m.lower(0)} {_SINGULAR[m.lower(1)]}",
         "主语是第三人称单数，用 doesn't 或 hasn't。", "With he, she or it: doesn't or hasn't.",
         "He don't know.", "He doesn't know, and they don't either.", serious=True, when=is_plain_statement),
    Rule("person-dont", "grammar", ("mother|father|teacher|boss|friend|china|school|brother|sister|classmate don't",), "{0} doesn't",
         "主语是单数，用 doesn't。", "A singular subject takes doesn't.",
         "My mother don't like it.", "My mother doesn't like it; my parents and my teacher don't.", serious=True,
         when=lambda m: "and" not in m.before(3)),
    Rule("to-past", "grammar", ("to @past|@third|built|taught|bought|thought|caught|kept|told|sold|spent|sent",), "to {1:VB}",
         "不定式 to 后面用动词原形。", "After the to of an infinitive stands the base form.",
         "I want to built a club.", "I want to build a club next to built walls.", serious=True, not_after="next|due|according|close|used|led|related|opposed|thanks",
         not_before="@noun"),
    Rule("want-to-ing", "grammar", ("want|wants|wanted|hope|hopes|decide|decided|need|needs|try|plan|plans|like to @gerund",), "{0} to {2:VB}",
         "want、hope、decide 等后面的 to 接动词原形。", "After want to, hope to or decide to stands the base form.",
         "They want to learning it.", "They want to learn it.", serious=True),
    Rule("look-forward-to", "grammar", ("looking|look|looks forward to @strict|@verb",), "{0} forward to {3:VBG}",
         "look forward to 的 to 是介词，后面用动名词。", "Look forward to takes a verb in -ing.",
         "I look forward to meet you.", "I look forward to meeting you and to your visit."),
    Rule("want-base", "grammar", ("want|wants|wanted|hope|hopes|decide|decided|plan|plans|refuse|agree|afford|wish @strict|do|make|have",), "{0} to {1}",
         "want、hope、decide 等后面接动词要用 to。", "Want, hope and decide take a verb with to.",
         "I want suggest a club.", "I want to suggest a club and I hope you agree.", serious=True, not_after="the|a|no|my|our|this|your"),
    Rule("need-base", "grammar", ("need|needs|needed @strict", "don't|doesn't|didn't need @strict|worry"), None,
         "need 作实义动词时，后面接动词要用 to。", "As a main verb, need takes a verb with to.",
         "You need ask the teacher and you don't need worry.", "You need to ask, and you need not ask; they need money.",
         not_after="the|a|no|in|my|our"),
    Rule("like-base", "grammar", ("i|we|they|you|people|students|don't like|love|hate eat|play|go|learn|read|listen|speak|write|buy|cook|sing|sleep|watch|make|drink|use",), "{0} {1} {2:VBG}",
         "like、love、hate 后面的动词用 -ing 或 to do。", "Like, love and hate take a verb in -ing or with to.",
         "I like eat hot pot.", "I like eating hot pot, and we love to eat; like drink, food matters.", serious=True),
    Rule("enjoy-to", "grammar", ("enjoy|enjoys|enjoyed|finish|finished|avoid|avoids|mind|dislike|practise|practice to @vb",), "{0} {2:VBG}",
         "enjoy、finish、avoid 等后面的动词用 -ing。", "Enjoy, finish and avoid take a verb in -ing.",
         "I enjoy to read.", "I enjoy reading.", not_after="to|the|my|your|of"),
    Rule("let-to", "grammar", ("let|lets|make|makes @object|people|students|children to @strict|@verb",), "{0} {1} {3}",
         "let、make 后面的动词用原形，不加 to。", "Let and make take a verb without to.",
         "It makes us to learn more.", "It makes us learn more; we let them talk to friends."),
    Rule("suggest-to", "grammar", ("suggest|suggests|suggested|suggesting @object to @vb",), lambda m: f"{m.lower(0)} that {_AS_SUBJECT.get(m.lower(1), m.lower(1))} {m.lower(3)}",
         "suggest 后面不接 sb to do，用 suggest that sb (should) do。", "Suggest takes that with a clause, not somebody to do.",
         "I suggest you to go.", "I suggest that you go."),
    Rule("ask-base", "grammar", (f"{_ASK} @object|people|students|children|everyone @strict|do|use|cook|have",), "{0} {1} to {2}",
         "ask、want、teach、tell 等后面用 sb to do，不能漏掉 to。", "Ask, want, teach and tell take somebody to do.",
         "The boss may ask us do it, and we teach them use it.", "The boss asks us to do it, and told us; do you know?", serious=True,
         when=lambda m: not is_question(m) or m.lower(2) != "do"),
    Rule("make-be", "chinglish", ("make|makes|made|making @poss @noun be|become @anyadj",), "{0} {1} {2} {4}",
         "make 后面直接接宾语和形容词，不用 be。", "Make takes an object and an adjective without be.",
         "It makes your life be colorful.", "It makes your life colorful."),
    Rule("preposition-base", "grammar", ("by|of|for|without|about|at|from|after|before @strict",), "{0} {1:VBG}",
         "介词后面的动词用 -ing 形式。", "After a preposition a verb takes -ing.",
         "He left without say a word and is good at write.", "He left without saying a word; what is it for, do you know?", serious=True,
         not_after="what|who|where|take|think", when=lambda m: m.before()[-1:] != ("from",)),
    Rule("verb-as-subject", "grammar", ("^ @strict|use|do|play|help ...5 is|are|makes|brings|can",), "{1:VBG} {2} {3}",
         "动词作主语要用 -ing 形式或 to do。", "A verb as the subject takes -ing or to.",
         "Learn a new course is important.", "Learning is important; take what is yours; say it, and he is glad.", serious=True, when=_is_gerund_needed),
    Rule("how-base", "grammar", ("know|learn|learned|teach|taught|knows|learns|them|us|me|him how @strict|use|cook|play",), "{0} how to {2}",
         "how 后面接动词原形要加 to。", "How takes a verb with to.",
         "They don't know how use it.", "They don't know how to use it, or how students use it.", serious=True),
    Rule("have-past", "grammar", ("have|has|had already|never|just? @past",), "{0} {1} {2:VBN}",
         "have、has、had 后面用过去分词。", "After have, has or had stands the past participle.",
         "He has went home.", "He has gone home.", serious=True),
    Rule("be-past", "grammar", ("is|was|am|are|were @past",), "{1}",
         "be 动词后面不能跟动词的过去式。", "Be cannot stand before a past form.",
         "I was went there.", "I went there.", serious=True),
    Rule("was-base-passive", "grammar", ("is|are|was|were write|eat|take|see|speak|choose by",), "{0} {1:VBN} by",
         "被动语态用 be 加过去分词。", "The passive is be with the past participle.",
         "The homework is write by me.", "The homework is written by me.", serious=True),
    Rule("not-verb", "grammar", ("i|we|you|they|he|she|it no|not @strict|like|want|listen|have|be",), _negated,
         "否定句要用助动词 don't、doesn't 或 didn't。", "A negative needs a helping verb: don't, doesn't, didn't.",
         "They not know it and he no listen.", "They do not know it; why not listen?", serious=True, when=is_plain_statement),
    Rule("dont-can", "grammar", ("don't|doesn't|didn't|no|not can|must|should", "can no @strict"), None,
         "情态动词的否定是 can't、mustn't，不和 don't 连用。", "The negative of can is can't; it does not stand with don't.",
         "Many students don't can cook.", "Many students can't cook; whether or not, it can wait.", serious=True, not_after="or|if|why|is|are|has|says|have|do|was"),
    Rule("spend-to", "grammar", ("spend|spends|spent ...4 to @verb",), "{0} {1} {3:VBG}",
         "spend 时间或金钱后面用 (in) doing。", "Spend takes time or money and a verb in -ing.",
         "I spend two hours to play games.", "I spend two hours playing, and money on gifts.",
         when=lambda m: bool(m.places[1]) and not {"on", "with", "at"} & set(m.lower(1).split())),
)  # fmt: skip
