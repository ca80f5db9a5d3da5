"""From candidates to an answer: one writer for each kind of turn."""

from dataclasses import replace

from advisor.answering import talk
from advisor.answering.comparison import answer_comparison, distinct_sides, fits_half, leans
from advisor.answering.draft import Candidate, Draft
from advisor.answering.english import in_english
from advisor.answering.facts import answer_fact
from advisor.answering.gloss import find_term, say_term
from advisor.answering.places import answer_expert, answer_who
from advisor.answering.solutions import (
    answer_case,
    answer_problem,
    linked_cases,
    rank_solutions,
)
from advisor.answering.verdicts import answer_eligibility
from advisor.conversation import diagnosing
from advisor.conversation.ending import (
    ask_back,
    asked_of,
    end_answered,
    end_turn,
    with_verdicts,
)
from advisor.conversation.finding import LOCAL, judge_for, material_of, rank
from advisor.conversation.others import asks_for_others, write_centres, write_others
from advisor.conversation.planning import planned_solution, write_plan
from advisor.conversation.reading import also_read, end_read, leads, passages_for
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus
from advisor.domain.match import Verdict
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect, Intent
from advisor.domain.records import Faq, FundingRule
from advisor.intake.expand import expand
from advisor.intake.rephrase import BOTH, content_words
from advisor.intake.split import split_comparison
from advisor.matching.tracks import of_track
from advisor.messages import (
    ENGLISH_GREETING,
    NEAREST_WAY,
    NO_EVIDENCE,
)


def compose(turn: Turn, tools: Tools) -> Turn:
    """Write the answer from fields and sources."""
    question = asked_of(turn)
    draft = Draft(material_of(turn, tools))
    for notice in _notices(turn, tools):
        draft.say(notice)
        draft.gap()
    planned = write_plan(turn, tools, draft, planned_solution(turn, tools))
    if planned is not None:
        return planned
    term = find_term(turn.speech, tools.lexicon.terms)
    if term is not None:
        say_term(draft, term)
        # "그거 얼마예요?" will be about the thing, not about the record that explains it.
        return replace(end_answered(turn, tools, draft), cited=())
    passages = passages_for(turn, tools)
    if leads(turn, tools, passages):
        return end_read(turn, passages)
    writer = _WRITERS[question.intent]
    return also_read(writer(turn, tools, draft), passages)


def _write_small_talk(turn: Turn, _tools: Tools, _draft: Draft) -> Turn:
    text = ENGLISH_GREETING if turn.language == "en" else talk.about_itself(turn.speech)
    return end_turn(turn, AnswerStatus.ASKED_BACK, text)


