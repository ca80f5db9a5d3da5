"""Published cases most like one company: trade, size, process, problem (pure)."""

from advisor.domain.match import (
    CriterionResult,
    JudgedCriterion,
    Match,
    Verdict,
    WindowOnDay,
    WindowState,
)
from advisor.domain.passages import Kind
from advisor.domain.records import CaseStudy, Corpus
from advisor.domain.vocabulary import Vocabulary
from advisor.matching.need import PAIN_WORDS, SIZE_OF, Need, likeness, pains_in
from advisor.text import squeeze, with_particle

MET, NOT_MET, UNKNOWN = CriterionResult.MET, CriterionResult.NOT_MET, CriterionResult.UNKNOWN
TRADE, PROCESS, PROBLEM, WORRY, SIZE, PLACE, AI, ABROAD = 1.6, 1.2, 2.2, 2.0, 0.6, 0.4, 0.8, -0.3
# An average over many companies is no company to compare with.
AGGREGATE = -1.5
NOT_AI = "AI를 쓴 사례가 아닙니다(자동화·데이터화 사례)"
AI_UNKNOWN = "AI를 썼는지 자료에 나와 있지 않습니다"
BY_SUPPLIER = "수치는 공급기업이 발표한 값입니다"
BY_ORGANIZER = "수치는 지원기관·주관기업이 발표한 값입니다"
NO_WINDOW = WindowOnDay(WindowState.UNKNOWN, note="사례는 접수 기간이 없습니다")


def match_cases(corpus: Corpus, need: Need) -> list[Match]:
    """Return all cases, the most similar first.

    Returns:
        `verdict` eligible is "comparable" (trade, process or problem shared), unknown where
        nothing of the company is known, not_eligible where nothing is shared. The criterion
        `ai_used` is met only where the record says that AI was used.
    """
    judged = [_judge(one, need, corpus.vocabulary) for one in corpus.cases.values()]
    return sorted(judged, key=lambda one: (-one.score, one.record_id))


def announced_by(case: CaseStudy) -> str | None:
    """Return who announced the figures where it was an interested party, as a clause."""
    notes = case.notes or ""
    supplier = squeeze((case.supplier or "").split("(")[0])
    publishers = [squeeze(one.publisher or "") for one in case.sources]
    if "공급기업 발표" in notes or (len(supplier) > 1 and supplier in publishers):
        return BY_SUPPLIER
    if case.supplier and case.supplier.startswith("자체") and "회사 추산" in str(case.outcomes):
        return "수치는 그 회사가 추산한 값입니다"
    return BY_ORGANIZER if "사업 발표" in notes or "사업 성과 발표" in notes else None


def is_aggregate(case: CaseStudy) -> bool:
    """Tell whether the record adds up many companies."""
    return case.company.startswith("집계")


def employees_of(case: CaseStudy) -> int | None:
    """Return the head count, or a typical one of the size class that the source names."""
    if case.employees is not None:
        return case.employees
    return SIZE_OF.get(case.company_size or "")


def _judge(case: CaseStudy, need: Need, vocabulary: Vocabulary) -> Match:
    text = f"{case.industry} {case.process}"
    found = vocabulary.find_industries(text)
    codes = {one.ksic for one in found if one.ksic} - {"C"}
    processes = {one.process for one in found if one.process}
    same_trade = bool(codes and need.trade.is_in(codes))
    same_process = bool(processes & need.trade.processes)
    problem = f"{case.problem} {case.solution} {' '.join(case.technology)} {case.process}"
    pains = pains_in(problem)
    shared = next((one for one in need.pains[:3] if one in pains), None)
    close = _size_closeness(case, need)
    score = TRADE * same_trade + PROCESS * same_process + WORRY * likeness(need.words, problem)
    if shared is not None:
        score += PROBLEM * (1.0 if shared == need.pains[0] else 0.6)
    score += SIZE * (close or 0.0)
    score += PLACE * bool(need.sido and need.sido in case.sido)
    score += AI * (case.ai_used is True) + ABROAD * (case.country != "KR")
    score += AGGREGATE * is_aggregate(case)
    criteria = (
        _trade(case, need, same_trade or same_process),
        _problem(case, need, shared),
        _size(case, need, close),
        _ai(case),
    )
    is_known = need.trade.is_known or need.pains_said
    shares = same_trade or same_process or shared is not None
    verdict = Verdict.ELIGIBLE if shares else Verdict.NOT_ELIGIBLE if is_known else Verdict.UNKNOWN
    return Match(
        record_id=case.id,
        kind=Kind.CASE.value,
        score=round(score, 4),
        verdict=verdict,
        window=NO_WINDOW,
        criteria=criteria,
        missing=tuple(dict.fromkeys(one.missing for one in criteria if one.missing)),
        why=_why(case, criteria),
        human_conditions=tuple(one for one in (announced_by(case), case.notes) if one is not None),
    )


