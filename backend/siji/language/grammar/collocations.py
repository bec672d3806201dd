"""Words that go together in English, where Chinese joins others."""

from __future__ import annotations

from collections.abc import Callable

from siji.language.grammar.rewriting import swapped
from siji.language.grammar.rules import Match, Rule
from siji.language.tokens import as_form

_TURN = {"open": "on", "close": "off"}


def _turned(match: Match) -> str:
    opened = match.lower(0)
    way = _TURN["open" if opened.startswith("open") else "close"]
    tag = "VBD" if opened.endswith("ed") else "VBG" if opened.endswith("ing") else "VBZ" if opened.endswith("s") else "VB"
    rest = " ".join(match.tokens[at].text for place in match.places[1:] for at in place)
    return f"{as_form('turn', tag)} {way} {rest}"


def _verb(other: str) -> Callable[[Match], str]:
    """The same words with the verb ``other`` in the form that the first had."""

    def better(match: Match) -> str:
        first = match.lower(0)
        tags = [
            tag for tag in ("VBZ", "VBG", "VBD", "VBN") if tag in match.tokens[match.first].tags and as_form(first, "VB") != first
        ]
        rest = [match.tokens[at].text for place in match.places[1:] for at in place]
        return " ".join([as_form(other, tags[0]) if tags else other, *rest])

    return better


def _pair(name: str, verbs: str, rest: str, other: str, zh: str, wrong: str, right: str, *, not_before: str = "") -> Rule:
    """A verb that does not go with its noun, and the one that does."""
    return Rule(
        name,
        "collocation",
        (f"{verbs} {rest}",),
        _verb(other),
        zh,
        f"English says {other} here.",
        wrong,
        right,
        not_before=not_before,
    )


