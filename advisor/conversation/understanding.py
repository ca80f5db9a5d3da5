"""From a message to a question: screened, its facts read, completed, routed."""

import re
from dataclasses import replace
from datetime import date

from advisor.conversation.diagnosing import is_asking
from advisor.conversation.ending import (
    end_turn,
)
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus, Citation
from advisor.domain.lexicon import Policy
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect, Intent, NameHit, Question
from advisor.intake.aspects import find_aspects
from advisor.intake.disguise import visible
from advisor.intake.extract import extract
from advisor.intake.guard import guard, without_orders
from advisor.intake.initials import is_riddle
from advisor.intake.merge import merge
from advisor.intake.names import squeeze
from advisor.intake.model_extract import accept_facts
from advisor.intake.model_rephrase import complete
from advisor.intake.model_route import choose_intent
from advisor.intake.rephrase import (
    Rephrased,
    asks_of_it,
    asks_the_same,
    between,
    content_words,
    names_a_kind,
    points_back,
    rephrase,
)
from advisor.intake.route import route
from advisor.intake.screen import screen
from advisor.messages import (
    EMPTY_MESSAGE,
    INITIALS_ONLY,
    TOO_LONG,
)

YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
# Invisible marks count for nothing in a message's length, but reading them costs time too.
_MOST_RAW_CHARS = 50_000
FIGURE = re.compile(r"\d[\d,.]*\s?(?:%|퍼센트|프로|억|천만|만\s?원)")


def screen_message(turn: Turn, tools: Tools) -> Turn:
    """Refuse what is empty or too long; mask, and take out what must not be obeyed."""
    shown = visible(turn.raw[:_MOST_RAW_CHARS]).strip()
    if not re.search(r"\w", shown):
        return end_turn(turn, AnswerStatus.ASKED_BACK, str(EMPTY_MESSAGE))
    if len(turn.raw) > _MOST_RAW_CHARS or len(shown) > tools.max_question_chars:
        return end_turn(turn, AnswerStatus.ASKED_BACK, str(TOO_LONG))
    screened = screen(turn.raw)
    guarded = guard(screened.speech, tools.lexicon.policies)
    material = without_orders(screened.material, tools.lexicon.policies)
    turn = replace(
        turn, screened=screened, speech=guarded.speech, material=material, stripped=guarded.stripped,
        language="en" if turn.chosen_language == "en" else _language(screened.speech),
    )  # fmt: skip
    refusal = guarded.refusal
    if refusal and refusal.status == AnswerStatus.OUT_OF_SCOPE and is_asking(turn.interview):
        return turn  # "챗GPT로 메일 번역해요" answers a question of the interview
    if refusal:
        return _refuse(turn, refusal, tools)
    if is_riddle(turn.speech):
        return end_turn(turn, AnswerStatus.ASKED_BACK, str(INITIALS_ONLY))
    return turn


def _refuse(turn: Turn, policy: Policy, tools: Tools) -> Turn:
    citations: list[Citation] = []
    for record_id in policy.records:
        if record_id in tools.corpus:
            record = tools.corpus.record(record_id)
            source = record.sources[0] if record.sources else None
            label = str(len(citations) + 1)
            citations.append(
                Citation(
                    label,
                    record_id,
                    tools.corpus.kind_of(record_id).value,
                    record.title,
                    (source.supports if source else None) or record.title,
                    source.url if source else None,
                    source.publisher if source else None,
                    source.date if source else None,
                    confidence=record.confidence,
                )
            )
    marks = "".join(f" [{one.label}]" for one in citations)
    text = f"{policy.reply}{marks}\n\n{policy.next_step}"
    return end_turn(turn, AnswerStatus(policy.status), text, tuple(citations))


def update_profile(turn: Turn, tools: Tools) -> Turn:
    """Read the facts of this message into the profile."""
    new = extract(turn.speech, tools.corpus.vocabulary, today=turn.today, asked=turn.asked)
    stated = accept_facts(
        turn.proposals.facts, turn.speech, tools.corpus.vocabulary,
        known={*new, *turn.profile}, today=turn.today,
    )  # fmt: skip
    new = {**new, **stated}
    profile, changes = merge(turn.profile, new, turn.speech)
    return replace(turn, profile=profile, changes=changes, told=Profile(new))


