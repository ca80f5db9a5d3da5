"""The steps of a turn, each a Turn to a Turn, each a few lines over one stage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from advisor.answering import talk
from advisor.answering.comparison import answer_comparison, distinct_sides, fits_half, leans
from advisor.answering.draft import Candidate, Draft, Material
from advisor.answering.english import in_english
from advisor.answering.facts import answer_fact
from advisor.answering.places import answer_expert, answer_who
from advisor.answering.relevance import Relevance
from advisor.answering.solutions import (
    answer_case,
    answer_problem,
    linked_cases,
    rank_solutions,
)
from advisor.answering.verdicts import answer_eligibility
from advisor.conversation.ranking import rank_candidates
from advisor.conversation.turn import Turn
from advisor.domain.answer import Answer, AnswerStatus, Citation
from advisor.domain.lexicon import Lexicon, Policy
from advisor.domain.match import Match, Verdict, WindowOnDay
from advisor.domain.passages import Kind, SearchResult
from advisor.domain.profile import Profile
from advisor.domain.question import Aspect, Intent, Question
from advisor.domain.records import Corpus, Faq, FundingRule, SupportProgram
from advisor.intake.aspects import find_aspects
from advisor.intake.expand import expand
from advisor.intake.extract import extract
from advisor.intake.guard import guard, without_orders
from advisor.intake.merge import merge
from advisor.intake.names import NameIndex
from advisor.intake.next_question import next_field, question_for
from advisor.intake.rephrase import (
    Rephrased,
    asks_of_it,
    content_words,
    names_a_kind,
    points_back,
    rephrase,
)
from advisor.intake.route import route
from advisor.intake.screen import screen
from advisor.intake.split import split_comparison
from advisor.matching.eligibility import judge_program
from advisor.matching.tracks import of_track
from advisor.matching.recommend import rank_programs
from advisor.matching.windows import window_on
from advisor.messages import (
    ENGLISH_GREETING,
    ENGLISH_QUESTIONS,
    EMPTY_MESSAGE,
    NO_EVIDENCE,
    OUT_OF_SCOPE,
    TOO_LONG,
)

# Words of the trade: a message without any of them, that search does not support, is not for us.
DOMAIN = re.compile(
    r"공장|제조|지원|사업|자금|보조|바우처|융자|대출|보증|세액|스마트|AI|인공지능|설비|기계|공정|불량|검사|로봇|MES|ERP|데이터|자동화|생산|납기|재고|"
    r"품질|금형|사출|용접|도금|주조|가공|센서|에너지|컨설팅|테크노|센터|기업|업체|회사|직원|매출|수출|교육|인증|공고|신청|factory|manufactur|grant|subsid|voucher|program|robot|data",
    re.I,
)
LOCAL = re.compile(r"근처|가까운|가까이|우리\s?지역|저희\s?지역|동네|nearby|near us")
FIGURE = re.compile(r"\d[\d,.]*\s?(?:%|퍼센트|프로|억|천만|만\s?원)")
YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
SEARCH_DEPTH = 80
TRADE = 0.5  # per trade word that a record shares with the question


class Search(Protocol):
    """What a turn needs of retrieval."""

    def search(
        self, query: str, *, k: int = 10, extra_terms: tuple[str, ...] = ()
    ) -> SearchResult: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A numbered piece of evidence for a model: the record's whole text under its label."""

    label: str
    title: str
    text: str


class Writer(Protocol):
    """Words an answer anew through a model; None where the embedded wording stands."""

    def __call__(
        self, *, question: str, evidence: Sequence[Piece], embedded_text: str, language: str
    ) -> str | None: ...


@dataclass(frozen=True)
class Tools:
    """What the steps work with; built once, holds nothing of any user."""

    corpus: Corpus
    lexicon: Lexicon
    names: NameIndex
    relevance: Relevance
    searcher: Search
    max_question_chars: int
    titles: Mapping[str, str]
    writer: Writer | None = None
    engine_name: str = "embedded"