def _size_closeness(case: CaseStudy, need: Need) -> float | None:
    """Return 1 for the same head count down to 0 for ten times as many; None where unknown."""
    theirs = employees_of(case)
    if theirs is None or need.employees is None:
        return None
    big, small = max(theirs, need.employees, 1), max(min(theirs, need.employees), 1)
    return max(0.0, 1.0 - (big / small - 1) / 9)


def _trade(case: CaseStudy, need: Need, same: bool) -> JudgedCriterion:
    if same:
        because = f"업종·공정이 비슷합니다({case.industry} · {case.process})"
        return JudgedCriterion("trade", MET, because, case.industry, decides=False)
    if not need.trade.is_known:
        return JudgedCriterion(
            "trade", UNKNOWN, "무엇을 만드는지 알아야 비슷한 업종인지 볼 수 있습니다", case.industry,
            missing="industry_text", decides=False,
        )  # fmt: skip
    return JudgedCriterion(
        "trade", NOT_MET, f"업종은 다릅니다({case.industry})", case.industry, decides=False
    )


def _problem(case: CaseStudy, need: Need, shared: str | None) -> JudgedCriterion:
    if shared is not None:
        word = next((one for one in PAIN_WORDS[shared] if one in squeeze(case.problem)), "")
        because = (
            f"겪던 문제가 비슷합니다: {case.problem}"
            if word
            else f"다룬 일이 비슷합니다: {case.solution}"
        )
        return JudgedCriterion("problem", MET, because, case.problem, decides=False)
    if not need.pains_said:
        return JudgedCriterion(
            "problem", UNKNOWN, "가장 큰 고민을 알아야 비슷한 문제인지 볼 수 있습니다", case.problem,
            missing="pain_codes", decides=False,
        )  # fmt: skip
    return JudgedCriterion(
        "problem", NOT_MET, f"문제는 다릅니다: {case.problem}", case.problem, decides=False
    )


def _size(case: CaseStudy, need: Need, close: float | None) -> JudgedCriterion:
    if case.employees is not None:
        said = f"직원 {case.employees}명"
    elif case.company_size:
        said = (
            case.company_size if case.company_size.endswith("기업") else f"{case.company_size}기업"
        )
    else:
        return JudgedCriterion("size", UNKNOWN, "회사 규모는 자료에 없습니다", decides=False)
    if close is None:
        return JudgedCriterion(
            "size",
            UNKNOWN,
            f"{said}인 회사입니다",
            said,
            missing="employees_regular",
            decides=False,
        )
    if close >= 0.5:
        return JudgedCriterion("size", MET, f"{said}으로 규모가 비슷합니다", said, decides=False)
    return JudgedCriterion("size", NOT_MET, f"{said}으로 규모가 다릅니다", said, decides=False)


def _ai(case: CaseStudy) -> JudgedCriterion:
    if case.ai_used is True:
        return JudgedCriterion("ai_used", MET, "AI를 쓴 사례입니다", decides=False)
    if case.ai_used is False:
        return JudgedCriterion("ai_used", NOT_MET, NOT_AI, decides=False)
    return JudgedCriterion("ai_used", UNKNOWN, AI_UNKNOWN, decides=False)


def _why(case: CaseStudy, criteria: tuple[JudgedCriterion, ...]) -> str:
    same = [one.because for one in criteria[:3] if one.result is MET]
    start = with_particle(case.company, "은", "는") + f" {case.solution.rstrip('.')}"
    grounds = f" 사례로, {'; '.join(same)}." if same else " 사례입니다."
    rest = [
        one
        for one in (None if case.ai_used is True else criteria[3].because, announced_by(case))
        if one
    ]
    return start + grounds + (f" {'. '.join(rest)}." if rest else "")
