"""A request for a funding plan, and the verdicts that go along with an answer."""

import re
from dataclasses import replace

from advisor.answering.draft import Draft
from advisor.answering.funding import answer_plan, plan_in_english
from advisor.answering.solutions import rank_solutions
from advisor.conversation.ending import asked_of, end_answered, end_turn
from advisor.conversation.finding import judge_for
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.answer import AnswerStatus
from advisor.domain.numbers import read_won
from advisor.domain.passages import Kind
from advisor.domain.question import Intent
from advisor.matching.changes import find_changes
from advisor.matching.plan import make_plan
from advisor.matching.present import match_json
from advisor.messages import PLAN_FOR_WHAT

# "계획" of money or of a purchase; a production plan ("생산 계획") is a worry, not a request.
PLAN = re.compile(
    r"(?:자금|예산|조달|투자|도입|비용|재원)\s?(?:조달\s?)?계획|(?:돈|자금|재원)\S{0,2}\s?(?:어떻게|어디서)\s?(?:마련|조달|구)|"
    r"(?<!생산)(?<!생산\s)(?<!작업)(?<!작업\s)계획\S{0,2}\s?(?:좀\s?)?(?:짜|세워|만들어)\s?(?:줘|주|봐|보)|"
    r"(?:돈|자금)이?\s?(?:전부\s?|모두\s?|총\s?|다\s?)?얼마나?\s?(?:들|필요)|"
    r"\b(?:funding|financing|budget|investment|action|cost) plan\b|\b(?:give|make|draw up|need|show)\b.{0,12}\bplan\b|how (?:do|can|should) we (?:pay|fund|finance)",
    re.I,
)
COST = re.compile(
    r"(?:견적|사업비|비용|예산|총)\S{0,3}\s?(?:은|는|이|가|금액)?\s?([\d,.]+\s?(?:억|천만|백만|만)[\d,.천백만\s]*원?)"
)
FILLER = re.compile(
    r"(?:좀|하나|한번|부탁\S*|세워\S*|짜\S*|만들\S*|알려\S*|주세요|줘요?|해\s?줘\S*|우리|저희|회사)"
)
RECOMMENDS = (Intent.RECOMMEND, Intent.PROBLEM, Intent.ELIGIBILITY, Intent.DIAGNOSIS)


def planned_solution(turn: Turn, tools: Tools) -> str | None:
    """Return the solution a funding plan is asked for; None where none is asked for or meant.

    The one named comes first, then what the words point back to, then the last one that was
    shown, then the one that fits the question best.
    """
    question = asked_of(turn)
    if not PLAN.search(question.speech):
        return None
    named = [hit for hit in question.names if hit.kind is Kind.SOLUTION]
    if named:
        return max(named, key=lambda hit: hit.strength).record_id
    if any(hit.kind is Kind.PROGRAM and hit.strength >= 0.4 for hit in question.names):
        return None  # the cost of a program is a question of its record
    pointed = [*question.focus, *(one for topic in reversed(turn.topics) for one in topic.records)]
    return next((one for one in pointed if one in tools.corpus.solutions), None)


def write_plan(turn: Turn, tools: Tools, draft: Draft, solution_id: str | None) -> Turn | None:
    """Write a short funding plan; None where there is nothing to plan for."""
    if solution_id is None:
        if not PLAN.search(asked_of(turn).speech):
            return None
        ranked = rank_solutions(draft.material)
        if not ranked or ranked[0].record_id != turn.candidates[0].record_id:
            return _ask_what(turn) if _is_bare(turn) else None
        solution_id = ranked[0].record_id
    solution = tools.corpus.solutions[solution_id]
    stated = COST.search(asked_of(turn).speech)
    plan = make_plan(
        tools.corpus, turn.profile, solution, cost_krw=read_won(stated[1]) if stated else None,
        today=turn.today,
    )  # fmt: skip
    answer_plan(draft, solution, plan)
    done = end_answered(turn, tools, draft)
    if turn.language == "en" and done.answer is not None:
        text = plan_in_english(draft, solution, plan)
        done = replace(done, answer=replace(done.answer, text=text, citations=draft.citations()))
    return done


def _is_bare(turn: Turn) -> bool:
    """Whether nothing is said but that a plan is wanted: what for has to be asked."""
    left = FILLER.sub("", PLAN.sub("", asked_of(turn).speech))
    return not asked_of(turn).names and not re.search(r"[가-힣]{2,}", left)


def _ask_what(turn: Turn) -> Turn:
    return end_turn(
        turn, AnswerStatus.ASKED_BACK, str(PLAN_FOR_WHAT), next_question=PLAN_FOR_WHAT.text
    )


def attach_matches(turn: Turn, tools: Tools) -> Turn:
    """Add the verdicts on the programs that an answer names to a company."""
    answer = turn.answer
    if answer is None or answer.matches or turn.question is None:
        return turn
    programs = [one for one in turn.cited if one in tools.corpus.programs]
    asks_plan = bool(PLAN.search(turn.question.speech))
    if not programs or not (turn.question.intent in RECOMMENDS or asks_plan):
        return turn
    judge = judge_for(turn, tools)
    scores = {one.record_id: one.score for one in turn.ranked}
    rows = []
    for name in programs:
        program = tools.corpus.programs[name]
        match = judge(program)
        changes = find_changes(
            program, turn.profile, match, vocabulary=tools.corpus.vocabulary, today=turn.today
        )
        match = replace(match, changes=changes, score=scores.get(name, match.score))
        rows.append(match_json(match, tools.corpus))
    return replace(turn, answer=replace(answer, matches=tuple(rows)))
