"""Makes tests/data/matching/rule_cases.jsonl: `python -m tests.matching.make_cases`.

For every criterion of every program of the corpus: a company that meets all else, with the fact in
question one below the limit, at it, one above it, in and out of a list, and not stated. The expected
verdict is the second judge's; a change of the corpus or of a rule shows as a change of the file.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.records import SupportProgram
from tests.matching.second_judge import judge, told, verdict_of

TODAY = date(2026, 11, 24)
OUT = Path(__file__).parent.parent / "data" / "matching" / "rule_cases.jsonl"
Facts = dict[str, Any]
SIZES = ["소상공인", "소기업", "중기업", "중견기업", "대기업"]
LEVELS = ["ICT 미적용", "기초", "중간1", "중간2", "고도", "확인받은 적 없음"]
EOK = 100_000_000


def main() -> None:
    corpus = load_corpus(PROJECT_ROOT / "corpus")
    rows = [row for program in corpus.programs.values() for row in cases_of(program)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )


def cases_of(program: SupportProgram) -> Iterator[dict[str, Any]]:
    """Give the cases of one program, each once."""
    base: Facts = {}
    for criterion in program.criteria:
        for facts in variants(criterion):
            if judge(criterion, told({**base, **facts}), program, TODAY).answer is True:
                base.update(facts)
                break
    seen = set()
    for at, criterion in enumerate(program.criteria):
        for facts in variants(criterion):
            changed = {k: v for k, v in {**base, **facts}.items() if v is not None}
            key = (at, json.dumps(changed, sort_keys=True, ensure_ascii=False))
            if key in seen:
                continue
            seen.add(key)
            answer = judge(criterion, told(changed), program, TODAY).answer
            yield {
                "program": program.id,
                "criterion": at,
                "facts": changed,
                "result": {True: "met", False: "not_met", None: "unknown"}[answer],
                "verdict": verdict_of(program, changed, TODAY),
            }


def variants(c: Any) -> Iterator[Facts]:
    """Give facts around a criterion: at its limit, on both sides, not stated."""
    if c.type == "any_of":
        for option in c.options:
            together: Facts = {}
            for one in option.criteria:
                together.update(next(variants(one)))
            yield together
            for one in option.criteria:
                for facts in variants(one):
                    yield {**together, **facts}
        return
    yield from _VARIANTS[c.type](c)


def around(field: str, c: Any, step: int = 1) -> Iterator[Facts]:
    """Give one below, at and one above each bound, and nothing."""
    for bound in (c.at_most, c.at_least):
        if bound is not None:
            yield from (
                {field: value} for value in (bound, bound - step, bound + step) if value >= 0
            )
    yield {field: None}


def sizes(c: Any) -> Iterator[Facts]:
    nothing = dict.fromkeys(
        ("size_class", "employees_regular", "revenue_krw_last", "revenue_krw_3y_avg")
    )
    yield {"employees_regular": 30}
    if "소상공인" in c.allowed or "소기업" in c.allowed:
        yield {"employees_regular": 5, "revenue_krw_3y_avg": 8 * EOK}
    for size in SIZES:
        yield {"size_class": size}
    for people in (9, 10, 199, 200, 999, 1000):
        yield {**nothing, "employees_regular": people}
    for money in (15, 140, 400, 1000, 1300, 1800):
        yield {**nothing, "revenue_krw_3y_avg": money * EOK}
        yield {**nothing, "revenue_krw_3y_avg": money * EOK + 1}
        yield {**nothing, "revenue_krw_last": money * EOK + 1, "industry_ksic": "C24"}
    yield {**nothing, "employees_regular": 30, "independence": "계열·관계 있음"}
    yield {**nothing, "employees_regular": 30, "total_assets_krw": 5000 * EOK}
    yield nothing


def regions(c: Any) -> Iterator[Facts]:
    district = {"factory_sigungu": c.sigungu[0]} if c.sigungu else {}
    for sido in c.sido:
        yield {"factory_sido": sido, **district}
        yield {"hq_sido": sido, "factory_sido": None, **district}
    outside = next(one for one in ("대전", "세종") if one not in c.sido)
    yield {"factory_sido": outside}
    yield {"factory_sido": outside, "hq_sido": c.sido[0]}
    yield {"factory_sido": "경기"}
    yield {"factory_sido": "없음", "hq_sido": outside}
    yield {"factory_sido": "없음", "hq_sido": None}
    if c.sigungu:
        yield {"factory_sido": c.sido[0], "factory_sigungu": "단양군"}
        yield {"factory_sido": c.sido[0], "factory_sigungu": None}
    yield {"factory_sido": None, "hq_sido": None}


def industries(c: Any) -> Iterator[Facts]:
    inside = "C25" if "C" in c.ksic else c.ksic[0] if c.ksic else None
    if inside:
        yield {"industry_ksic": inside}
        yield {"industry_ksic": f"{inside}911" if len(inside) == 3 else inside}
    if c.root:
        yield {"is_root_industry": "확인서 있음", "industry_ksic": None}
        yield {"is_root_industry": "해당 없음", "industry_ksic": "C10"}
        yield {"certifications": ["뿌리기업"], "industry_ksic": None}
    yield from ({"industry_ksic": code} for code in ("C33", "C13", "C", "J62", "G46", "I56"))
    yield {"industry_ksic": None}


def histories(_c: Any) -> Iterator[Facts]:
    for built in ("정부 지원으로 구축", "대·중소 상생형으로 구축", "자체 구축", "없음", None):
        for level in ("중간1", None, "기초", "ICT 미적용", "확인받은 적 없음", "고도"):
            yield {"sf_built": built, "sf_level_official": level}
    for built in ("자체 구축", None, "정부 지원으로 구축"):
        for until in ("2026-11-23", "2026-11-24"):
            yield {"sf_built": built, "sf_level_official": "중간1", "sf_level_valid_until": until}


def levels(_c: Any) -> Iterator[Facts]:
    for level in (*LEVELS, None):
        yield {"sf_level_official": level}
    for systems in (["엑셀만"], ["MES"], ["ERP", "엑셀만"], None):
        yield {"sf_level_official": None, "sf_built": "없음", "systems_in_use": systems}


def each(field: str, *values: Any) -> Any:
    def give(_c: Any) -> Iterator[Facts]:
        yield from ({field: value} for value in (*values, "모름", None))

    return give


def lists(field: str, *others: Any) -> Any:
    def give(c: Any) -> Iterator[Facts]:
        names = c.any_of if hasattr(c, "any_of") else c.names
        yield from ({field: [name]} for name in names)
        yield {field: [names[0], "가족친화"]}
        yield from ({field: value} for value in (*others, ["없음"], None))

    return give


def supports(c: Any) -> Iterator[Facts]:
    yield {"recent_support": ["없음"]}
    for name in (*c.programs, *c.terms):
        for year in (*c.years, 2019):
            yield {"recent_support": [f"{name} {year}"]}
        yield {"recent_support": [name]}
    yield {"recent_support": None, "sf_built": "없음"}
    yield {"recent_support": None, "sf_built": None}


def ages(c: Any) -> Iterator[Facts]:
    for years in {c.at_least, c.at_most, c.less_than} - {None}:
        for day in ("11-23", "11-24", "11-25"):
            yield {"established_on": f"{2026 - years}-{day}"}
        yield {"established_on": str(2026 - years)}
    yield {"established_on": None}


INSURANCE = each("industrial_accident_insurance", "가입·체납 없음", "가입·체납 있음", "미가입")
_VARIANTS: dict[str, Any] = {
    "company_size": sizes,
    "employees_regular": lambda c: around("employees_regular", c),
    "revenue_krw": lambda c: (
        one
        for field in ("revenue_krw_3y_avg", "revenue_krw_last")
        for one in (
            *({"revenue_krw_3y_avg": None, "revenue_krw_last": None, **facts} for facts in around(field, c)),
            {"revenue_krw_3y_avg": None, "revenue_krw_last": None, field: c.at_most // 3},
            {"revenue_krw_3y_avg": None, "revenue_krw_last": None, field: 3 * c.at_most + 3},
        )
    ),
    "business_age": ages,
    "region": regions,
    "industry": industries,
    "smart_factory_history": histories,
    "smart_factory_level": levels,
    "industrial_complex_tenant": each("industrial_complex", "반월공단", "해당 없음", "개별입지"),
    "collects_manufacturing_data": lambda c: (
        *each("collects_data", "수집 중", "수집 안 함")(c),
        *({"collects_data": None, "data_types_available": one} for one in (["공정 조건"], ["작업표준 문서"], ["없음"])),
        *({"collects_data": None, "systems_in_use": one} for one in (["MES"], ["엑셀만"])),
    ),
    "research_unit": each("research_unit", "연구소", "전담부서", "없음"),
    "certification": lists("certifications"),
    "designation": lists("designations", ["선정"], ["다른 사업 선정"]),
    "notice_list": lambda _c: iter([{}]),
    "export": each("export", "직접 수출", "간접 수출", "준비 중", "없음"),
    "ai_company": each("ai_in_use", ["비전 검사"], ["없음"]),
    "supplier_company": lambda c: (
        *each("company_role", "공급기업", "둘 다", "도입기업")(c),
        *({"company_role": None, "industry_ksic": code} for code in ("C25", "C29", "C", "J62", None)),
    ),
    "accident_insurance": INSURANCE,
    "insurance_arrears": INSURANCE,
    "tax_arrears": each("tax_arrears", "없음", "있음(분납·유예 승인)", "있음"),
    "insolvency": each("insolvency", "없음", "진행 중", "인가 후 이행 중"),
    "in_operation": each("closed_or_suspended", "정상", "휴업", "폐업"),
    "support_ban": each("support_ban", "없음", "제한 중", "기간 끝남"),
    "prior_support": supports,
    "excluded_trade": lambda _c: ({"industry_ksic": code} for code in ("C25", None)),
    "asset_condition": each("asset_condition", "신품", "중고", "리스"),
    "consortium": each("supplier_partner", "정해짐", "알아보는 중", "없음"),
}  # fmt: skip


if __name__ == "__main__":
    main()