def screen_message(turn: Turn, tools: Tools) -> Turn:
    """Refuse what is empty or too long; mask, and take out what must not be obeyed."""
    if not re.search(r"\w", turn.raw):
        return _end(turn, AnswerStatus.ASKED_BACK, str(EMPTY_MESSAGE))
    if len(turn.raw) > tools.max_question_chars:
        return _end(turn, AnswerStatus.ASKED_BACK, str(TOO_LONG))
    screened = screen(turn.raw)
    guarded = guard(screened.speech, tools.lexicon.policies)
    material = without_orders(screened.material, tools.lexicon.policies)
    turn = replace(
        turn, screened=screened, speech=guarded.speech, material=material, stripped=guarded.stripped,
        language="en" if turn.chosen_language == "en" else _language(screened.speech),
    )  # fmt: skip
    return _refuse(turn, guarded.refusal, tools) if guarded.refusal else turn


def _refuse(turn: Turn, policy: Policy, tools: Tools) -> Turn:
    citations = []
    for record_id in policy.records:
        if record_id in tools.corpus:
            record = tools.corpus.record(record_id)
            source = record.sources[0] if record.sources else None
            label = str(len(citations) + 1)
            citations.append(
                Citation(
                    label, record_id, tools.corpus.kind_of(record_id).value, record.title,
                    (source.supports if source else None) or record.title,
                    source.url if source else None, source.publisher if source else None,
                    source.date if source else None, confidence=record.confidence,
                )  # fmt: skip
            )
    marks = "".join(f" [{one.label}]" for one in citations)
    text = f"{policy.reply}{marks}\n\n{policy.next_step}"
    return _end(turn, AnswerStatus(policy.status), text, tuple(citations))


def update_profile(turn: Turn, tools: Tools) -> Turn:
    """Read the facts of this message into the profile."""
    new = extract(turn.speech, tools.corpus.vocabulary, today=turn.today, asked=turn.asked)
    profile, changes = merge(turn.profile, new, turn.speech)
    return replace(turn, profile=profile, changes=changes, told=Profile(new))


def understand(turn: Turn, tools: Tools) -> Turn:
    """Complete a follow-up, find what is named and asked, choose the kind of turn."""
    plain = f"{turn.speech} {turn.material}".strip()
    names = tuple(tools.names.find(plain))
    completed = rephrase(turn.speech, topics=turn.topics, names=names, titles=tools.titles)
    if completed.follows:
        completed = _unless_new_topic(completed, turn.speech, tools)
    aspects = find_aspects(turn.speech)
    text = f"{completed.text} {turn.material}".strip()
    focus = _with_related(completed.focus, tools)
    focus_kinds = frozenset(tools.corpus.kind_of(one) for one in focus[:1]) if completed.strongly else frozenset()
    intent = route(
        text, speech=turn.speech, aspects=aspects, names=names, focus_kinds=focus_kinds,
        told_facts=bool(turn.told.facts), is_follow_up=completed.follows,
    )  # fmt: skip
    weight = 0.0
    if completed.follows:
        weight = 2.0 if completed.strongly else 1.0 if points_back(turn.speech) else 0.4
        asked = tools.relevance.question_terms(content_words(turn.speech))
        known = max((tools.relevance.coverage(asked, one) for one in focus[:1]), default=0.0)
        if len(asked) >= 3 and known < 0.34 and not completed.strongly:
            weight = -1.2  # asks for something else around the same topic
    if intent is Intent.TELL and turn.last_intent == Intent.ELIGIBILITY and turn.topics:
        # New facts after a verdict: judge again.
        focus = turn.topics[-1].records
        intent, weight = Intent.ELIGIBILITY, 3.0
        completed = replace(completed, focus=focus, follows=True)
        text = f"{tools.titles.get(focus[0], '')} {text}" if focus else text
    elif intent is Intent.TELL and turn.changes and turn.last_intent in (Intent.EXPERT, Intent.RECOMMEND):
        intent = Intent(turn.last_intent)
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
        figures=tuple(found[0] for found in FIGURE.finditer(f"{turn.speech} {turn.material}")),
    )
    return replace(turn, question=question)


