"""Word lists that the rules lean on: words that are hardly anything else, so that a rule on them seldom misfires.

The dictionary says what a word *may* be (``book`` may be a verb); these say what it *is* in learners' texts.
"""

from __future__ import annotations

# Verbs whose base form is no noun and no adjective.
VERBS = frozenset(
    """
    accept achieve add admire affect afford agree allow appear appreciate argue arrive ask attend avoid be become begin believe belong
    borrow bring broaden buy carry catch choose come communicate compare complete consider continue cultivate deal decide depend describe
    develop die disagree discover discuss earn eat educate encourage enjoy enlarge enrich enter exist expect explain express feel
    find finish follow forget get give go graduate grow happen hear hold ignore imagine improve increase introduce invite join keep know
    learn lend let like listen live lose make manage marry mean meet obey observe obtain offer open pass pay perform persuade prefer
    prepare prevent protect prove provide pursue put read realise realize receive recite recognise recognize recommend refuse relax
    remain remember remind require respect say see seem sell send serve share sing sit solve speak spend suffer suggest take teach tell
    think translate understand use visit wait want wash wear win write
    """.split()
)
# Of those, the ones that are neither a preposition ("like") nor often a noun ("live", "open", "share").
STRICT = VERBS - frozenset(
    "like live open share use visit wait wash wear win offer pay pass put read increase join catch deal respect feel find"
    " finish hold keep see say read let meet sing study add go be buy complete sit".split()
) | frozenset("go buy sit meet say see sing join read".split())
# Their past is another word, so that the base form after he, she or it is a mistake for sure.
PRESENT = (VERBS - frozenset("be put read let".split())) | frozenset(
    "train worry use open visit wait join answer feel find hold keep watch wash wear win sell sit deal catch pay offer share pass respect"
    " need help play want work study look love hope try live do have care practise practice drink sleep run walk talk start"
    " bear lead sound smile laugh cry fail plan cause cook change stay call show cheat".split()
)
PEOPLE = frozenset(
    """
    student teacher mother father brother sister friend boss doctor classmate roommate child parent farmer worker driver manager girl
    boy man woman grandmother grandfather grandma grandpa engineer policeman customer passenger tourist foreigner citizen headmaster
    player villager visitor volunteer neighbor neighbour graduate cousin
    """.split()
)
# Nouns that are counted and not often verbs, adjectives or the first half of a compound.
COUNT = PEOPLE | frozenset(
    """
    activity advantage advertisement answer apple article benefit bike book box bridge bus car chance chair city class club coin college
    company composition computer concert country course custom cup day decision desk dictionary difference difficulty dish dormitory
    dream dumpling essay event exam examination example eye factory family festival field film flower foreigner game gift goal
    hamburger habit hobby holiday hotel hour house idea invention invitation job journey key kitchen language leader lesson letter
    library machine magazine meal method minute mistake month movie museum name newspaper noodle novel opinion opportunity parent
    party person phone photo picture place problem product proverb question reason river road room rule scholarship school score
    secret sentence shop skill smartphone snack society song stall story street subject suggestion task teahouse term ticket tool
    topic toy train tree vegetable video village way week wish word year
    """.split()
)
MASS = frozenset(
    """
    advice bread baggage clothing equipment furniture fun happiness help homework housework information knowledge luck luggage
    machinery money music news pollution progress research rubbish traffic weather work
    """.split()
)
UNCOUNTED_PLURALS = {
    "advices": "advice", "informations": "information", "homeworks": "homework", "knowledges": "knowledge", "equipments": "equipment",
    "furnitures": "furniture", "luggages": "luggage", "houseworks": "housework", "trafics": "traffic", "traffics": "traffic",
    "progresses": "progress", "newses": "news", "moneys": "money", "musics": "music",
}  # fmt: skip
ADJECTIVES = frozenset(
    """
    able afraid angry available bad beautiful boring busy careful cheap clever colorful colourful comfortable confident convenient
    curious dangerous dead delicious different difficult eager easy excellent excited expensive famous fashionable friendly glad good
    grateful happy hardworking healthy helpful honest hungry important impossible interested interesting lazy lonely lucky meaningful
    necessary nervous noisy patient polite poor popular possible proud ready relaxed responsible rich sad safe satisfied serious shy
    successful surprised tired ugly useful useless wonderful worried worse better
    """.split()
)
SHORT_ADJECTIVES = frozenset(
    """
    big small tall short long cheap fast slow strong weak warm cold hot cool easy happy busy rich poor young old great large clean dirty
    clever quick near heavy early late hard soft dark bright lazy healthy high low close nice kind
    """.split()
)
SUBJECTS = frozenset("i you he she it we they".split())
THIRD = frozenset("he she it".split())
OBJECTS = frozenset("me you him her it us them".split())
POSSESSIVES = frozenset("my your his her its our their".split())
MODALS = frozenset(
    "can could will would should must may might shall can't cannot couldn't won't wouldn't shouldn't mustn't".split()
)
BE = frozenset("am is are was were".split())
NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand".split()
)
ADVERBS = frozenset("always often usually sometimes never also only really still just even already very not".split())
PREPOSITIONS = frozenset(
    "of in on at for with by from about to into between among near behind than like as without during".split()
)
SUBORDINATORS = frozenset(
    "if when whenever because since although though while as after before until till unless once whether where wherever"
    " what who whoever whatever that which how why so even".split()
)
