"""Judges of what papers show, what is confirmed later and what is still to be done (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.domain.criteria import (
    AiCompany,
    AssetCondition,
    Certification,
    Consortium,
    Designation,
    Export,
    PriorSupport,
    ResearchUnit,
)
from advisor.matching.company import said, text_of, words_of
from advisor.matching.finding import (
    MET,
    NONE_SAID,
    NOT_MET,
    UNKNOWN,
    Company,
    Finding,
    Judge,
    unknown,
)
from advisor.text import squeeze, with_particle

_YEAR = re.compile(r"20\d\d")


def _research(criterion: ResearchUnit, company: Company) -> Finding:
    stated = text_of(company.profile, "research_unit")
    if stated in {"연구소", "전담부서"}:
        return Finding(
            MET, f"{with_particle(stated, '이', '가')} 있어 '{criterion.words}' 요건에 맞습니다"
        )
    if "기업부설연구소·전담부서" in words_of(company.profile, "certifications"):
        return Finding(MET, f"연구소·전담부서가 있어 '{criterion.words}' 요건에 맞습니다")
    if stated == "없음":
        return Finding(NOT_MET, f"연구소·전담부서가 없어 '{criterion.words}' 요건에 맞지 않습니다")
    return unknown(criterion.words, "research_unit", "연구소·전담부서 보유 여부")


def _certification(criterion: Certification, company: Company) -> Finding:
    held = words_of(company.profile, "certifications")
    if not held:
        return unknown(criterion.words, "certifications", "가지고 있는 인증")
    for one in criterion.any_of:
        if one in held:
            return Finding(MET, f"{one} 보유로 '{criterion.words}' 요건에 맞습니다")
    return Finding(NOT_MET, f"말씀하신 인증 가운데 '{criterion.words}' 항목은 없습니다")


def _designation(criterion: Designation, company: Company) -> Finding:
    held = [squeeze(one) for one in words_of(company.profile, "designations")]
    wanted = [squeeze(one) for one in criterion.names]
    # What is held may be said shorter ("KAIT 추천기업") but not so short that it says nothing.
    if any(
        other in one or (one in other and 2 * len(one) > len(other))
        for one in held
        for other in wanted
    ):
        return Finding(MET, f"'{criterion.words}' 요건에 맞습니다")
    if set(held) & NONE_SAID:
        return Finding(NOT_MET, f"'{criterion.words}'에 해당하지 않습니다")
    return unknown(criterion.words, "designations", f"'{criterion.names[0]}' 여부")


def _notice_list(criterion: Any, company: Company) -> Finding:
    return Finding(UNKNOWN, f"'{criterion.words}'에 드는지는 공고로 확인해야 합니다")


def _export(criterion: Export, company: Company) -> Finding:
    stated = text_of(company.profile, "export")
    words = criterion.words
    if stated is None:
        return unknown(words, "export", "수출 여부")
    if stated in {"직접 수출", "간접 수출"} or (criterion.preparing and stated == "준비 중"):
        return Finding(MET, f"수출 상태('{stated}')가 '{words}' 요건에 맞습니다")
    return Finding(NOT_MET, f"수출 상태('{stated}')가 '{words}' 요건에 맞지 않습니다")


def _ai_company(criterion: AiCompany, company: Company) -> Finding:
    used = set(words_of(company.profile, "ai_in_use"))
    if used and not used - NONE_SAID:
        return Finding(
            UNKNOWN,
            f"AI를 쓰지 않는다고 하셨으니 도입하려는 기업도 '{criterion.words}'에 드는지 공고로 "
            "확인해야 합니다",
        )
    if used - NONE_SAID and not criterion.develops:
        return Finding(MET, f"AI를 쓰고 있어 '{criterion.words}' 요건에 맞습니다")
    return unknown(criterion.words, "ai_in_use", "AI를 쓰거나 도입하는 중인지")


@dataclass(frozen=True, slots=True)
class _Paper:
    """A safeguard read from one field: which values pass, which fail, and what it is called.

    A value in none of the three sets keeps the verdict open; `mild` ones are shown and let pass,
    since notices make an exception of them (instalments the tax office granted).
    """

    field: str
    passes: frozenset[str]
    fails: frozenset[str]
    label: str
    mild: frozenset[str] = frozenset()


_PAPERS: Mapping[str, _Paper] = {
    "tax_arrears": _Paper(
        "tax_arrears",
        frozenset({"없음"}),
        frozenset({"있음"}),
        "국세·지방세 체납",
        frozenset({"있음(분납·유예 승인)"}),
    ),
    "insolvency": _Paper(
        "insolvency", frozenset({"없음"}), frozenset({"진행 중"}), "회생·파산 절차"
    ),
    "support_ban": _Paper(
        "support_ban", frozenset({"없음"}), frozenset({"제한 중"}), "지원사업 참여 제한"
    ),
    "in_operation": _Paper(
        "closed_or_suspended", frozenset({"정상"}), frozenset({"휴업", "폐업"}), "영업 상태"
    ),
    "accident_insurance": _Paper(
        "industrial_accident_insurance",
        frozenset({"가입·체납 없음", "가입·체납 있음"}),
        frozenset({"미가입"}),
        "산재보험",
    ),
    "insurance_arrears": _Paper(
        "industrial_accident_insurance",
        frozenset({"가입·체납 없음"}),
        frozenset({"가입·체납 있음"}),
        "산재보험료",
    ),
}


def _paper(criterion: Any, company: Company) -> Finding:
    paper = _PAPERS[criterion.type]
    stated = text_of(company.profile, paper.field)
    if stated in paper.passes:
        return Finding(
            MET, f"{paper.label}('{stated}')에는 '{criterion.words}' 항목의 문제가 없습니다"
        )
    if stated in paper.fails:
        return Finding(
            NOT_MET, f"{paper.label}('{stated}') 때문에 '{criterion.words}' 항목에 걸립니다"
        )
    if stated is not None:
        return Finding(
            UNKNOWN,
            f"{paper.label}('{stated}')이 '{criterion.words}' 항목에 걸리는지 공고로 확인해야 합니다",
            doubtful=stated not in paper.mild,
        )
    return Finding(UNKNOWN, f"'{criterion.words}' 항목을 서류로 확인해 주세요", paper.field)


def _asset(criterion: AssetCondition, company: Company) -> Finding:
    stated = text_of(company.profile, "asset_condition")
    if stated is None:
        return Finding(
            UNKNOWN, f"'{criterion.words}'이 있으니 새 설비인지 확인해 주세요", "asset_condition"
        )
    if stated in criterion.excluded:
        return Finding(NOT_MET, f"{stated} 설비는 '{criterion.words}'에 걸립니다")
    return Finding(MET, f"{stated} 설비로 '{criterion.words}'에 걸리지 않습니다")


def _prior_support(criterion: PriorSupport, company: Company) -> Finding:
    words, program = criterion.words, company.program
    names = [squeeze(one) for one in (*criterion.programs, *criterion.terms)]
    if program is not None and program.id in criterion.programs:
        names += [squeeze(one) for one in (program.name, *program.aliases)]
    told = words_of(company.profile, "recent_support")
    for entry in told:
        if not any(name in squeeze(entry) for name in names):
            continue
        if not criterion.years or any(str(year) in entry for year in criterion.years):
            return Finding(NOT_MET, f"'{entry}' 이력이 '{words}' 제외에 해당합니다")
        if not _YEAR.search(entry):
            return Finding(
                UNKNOWN,
                f"'{entry}' 지원을 받은 해를 알아야 '{words}' 제외에 드는지 판단할 수 있습니다",
                "recent_support",
                doubtful=True,
            )
    if told and not set(told) - NONE_SAID:
        return Finding(MET, f"최근 받은 지원이 없어 '{words}' 제외에 해당하지 않습니다")
    if text_of(company.profile, "sf_built") == "없음":
        return Finding(MET, f"스마트공장 지원 이력이 없어 '{words}' 제외에 해당하지 않습니다")
    return Finding(UNKNOWN, f"'{words}' 제외에 해당하지 않는지 확인해 주세요", "recent_support")


def _consortium(criterion: Consortium, company: Company) -> Finding:
    if criterion.partner == "supplier":
        if said(company.profile, "supplier_partner") == "정해짐":
            return Finding(MET, f"함께 신청할 공급기업이 있어 '{criterion.words}' 요건에 맞습니다")
        return Finding(
            UNKNOWN, f"함께 신청할 공급기업을 찾아야 합니다({criterion.words})", "supplier_partner"
        )
    return Finding(UNKNOWN, f"신청 방식을 확인해 주세요({criterion.words})")


PAPER_JUDGES: Mapping[str, Judge] = {
    "research_unit": _research,
    "certification": _certification,
    "designation": _designation,
    "notice_list": _notice_list,
    "export": _export,
    "ai_company": _ai_company,
    "asset_condition": _asset,
    "prior_support": _prior_support,
    "consortium": _consortium,
    **dict.fromkeys(_PAPERS, _paper),
}
