"""Records and profiles that are valid by default: a test states only what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.domain.profile import Fact, Profile
from advisor.domain.records import (
    CaseStudy,
    Corpus,
    Expert,
    Faq,
    FundingRule,
    Solution,
    SupportProgram,
)
from advisor.domain.vocabulary import Vocabulary

A_SOURCE = {
    "url": "https://example.org/notice",
    "title": "공고문",
    "publisher": "시험 기관",
    "date": "2026-01-30",
}
COMMON = {"sources": [A_SOURCE], "confidence": "high", "checked_on": "2026-11-22"}


def a_criterion(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "words": "시험 요건", **fields}


def a_program(**changes: Any) -> SupportProgram:
    """A program for manufacturing SMEs; nested parts take a mapping of what differs."""
    plain: dict[str, Any] = {
        "id": "sample-program-2026",
        "name": "시험 지원사업",
        "name_en": "Sample program",
        "year": 2026,
        "agency": "시험 부처",
        "operator": None,
        "kind": "grant",
        "purpose": "시험용 지원사업이다.",
        "support": {
            "max_amount_krw": 50_000_000, "amount_basis": "per_company", "amount_year": 2026,
            "subsidy_rate": 0.5, "own_share": None, "loan_rate": None, "loan_term": None,
            "detail": None,
        },
        "eligibility": {
            "company_size": ["중소기업"], "industry": "제조업", "smart_factory_level": None,
            "region": ["전국"], "years_in_business": None, "revenue_limit": None,
            "employee_limit": None, "consortium": None, "other_requirements": None,
            "exclusions": None,
        },
        "window": {
            "opens_on": None, "closes_on": None, "typical_schedule": None, "status_said": "unknown",
        },
        "how_to_apply": None,
        "documents": None,
        "contact": {"organization": None, "phone": None, "web": None, "web_basis": None},
        "stages": None,
        "notes": None,
        **COMMON,
    }  # fmt: skip
    return SupportProgram.model_validate(_changed(plain, changes))


def a_solution(**changes: Any) -> Solution:
    plain: dict[str, Any] = {
        "id": "sol-sample", "name": "시험 솔루션", "name_en": "Sample solution", "kind": "type",
        "supplier": None, "problem": "시험 문제를 푼다", "industries_processes": ["금속가공"],
        "required_data": "정상 이미지", "prerequisites": "조명 고정", "readiness_level": "기초",
        "cost_range_krw": None, "lead_time": None, "deployment": None, "outcomes_claimed": [],
        "notes": None, **COMMON,
    }  # fmt: skip
    return Solution.model_validate(_changed(plain, changes))


def a_case(**changes: Any) -> CaseStudy:
    plain: dict[str, Any] = {
        "id": "case-sample", "company": "시험 기업", "country": "KR", "industry": "금속가공",
        "region": None, "employees": None, "company_size": None, "process": "검사",
        "ai_used": True, "technology": ["비전검사"], "problem": "검사가 느렸다",
        "solution": "비전 검사", "supplier": None, "program_used": None, "year": 2025,
        "outcomes": [{"metric": "불량률", "before": None, "after": None, "change_pct": -10}],
        "investment": None, "lessons": "기준을 먼저 정한다", "notes": None, **COMMON,
    }  # fmt: skip
    return CaseStudy.model_validate(_changed(plain, changes))


def an_expert(**changes: Any) -> Expert:
    plain: dict[str, Any] = {
        "id": "tp-sample", "name": "시험테크노파크", "name_en": "Sample Technopark",
        "kind": "technopark", "regions": ["경기"], "sido": ["경기"], "services": ["상담"],
        "for_whom": "중소 제조기업", "cost": None, "homepage_domain": None, "phone": None,
        "address": None, "notes": None, **COMMON,
    }  # fmt: skip
    return Expert.model_validate(_changed(plain, changes))


def a_faq(**changes: Any) -> Faq:
    plain: dict[str, Any] = {
        "id": "faq-sample", "topic": "금액", "question": "얼마인가요?", "answer": "5천만 원입니다.",
        "as_of_year": 2026, "related_programs": [], **COMMON,
    }  # fmt: skip
    return Faq.model_validate(_changed(plain, changes))


def a_funding_rule(**changes: Any) -> FundingRule:
    plain: dict[str, Any] = {
        "id": "funding-rules-sample", "name": "시험 규칙", "topic": "결합",
        "statement": "함께 받을 수 있다.", "years": [2026], "related_programs": [], **COMMON,
    }  # fmt: skip
    return FundingRule.model_validate(_changed(plain, changes))


def a_profile(**facts: Any) -> Profile:
    """A company that said these facts by field id, lists as lists; nothing by default."""
    return Profile(
        {
            name: Fact(tuple(value) if isinstance(value, list) else value, str(value))
            for name, value in facts.items()
        }
    )


def a_corpus(
    *,
    programs: Iterable[SupportProgram] = (),
    solutions: Iterable[Solution] = (),
    cases: Iterable[CaseStudy] = (),
    experts: Iterable[Expert] = (),
    faqs: Iterable[Faq] = (),
    funding_rules: Iterable[FundingRule] = (),
    vocabulary: Vocabulary | None = None,
) -> Corpus:
    return Corpus(
        programs={one.id: one for one in programs},
        solutions={one.id: one for one in solutions},
        cases={one.id: one for one in cases},
        experts={one.id: one for one in experts},
        faqs={one.id: one for one in faqs},
        funding_rules={one.id: one for one in funding_rules},
        vocabulary=vocabulary or Vocabulary(),
    )


def _changed(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    changed = dict(plain)
    for name, value in changes.items():
        known = changed.get(name)
        if isinstance(known, dict) and isinstance(value, Mapping):
            changed[name] = {**known, **value}
        else:
            changed[name] = value
    return changed
