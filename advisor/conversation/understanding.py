"""From a message to a question: screened, its facts read, completed, routed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from advisor.conversation.diagnosing import is_asking
from advisor.conversation.ending import end_turn
from advisor.conversation.following import ask_again, comparison, follow, names_a_worry
from advisor.conversation.hearing import hear_worry
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus, Citation
from advisor.domain.lexicon import Policy
from advisor.domain.profile import Profile
from advisor.domain.question import Intent, Question
from advisor.intake.disguise import visible
from advisor.intake.extract import extract
from advisor.intake.guard import guard, without_orders
from advisor.intake.initials import is_riddle
from advisor.intake.merge import merge
from advisor.intake.model_extract import accept_facts
from advisor.intake.model_route import choose_intent
from advisor.intake.rephrase import between
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
# "대출 말고": what is not wanted must not be searched for.
EXCLUDED = re.compile(
    r"(?:대출|융자|보증|세금|바우처|컨설팅|교육)\S{0,3}?\s?(?:말고는?|빼고는?|제외하고)\s"
)
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
        language="en" if turn.chosen_language == "en" else _language(screened.speech, turn.earlier),
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
    pair = between(turn.speech, turn.topics)
    if len(pair) == 2:
        return replace(turn, question=comparison(pair, turn, tools))
    pointing = follow(turn, tools)
    text = f"{pointing.completed.text} {turn.material}".strip()
    text = EXCLUDED.sub("", text).strip() or text
    told = bool(turn.told.facts) and not names_a_worry(pointing.names, turn, tools)
    intent = route(
        text, speech=turn.speech, aspects=pointing.aspects, names=pointing.names,
        focus_kinds=pointing.kinds, told_facts=told, is_follow_up=pointing.completed.follows,
    )  # fmt: skip
    heard = hear_worry(intent, pointing, turn, tools)
    intent = Intent.PROBLEM if heard else intent
    intent = choose_intent(
        intent, turn.proposals.kind,
        names_something=bool(pointing.names) or pointing.completed.follows,
    )  # fmt: skip
    pointing, text, intent = ask_again(pointing, text, intent, turn, tools)
    follows = pointing.completed.follows
    own = turn.told.get("factory_sido") or turn.told.get("hq_sido")
    regions = [one.sido for one in tools.corpus.vocabulary.find_regions(turn.speech)]
    question = Question(
        text=text,
        speech=turn.speech,
        language=turn.language,
        intent=intent,
        aspects=pointing.aspects,
        names=pointing.names,
        regions=(str(own),) if own else tuple(dict.fromkeys(regions)),
        years=_years(turn.speech, turn.today),
        focus=pointing.focus if follows else (),
        focus_weight=pointing.weight,
        is_follow_up=follows,
        document=pointing.document if follows else "",
        heard=heard,
        figures=tuple(found[0] for found in FIGURE.finditer(f"{turn.speech} {turn.material}")),
    )
    return replace(turn, question=question)


def _years(speech: str, today: date) -> tuple[int, ...]:
    years = [int(found) for found in YEAR.findall(speech)]
    for word, shift in (("올해", 0), ("금년", 0), ("내년", 1), ("작년", -1), ("지난해", -1)):
        if re.search(rf"{word}(?!\S{{0,2}}\s?(?:깔|샀|설치|도입|시작))", speech):
            years.append(today.year + shift)
    return tuple(dict.fromkeys(years))


def _language(speech: str, earlier: Sequence[str]) -> str:
    """Return "en" for English; a word or two without Hangul keep the language of the talk."""
    hangul = len(re.findall(r"[가-힣]", speech))
    latin = len(re.findall(r"[A-Za-z]", speech))
    if not hangul and latin:
        # "AI MES" are names in any language; "how much" is English.
        if len(re.findall(r"\b[a-z']{2,}\b", speech)) >= 2:
            return "en"
        return _language(earlier[-1], ()) if earlier else "en" if latin > 12 else "ko"
    return "en" if latin > 12 and hangul < latin / 4 else "ko"
