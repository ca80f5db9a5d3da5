"""From a question to candidates: searched, ranked, judged."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from advisor.answering.draft import Candidate, Draft, Material
from advisor.answering.gloss import asks_plainly, find_term, say_plainly
from advisor.conversation.ending import (
    ask_back,
    asked_of,
    end_answered,
    end_turn,
)
from advisor.conversation.ranking import OF_WORRIES, rank_candidates
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus
from advisor.domain.lexicon import Concept
from advisor.domain.match import Match, WindowOnDay
from advisor.domain.passages import Kind, SearchResult
from advisor.domain.profile import Profile
from advisor.domain.question import Intent, Question
from advisor.domain.records import SupportProgram
from advisor.intake.expand import expand, find_worries
from advisor.intake.rephrase import (
    content_words,
)
from advisor.intake.scope import INSIDE, INSIDE_ALONE, OUTSIDE
from advisor.matching.eligibility import judge_program
from advisor.matching.plan_grants import pays_for
from advisor.matching.recommend import rank_programs
from advisor.matching.windows import window_on
from advisor.messages import (
    NO_EVIDENCE,
    OUT_OF_SCOPE,
    SAY_WHAT_IS_HARD,
    TELL_MORE,
)
from advisor.text import squeeze

DOMAIN = re.compile(
    r"공장|제조|지원|사업|자금|보조|바우처|융자|대출|보증|세액|스마트|AI|인공지능|설비|기계|라인|콤푸?레[샤서]|컴프레서|펌프|모터|보일러|컨베이어|프레스|절단기|선반|밀링|포장기|크레인|지게차|냉동기|집진|베어링|공정|불량|검사|로봇|MES|ERP|데이터|자동화|생산|납기|재고|"
    r"품질|금형|사출|용접|도금|주조|가공|센서|에너지|컨설팅|테크노|(?<!쇼핑)센터|마이스터|멘토|코디네이터|기업|업체|회사|직원|매출|수출|교육|인증|공고|신청|factory|manufactur|grant|subsid|voucher|program|robot|data",
    re.I,
)
LOCAL = re.compile(r"근처|가까운|가까이|우리\s?지역|저희\s?지역|동네|nearby|near us")
SEARCH_DEPTH = 80
HEARD_ALIKE = "heard-alike"  # the worry of a complaint that holds no word of `terms.yaml`
INSIDE_HEARD = 0.0  # of the field as much as of the rest
NEAREST = 1.9  # standard deviations over all hits: one text stands out for the question
NAMED = 0.37  # a name of three letters that one record has
OFF_WORRY = 2.0  # a solution of the trade where the worry is another one
TRADE = 0.5  # per trade word that a record shares with the question


def retrieve(turn: Turn, tools: Tools) -> Turn:
    """Search, and put names, years, regions and the kind of question on the scales."""
    question = asked_of(turn)
    if asks_plainly(turn.speech) and find_term(turn.speech, tools.lexicon.terms) is None:
        return _said_plainly(turn, tools)
    if question.intent in (Intent.SMALL_TALK, Intent.TELL):
        return turn
    text = question.text
    if not question.names and (
        question.intent in (Intent.RECOMMEND, Intent.CASE, Intent.DIAGNOSIS)
        or (question.intent is Intent.PROBLEM and len(turn.speech) < 60)
        or (turn.language == "en" and question.intent is Intent.PROBLEM)
    ):
        text = f"{text} {_company_words(turn.profile, text)}".strip()
    near = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    if question.intent is Intent.EXPERT and near and LOCAL.search(turn.speech):
        text = f"{near} {text}"
    beside = _trades_beside(question, tools)
    terms = expand(text, [one for one in tools.lexicon.concepts if one not in beside])
    if turn.language == "en":
        # The records are Korean: their words lead, the English ones stay for names such as AX-Sprint.
        text = f"{' '.join(terms)} {text}".strip()
    found = tools.searcher.search(text, k=SEARCH_DEPTH, extra_terms=terms)
    region = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    return replace(turn, found=found, candidates=rank(question, found, tools, str(region or "")))


def _said_plainly(turn: Turn, tools: Tools) -> Turn:
    """End the turn with the last topic in short, or with the question what was hard."""
    draft = Draft(material_of(turn, tools))
    told = [one for topic in turn.topics[-1:] for one in topic.records if one in tools.corpus]
    if not told:
        return end_turn(turn, AnswerStatus.ASKED_BACK, SAY_WHAT_IS_HARD)
    say_plainly(draft, tools.corpus.record(told[0]), tools.lexicon.terms)
    return end_answered(turn, tools, draft)


def rank(
    question: Question, found: SearchResult, tools: Tools, region: str
) -> tuple[Candidate, ...]:
    """Order what was found, with coverage and trades worked out for the question."""
    asked = tools.relevance.question_terms(content_words(question.text))
    ids = {hit.chunk.source_id for hit in found.hits if hit.chunk.source_id in tools.corpus}
    ids |= {hit.record_id for hit in question.names}
    coverage = {one: tools.relevance.coverage(asked, one) for one in ids}
    words = [one.words for one in tools.corpus.vocabulary.find_industries(question.text)]
    # "식품 회사 중에 효과 본 데": a case of another trade answers nobody.
    weight = 2 * TRADE if question.intent is Intent.CASE else TRADE
    trades = {
        one: weight * min(2, sum(word in text for word in words))
        for one in ids
        if words and tools.corpus.kind_of(one) in (Kind.CASE, Kind.SOLUTION, Kind.EXPERT)
        and (text := tools.relevance.text(one))
    }  # fmt: skip
    worries = _worries(question, tools)
    if worries and question.intent in OF_WORRIES:
        # What somebody suffers from decides, not what he makes.
        answers = answered_by(_trades_beside(question, tools), tools)
        beside = {one: -OFF_WORRY * (one in answers) for one in tools.corpus.solutions}
        trades = {**trades, **{one: bonus for one, bonus in beside.items() if one not in worries}}
    return rank_candidates(
        question, found.hits, corpus=tools.corpus, names=tools.names, region=region or None,
        coverage=coverage, trades=trades, worries=worries, faq_likeness={
            one: tools.relevance.share(asked, tools.corpus.faqs[one].question)
            for one in ids if one in tools.corpus.faqs
        },
    )  # fmt: skip


def _trades_beside(question: Question, tools: Tools) -> frozenset[Concept]:
    """Return the trades said beside a worry of any trade ("주물 공장인데 사람이 없어요")."""
    worries = find_worries(question.speech, tools.lexicon.concepts)
    if question.intent not in OF_WORRIES or all(one.trade for one in worries):
        return frozenset()
    return frozenset(one for one in tools.lexicon.concepts if one.trade and one not in worries)


def _worries(question: Question, tools: Tools) -> dict[str, frozenset[str]]:
    """Return which worries of the message each solution answers by its name, or as complaints go."""
    named = answered_by(find_worries(question.speech, tools.lexicon.concepts), tools)
    heard = {one: frozenset({HEARD_ALIKE}) for one in question.heard}
    return {
        one: named.get(one, frozenset()) | heard.get(one, frozenset()) for one in {**named, **heard}
    }


def answered_by(concepts: Iterable[Concept], tools: Tools) -> dict[str, frozenset[str]]:
    """Return by solution the ids of those concepts that it answers by its very name."""
    found: dict[str, frozenset[str]] = {}
    for one in tools.corpus.solutions.values():
        if one.kind in ("product", "dataset"):
            continue  # a worry is answered by a kind of solution, not by one maker's
        name = squeeze(one.name)
        ids = frozenset(
            concept.id for concept in concepts
            if any(len(word) >= 3 and squeeze(word) in name for word in concept.means)
        )  # fmt: skip
        if ids:
            found[one.id] = ids
    return found


def _company_words(profile: Profile, said: str) -> str:
    """Return what is known of the company and is not said in this very message."""
    values = [
        profile.get(name)
        for name in ("industry_text", "main_processes", "main_products", "pain_notes")
    ]
    words = [" ".join(one) if isinstance(one, tuple) else str(one) for one in values if one]
    words = [one for one in words if one not in said]
    inspection = profile.get("inspection_method")
    if isinstance(inspection, tuple) and any("육안" in one for one in inspection):
        words.append("육안 외관검사")
    return " ".join(dict.fromkeys(words))


def check_support(turn: Turn, tools: Tools) -> Turn:
    """End the turn where nothing in the corpus bears on the question."""
    question = asked_of(turn)
    if question.intent in (Intent.SMALL_TALK, Intent.TELL, Intent.DIAGNOSIS, Intent.RECOMMEND):
        return turn
    if any(hit.strength >= NAMED for hit in question.names) or question.is_follow_up:
        return turn
    expanded = expand(question.speech, tools.lexicon.concepts)
    of_field = bool(DOMAIN.search(turn.speech) or expanded)
    nearness = tools.scope(turn.speech) if tools.scope else 0.0
    # In the middle of a talk a short remark is about the talk.
    supported = turn.found is not None and turn.found.supported
    least = OUTSIDE if of_field or turn.last_intent else INSIDE if supported else INSIDE_ALONE
    if question.heard and nearness >= INSIDE_HEARD:
        return turn  # people complain of other things as well, in much the same words
    if nearness < least:
        return end_turn(turn, AnswerStatus.OUT_OF_SCOPE, str(OUT_OF_SCOPE))
    if supported:
        return turn
    known_nothing = turn.found is None or turn.found.coverage < 0.2
    worry = question.intent is Intent.PROBLEM and (nearness >= INSIDE or of_field)
    if question.intent is Intent.PROBLEM and _nearest_solution(turn, tools) is not None:
        return replace(turn, is_guess=True)
    if not of_field or (worry and known_nothing and not expanded):
        # A worry of a factory in words that no record has: the process and the product find it.
        return ask_back(turn, tools, Draft(material_of(turn, tools)), opening=TELL_MORE)
    if known_nothing and not expanded:
        return end_turn(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    return turn


def _nearest_solution(turn: Turn, tools: Tools) -> str | None:
    """Return the kind of solution that leads both the search and the order, None without one."""
    first = turn.candidates[0] if turn.candidates else None
    hits = turn.found.hits if turn.found else ()
    if first is None or not hits or hits[0].chunk.source_id != first.record_id:
        return None
    solution = tools.corpus.solutions.get(first.record_id)
    clear = hits[0].score >= NEAREST
    return first.record_id if solution is not None and solution.kind == "type" and clear else None


def match(turn: Turn, tools: Tools) -> Turn:
    """Judge and order the programs where money may come up."""
    question = asked_of(turn)
    if question.intent not in (Intent.PROBLEM, Intent.RECOMMEND, Intent.DIAGNOSIS):
        return turn
    relevance = {one.record_id: one.score for one in turn.candidates if one.kind is Kind.PROGRAM}
    ranked = rank_programs(
        tools.corpus, relevance=relevance, profile=turn.profile, judge=judge_for(turn, tools),
        year=turn.today.year,
    )  # fmt: skip
    return replace(turn, ranked=tuple(ranked[:8]))


def window_of(turn: Turn) -> Callable[[SupportProgram], WindowOnDay]:
    """Return the window of a program as of the day of the turn."""
    return lambda program: window_on(program.window, turn.today)


def judge_for(turn: Turn, tools: Tools) -> Callable[[SupportProgram], Match]:
    """Return the judge of programs for the company of the turn."""
    return lambda program: judge_program(
        program, turn.profile, vocabulary=tools.corpus.vocabulary, today=turn.today
    )


def material_of(turn: Turn, tools: Tools) -> Material:
    """Return everything that composing may use."""
    return Material(
        question=asked_of(turn), corpus=tools.corpus, relevance=tools.relevance, profile=turn.profile,
        today=turn.today, window_of=window_of(turn), judge=judge_for(turn, tools),
        candidates=turn.candidates, ranked=turn.ranked, pays_for=pays_for,
    )  # fmt: skip