def understand(turn: Turn, tools: Tools) -> Turn:
    """Complete a follow-up, find what is named and asked, choose the kind of turn."""
    plain = f"{turn.speech} {turn.material}".strip()
    names = tuple(tools.names.find(plain))
    pair = between(turn.speech, turn.topics)
    if len(pair) == 2:
        return replace(turn, question=_comparison(pair, turn, tools))
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
    if completed.strongly and names_a_kind(turn.speech):
        names = _not_of(completed.focus, names, tools)
    if completed.follows and _asks_for_money(turn.speech, aspects):
        completed = _to_programs(completed, turn, tools)
    text = f"{completed.text} {turn.material}".strip()
    document = next((one for one in completed.focus[:1] if one not in tools.corpus), "")
    focus = _with_related(tuple(one for one in completed.focus if one in tools.corpus), tools)
    focus_kinds = (
        frozenset(tools.corpus.kind_of(one) for one in focus[:1])
        if completed.strongly
        else frozenset()
    )
    intent = route(
        text, speech=turn.speech, aspects=aspects, names=names, focus_kinds=focus_kinds,
        told_facts=bool(turn.told.facts), is_follow_up=completed.follows,
    )  # fmt: skip
    intent = choose_intent(
        intent, turn.proposals.kind, names_something=bool(names) or completed.follows
    )
    weight = 0.0
    if completed.follows:
        weight = 2.0 if completed.strongly else 1.0 if points_back(turn.speech) else 0.4
        asked = tools.relevance.question_terms(content_words(turn.speech))
        known = max((tools.relevance.coverage(asked, one) for one in focus[:1]), default=0.0)
        if len(asked) >= 3 and known < 0.34 and not completed.strongly:
            weight = -1.2  # asks for something else around the same topic
    if intent is Intent.TELL and turn.last_intent == Intent.ELIGIBILITY and turn.topics:
        # New facts after a verdict: judge again.
        focus = tuple(one for one in turn.topics[-1].records if one in tools.corpus)
        intent, weight = Intent.ELIGIBILITY, 3.0
        completed = replace(completed, focus=focus, follows=True)
        text = f"{tools.titles.get(focus[0], '')} {text}" if focus else text
    elif (
        intent is Intent.TELL
        and turn.changes
        and turn.last_intent in (Intent.EXPERT, Intent.RECOMMEND)
    ):
        intent = Intent(turn.last_intent)
    if intent in (Intent.EXPERT, Intent.RECOMMEND) and (again := _asked_again(turn)):
        # "울산 아니고 경주예요": the last question once more, for the place said now.
        completed, text = Rephrased(again, follows=True), again
    regions = tuple(
        dict.fromkeys(one.sido for one in tools.corpus.vocabulary.find_regions(turn.speech))
    )
    own = turn.told.get("factory_sido") or turn.told.get("hq_sido")
    question = Question(
        text=text,
        speech=turn.speech,
        language=turn.language,
        intent=intent,
        aspects=aspects,
        names=names,
        regions=(str(own),) if own else regions,
        years=_years(turn.speech, turn.today),
        focus=focus if completed.follows else (),
        focus_weight=weight,
        is_follow_up=completed.follows,
        document=document if completed.follows else "",
        figures=tuple(found[0] for found in FIGURE.finditer(f"{turn.speech} {turn.material}")),
    )
    return replace(turn, question=question)


def _asked_again(turn: Turn) -> str:
    """Return the last question with the place that was put right, empty where none was."""
    for change in turn.changes:
        if change.name in ("factory_sido", "hq_sido") and turn.earlier:
            return f"{change.after} {turn.earlier[-1].replace(str(change.before), '')}"
    return ""


def _comparison(pair: tuple[str, ...], turn: Turn, tools: Tools) -> Question:
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


# What only a program has; "얼마 들어요" is asked of a solution too and is not among them.
_OF_PROGRAMS = frozenset({Aspect.WINDOW, Aspect.NEXT_WINDOW, Aspect.DOCUMENTS})
_PAYS = re.compile(
    r"(?:정부|나라|국가|지원)\S{0,3}\s?.{0,8}(?:대\s?[주줘준]|보태|지원|나와|나오|내\s?[주줘준]|줘|주나|주는)"
)


def _asks_for_money(speech: str, aspects: frozenset[Aspect]) -> bool:
    return bool(aspects & _OF_PROGRAMS or _PAYS.search(speech))


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


def _years(speech: str, today: date) -> tuple[int, ...]:
    years = [int(found) for found in YEAR.findall(speech)]
    for word, shift in (("올해", 0), ("금년", 0), ("내년", 1), ("작년", -1), ("지난해", -1)):
        if re.search(rf"{word}(?!\S{{0,2}}\s?(?:깔|샀|설치|도입|시작))", speech):
            years.append(today.year + shift)
    return tuple(dict.fromkeys(years))


def _language(speech: str) -> str:
    hangul = len(re.findall(r"[가-힣]", speech))
    latin = len(re.findall(r"[A-Za-z]", speech))
    return "en" if latin > 12 and hangul < latin / 4 else "ko"
