"""Two ways to ask beyond the record that was found: for others like it, and for one in a place."""

import re

from advisor.answering.draft import Candidate, Draft
from advisor.answering.facts import answer_fact
from advisor.answering.places import answer_expert, expert_of
from advisor.answering.solutions import program_line, tell_case
from advisor.conversation.ending import asked_of, end_answered
from advisor.conversation.finding import judge_for
from advisor.conversation.tools import Tools
from advisor.conversation.turn import Turn
from advisor.domain.passages import Kind
from advisor.domain.question import Aspect
from advisor.domain.records import Faq, SupportProgram
from advisor.intake.aspects import find_aspects

OTHERS = re.compile(
    r"(?:다른|딴|그\s?밖(?:의|에)|비슷한|또\s?다른)\s?(?:\S{1,3}\s)?(?:거|것|건|게|데|곳|회사|공장|사업|사례|업체|지원|기관|센터|방법)(?!\s?하고)|(?:그거|이거|그것|그건)\s?말고|"
    r"\b(?:any(?:thing)? else|another one|other (?:ones|programs?|cases?|companies|options))\b",
    re.I,
)
MOST = 3


def asks_for_others(turn: Turn) -> bool:
    """Whether more of the kind just shown is wanted ("비슷한 거 딴 거 없어요?", "딴 회사는?")."""
    question = asked_of(turn)
    if not turn.topics or question.names or not question.is_follow_up:
        return False
    return bool(OTHERS.search(question.speech)) and len(question.speech) < 30


def write_others(turn: Turn, tools: Tools, draft: Draft) -> Turn | None:
    """Name the next records of the kind that was shown last; None where there are none.

    They are sought with what the last one is for, not with the words "다른 거".
    """
    shown = {one for topic in turn.topics for one in topic.records}
    last = next((one for one in turn.topics[-1].records if one in tools.corpus), None)
    if last is None:
        return None
    kind = (
        Kind.CASE
        if re.search(r"회사|공장|사례|compan|case", turn.speech)
        else tools.corpus.kind_of(last)
    )
    if kind is Kind.FAQ:
        kind = Kind.PROGRAM
    if kind not in (Kind.PROGRAM, Kind.CASE, Kind.SOLUTION, Kind.EXPERT):
        return None
    rows = draft.material.statements(last)
    about = next((one.text for one in rows if one.part in ("purpose", "problem", "services")), "")
    earlier = turn.earlier[-1] if turn.earlier else ""
    found = tools.searcher.search(f"{earlier} {about}", k=60, extra_terms=())
    ids = [
        one for one in dict.fromkeys(hit.chunk.source_id for hit in found.hits)
        if one in tools.corpus and one not in shown and tools.corpus.kind_of(one) is kind
        and _fits_place(one, turn, tools)
    ]  # fmt: skip
    if not ids:
        return None
    if kind is Kind.CASE:
        tell_case(draft, ids[0])
        return end_answered(turn, tools, draft)
    if kind is Kind.PROGRAM:
        judge = judge_for(turn, tools)
        draft.say("방금 보신 것과 쓰임이 가까운 사업입니다.")
        for one in ids[:MOST]:
            program = tools.corpus.programs[one]
            program_line(draft, program, judge(program))
        return end_answered(turn, tools, draft)
    for one in ids[:2]:
        draft.gap()
        answer_fact(draft, Candidate(one, kind, 0.0))
    return end_answered(turn, tools, draft)


def _fits_place(record_id: str, turn: Turn, tools: Tools) -> bool:
    """Whether a record is for the whole country or for the place of the company."""
    sido = getattr(tools.corpus.record(record_id), "sido", ())
    own = turn.profile.get("factory_sido") or turn.profile.get("hq_sido")
    return not sido or own in sido


def write_centres(turn: Turn, tools: Tools, draft: Draft, primary: Candidate) -> bool:
    """Say whether a kind of centre is in the place asked for; False where that is not the question.

    "광주에 제조AI센터 있나요?" finds the program behind the centres; an FAQ lists where they are.
    """
    question = asked_of(turn)
    if not question.regions or Aspect.PLACE not in question.aspects:
        return False
    listing = _listing(primary, tools)
    if listing is None:
        return False
    region = question.regions[0]
    if region in listing.answer:
        own = expert_of(region, draft.material, near=primary.record_id)
        if own is not None:
            answer_fact(draft, Candidate(own, Kind.EXPERT, 0.0))
            draft.gap()
        draft.say(listing.answer, listing.id, listing.answer)
        return True
    draft.say(
        f"확인된 자료에는 {region}에 있는 곳이 없습니다. {listing.answer}",
        listing.id,
        listing.answer,
    )
    draft.gap()
    draft.say(f"{region}에서는 다음 기관에 먼저 물어보실 수 있습니다.")
    draft.gap()
    answer_expert(draft, region, local=True)
    return True


def _listing(primary: Candidate, tools: Tools) -> Faq | None:
    """Return the FAQ that tells where the centres of a program are."""
    record = tools.corpus.record(primary.record_id)
    if isinstance(record, Faq):
        return record if Aspect.PLACE in find_aspects(record.question) and _lists(record) else None
    if not isinstance(record, SupportProgram):
        return None
    return next(
        (
            one for one in tools.corpus.faqs.values()
            if record.id in one.related_programs and _lists(one)
        ),
        None,
    )  # fmt: skip


def _lists(faq: Faq) -> bool:
    return bool(re.search(r"어디에\s?있", faq.question))