def _unless_new_topic(completed: Rephrased, speech: str, tools: Tools) -> Rephrased:
    """Let go of the earlier topic where the message brings words that it does not know.

    "그건 언제까지예요?" brings none; "로봇에 얼마 들었대요?" brings one that the record knows; "공급업체가 그
    돈을 돌려준다는데" brings several that it does not.
    """
    asked = tools.relevance.question_terms(content_words(speech))
    if len(asked) < 2:
        return replace(completed, strongly=True)
    known = max(tools.relevance.coverage(asked, one) for one in completed.focus[:3])
    if known >= 0.5 or asks_of_it(speech):
        return replace(completed, strongly=True)
    if len(asked) >= 9 and known < 0.35 and not names_a_kind(speech):
        return Rephrased(speech)
    return replace(completed, strongly=completed.strongly and known >= 0.25)


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


def retrieve(turn: Turn, tools: Tools) -> Turn:
    """Search, and put names, years, regions and the kind of question on the scales."""
    question = _asked(turn)
    if question.intent in (Intent.SMALL_TALK, Intent.TELL):
        return turn
    text = question.text
    if not question.names and (
        question.intent in (Intent.RECOMMEND, Intent.CASE, Intent.DIAGNOSIS)
        or (question.intent is Intent.PROBLEM and len(turn.speech) < 60)
        or turn.language == "en"
    ):
        text = f"{text} {_company_words(turn.profile)}".strip()
    near = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    if question.intent is Intent.EXPERT and near and LOCAL.search(turn.speech):
        text = f"{near} {text}"
    terms = expand(text, tools.lexicon.concepts)
    if turn.language == "en":
        # The records are Korean: their words lead, the English ones stay for names such as AX-Sprint.
        text = f"{' '.join(terms)} {text}".strip()
    found = tools.searcher.search(text, k=SEARCH_DEPTH, extra_terms=terms)
    region = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    return replace(turn, found=found, candidates=_rank(question, found, tools, str(region or "")))


def _rank(question: Question, found: SearchResult, tools: Tools, region: str) -> tuple[Candidate, ...]:
    asked = tools.relevance.question_terms(content_words(question.text))
    ids = {hit.chunk.source_id for hit in found.hits if hit.chunk.source_id in tools.corpus}
    ids |= {hit.record_id for hit in question.names}
    coverage = {one: tools.relevance.coverage(asked, one) for one in ids}
    words = [one.words for one in tools.corpus.vocabulary.find_industries(question.text)]
    trades = {
        one: TRADE * min(2, sum(word in text for word in words))
        for one in ids
        if words and tools.corpus.kind_of(one) in (Kind.CASE, Kind.SOLUTION, Kind.EXPERT)
        and (text := tools.relevance.text(one))
    }  # fmt: skip
    return rank_candidates(
        question, found.hits, corpus=tools.corpus, names=tools.names, region=region or None,
        coverage=coverage, trades=trades, faq_likeness={
            one: tools.relevance.share(asked, tools.corpus.faqs[one].question)
            for one in ids if one in tools.corpus.faqs
        },
    )  # fmt: skip


def _company_words(profile: Profile) -> str:
    values = [profile.get(name) for name in ("industry_text", "main_processes", "main_products", "pain_notes")]
    words = [" ".join(one) if isinstance(one, tuple) else str(one) for one in values if one]
    inspection = profile.get("inspection_method")
    if isinstance(inspection, tuple) and any("육안" in one for one in inspection):
        words.append("육안 외관검사")
    return " ".join(dict.fromkeys(words))