def _write_tell(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    known = talk.understood(turn.profile, tools.corpus.vocabulary)
    if known:
        draft.say(f"이렇게 이해했습니다: {known}.")
    return ask_back(turn, tools, draft, diagnosis=turn.last_intent == Intent.DIAGNOSIS)


def _write_diagnosis(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    known = talk.understood(turn.profile, tools.corpus.vocabulary)
    if tools.interviewer is not None and turn.language == "en":
        return diagnosing.begin(turn, tools, draft)
    if tools.interviewer is None:
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
    if tools.interviewer is not None:
        return diagnosing.begin(turn, tools, draft)
    return ask_back(turn, tools, draft, diagnosis=True)


def _write_fact(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    if not turn.candidates:
        return end_turn(turn, AnswerStatus.NO_EVIDENCE, str(NO_EVIDENCE))
    primary = turn.candidates[0]
    if asks_for_others(turn):
        others = write_others(turn, tools, draft)
        if others is not None:
            return others
    both = _both(turn, tools)
    if both:
        for one in both:
            draft.gap()
            answer_fact(draft, Candidate(one, tools.corpus.kind_of(one), 0.0))
        return end_answered(turn, tools, draft)
    if write_centres(turn, tools, draft, primary):
        return end_answered(turn, tools, draft)
    if _is_floor(turn, primary, tools):
        answer_problem(draft)
        return end_answered(turn, tools, draft)
    primary = _said_once(turn, primary, tools)
    answer_fact(draft, primary)
    second = _explains(turn, primary, draft, tools) or _second(turn, primary, draft)
    if second is not None:
        draft.gap()
        answer_fact(draft, second)
    return end_answered(turn, tools, draft)


def _both(turn: Turn, tools: Tools) -> tuple[str, ...]:
    """Return the two records that "둘 다 마감됐어요?" asks of, none where it asks of one."""
    question = asked_of(turn)
    if not (question.is_follow_up and BOTH.search(question.speech)):
        return ()
    pointed = tuple(one for one in question.focus if one in tools.corpus.programs)[:2]
    return pointed if len(pointed) == 2 else ()


def _is_floor(turn: Turn, primary: Candidate, tools: Tools) -> bool:
    """Whether a kind of solution was found that nobody asked a single field of."""
    question = asked_of(turn)
    if primary.kind is not Kind.SOLUTION or question.is_follow_up or question.names:
        return False
    is_type = tools.corpus.solutions[primary.record_id].kind == "type"
    return is_type and not question.aspects - {Aspect.ELIGIBILITY, Aspect.NEEDS, Aspect.PLACE}


def _said_once(turn: Turn, primary: Candidate, tools: Tools) -> Candidate:
    """Return another record where the first was read out a moment ago and this one knows more."""
    question = asked_of(turn)
    told = turn.topics[-1].records[:1] if turn.topics else ()
    if primary.record_id not in told or not isinstance(
        tools.corpus.record(primary.record_id), (Faq, FundingRule)
    ):
        return primary
    asked = tools.relevance.question_terms(content_words(question.speech))
    if not asked:
        return primary
    known = tools.relevance.coverage(asked, primary.record_id)
    for one in turn.candidates[1:12]:
        if tools.relevance.coverage(asked, one.record_id) > known + 0.2:
            return one
    return primary


def _explains(turn: Turn, primary: Candidate, draft: Draft, tools: Tools) -> Candidate | None:
    """An FAQ or rule about the program shown that knows more of the question's words."""
    if primary.kind is not Kind.PROGRAM or draft.letters > 380:
        return None
    asked = tools.relevance.question_terms(content_words(asked_of(turn).text))
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
    # A law has no applicants: nobody is eligible for it or not.
    programs = [
        one
        for one in turn.candidates
        if one.kind is Kind.PROGRAM and tools.corpus.programs[one.record_id].kind != "policy"
    ]
    focus = asked_of(turn).focus
    if focus and focus[0] in tools.corpus.experts and asked_of(turn).focus_weight >= 1.0:
        refused = answer_who(draft, tools.corpus.experts[focus[0]], turn.profile)
        told = end_answered(turn, tools, draft)
        if not refused:
            return replace(told, refused=())
        verdicts = ({"record_id": focus[0], "verdict": Verdict.NOT_ELIGIBLE.value},)
        return replace(with_verdicts(told, verdicts=verdicts), refused=(focus[0],))
    if not programs:
        return _write_fact(turn, tools, draft)
    if programs[0].score < turn.candidates[0].score - 2.0:
        return _write_fact(turn, tools, draft)
    program = tools.corpus.programs[programs[0].record_id]
    spoken = " ".join((asked_of(turn).text, *(one.text for one in turn.topics[-2:])))
    result = judge_for(turn, tools)(of_track(program, spoken))
    missing = answer_eligibility(draft, program, result)
    verdicts = ({"record_id": program.id, "verdict": result.verdict.value},)
    if result.verdict is Verdict.UNKNOWN and missing:
        asking = ask_back(turn, tools, draft, missing=result.missing, verdict=(program, result))
        return with_verdicts(asking, verdicts=verdicts)
    done = with_verdicts(end_answered(turn, tools, draft), verdicts=verdicts)
    if turn.language == "en" and done.answer is not None:
        text = in_english(draft, verdict=(program, result))
        done = replace(done, answer=replace(done.answer, text=text))
    return done


def _write_problem(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    if asks_for_others(turn) and (others := write_others(turn, tools, draft)) is not None:
        return others
    ranked = rank_solutions(draft.material)
    if not ranked:
        return _write_fact(turn, tools, draft)
    # Some worries have no machine for an answer but a program or a rule ("위험한 기계를 바꾸고 싶어요").
    first = turn.candidates[0]
    if (
        first.kind in (Kind.FAQ, Kind.PROGRAM, Kind.FUNDING_RULE)
        and _plain(first) > _plain(ranked[0]) + 0.5
    ):
        return _write_fact(turn, tools, draft)
    answer_problem(draft)
    return end_answered(turn, tools, draft)


def _plain(candidate: Candidate) -> float:
    """The score without what the kind of question adds."""
    return candidate.score - candidate.prior


def _write_case(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = asked_of(turn)
    if asks_for_others(turn) and (others := write_others(turn, tools, draft)) is not None:
        return others
    cases = [one for one in turn.candidates if one.kind is Kind.CASE]
    if not cases:
        return _write_fact(turn, tools, draft)
    solutions = rank_solutions(draft.material)
    trades = [one.words for one in tools.corpus.vocabulary.find_industries(question.speech)]
    # "같은 업종 사례": a company of the very trade before one with the same solution.
    own = (
        one for one in cases if any(word in tools.relevance.text(one.record_id) for word in trades)
    )
    first = next(own, None)
    if first is not None and first.score > cases[0].score - 0.8:
        answer_case(draft, first.record_id)
        return end_answered(turn, tools, draft)
    if solutions and _plain(solutions[0]) > _plain(cases[0]) + 1.2:
        linked = linked_cases(tools.corpus.solutions[solutions[0].record_id], tools.corpus)
        if not linked:
            return _write_problem(turn, tools, draft)
        answer_case(draft, max(linked, key=lambda one: _score_of(turn, one)))
        return end_answered(turn, tools, draft)
    pointed = _pointed_solution(turn, tools)
    if pointed is not None:
        linked = linked_cases(tools.corpus.solutions[pointed], tools.corpus)
        if linked:
            answer_case(draft, max(linked, key=lambda one: _score_of(turn, one)))
            return end_answered(turn, tools, draft)
        if tools.corpus.solutions[pointed].outcomes_claimed:
            answer_fact(draft, Candidate(pointed, Kind.SOLUTION, 0.0))
            return end_answered(turn, tools, draft)
    answer_case(draft, cases[0].record_id)
    return end_answered(turn, tools, draft)


def _pointed_solution(turn: Turn, tools: Tools) -> str | None:
    """The solution that "그렇게 한 회사" points at: of those shown, the one that knows the words."""
    question = asked_of(turn)
    if question.focus_weight < 0.4:
        return None
    shown = [one for one in question.focus[:4] if one in tools.corpus.solutions]
    earlier = [
        one for topic in turn.topics[-3:] for one in topic.records if one in tools.corpus.solutions
    ]
    asked = tools.relevance.question_terms(content_words(question.speech))
    pool = list(dict.fromkeys((*shown, *reversed(earlier)))) if shown else []
    return max(pool, key=lambda one: tools.relevance.coverage(asked, one), default=None)


def _score_of(turn: Turn, record_id: str) -> float:
    return next((one.score for one in turn.candidates if one.record_id == record_id), -9.0)


def _write_expert(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = asked_of(turn)
    if turn.candidates and write_centres(turn, tools, draft, turn.candidates[0]):
        return end_answered(turn, tools, draft)
    shown = [one for one in question.focus[:2] if one in tools.corpus.programs]
    if question.is_follow_up and shown and not LOCAL.search(question.speech):
        # "다음 모집은 어디에 물어봐요?": the one who runs what was just shown.
        answer_fact(draft, Candidate(shown[0], Kind.PROGRAM, 0.0))
        return end_answered(turn, tools, draft)
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
    return end_answered(turn, tools, draft)


def _write_compare(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    sides = _sides(turn, tools, draft)
    if len(sides) < 2:
        return _write_fact(turn, tools, draft)
    answer_comparison(draft, sides)
    return end_answered(turn, tools, draft)


def _sides(turn: Turn, tools: Tools, draft: Draft) -> list[Candidate]:
    """The things compared: those named, else the best of each half of the question."""
    question = asked_of(turn)
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
            for one in rank(asked, found, tools, "")
            if fits_half(half, one, tools.corpus)
        ]
        ranked.sort(key=lambda one: -one.score)
        best = distinct_sides(ranked, draft.material)
        chosen += [one for one in best if one.record_id not in {c.record_id for c in chosen}][:1]
    return chosen[:2]


def _write_recommend(turn: Turn, tools: Tools, draft: Draft) -> Turn:
    question = asked_of(turn)
    known = set(turn.profile) & {
        "factory_sido", "hq_sido", "industry_text", "employees_regular", "pain_codes", "industry_ksic",
    }  # fmt: skip
    pays = talk.wants_money(question.text, question.aspects)
    expanded = expand(turn.speech, tools.lexicon.concepts)
    # "이자 싼 대출 있나요": the kind of help is named, so what there is can be told before asking.
    is_named = bool(talk.KINDS_OF_HELP.intersection(expanded))
    if not known and not is_named and not (expanded and not pays):
        draft.say("공장에 맞는 지원을 찾으려면 몇 가지를 알아야 합니다.")
        return ask_back(turn, tools, draft)
    talk.answer_recommendation(draft, wants_money=pays)
    if not draft.used:
        return ask_back(turn, tools, draft)
    return end_answered(turn, tools, draft)


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
    """What the user should know first: masked numbers, replaced facts, a mere likeness."""
    notices = []
    if turn.is_guess:
        notices.append(NEAREST_WAY)
    if turn.screened and turn.screened.masked:
        notices.append(f"입력하신 {'·'.join(turn.screened.masked)}는 가리고 저장하지 않았습니다.")
    for change in turn.changes:
        known = tools.corpus.vocabulary.profile_fields.get(change.name)
        label = known.label if known else change.name
        if change.name in ("employees_regular", "factory_sido", "hq_sido", "revenue_krw_last"):
            notices.append(f"{label} 정보를 바꿔 이해했습니다: {change.before} → {change.after}.")
    return notices
