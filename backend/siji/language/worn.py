"""Memorised phrases that Chinese learners open, join and close essays with, whatever the subject.

One or two are normal; a script made of them says nothing. The list is ours, from the kinds that teachers warn of.
"""

from __future__ import annotations

import re

_PHRASES = (
    r"with the (?:rapid |fast |great )?(?:development|progress|improvement|advancement) of (?:the |our |modern )?(?:\w+ and )?\w+",
    r"(?:as|just as) (?:is|we all|we|everyone|everybody|it is) (?:well )?(?:known|know|knows)(?: to (?:all|us all|everyone))?",
    r"it is (?:well )?known (?:to all|that)", r"it is universally acknowledged that", r"there is no denying that", r"there is no doubt that",
    r"in (?:the )?(?:modern|today's|current|contemporary) (?:society|world|era|life)", r"in recent years",
    r"(?:recently|nowadays|currently),? (?:there is a|the) (?:heated|hot) (?:discussion|debate|topic)",
    r"(?:has|have) (?:aroused|caused|attracted|drawn|become) (?:a |an )?(?:wide|widespread|great|heated|hot)?(?:spread)? ?(?:concern|attention|discussion|topic)",
    r"cause a widespread concern", r"different people (?:have|has|hold) different (?:opinions?|views?|ideas?)(?: (?:about|on|towards) (?:it|this))?",
    r"some people (?:think|believe|hold|say|agree)[^.]{0,60}(?:while|but) other(?:s| people) (?:think|believe|hold|say|disagree)[^.]{0,30}",
    r"every coin has (?:its )?two sides", r"everything has two sides", r"a double-edged sword", r"(?:is|are) no exception",
    r"as far as i am concerned", r"from my (?:point of view|perspective)", r"as for me", r"in my (?:humble )?opinion", r"i (?:firmly|strongly) believe",
    r"first and foremost", r"last but not least", r"(?:on|of) (?:the )?one hand", r"on the other hand", r"what's more", r"what is (?:more|worse)",
    r"the reasons? (?:is|are) as follows?", r"the reasons? (?:can be )?listed (?:as follows|below)", r"there are (?:several|many|two|three|some) reasons",
    r"plays? an? (?:\w+ )?(?:vital|important|crucial|essential|significant|key|indispensable) (?:role|part) in", r"is of (?:great|vital|utmost) importance",
    r"(?:broaden|widen|enlarge) (?:our|my|your|one's|the) (?:horizons?|views?|knowledge|eyes)", r"(?:cultivate|improve|enhance) (?:our|my|one's) (?:ability|abilities)",
    r"(?:as|just as) (?:the|an|a) (?:\w+ )?(?:proverb|saying|famous person|old saying)(?: goes| says| said)?", r"(?:no pain,? no gain|practice makes perfect)",
    r"where there is a will,? there is a way", r"failure is the mother of success", r"time is money", r"rome was not built in a day",
    r"taking all (?:these|the above)? ?(?:factors|things) into (?:consideration|account)", r"taking everything into (?:consideration|account)",
    r"(?:we|i) can (?:safely )?(?:draw|come to|reach|arrive at) (?:a|the) conclusion that", r"from what has been (?:discussed|mentioned) above",
    r"(?:in conclusion|to sum up|all in all|in a word|in short|in summary|to conclude)",
    r"only in this way (?:can we|we can|can)", r"(?:have|has|embrace|create|make) a (?:bright|better|brighter|beautiful|wonderful) (?:future|tomorrow|life|world)",
    r"let(?:'s| us) (?:work together|join hands|take action|do it)", r"it is high time that", r"(?:do|does) more (?:good than harm|harm than good)",
    r"(?:the )?advantages (?:far )?outweigh the disadvantages", r"(?:has|have) both advantages and disadvantages", r"more and more people (?:pay attention|realize|begin|think)",
    r"with the step of (?:the )?times?", r"(?:keep|strike) a balance between", r"the world will become a (?:beautiful|better) place", r"it goes without saying that",
    r"as the old saying goes", r"in the long run", r"to the best of my knowledge", r"attach (?:great|more) importance to",
)  # fmt: skip
_ANY = re.compile(r"\b(?:" + "|".join(_PHRASES) + r")\b", re.IGNORECASE)


def worn_phrases(text: str) -> list[tuple[int, int]]:
    """Where such phrases stand: start and end of each."""
    return [found.span() for found in _ANY.finditer(text.replace("’", "'"))]


def worn_share(text: str) -> float:
    """The share of the text's words that stand in such phrases."""
    words = len(re.findall(r"\w+", text))
    return sum(len(re.findall(r"\w+", text[a:b])) for a, b in worn_phrases(text)) / words if words else 0.0
