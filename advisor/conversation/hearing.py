"""Whether a message is the complaint of somebody on the floor, and what would answer it."""

import re
from collections.abc import Mapping

from advisor.conversation.finding import NAMED, answered_by
from advisor.conversation.following import Pointing
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent
from advisor.intake.expand import find_worries
from advisor.intake.route import SUPPORT

# How much must speak for the best solution (intake/worries.py). Of sayings read without themselves
# 83 of 100 reach the least, and 2 of 100 messages that are no complaint.
HEARD = 0.1
HEARD_OVER = 0.2  # where the words alone looked like another kind of question
HEARD_LOUD = 0.3  # where they ask for a record's field besides
BESIDE = 0.75  # share of the best one's lean that another solution needs to be meant as well
# Who asks one of these asks for a record, however the rest of the message sounds.
_OF_RECORDS = frozenset({Aspect.CASE, Aspect.COMBINE})
_OF_FIELDS = frozenset({
    Aspect.SUPPLIER, Aspect.MEANING, Aspect.DATASET, Aspect.CONTACT, Aspect.DOCUMENTS, Aspect.RATE,
    Aspect.OWN_SHARE, Aspect.AI_OR_NOT, Aspect.LEVEL,
})  # fmt: skip
LACKING = re.compile(r"없|못|부족|모자|힘들|어렵|너무|많아|많이\s?나")
_OTHERWISE = frozenset({Intent.FACT, Intent.EXPERT, Intent.RECOMMEND, Intent.CASE})
_ALIKE = frozenset({Intent.TELL, Intent.PROBLEM})


def hear_worry(intent: Intent, pointing: Pointing, turn: Turn, tools: Tools) -> Mapping[str, float]:
    """Return the solutions that a message sounds like a complaint for, best first.

    `intent` is the kind of turn by the words alone. The numbers are shares of the best one's lean,
    1 for the best itself; empty where the message is no complaint.
    """
    if tools.hear is None or pointing.completed.follows or turn.asked is not None:
        return {}
    of_record = any(
        one.kind is not Kind.SOLUTION and one.strength >= NAMED for one in pointing.names
    )
    if of_record or pointing.aspects & _OF_RECORDS or SUPPORT.search(turn.speech):
        return {}
    known = find_worries(turn.speech, tools.lexicon.concepts)
    answers = answered_by(known, tools)
    if intent is Intent.TELL and answers and LACKING.search(turn.speech):
        return dict.fromkeys(answers, 1.0)  # facts of the company, and a worry known by its words
    if known and not answers:
        return {}  # a worry that no machine answers but money or a rule ("위험한 기계를 바꾸고 싶어요")
    if intent not in _ALIKE | _OTHERWISE:
        return {}
    leans = tools.hear(turn.speech)
    best = max(leans.values(), default=0.0)
    least = HEARD if intent in _ALIKE else HEARD_OVER
    if best < (HEARD_LOUD if pointing.aspects & _OF_FIELDS else least):
        return {}
    return {
        one: lean / best
        for one, lean in leans.items()
        if lean >= BESIDE * best and one in tools.corpus.solutions
    }