def check_support(turn: Turn, tools: Tools) -> Turn:
    """End the turn where nothing in the corpus bears on the question."""
    question = _asked(turn)
    if question.intent in (Intent.SMALL_TALK, Intent.TELL, Intent.DIAGNOSIS, Intent.RECOMMEND):
        return turn
    named = any(hit.strength >= 0.4 for hit in question.names)
    expanded = expand(question.speech, tools.lexicon.concepts)
    supported = turn.found is not None and turn.found.supported
    if supported or named or question.is_follow_up:
        return turn
    if not (DOMAIN.search(turn.speech) or expanded):
        return _end(turn, AnswerStatus.OUT_OF_SCOPE, str(OUT_OF_SCOPE))
    if turn.found is not None and turn.found.coverage < 0.2 and not expanded:
        return _end(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    return turn


def match(turn: Turn, tools: Tools) -> Turn:
    """Judge and order the programs where money may come up."""
    question = _asked(turn)
    if question.intent not in (Intent.PROBLEM, Intent.RECOMMEND, Intent.DIAGNOSIS):
        return turn
    relevance = {one.record_id: one.score for one in turn.candidates if one.kind is Kind.PROGRAM}
    ranked = rank_programs(
        tools.corpus, relevance=relevance, profile=turn.profile, judge=_judge(turn, tools),
        year=turn.today.year,
    )  # fmt: skip
    return replace(turn, ranked=tuple(ranked[:8]))


def compose(turn: Turn, tools: Tools) -> Turn:
    """Write the answer from fields and sources."""
    question = _asked(turn)
    draft = Draft(_material(turn, tools))
    for notice in _notices(turn, tools):
        draft.say(notice)
        draft.gap()
    writer = _WRITERS[question.intent]
    return writer(turn, tools, draft)


def _write_small_talk(turn: Turn, _tools: Tools, _draft: Draft) -> Turn:
    text = ENGLISH_GREETING if turn.language == "en" else talk.greeting()
    return _end(turn, AnswerStatus.ASKED_BACK, text)


def _write_tell(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    known = talk.understood(turn.profile, tools.corpus.vocabulary)
    if known:
        draft.say(f"이렇게 이해했습니다: {known}.")
    return _ask_back(turn, tools, draft, diagnosis=turn.last_intent == Intent.DIAGNOSIS)


def _write_diagnosis(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    known = talk.understood(turn.profile, tools.corpus.vocabulary)
    draft.say("AI를 시작할 준비가 되었는지는 몇 가지를 여쭤보고 함께 확인하겠습니다.")
    if known:
        draft.say(f"지금까지 이렇게 이해했습니다: {known}.")
    systems = turn.profile.get("systems_in_use")
    if isinstance(systems, tuple) and not set(systems) & {"MES", "POP"}:
        ranked = [
            one for one in rank_solutions(draft.material)
            if tools.corpus.solutions[one.record_id].kind == "type"
        ]  # fmt: skip
        if ranked:
            record = tools.corpus.solutions[ranked[0].record_id]
            draft.say(
                "현장 실적을 자동으로 기록하는 시스템(MES 등)이 확인되지 않아, 데이터 수집과 기록이 먼저 필요해 보입니다. "
                f"참고할 솔루션은 **{record.name}**입니다.",
                record.id, record.problem,
            )  # fmt: skip
    return _ask_back(turn, tools, draft, diagnosis=True)


def _ask_back(turn: Turn, tools: Tools, draft: Draft, *, diagnosis: bool = False, missing: tuple[str, ...] = ()) -> Turn:
    name = next_field(
        turn.profile, missing=missing, diagnosis=diagnosis, asked_before=turn.asked_before
    )
    ask = question_for(name, tools.corpus.vocabulary.profile_fields)
    ask = ask or "어떤 점이 가장 고민이신가요? 어느 제품, 어느 공정인지 함께 말씀해 주세요."
    if turn.language == "en":
        ask = ENGLISH_QUESTIONS.get(name or "", ENGLISH_QUESTIONS[""])
        text = "\n\n".join(part for part in (in_english(draft), f"Thank you. {ask}") if part)
        turn = replace(turn, asks_for=name)
        return _end(
            turn, AnswerStatus.ASKED_BACK, text, draft.citations(), next_question=ask, used=draft.used
        )
    draft.gap()
    draft.say(ask)
    turn = replace(turn, asks_for=name)
    return _end(
        turn, AnswerStatus.ASKED_BACK, draft.text, draft.citations(), next_question=ask, used=draft.used
    )


def _write_fact(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    if not turn.candidates:
        return _end(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    primary = turn.candidates[0]
    answer_fact(draft, primary)
    second = _explains(turn, primary, draft, tools) or _second(turn, primary, draft)
    if second is not None:
        draft.gap()
        answer_fact(draft, second)
    return _answered(turn, tools, draft)


def _explains(turn: Turn, primary: Candidate, draft: Draft, tools: Tools) -> Candidate | None:
    """An FAQ or rule about the program shown that knows more of the question's words."""
    if primary.kind is not Kind.PROGRAM or draft.letters > 380:
        return None
    asked = tools.relevance.question_terms(content_words(_asked(turn).text))
    least = tools.relevance.coverage(asked, primary.record_id)
    best: tuple[float, Candidate] | None = None
    for one in turn.candidates[1:8]:
        record = tools.corpus.record(one.record_id)
        if isinstance(record, (Faq, FundingRule)) and primary.record_id in record.related_programs:
            covered = tools.relevance.coverage(asked, one.record_id)
            if covered >= max(0.4, least - 0.1) and (best is None or covered > best[0]):
                best = (covered, one)
    return best[1] if best else None


def _second(turn: Turn, primary: Candidate, draft: Draft) -> Candidate | None:
    """Another record that was found almost as well and adds something."""
    for one in turn.candidates[1:4]:
        if one.record_id in draft.used or draft.letters > 330:
            continue
        if one.score >= primary.score - 0.9 and primary.named < 0.5:
            return one
    return None


def _write_eligibility(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    programs = [one for one in turn.candidates if one.kind is Kind.PROGRAM]
    focus = _asked(turn).focus
    if focus and focus[0] in tools.corpus.experts and _asked(turn).focus_weight >= 1.0:
        refused = answer_who(draft, tools.corpus.experts[focus[0]], turn.profile)
        return replace(_answered(turn, tools, draft), refused=(focus[0],) if refused else ())
    if not programs:
        return _write_fact(turn, tools, draft)
    if programs[0].score < turn.candidates[0].score - 2.0:
        return _write_fact(turn, tools, draft)
    program = tools.corpus.programs[programs[0].record_id]
    spoken = " ".join((_asked(turn).text, *(one.text for one in turn.topics[-2:])))
    result = _judge(turn, tools)(of_track(program, spoken))
    missing = answer_eligibility(draft, program, result)
    verdicts = ({"record_id": program.id, "verdict": result.verdict.value},)
    if result.verdict is Verdict.UNKNOWN and missing:
        asking = _ask_back(turn, tools, draft, missing=result.missing)
        return _with(asking, verdicts=verdicts)
    done = _with(_answered(turn, tools, draft), verdicts=verdicts)
    if turn.language == "en" and done.answer is not None:
        text = in_english(draft, verdict=(program, result))
        done = replace(done, answer=replace(done.answer, text=text))
    return done


def _write_problem(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    ranked = rank_solutions(draft.material)
    if not ranked:
        return _write_fact(turn, tools, draft)
    # Some worries have no machine for an answer but a program or a rule ("위험한 기계를 바꾸고 싶어요").
    first = turn.candidates[0]
    if first.kind in (Kind.FAQ, Kind.PROGRAM, Kind.FUNDING_RULE) and _plain(first) > _plain(ranked[0]) + 0.5:
        return _write_fact(turn, tools, draft)
    answer_problem(draft)
    return _answered(turn, tools, draft)


def _plain(candidate: Candidate) -> float:
    """The score without what the kind of question adds."""
    return candidate.score - candidate.prior


def _write_case(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = _asked(turn)
    cases = [one for one in turn.candidates if one.kind is Kind.CASE]
    if not cases:
        return _write_fact(turn, tools, draft)
    solutions = rank_solutions(draft.material)
    if solutions and _plain(solutions[0]) > _plain(cases[0]) + 1.2:
        linked = linked_cases(tools.corpus.solutions[solutions[0].record_id], tools.corpus)
        if not linked:
            return _write_problem(turn, tools, draft)
        answer_case(draft, max(linked, key=lambda one: _score_of(turn, one)))
        return _answered(turn, tools, draft)
    pointed = _pointed_solution(turn, tools)
    if pointed is not None:
        linked = linked_cases(tools.corpus.solutions[pointed], tools.corpus)
        if linked:
            answer_case(draft, max(linked, key=lambda one: _score_of(turn, one)))
            return _answered(turn, tools, draft)
        if tools.corpus.solutions[pointed].outcomes_claimed:
            answer_fact(draft, Candidate(pointed, Kind.SOLUTION, 0.0))
            return _answered(turn, tools, draft)
    answer_case(draft, cases[0].record_id)
    return _answered(turn, tools, draft)


def _pointed_solution(turn: Turn, tools: Tools) -> str | None:
    """The solution that "그렇게 한 회사" points at: of those shown, the one that knows the words."""
    question = _asked(turn)
    if question.focus_weight < 0.4:
        return None
    shown = [one for one in question.focus[:4] if one in tools.corpus.solutions]
    earlier = [one for topic in turn.topics[-3:] for one in topic.records if one in tools.corpus.solutions]
    asked = tools.relevance.question_terms(content_words(question.speech))
    pool = list(dict.fromkeys((*shown, *reversed(earlier)))) if shown else []
    return max(pool, key=lambda one: tools.relevance.coverage(asked, one), default=None)


def _score_of(turn: Turn, record_id: str) -> float:
    return next((one.score for one in turn.candidates if one.record_id == record_id), -9.0)


def _write_expert(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = _asked(turn)
    shown = [one for one in question.focus[:2] if one in tools.corpus.programs]
    if question.is_follow_up and shown and not LOCAL.search(question.speech):
        # "다음 모집은 어디에 물어봐요?": the one who runs what was just shown.
        answer_fact(draft, Candidate(shown[0], Kind.PROGRAM, 0.0))
        return _answered(turn, tools, draft)
    own = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    region = question.regions[0] if question.regions else (str(own) if own else None)
    first = turn.candidates[0] if turn.candidates else None
    if first and first.kind in (Kind.FAQ, Kind.PROGRAM) and (first.named >= 0.5 or not region):
        expert = next((one for one in turn.candidates if one.kind is Kind.EXPERT), None)
        asked = tools.relevance.question_terms(content_words(question.text))
        knows = expert is not None and tools.relevance.coverage(
            asked, expert.record_id
        ) > tools.relevance.coverage(asked, first.record_id)
        if expert is None or (first.score > expert.score + 0.4 and not knows):
            return _write_fact(turn, tools, draft)
    if not answer_expert(draft, region, local=bool(LOCAL.search(question.speech))):
        return _write_fact(turn, tools, draft)
    return _answered(turn, tools, draft)


def _write_compare(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    sides = _sides(turn, tools, draft)
    if len(sides) < 2:
        return _write_fact(turn, tools, draft)
    answer_comparison(draft, sides)
    return _answered(turn, tools, draft)


def _sides(turn: Turn, tools: Tools, draft: Draft) -> list[Candidate]:
    """The things compared: those named, else the best of each half of the question."""
    question = _asked(turn)
    exact = {hit.record_id for hit in question.names if hit.strength >= 0.25}
    named = [one for one in turn.candidates if one.record_id in exact]
    sides = distinct_sides(named, draft.material)
    halves = split_comparison(question.speech)
    by_kind = len(halves) > 1 and any(leans(half) for half in halves)
    if len(sides) >= 2 and not by_kind:
        return sides
    if by_kind:
        sides = []
    if len(halves) < 2:
        return distinct_sides(turn.candidates, draft.material)[:2]
    overall = {one.record_id: one.score for one in turn.candidates}
    chosen: list[Candidate] = list(sides)
    for half in halves:
        found = tools.searcher.search(half, k=40, extra_terms=expand(half, tools.lexicon.concepts))
        asked = replace(question, text=half, names=tuple(tools.names.find(half)))
        ranked = [
            replace(one, score=one.score + overall.get(one.record_id, 0.0))
            for one in _rank(asked, found, tools, "")
            if fits_half(half, one, tools.corpus)
        ]
        ranked.sort(key=lambda one: -one.score)
        best = distinct_sides(ranked, draft.material)
        chosen += [one for one in best if one.record_id not in {c.record_id for c in chosen}][:1]
    return chosen[:2]


def _write_recommend(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = _asked(turn)
    known = set(turn.profile) & {
        "factory_sido", "hq_sido", "industry_text", "employees_regular", "pain_codes", "industry_ksic",
    }  # fmt: skip
    pays = talk.wants_money(question.text, question.aspects)
    expanded = expand(turn.speech, tools.lexicon.concepts)
    if not known and not (expanded and not pays):
        draft.say("공장에 맞는 지원을 찾으려면 몇 가지를 알아야 합니다.")
        return _ask_back(turn, tools, draft)
    talk.answer_recommendation(draft, wants_money=pays)
    if not draft.used:
        return _ask_back(turn, tools, draft)
    return _answered(turn, tools, draft)


_WRITERS = {
    Intent.SMALL_TALK: _write_small_talk,
    Intent.TELL: _write_tell,
    Intent.DIAGNOSIS: _write_diagnosis,
    Intent.FACT: _write_fact,
    Intent.ELIGIBILITY: _write_eligibility,
    Intent.PROBLEM: _write_problem,
    Intent.CASE: _write_case,
    Intent.EXPERT: _write_expert,
    Intent.COMPARE: _write_compare,
    Intent.RECOMMEND: _write_recommend,
}


def _notices(turn: Turn, tools: Tools) -> list[str]:
    """What the user should know first: masked numbers, replaced facts, orders not followed."""
    notices = []
    if turn.screened and turn.screened.masked:
        notices.append(f"입력하신 {'·'.join(turn.screened.masked)}는 가리고 저장하지 않았습니다.")
    for change in turn.changes:
        known = tools.corpus.vocabulary.profile_fields.get(change.name)
        label = known.label if known else change.name
        if change.name in ("employees_regular", "factory_sido", "hq_sido", "revenue_krw_last"):
            notices.append(f"{label} 정보를 '{change.before}'에서 '{change.after}'(으)로 바꿔 이해했습니다.")
    return notices


def _material(turn: Turn, tools: Tools) -> Material:
    return Material(
        question=_asked(turn), corpus=tools.corpus, relevance=tools.relevance, profile=turn.profile,
        today=turn.today, window_of=_window_of(turn), judge=_judge(turn, tools),
        candidates=turn.candidates, ranked=turn.ranked,
    )  # fmt: skip


def _window_of(turn: Turn):  # type: ignore[no-untyped-def]
    def window_of(program: SupportProgram) -> WindowOnDay:
        return window_on(program.window, turn.today)

    return window_of


def _judge(turn: Turn, tools: Tools):  # type: ignore[no-untyped-def]
    def judge(program: SupportProgram) -> Match:
        return judge_program(
            program, turn.profile, vocabulary=tools.corpus.vocabulary, today=turn.today
        )

    return judge


def _answered(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    citations = draft.citations()
    if not citations:
        return _end(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    name = next_field(turn.profile, asked_before=turn.asked_before)
    ask = None
    if _asked(turn).intent in (Intent.RECOMMEND, Intent.PROBLEM, Intent.ELIGIBILITY):
        ask = question_for(name, tools.corpus.vocabulary.profile_fields)
    turn = replace(turn, asks_for=name if ask else None)
    if turn.language == "en":
        return _end(turn, AnswerStatus.ANSWERED, in_english(draft), citations[:4], used=draft.used)
    return _end(turn, AnswerStatus.ANSWERED, draft.text, citations, next_question=ask, used=draft.used)


def _end(
    turn: Turn,
    status: AnswerStatus,
    text: str,
    citations: tuple[Citation, ...] = (),
    *,
    next_question: str | None = None,
    used: tuple[str, ...] = (),
) -> Turn:
    answer = Answer(
        id=turn.id, status=status, text=text, citations=citations, next_question=next_question,
        profile=turn.profile.values(),
    )  # fmt: skip
    return replace(turn, answer=answer, cited=used)


def _with(turn: Turn, *, verdicts: tuple[dict[str, str], ...]) -> Turn:
    assert turn.answer is not None
    return replace(turn, answer=replace(turn.answer, verdicts=verdicts))


def _asked(turn: Turn) -> Question:
    assert turn.question is not None
    return turn.question


def _language(speech: str) -> str:
    hangul = len(re.findall(r"[가-힣]", speech))
    latin = len(re.findall(r"[A-Za-z]", speech))
    return "en" if latin > 12 and hangul < latin / 4 else "ko"


def phrase(turn: Turn, tools: Tools) -> Turn:
    """Let a model word the answer where one is set; what does not hold is thrown away."""
    answer = turn.answer
    if tools.writer is None or answer is None or answer.status is not AnswerStatus.ANSWERED:
        return turn
    evidence = [
        Piece(one.label, one.title, f"{one.quote}\n{tools.relevance.text(one.record_id)}")
        for one in answer.citations
    ]
    text = tools.writer(
        question=_asked(turn).text, evidence=evidence, embedded_text=answer.text,
        language=turn.language,
    )  # fmt: skip
    if text is None:
        return turn
    return replace(turn, answer=replace(answer, text=text, engine=tools.engine_name))


def check_answer(turn: Turn, tools: Tools) -> Turn:
    """Hold the answer against its rules: a source where it answers, marks that exist."""
    answer = turn.answer
    assert answer is not None
    labels = {one.label for one in answer.citations}
    text = re.sub(r"\s?\[(\d+)\]", lambda found: found[0] if found[1] in labels else "", answer.text)
    if answer.status is AnswerStatus.ANSWERED and not answer.citations:
        return _end(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    follow_ups = answer.follow_ups or _follow_ups(turn, tools)
    return replace(turn, answer=replace(answer, text=text, follow_ups=follow_ups))


def _follow_ups(turn: Turn, tools: Tools) -> tuple[str, ...]:
    """Up to three short questions that fit what was just shown."""
    if turn.answer is None or turn.answer.status is not AnswerStatus.ANSWERED or not turn.cited:
        return ()
    first = turn.cited[0]
    if first not in tools.corpus:
        return ()
    kind = tools.corpus.kind_of(first)
    asked = turn.question.aspects if turn.question else frozenset()
    offers: dict[Kind, tuple[tuple[Aspect, str], ...]] = {
        Kind.PROGRAM: (
            (Aspect.ELIGIBILITY, "우리 회사도 신청할 수 있나요?"), (Aspect.OWN_SHARE, "자부담은 얼마인가요?"),
            (Aspect.NEXT_WINDOW, "다음 접수는 언제인가요?"), (Aspect.CONTACT, "어디에 문의하나요?"),
        ),
        Kind.SOLUTION: (
            (Aspect.CASE, "비슷한 회사 사례를 보여 주세요"), (Aspect.COST, "비용은 얼마나 드나요?"),
            (Aspect.AMOUNT, "받을 수 있는 지원금이 있나요?"),
        ),
        Kind.CASE: (
            (Aspect.COST, "투자비는 얼마였나요?"), (Aspect.AI_OR_NOT, "AI로 한 건가요?"),
            (Aspect.AMOUNT, "어떤 지원사업을 썼나요?"),
        ),
        Kind.EXPERT: ((Aspect.CONTACT, "연락처를 알려 주세요"), (Aspect.COST, "비용이 드나요?")),
        Kind.FAQ: ((Aspect.HOW, "신청은 어떻게 하나요?"), (Aspect.CONTACT, "어디에 문의하나요?")),
    }  # fmt: skip
    return tuple(text for aspect, text in offers.get(kind, ()) if aspect not in asked)[:3]
