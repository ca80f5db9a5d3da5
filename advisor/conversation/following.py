"""What a short message leans on: the topic, record or term that stood before it."""

import re
from dataclasses import dataclass, replace

from advisor.answering.gloss import find_term
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent, NameHit, Question
from advisor.intake.aspects import find_aspects
from advisor.intake.expand import find_worries
from advisor.intake.model_rephrase import complete
from advisor.intake.names import squeeze
from advisor.intake.rephrase import (
    Rephrased,
    asks_of_it,
    asks_the_same,
    content_words,
    names_a_kind,
    points_back,
    rephrase,
)

# "작게 시험해 보는 지원은 없나요?" says all itself, whatever stood before.
OWN_QUESTION = re.compile(
    r"지원(?:금|사업)?(?:은|이|도)?\s?(?:있|없)(?:나|을까|어요|습니까)|사업(?:은|이|도)?\s?(?:뭐가?\s?)?(?:있|없)(?:나|을까|어요|는지)"
)


@dataclass(frozen=True, slots=True)
class Pointing:
    """A message and what it points at.

    Attributes:
        completed: The message, completed where it leans on an earlier turn.
        names: Records that it names itself.
        aspects: What it asks, or what was asked last where it only names another thing.
        focus: Records of the corpus pointed at, most likely first, with the programs behind them.
        document: Id of the ingested document pointed at, empty without one.
        kinds: Kinds of the records surely meant.
        weight: How surely the focus is meant; see `Question.focus_weight`.
    """

    completed: Rephrased
    names: tuple[NameHit, ...]
    aspects: frozenset[Aspect]
    focus: tuple[str, ...] = ()
    document: str = ""
    kinds: frozenset[Kind] = frozenset()
    weight: float = 0.0


def follow(turn: Turn, tools: Tools) -> Pointing:
    """Find what a message names and points at."""
    names = tuple(tools.names.find(f"{turn.speech} {turn.material}".strip()))
    completed = rephrase(turn.speech, topics=turn.topics, names=names, titles=tools.titles)
    completed = complete(
        completed, turn.proposals.question, message=turn.speech, history=turn.proposals.history,
        shown=turn.proposals.shown, titles=tools.titles,
    )  # fmt: skip
    if completed.follows:
        completed = _unless_new_topic(completed, turn.speech, tools)
    aspects = find_aspects(turn.speech)
    if not aspects and turn.topics and names and asks_the_same(turn.speech):
        # "수출바우처는요?" asks of it what was asked last.
        aspects = turn.topics[-1].aspects
    completed = _towards_what_is_asked(completed, aspects, turn, tools)
    if completed.strongly and names_a_kind(turn.speech):
        names = _not_of(completed.focus, names, tools)
    focus = _with_related(tuple(one for one in completed.focus if one in tools.corpus), tools)
    weight = _weight(focus, completed, turn.speech, tools)
    if weight < 0 and OWN_QUESTION.search(turn.speech):
        completed = replace(completed, text=turn.speech)
    return Pointing(
        completed, names, aspects, focus,
        document=next((one for one in completed.focus[:1] if one not in tools.corpus), ""),
        kinds=_kinds(focus, completed, aspects, tools),
        weight=weight,
    )  # fmt: skip


def _towards_what_is_asked(
    completed: Rephrased, aspects: frozenset[Aspect], turn: Turn, tools: Tools
) -> Rephrased:
    """Let go of a record that cannot have what is asked, and point at the one that can."""
    if completed.follows and _wants_other_help(turn.speech, completed.focus, tools):
        completed = Rephrased(turn.speech)
    if completed.follows and not completed.strongly and _asks_anew(turn.speech, tools):
        completed = Rephrased(turn.speech)
    if completed.follows and _asks_for_money(turn.speech, aspects):
        completed = _to_programs(completed, turn, tools)
    if not completed.follows and (term := _term_before(turn, tools)):
        completed = Rephrased(f"{term} {turn.speech}", follows=True)
    return completed


