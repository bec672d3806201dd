"""Words taken for each other: by form, by sound, or by the part of speech."""

from __future__ import annotations

from collections.abc import Callable

from siji.language.grammar.clause import is_question
from siji.language.grammar.rewriting import swapped
from siji.language.grammar.rules import Match, Rule
from siji.language.tokens import as_form

_ED = {"exciting": "excited", "boring": "bored", "interesting": "interested", "surprising": "surprised", "disappointing": "disappointed",
       "tiring": "tired", "worrying": "worried"}  # fmt: skip
_LY = {"careful": "carefully", "quick": "quickly", "slow": "slowly", "serious": "seriously", "patient": "patiently", "fluent": "fluently",
       "happy": "happily", "easy": "easily", "reasonable": "reasonably", "perfect": "perfectly", "proper": "properly", "beautiful": "beautifully",
       "clear": "clearly", "correct": "correctly", "quiet": "quietly", "active": "actively", "effective": "effectively", "good": "well"}  # fmt: skip
_OBJECT = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_OWN = {"he": "his", "she": "her", "they": "their", "we": "our", "you": "your", "i": "my"}
_SELF = {"they": "themselves", "them": "themselves", "themself": "themselves", "theirself": "themselves", "theirselves": "themselves", "we": "ourselves",
         "our": "ourselves", "ourself": "ourselves", "hisself": "himself", "youself": "yourself", "he": "himself", "my": "myself", "i": "myself"}  # fmt: skip
_INTEREST = {
    ("interesting", "in"): "interested in",
    ("no", "interesting"): "no interest",
    ("interesting", "it"): "interested in it",
}
_ACTS = "listen|listens|learn|learns|speak|speaks|write|writes|study|play|do|run|work|sing|think|treat|read|answer|answered|listened|worked"


def _with(forms: dict[str, str], place: int) -> Callable[[Match], str]:
    def better(match: Match) -> str:
        words = [match.tokens[at].text for at in range(match.first, match.end)]
        words[match.places[place].start - match.first] = forms[match.lower(place)]
        return " ".join(words)

    return better


def _compared(match: Match) -> str:
    return as_form(match.lower(1), "JJR")


