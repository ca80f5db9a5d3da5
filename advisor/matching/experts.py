"""Organisations that help, by region and need (pure)."""

from collections.abc import Mapping

from advisor.domain.match import (
    CriterionResult,
    JudgedCriterion,
    Match,
    Verdict,
    WindowOnDay,
    WindowState,
)
from advisor.domain.passages import Kind
from advisor.domain.records import Corpus, Expert
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.need import Need, likeness, pains_in
from advisor.text import squeeze, with_particle

MET, NOT_MET, UNKNOWN = CriterionResult.MET, CriterionResult.NOT_MET, CriterionResult.UNKNOWN
HERE, TRADE, PAIN, WORRY = 2.0, 1.2, 0.8, 1.5
# Whom an owner can simply ring up comes before whom one meets through a project.
KIND_VALUE: Mapping[str, float] = {
    "technopark": 0.9, "ai_center": 0.8, "expert_pool": 0.6, "public_agency": 0.4,
    "association": 0.1, "research_institute": 0.1, "university": -0.2, "supplier": -0.3,
}  # fmt: skip
# Words of for_whom that leave out a factory which only wants to use AI.
NOT_FOR_FACTORIES = ("분석 기업", "연구자", "학생", "공급기업(", "정책 문의")
TRADES_ONLY = (
    "식품",
    "haccp",
    "뿌리",
    "철강",
    "항공",
    "방산",
    "바이오",
    "화장품",
    "공작기계",
    "화학",
    "산업단지",
    "cnc",
)
NO_WINDOW = WindowOnDay(
    WindowState.UNKNOWN, note="상담은 접수 기간이 없습니다. 방문 전에 연락해 주세요"
)


def match_experts(corpus: Corpus, need: Need) -> list[Match]:
    """Return all organisations, the nearest to place and need first.

    Returns:
        `verdict` eligible where it serves the company's region or the whole country,
        not_eligible where it serves another region, unknown where the region is not known.
    """
    judged = [_judge(one, need, corpus.vocabulary) for one in corpus.experts.values()]
    return sorted(judged, key=lambda one: (-one.score, one.record_id))


def _judge(expert: Expert, need: Need, vocabulary: Vocabulary) -> Match:
    text = f"{expert.name} {' '.join(expert.services)} {expert.for_whom}"
    place = _place(expert, need)
    trade = _trade(expert, need, vocabulary, text)
    pains = pains_in(" ".join(expert.services))
    shared = next((one for one in need.pains[:3] if one in pains), None)
    score = KIND_VALUE.get(expert.kind, 0.0) + WORRY * likeness(need.words, text)
    score += HERE * (place.result is MET and bool(expert.sido)) + PAIN * (shared is not None)
    score += TRADE * (trade.result is MET) - TRADE * (trade.result is NOT_MET)
    if any(word in expert.for_whom for word in NOT_FOR_FACTORIES):
        score -= 1.0
    verdict = {MET: Verdict.ELIGIBLE, NOT_MET: Verdict.NOT_ELIGIBLE, UNKNOWN: Verdict.UNKNOWN}[
        place.result
    ]
    if place.result is NOT_MET:
        score -= HERE
    return Match(
        record_id=expert.id,
        kind=Kind.EXPERT.value,
        score=round(score, 4),
        verdict=verdict,
        window=NO_WINDOW,
        criteria=(place, trade),
        missing=tuple(one.missing for one in (place, trade) if one.missing),
        why=_why(expert, place, trade),
        human_conditions=(f"비용: {expert.cost}",) if expert.cost else (),
    )


def _place(expert: Expert, need: Need) -> JudgedCriterion:
    words = "·".join(expert.regions)
    if not expert.sido:
        return JudgedCriterion("region", MET, f"{words}에서 도와줍니다", words)
    if need.sido is None:
        return JudgedCriterion(
            "region", UNKNOWN, f"공장이 있는 시·도를 알아야 합니다({words} 기관)", words,
            missing="factory_sido",
        )  # fmt: skip
    if need.sido in expert.sido:
        return JudgedCriterion("region", MET, f"공장이 있는 {need.sido}의 기관입니다", words)
    return JudgedCriterion("region", NOT_MET, f"{words} 기업을 돕는 기관입니다", words)


def _trade(expert: Expert, need: Need, vocabulary: Vocabulary, text: str) -> JudgedCriterion:
    """Say whether it is for this trade; most are for any, which says nothing."""
    plain = squeeze(text)
    only = [word for word in TRADES_ONLY if word in squeeze(f"{expert.name} {expert.for_whom}")]
    mentions = vocabulary.find_industries(text)
    codes = {one.ksic for one in mentions if one.ksic} - {"C"}
    processes = {one.process for one in mentions if one.process}
    label = need.trade.label or "말씀하신 업종"
    is_same = bool(
        (codes and need.trade.is_in(codes))
        or processes & need.trade.processes
        or any(len(word) > 1 and word in need.trade.text for word in only)
    )
    if need.trade.is_known and is_same:
        because = f"{with_particle(label, '을', '를')} 다루는 기관입니다"
        return JudgedCriterion("trade", MET, because, expert.for_whom, decides=False)
    if not only:
        return JudgedCriterion(
            "trade", UNKNOWN, "업종을 가리지 않습니다", expert.for_whom, decides=False
        )
    if not need.trade.is_known:
        return JudgedCriterion(
            "trade", UNKNOWN, "무엇을 만드는지 알아야 합니다", expert.for_whom,
            missing="industry_text", decides=False,
        )  # fmt: skip
    if "산업단지" in only and "산업단지" in plain:
        return JudgedCriterion(
            "trade", UNKNOWN, "산업단지 입주기업이 대상입니다", expert.for_whom, decides=False
        )
    return JudgedCriterion(
        "trade", NOT_MET, f"주로 {expert.for_whom}을(를) 돕습니다", expert.for_whom, decides=False
    )


def _why(expert: Expert, place: JudgedCriterion, trade: JudgedCriterion) -> str:
    help_ = expert.services[0] if expert.services else expert.for_whom
    grounds = [place.because, *([trade.because] if trade.result is not UNKNOWN else [])]
    return f"{'. '.join(grounds)}. 받을 수 있는 도움: {help_}."