def _kinds(
    focus: tuple[str, ...], completed: Rephrased, aspects: frozenset[Aspect], tools: Tools
) -> frozenset[Kind]:
    """Return the kinds of what is surely meant; behind an FAQ the program is, where one would apply."""
    applies = completed.follows and Aspect.ELIGIBILITY in aspects
    if not focus or not (completed.strongly or applies):
        return frozenset()
    most = 2 if applies and focus[0] in tools.corpus.faqs else 1
    return frozenset(tools.corpus.kind_of(one) for one in focus[:most])


def _weight(focus: tuple[str, ...], completed: Rephrased, speech: str, tools: Tools) -> float:
    if not completed.follows:
        return 0.0
    asked = tools.relevance.question_terms(content_words(speech))
    known = max((tools.relevance.coverage(asked, one) for one in focus[:1]), default=0.0)
    if len(asked) >= 3 and known < 0.34 and not completed.strongly:
        return -1.2  # asks for something else around the same topic
    return 2.0 if completed.strongly else 1.0 if points_back(speech) else 0.4


def ask_again(
    pointing: Pointing, text: str, intent: Intent, turn: Turn, tools: Tools
) -> tuple[Pointing, str, Intent]:
    """Ask the last question once more where the message only adds or puts right a fact for it.

    Returns:
        What is pointed at, the question that stands alone, and its kind.
    """
    last = Intent(turn.last_intent) if turn.last_intent else None
    if intent is Intent.TELL and last is Intent.ELIGIBILITY and turn.topics:
        # New facts after a verdict: judge again.
        focus = tuple(one for one in turn.topics[-1].records if one in tools.corpus)
        completed = replace(pointing.completed, focus=focus, follows=True)
        text = f"{tools.titles.get(focus[0], '')} {text}" if focus else text
        return replace(pointing, completed=completed, focus=focus, weight=3.0), text, last
    if intent is Intent.TELL and turn.changes and last in (Intent.EXPERT, Intent.RECOMMEND):
        intent = last
    again = _for_this_trade(turn, tools) if last else ""
    if again and last:
        intent = last
    if intent in (Intent.EXPERT, Intent.RECOMMEND):
        again = _for_this_place(turn) or again
    if again:
        return replace(pointing, completed=Rephrased(again, follows=True)), again, intent
    return pointing, text, intent


def _term_before(turn: Turn, tools: Tools) -> str:
    """Return the term that was explained in the last turn where this one points back at it."""
    if not turn.earlier or not points_back(turn.speech):
        return ""
    term = find_term(turn.earlier[-1], tools.lexicon.terms)
    return term.say[0] if term else ""


def _for_this_place(turn: Turn) -> str:
    """Return the last question with the place that was put right, empty where none was."""
    for change in turn.changes:
        if change.name in ("factory_sido", "hq_sido") and turn.earlier:
            return f"{change.after} {turn.earlier[-1].replace(str(change.before), '')}"
    return ""


def _for_this_trade(turn: Turn, tools: Tools) -> str:
    """Return the last question with the trade that this message only adds, empty where it asks more."""
    only = re.fullmatch(
        r"(?:그럼|그러면)?\s*(?:우리|저희)?\s?(?:같은|처럼)?\s?.{1,18}?\s?(?:데|곳|집|업체|공장|회사|업종|업)?(?:도|은|는)\s?(?:요|되나요|돼요|됩니까)?\s*[?？.!]*",
        turn.speech.strip(),
    )
    if not only or not turn.earlier or not tools.corpus.vocabulary.find_industries(turn.speech):
        return ""
    return f"{turn.speech} {turn.earlier[-1]}"


def names_a_worry(names: tuple[NameHit, ...], turn: Turn, tools: Tools) -> bool:
    """Whether a message that tells of the company also names a thing it wants ("스마트HACCP 하라는데")."""
    trades = {squeeze(one.words) for one in tools.corpus.vocabulary.find_industries(turn.speech)}
    return any(
        one.kind is Kind.SOLUTION
        and not any(one.words in word or word in one.words for word in trades)
        for one in names
    ) and not turn.told.get("systems_in_use")


def comparison(pair: tuple[str, ...], turn: Turn, tools: Tools) -> Question:
    """Return the question "which of the two" with both of them named."""
    named = tuple(
        NameHit(one, tools.corpus.kind_of(one), tools.titles[one], 1.0)
        for one in pair
        if one in tools.corpus
    )
    front = " ".join(one.words for one in named)
    return Question(
        text=f"{front} {turn.speech}", speech=turn.speech, language=turn.language,
        intent=Intent.COMPARE, aspects=find_aspects(turn.speech), names=named,
    )  # fmt: skip