RULES = (
    _pair("learn-knowledge", "learn|learns|learned|learnt|study|studied|learning", "much|many|more|some|a? lot? of? the? new? knowledge", "gain",
          "“学到知识”说 gain / acquire knowledge，不说 learn knowledge。", "We can learn many knowledge.", "We gain knowledge and learn a lot about it."),
    _pair("improve-knowledge", "improve|improves|improved|improving|raise|rise", "my|our|your|his|their|the? knowledge", "increase",
          "“增长知识”说 increase / broaden one's knowledge。", "It can improve our knowledge.", "It can increase our knowledge and improve our skills."),
    _pair("raise-ability", "raise|raises|raised|raising|rise|enhance|exercise|train", "my|our|your|his|their|the? ability|abilities|level|will|english|spirit", "improve",
          "“提高能力”说 improve / develop one's ability。", "It can raise your ability.", "It improves your ability and raises your pay."),
    Rule("open-light", "collocation", ("open|opens|opened|opening|close|closes|closed|closing the|my|your|a|his? light|lights|tv|television|computer|radio|lamp|phone|smartphone",), _turned,
         "开关电器说 turn on / turn off，不说 open / close。", "Lights and machines are turned on and off.",
         "He opened the light.", "He turned on the light and opened the door."),
    _pair("eat-medicine", "eat|eats|ate|eating", "the|some|my|your? medicine|pills|pill", "take", "“吃药”说 take medicine。", "You should eat medicine.", "You should take medicine."),
    _pair("look-book", "look|looks|looked|looking|see|sees|saw", "the|a|some|many|more|my|newspaper? book|books|newspaper|newspapers|magazine|magazines|novels|novel", "read",
          "“看书、看报”用 read。", "Some look newspaper.", "Some read newspapers, or look at the book.", not_before="shop|store|club|cover"),
    _pair("look-tv", "look|looks|looked|looking|see|sees|saw|seeing", "the? tv|television|videos|video", "watch", "“看电视、看视频”用 watch。", "I look TV.", "I watch TV."),
    _pair("say-language", "say|says|said|saying", "english|chinese|french|japanese", "speak", "“说某种语言”用 speak。", "They say English.", "They speak English and say Chinese words.", not_before="@noun"),
    _pair("do-mistakes", "do|does|did|doing", "a|some|many|the|any? mistake|mistakes|progress|decision|decisions|effort|efforts|friends|contribution|contributions", "make",
          "“犯错、取得进步、做决定”用 make。", "I did many mistakes.", "I made many mistakes; he did the work."),
    _pair("make-homework", "make|makes|made|making", "my|the|some|our|your|their? homework|housework|sports|exercise|exercises|exam|exams", "do",
          "“做作业、做运动”用 do。", "I made my homework.", "I did my homework and made a cake."),
    _pair("take-activity", "join|joins|joined|joining|attend|attended|attends|attending", "in? the|some|many|a|an|this|all? activity|activities|contest|competition|match|sports", "take part in",
          "“参加活动、比赛”用 take part in；join 指加入组织，attend 指出席。", "I joined the contest.", "I took part in the contest and joined the club.", not_before="@noun"),
    _pair("get-progress", "get|gets|got|getting", "a|great|big|more|some|much? progress", "make", "“取得进步”说 make progress。", "I got great progress.", "I made great progress."),
    _pair("give-contribution", "give|gives|gave|do|did", "a|great|some|our|my? contribution|contributions", "make", "“做贡献”说 make a contribution。", "He gave a contribution.", "He made a contribution."),
    _pair("give-promise", "do|did|does|doing", "a|the|some? promise|plan|plans|list|change|changes|choice|choices", "make", "“作承诺、定计划、作选择”用 make。", "We did a plan.", "We made a plan."),
    _pair("speak-lie", "speak|say|says|said|speaks|talk", "a|some|many? lie|lies|joke|jokes|story|stories", "tell", "“说谎、讲故事、讲笑话”用 tell。", "He said a lie.", "He told a lie."),
    _pair("cost-time", "cost|costs|waste|use|uses", "much|a|lots|lot|too? many? of? times", "take", "“花时间”用 take，time 不可数。", "It costs much times.", "It takes much time."),
    _pair("learn-skill-lesson", "accept|accepts|accepted|accepting", "a|the|higher|good|better? education|training", "receive", "“接受教育”说 receive education。", "They accept higher education.", "They receive higher education and accept the gift."),
    Rule("make-party", "collocation", ("make|makes|made|open|opened|opens a|the party|meeting|trip|travel",), None,
         "“开派对、开会”说 have / hold a party, a meeting；“旅行”说 go on a trip。", "One has or holds a party or a meeting and goes on a trip.",
         "We made a party.", "We had a party and made a cake."),
    Rule("play-phone", "collocation", ("play|plays|played|playing the|my|their|our|your|his? phone|phones|mobile|smartphone|smartphones|computer|computers|wechat",), swapped({"play": "play on", "plays": "plays on", "played": "played on", "playing": "playing on"}),
         "“玩手机”说 play on the phone 或 use the phone。", "One plays on a phone, or uses it.",
         "They play phone in class.", "They play on their phones and play computer games.", not_before="@noun|game|games"),
    Rule("big-rain", "collocation", ("big|large rain|snow|wind|traffic|pressure|noise",), None,
         "“大雨、大雪”说 heavy rain / snow，“大风”说 strong wind，“压力大”说 great pressure。", "Rain, snow and traffic are heavy, wind is strong, pressure is great.",
         "There was a big rain.", "There was heavy rain.", not_before="@noun"),
    Rule("price-expensive", "collocation", ("price|prices of? the? @noun? is|are|was|were|becomes|not too|very|more|so|not? expensive|cheap|cheaper",), swapped({"expensive": "high", "cheap": "low", "cheaper": "lower"}),
         "price 用 high / low，东西才说 expensive / cheap。", "A price is high or low; a thing is expensive or cheap.",
         "The price is expensive.", "The price is high because the phone is expensive."),
    Rule("crowded-traffic", "collocation", ("traffic is|was|are very|so|too? crowded|busy|many|big",), swapped({"crowded": "heavy", "busy": "heavy", "many": "heavy", "big": "heavy"}),
         "“交通拥挤”说 the traffic is heavy。", "Traffic is heavy.",
         "The traffic is very crowded.", "The traffic is very heavy and the bus is crowded."),
    Rule("catch-step", "collocation", ("catch up the", "catch|catches|caught up with? the step|steps of?", "keep|keeps up with? the step|steps|foot"), None,
         "“跟上时代”说 keep up with the times。", "One keeps up with the times.",
         "We must catch up the world.", "We must catch up with the others."),
    Rule("body-health", "chinglish", ("body|bodies is|are|be|become|becomes not|very|more? healthy|health|bad|good|strong|well",), None,
         "“身体好”直接说人：I am healthy / in good health。", "A person is healthy; one does not say it of the body.",
         "My body is very healthy.", "I am very healthy and my body is tall."),
    Rule("work-busy", "collocation", ("work|study|job|homework is|are very|too|so|more? busy|tired|crowded",), None,
         "人才 busy、tired；工作是 heavy、tiring、demanding。", "People are busy or tired; work is heavy or tiring.",
         "The work is very busy.", "The work is hard and I am very busy."),
    Rule("speed-fast", "collocation", ("speed is|was very|too|so|more? fast|quick|faster",), swapped({"fast": "high", "quick": "high", "faster": "higher"}),
         "speed 用 high / low。", "A speed is high or low.",
         "The speed is very fast.", "The speed is high and the train is fast."),
    Rule("population-many", "collocation", ("population is|are|has very|too|so? many|much|more",), swapped({"many": "large", "much": "large", "more": "larger"}),
         "population 用 large / small。", "A population is large or small.",
         "The population is too many.", "The population is large.", not_before="than"),
    Rule("cause-attention", "collocation", ("cause|causes|caused|arouse our|people's|a|the|my|wide|widespread? attention|concern",), None,
         "“引起注意”说 attract / draw attention；“引起担忧”说 cause concern（不加 a）。", "One attracts attention.",
         "It caused people's attention.", "It attracted people's attention."),
    Rule("society-contact", "collocation", ("contact|touch|contacting|touching with? the? society|world",), None,
         "“接触社会”说 get to know / gain experience of society。", "One gets to know society, or gains experience of it.",
         "We can touch society early.", "We can get to know society."),
    Rule("attention-missing-to", "grammar", ("problem|thing|question|matter|safety that we|you|they should|must|need pay attention \\.|,",), None,
         "pay attention 后面的 to 不能省。", "Pay attention keeps its to.",
         "It is a problem that we should pay attention.", "It is a problem that we should pay attention to."),
)  # fmt: skip
