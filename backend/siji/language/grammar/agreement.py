"""Number: of the noun, and of the verb that follows it."""

from __future__ import annotations

from siji.language.grammar import lexicon
from siji.language.grammar.clause import begins_clause, is_free_subject, is_plain_statement
from siji.language.grammar.rewriting import both_plural, last_as, last_plural, last_singular, swapped
from siji.language.grammar.rules import Match, Rule

_MASS_PLURALS = "|".join(lexicon.UNCOUNTED_PLURALS)


def _uncounted(match: Match) -> str:
    words = [match.tokens[at].lower for place in match.places for at in place]
    return " ".join([*words[:-1], lexicon.UNCOUNTED_PLURALS[words[-1]]])


def _with_third(place: int) -> str:
    return f"{{0}} {{{place - 1}}} {{{place}:VBZ}}" if place > 1 else f"{{0}} {{{place}:VBZ}}"


RULES = (
    Rule("many-singular", "grammar", ("many|several|few|various|these|those|both @count",), "{0} {1:NNS}",
         "many、several、these 等后面的可数名词要用复数。", "Many, several and these take a plural noun.",
         "There are many student in the room.", "There are many students, and many student clubs.", not_before="@nounonly|@plural|'s"),
    Rule("some-person", "grammar", ("some @person|school|company|university|country|city|family|course",), "{0} {1:NNS}",
         "some 表示“一些”时，后面的可数名词要用复数。", "Some, for more than one, takes a plural noun.",
         "Some student say it is hard.", "Some students say so, and some school rules are old.", not_before="@nounonly|@plural|'s|or"),
    Rule("number-singular", "grammar", ("@number|@digits @count",), "{0} {1:NNS}",
         "数词大于一，后面的名词要用复数。", "A number above one takes a plural noun.",
         "I play games two hour a day.", "A ten minute walk, a two hour class and three hours.",
         not_before="@nounonly|@plural|old|long|'s", when=lambda m: m.before()[-1:] not in (("a",), ("an",), ("the",), ("class",), ("grade",))),
    Rule("a-lot-of-singular", "grammar", ("a lot of @count", "lots|plenty|kinds|lot of @count"), last_as("NNS"),
         "a lot of、lots of、kinds of 后面的可数名词要用复数。", "A lot of, lots of and kinds of take a plural noun.",
         "We had a lot of activity there.", "We had a lot of activities and a lot of homework.", not_before="@nounonly|@plural", not_after="a"),
    Rule("one-of-singular", "grammar", ("one of the|my|our|his|her|your|their|these|those most? @anyadj? @count",), "{0} of {2} {3} {4} {5:NNS}",
         "one of 后面的名词要用复数。", "One of takes a plural noun.",
         "He is one of my best friend.", "He is one of my best friends.", not_before="@nounonly|@plural|'s"),
    Rule("more-and-more-singular", "grammar", ("more and more @count",), "more and more {3:NNS}",
         "more and more 后面的可数名词要用复数。", "More and more takes a plural noun.",
         "More and more student use it.", "More and more students use it.", not_before="@nounonly|@plural"),
    Rule("different-singular", "grammar", ("different|other @count",), "{0} {1:NNS}",
         "different、other 前面没有限定词时，后面的可数名词要用复数。", "Without an article, different and other take a plural noun.",
         "They come from different country.", "They come from different countries, and one is from no other country.",
         not_after="a|the|any|no|each|every|one|some|@poss|this|that", not_before="@nounonly|@plural"),
    Rule("every-plural", "grammar", ("every|each|another @plural",), "{0} {1:NN}",
         "every、each、another 后面用单数名词。", "Every, each and another take a singular noun.",
         "Every students must come.", "Every student must come every two weeks."),
    Rule("this-plural", "grammar", ("this @plural",), lambda m: f"these {m.lower(1)}",
         "this 后面用单数；复数名词前用 these。", "This is for one; these is for more than one.",
         "I like this books.", "I like these books and this book.", not_before="@nounonly|@plural"),
    Rule("every-people", "grammar", ("every|each|one|a people",), lambda m: f"{m.lower(0)} person",
         "people 是复数，“每个人”“一个人”用 person。", "People is plural; one of them is a person.",
         "Every people has a dream.", "Every person has a dream; many people dream.", not_before="'s", not_after="only"),
    Rule("much-plural", "grammar", ("much @plural|people",), lambda m: f"many {m.lower(1)}",
         "可数名词复数前用 many，不用 much。", "Countable nouns take many, not much.",
         "There are too much people and too much books.", "There are too many people and there is too much noise."),
    Rule("many-uncounted", "grammar", ("many|few|several @mass|time|pressure|rubbish|food",), swapped({"many": "much", "few": "little", "several": "some"}),
         "这是不可数名词：用 much、a lot of，不用 many。", "This noun is not counted: much or a lot of, not many.",
         "It takes many time and many money.", "It takes many times as long, and much money.", not_before="@nounonly|@plural|as|ago"),
    Rule("uncounted-plural", "grammar", (_MASS_PLURALS,), _uncounted,
         "这个名词不可数，没有复数形式。", "This noun is not counted and has no plural.",
         "He gave me some advices.", "He gave me some advice."),
    Rule("a-uncounted", "grammar", ("a|an @anyadj? advice|homework|information|knowledge|furniture|equipment|luggage|progress|weather|fun",), swapped({"a": "", "an": ""}),
         "这个名词不可数，前面不用 a 或 an。", "This noun is not counted and takes no a or an.",
         "She gave me a good advice.", "She gave me good advice at an information desk.", not_before="@nounonly|@plural"),
    Rule("a-plural", "grammar", ("a|an @anyadj? @plural|people",), last_as("NN"),
         "a、an 后面用单数名词。", "A and an take a singular noun.",
         "He became a useful people, with a books.", "He became a useful person at a sports meeting.",
         not_before="@nounonly|@plural|'s", when=lambda m: m.lower(1) not in ("few", "many", "lot", "good many", "great many", "dozen", "people")),
    Rule("he-base-verb", "grammar", ("@he|everyone|everybody|someone|somebody|nobody|anyone @verb",), _with_third(1),
         "主语是第三人称单数，一般现在时的动词要加 -s。", "With he, she, it or everyone a present verb takes -s.",
         "He study law and everyone know it.", "He studies law; we let everyone know, and does he study?", serious=True,
         when=lambda m: is_plain_statement(m) and m.before()[-1:] not in (("and",), ("of",), ("or",))),
    Rule("he-adverb-base-verb", "grammar", ("@he|everyone|everybody always|often|also|usually|sometimes|really|still|only|never @verb",), _with_third(2),
         "主语是第三人称单数，一般现在时的动词要加 -s。", "With he, she or it a present verb takes -s.",
         "She always help me.", "She always helps me; she did always help me.", serious=True, when=is_plain_statement),
    Rule("who-base-verb", "grammar", ("@person who @verb",), "{0} who {2:VBZ}",
         "先行词是单数，who 后面的动词要加 -s。", "After one person, who takes a verb with -s.",
         "The teacher who train us is strict.", "The teachers who train us are strict.", serious=True, when=is_plain_statement),
    Rule("person-base-verb", "grammar", ("a|the|my|our|his|her|your|every|each|this|that @anyadj? @person @verb|have|are|don't",), last_singular,
         "主语是单数，动词也要用单数形式（加 -s，或 has、is、doesn't）。", "A singular subject takes a singular verb: -s, has, is, doesn't.",
         "My mother worry about me and my friend have money.", "My mother worries; did my friend have money? I want my son to go.",
         serious=True, when=lambda m: is_free_subject(m) and begins_clause(m)),
    Rule("bare-person-base-verb", "grammar", ("@person @verb|have|are|is|can|must|should|will|don't",), both_plural,
         "可数名词单数前要有冠词或其他限定词，或者改成复数。", "A countable noun in the singular needs an article; or make it plural.",
         "Teacher say we must go and student like it.", "The teacher says we must go, and students like it.",
         serious=True, when=lambda m: is_plain_statement(m) and begins_clause(m) and m.lower(0) not in ("mother", "father", "grandma", "grandpa", "doctor")),
    Rule("thing-have", "grammar", ("the|a|my|our|this|that|every|each|his|her @count have|are|were",), last_singular,
         "主语是单数，动词用 has、is 或 was。", "A singular subject takes has, is or was.",
         "The city have many parks.", "The city has parks, and does the city have any? The people in the city have cars.",
         serious=True, when=lambda m: is_free_subject(m) and begins_clause(m)),
    Rule("name-have", "grammar", ("china|chengdu|beijing|shanghai|ai|it|this|he|she have|are|play|bring|were", "china|ai|university|technology|society make|give|become|help"), last_singular,
         "主语是第三人称单数，动词要用单数形式。", "This subject is singular, and so is its verb.",
         "China have a long history.", "China has a long history; does China have trains? People in China have trains.",
         serious=True, when=lambda m: is_free_subject(m) and begins_clause(m) and m.before()[-1:] != ("if",)),
    Rule("they-singular-verb", "grammar", ("we|they|you is|was|has|does|doesn't|@third", "i is|are|has|does|doesn't|@third"), last_plural,
         "主语是 I、we、you、they，动词不加 -s，be 用 am、are 或 were。", "I, we, you and they take a verb without -s.",
         "If we has a club, they likes it.", "If we have a club, they like it.", serious=True,
         when=lambda m: m.before()[-1:] not in (("and",), ("of",)) and m.before(3)[-2:] not in (("for", "you"),) and not (m.lower(0) == "you" and "all" in m.before())),
    Rule("people-is", "grammar", ("people|children|women|men is|was|has|does|doesn't|@third",), last_plural,
         "people、children 等是复数，动词用复数形式。", "People and children are plural, and so is the verb.",
         "Some people is kind.", "Some people are kind; the number of people is large.", serious=True, when=is_free_subject),
    Rule("plural-is", "grammar", ("@plural is|was|has|doesn't",), last_plural,
         "主语是复数，动词用 are、were、have 或 don't。", "A plural subject takes are, were, have or don't.",
         "The advantages is clear.", "The advantages are clear; making friends is good; two hours is enough.", serious=True,
         when=lambda m: is_free_subject(m) and m.lower(0) not in ("hours", "minutes", "days", "weeks", "years", "months", "courses", "news")),
    Rule("there-is-plural", "grammar", ("there is|was many|several|two|three|four|five|@plural", "there is|was a lot of @plural|people", "there's many|several|@plural"), swapped({"is": "are", "was": "were", "there's": "there are"}),
         "后面是复数名词，用 there are 或 there were。", "A plural noun follows: there are or there were.",
         "There is many books here.", "There are many books and there is a lot of water."),
    Rule("plural-that-is", "grammar", ("these|those @plural is|was|has|@third",), last_plural,
         "主语是复数，动词也用复数。", "A plural subject takes a plural verb.",
         "These books is new.", "These books are new.", serious=True),
    Rule("uncounted-are", "grammar", ("the|my|our|this|@poss? advice|knowledge|information|news|homework|furniture|equipment are|were|have",), swapped({"are": "is", "were": "was", "have": "has"}),
         "不可数名词作主语，动词用单数。", "A noun that is not counted takes a singular verb.",
         "The news are good.", "The news is good; the people with knowledge are here.", when=is_free_subject),
)  # fmt: skip