def _asks_anew(speech: str, tools: Tools) -> bool:
    """Whether a message asks what there is for something that it names itself ("산단 사업은 뭐 있어요")."""
    return bool(OWN_QUESTION.search(speech) and find_worries(speech, tools.lexicon.concepts))


# What only a program has; "얼마 들어요" is asked of a solution too and is not among them.
_OF_PROGRAMS = frozenset({Aspect.WINDOW, Aspect.NEXT_WINDOW, Aspect.DOCUMENTS})
_PAYS = re.compile(
    r"(?:정부|나라|국가|지원)\S{0,3}\s?.{0,8}(?:대\s?[주줘준]|보태|지원|나와|나오|내\s?[주줘준]|줘|주나|주는)"
)


def _asks_for_money(speech: str, aspects: frozenset[Aspect]) -> bool:
    return bool(aspects & _OF_PROGRAMS or _PAYS.search(speech))


_HELP = (
    (re.compile(r"대출|융자|빌려|빌릴"), "loan"),
    (re.compile(r"보증"), "guarantee"),
    (re.compile(r"세액|세금|공제"), "tax"),
)


def _wants_other_help(speech: str, focus: tuple[str, ...], tools: Tools) -> bool:
    """Whether a follow-up asks for another kind of help than the program in focus gives."""
    if not focus or focus[0] not in tools.corpus.programs:
        return False
    kind = tools.corpus.programs[focus[0]].kind
    return any(pattern.search(speech) and kind != helps for pattern, helps in _HELP)


def _to_programs(completed: Rephrased, turn: Turn, tools: Tools) -> Rephrased:
    """Point at the programs told last where the record in focus can have no window or grant."""
    first = completed.focus[0] if completed.focus else ""
    if first not in tools.corpus.solutions and first not in tools.corpus.cases:
        return completed
    for topic in reversed(turn.topics[-3:]):
        programs = tuple(one for one in topic.records if one in tools.corpus.programs)
        if programs:
            text = f"{tools.titles.get(programs[0], '')} {turn.speech}".strip()
            return Rephrased(text, programs, follows=True, strongly=True)
    return completed


def _unless_new_topic(completed: Rephrased, speech: str, tools: Tools) -> Rephrased:
    """Let go of the earlier topic where the message brings words that it does not know.

    "그건 언제까지예요?" brings none; "로봇에 얼마 들었대요?" brings one that the record knows; "공급업체가 그
    돈을 돌려준다는데" brings several that it does not.
    """
    asked = tools.relevance.question_terms(content_words(speech))
    if len(asked) < 2 or names_a_kind(speech):
        return replace(completed, strongly=True)
    if not re.search("[가-힣]", speech) and find_aspects(speech):
        return replace(
            completed, strongly=True
        )  # the records have none of an English question's words
    known = max(tools.relevance.coverage(asked, one) for one in completed.focus[:3])
    if known >= 0.5 or asks_of_it(speech):
        return replace(completed, strongly=True)
    if len(asked) >= 9 and known < 0.35 and not names_a_kind(speech):
        return Rephrased(speech)
    return replace(completed, strongly=completed.strongly and known >= 0.25)


def _not_of(
    focus: tuple[str, ...], names: tuple[NameHit, ...], tools: Tools
) -> tuple[NameHit, ...]:
    """Leave out what is only a part of the thing pointed at: the robots of "that company"."""
    if not focus or focus[0] not in tools.corpus:
        return names
    told = squeeze(tools.relevance.text(focus[0]))
    return tuple(one for one in names if one.record_id in focus or one.words not in told)


def _with_related(focus: tuple[str, ...], tools: Tools) -> tuple[str, ...]:
    """Let the program behind an FAQ be pointed at too: only it has a window and a contact."""
    related = [
        program
        for one in focus[:1]
        if one in tools.corpus.faqs
        for program in tools.corpus.faqs[one].related_programs[:1]
    ]
    return tuple(dict.fromkeys((*focus[:1], *related, *focus[1:])))