RULES = (
    Rule("more-comparative", "grammar", ("more better|worse|@comparative",), "{1}",
         "形容词已是比较级，前面不再加 more。", "The adjective is already compared: leave out more.",
         "It is more better and more bigger.", "It is better and much bigger, with more water."),
    Rule("most-superlative", "grammar", ("most best|biggest|worst|easiest|happiest|cheapest|oldest",), "{1}",
         "形容词已是最高级，前面不再加 most。", "The adjective is already a superlative: leave out most.",
         "He is the most best student.", "He is the best of most students."),
    Rule("more-short", "grammar", ("more @shortadj",), _compared,
         "短形容词的比较级加 -er，不用 more。", "A short adjective is compared with -er, not with more.",
         "They are more warm than the machine.", "They are warmer, and we need more close friends.", not_before="@noun|and",
         when=lambda m: m.before()[-1:] != ("and",) and m.lower(1) not in ("hard", "high", "close", "early", "late", "near", "open", "clean")),
    Rule("very-comparative", "grammar", ("very @comparative|more|better|worse",), swapped({"very": "much"}),
         "比较级前用 much，不用 very。", "Before a comparative stands much, not very.",
         "It is very better than before.", "It is much better; thank you very much."),
    Rule("exciting-excited", "word_choice", ("i|we am|are|was|were|feel|felt|get|got very|so|really|too? exciting|boring|interesting|surprising|disappointing|tiring", "they|students|people are|feel|felt very|so? exciting|interesting|surprising in|to|about|when"), _with(_ED, 3),
         "说人的感受用 -ed 形容词（excited、interested）。", "A person's feeling takes the adjective in -ed.",
         "I am very exciting to come.", "I am very excited; the game is exciting."),
    Rule("interesting-in", "word_choice", ("no interesting", "interesting in", "interesting it"), lambda m: _INTEREST[m.lower(0), m.lower(1)],
         "“对……感兴趣”是 be interested in；名词是 interest。", "One is interested in something; the noun is interest.",
         "He has no interesting in it.", "He has no interest; it is interesting.", when=lambda m: m.lower(1) != "in" or not (m.after() and m.after() in ("the", "many", "itself"))),
    Rule("everyday", "word_choice", ("everyday ,|.|and|is|for|because|to|in|i|he|we|they|but|or|so",), "every day {1}",
         "“每天”作状语是 every day；everyday 是形容词。", "Every day says when; everyday is an adjective.",
         "I go there everyday.", "I go there every day in everyday clothes."),
    Rule("advise-noun", "word_choice", ("my|your|his|some|the|of|an|good|this|these advise|advises",), "{0} advice",
         "名词“建议”是 advice；advise 是动词。", "The noun is advice; advise is the verb.",
         "Thank you for your advise.", "Thank you for your advice; I advise you to go."),
    Rule("advice-verb", "word_choice", ("i|we|to|will|can|would advice",), "{0} advise",
         "动词“建议”是 advise；advice 是名词。", "The verb is advise; advice is the noun.",
         "I advice you to go.", "I advise you to take it.", not_before="on|from|about"),
    Rule("effect-verb", "word_choice", ("will|can|may|also|still|not|greatly|would effect the|our|my|your|their|people|daily|us|them|students",), "{0} affect {2}",
         "动词“影响”是 affect；effect 是名词。", "The verb is affect; effect is the noun.",
         "It will effect our study.", "It will affect our study and have an effect."),
    Rule("affect-noun", "word_choice", ("a|an|the|great|bad|good|big|deep|some|no affect on",), "{0} effect on",
         "名词“影响”是 effect；affect 是动词。", "The noun is effect; affect is the verb.",
         "It has a bad affect on us.", "It has a bad effect on us."),
    Rule("its-own", "grammar", ("it's own|advantages|disadvantages|name|history",), "its {1}",
         "“它的”是 its；it's 是 it is。", "Its is possessive; it's is it is.",
         "Every coin has it's own sides.", "It has its own sides, and it's good."),
    Rule("there-their", "word_choice", ("with|in|of|for|to|know|about|love|on there @noun", "there own"), swapped({"there": "their"}),
         "“他们的”是 their；there 是“那里”。", "Their is possessive; there is a place.",
         "They know there life.", "They know their life there; most of there being few.", when=lambda m: m.lower(1) == "own" or m.lower(2) not in ("being", "is", "are", "work")),
    Rule("loose-lose", "word_choice", ("loose|loosing my|your|the|our|their|confidence|weight|interest",), swapped({"loose": "lose", "loosing": "losing"}),
         "“失去”是 lose；loose 是“松的”。", "The verb is lose; loose means not tight.",
         "I loose my way.", "I lose my way."),
    Rule("work-hardly", "word_choice", ("work|works|worked|study|studies|studied|learn hardly",), "{0} hard",
         "“努力”是 hard；hardly 是“几乎不”。", "Hard means with effort; hardly means almost not.",
         "He studies hardly.", "He studies hard and hardly sleeps."),
    Rule("adjective-for-adverb", "grammar", (f"{_ACTS} very|so|too|more? careful|quick|slow|serious|patient|fluent|reasonable|perfect|proper|clear|correct|quiet",), _with(_LY, 2),
         "修饰动词要用副词（-ly）。", "A verb is described by an adverb in -ly.",
         "You must listen careful.", "You must listen carefully and do careful work.", not_before="@noun|@anyadj"),
    Rule("good-well", "grammar", ("study|learn|play|sleep|eat|speak|write|sing|teach|did|read very|so? good",), "{0} {1} well",
         "修饰动词用 well，不用 good。", "A verb takes well, not good.",
         "You can't study good.", "You can study well and eat good food.", not_before="@noun|@anyadj|and|or"),
    Rule("self-forms", "grammar", ("they|our|he|i|my self", "themself|theirself|theirselves|ourself|hisself|youself"), lambda m: _SELF[m.lower(0)],
         "反身代词是 myself、himself、ourselves、themselves。", "The forms are myself, himself, ourselves, themselves.",
         "We did it by ourself.", "We did it by ourselves."),
    Rule("by-self", "chinglish", ("by self", "student|students self @verb"), None,
         "“自己”要说 by oneself（by myself、by themselves）。", "By oneself: by myself, by themselves.",
         "They choose by self.", "They choose by themselves."),
    Rule("nowadays", "word_choice", ("now days|day", "now a days", "nowdays|nowaday", "in nowadays"), "nowadays",
         "正确写法是 nowadays，前面不加 in。", "It is written nowadays, without in.",
         "Now days many use it.", "Nowadays many use it, and now every day too."),
    Rule("may-be", "word_choice", ("^ may be @subject|the|this|some", ", may be @subject"), swapped({"may": "maybe", "be": ""}),
         "“也许”是一个词：maybe。", "Perhaps is one word: maybe.",
         "May be I can't pass.", "Maybe I can't, but it may be so."),
    Rule("a-lots-of", "grammar", ("a lots of", "alot of", "a lot people|students|time|things"), "a lot of",
         "正确说法是 a lot of 或 lots of。", "It is a lot of or lots of.",
         "He has a lots of books.", "He has a lot of books and lots of friends."),
    Rule("subject-for-object", "grammar", ("let|lets|teach|teaches|help|helps|love|tell|give|gives|control|make|makes he|they|we|she|i", "for|with|to|from|of he|they|we|she"), _with(_OBJECT, 1),
         "动词和介词后面用宾格（him、them、us、me）。", "Verbs and prepositions take him, them, us, me.",
         "It is good for they and we teach he.", "It is good for them; we teach him; the love they give; those I tell they are late.",
         serious=True, when=lambda m: m.after() in ("", ".", ",", "to", "and", "a", "the", "in", "many", "some", "how", "is", "use", "learn", "more", "very", "money", "strong", "sad", "happy")),
    Rule("subject-for-possessive", "grammar", ("he|they|she|we|i eyes|parents|mother|father|name|country|food|homework|teacher|body|friends|own|life|score|study|hometown|phone|special|money|idea",), _with(_OWN, 0),
         "名词前用物主代词（his、their、our、my）。", "Before a noun stands his, their, our, my.",
         "He eyes are not good.", "His eyes are good; they study and they phone home.", serious=True,
         when=lambda m: m.lower(1) not in ("study", "phone", "score", "own", "special", "name") or m.after() in ("is", "are", "was", "country", "things")),
    Rule("borrow-lend", "word_choice", ("borrow|borrowed|borrows me|us|them|him a|an|the|some|his|your|money",), "lend {1} {2}",
         "“借给”是 lend；borrow 是“借入”。", "Lend is to give; borrow is to take.",
         "He borrowed me a book.", "He lent me a book."),
    Rule("say-me", "grammar", ("say|says|said me|us|him|them|her", "explain|explains|explained me|us|him|them|her", "speak|speaks me|us|him|them"), None,
         "say、explain、speak 后面接人要加 to；“告诉某人”用 tell。", "One says or explains to somebody; or one tells them.",
         "He said me the truth.", "He told me the truth and said to me that; he explained it to us."),
    Rule("most-of", "word_choice", ("most of students|people|children|teachers|parents|universities|cities",), "most {2}",
         "泛指时用 most people；most of 后面要有 the、my 等。", "Most people, but most of the people.",
         "Most of students like it.", "Most students and most of the teachers like it."),
    Rule("almost-noun", "word_choice", ("almost people|students|parents|chinese",), "almost all {1}",
         "almost 是副词，名词前用 almost all 或 most。", "Almost is an adverb: almost all people, or most people.",
         "Almost people use it.", "Almost all people use it."),
    Rule("double-negative", "grammar", ("don't|doesn't|didn't|can't|never ...3 nothing|nobody|nowhere", "haven't|hasn't|don't|doesn't have? no"), None,
         "一个句子里只用一个否定词。", "One negative in a clause is enough.",
         "I don't know nothing.", "I don't know anything; he can do nothing."),
    Rule("success-verb", "word_choice", ("can|will|must|want|wants|to|could success",), "{0} succeed",
         "动词“成功”是 succeed；success 是名词。", "The verb is succeed; success is the noun.",
         "I hope everybody can success.", "I hope everybody can succeed; the way to success is long; the key to success.",
         when=lambda m: m.lower(0) != "to" or m.before()[-1:] in (("want",), ("wants",), ("how",), ("hope",))),
    Rule("confident-noun", "word_choice", ("have|has|had|lose|full of? confident|patient|important|healthy|different", "must|should|need have? patient"), swapped({"confident": "confidence", "patient": "patience", "important": "importance", "healthy": "health", "different": "differences"}),
         "这里需要名词（confidence、patience、importance）。", "A noun is needed here: confidence, patience, importance.",
         "We must have patient.", "We must have patience and have different ideas.", not_before="@noun|@anyadj"),
    Rule("how-to-question", "chinglish", ("^ how to @verb",), None,
         "How to 不能单独构成问句：用 How can we / How do I。", "How to does not make a question: How can we, or How do I.",
         "How to solve it?", "How can we solve it? How to solve it is the question.", when=is_question),
)  # fmt: skip
