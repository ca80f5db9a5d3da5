"""A second judge of programs, written from the words of corpus/README.md and the law alone.

It shares no code with `advisor.matching`. It reads plain values, knows trades by KSIC code only, and
answers each criterion with yes, no or open. Where it and the product disagree, one of them is wrong.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from advisor.domain.records import SupportProgram

EOK = 100_000_000
LADDER = ["ICT 미적용", "기초", "중간1", "중간2", "고도"]
BELONGS = {
    "소상공인": {"소상공인", "소기업", "중소기업"},
    "소기업": {"소기업", "중소기업"},
    "중기업": {"중기업", "중소기업"},
    "중견기업": {"중견기업"},
    "대기업": {"대기업"},
}
# 별표 1 and 별표 3 for manufacturing before 2025-09-01, in 억 won.
SME = dict.fromkeys((14, 15, 17, 24, 28, 32), 1500)
SME |= dict.fromkeys((10, 12, 13, 16, 19, 20, 22, 25, 26, 29, 30, 31), 1000)
SME |= dict.fromkeys((11, 18, 21, 23, 27, 33), 800) | {34: 600}
SMALL = dict.fromkeys((10, 11, 14, 15, 19, 20, 21, 23, 24, 25, 26, 28, 29, 30, 32), 120)
SMALL |= dict.fromkeys((12, 13, 16, 17, 18, 22, 27, 31, 33), 80) | {34: 10}


class Say(NamedTuple):
    """yes/no/open; `firm` is whether open keeps the verdict open; `told` whether a fact bears it."""

    answer: bool | None
    firm: bool = True
    told: bool = True


YES, NO, OPEN = Say(True), Say(False), Say(None)
OPEN_SOFT = Say(None, firm=False)


def verdict_of(program: SupportProgram, facts: dict[str, Any], today: date) -> str:
    """Return eligible, not_eligible or unknown."""
    said = told(facts)
    answers = [judge(one, said, program, today) for one in program.criteria]
    if any(one.answer is False for one in answers):
        return "not_eligible"
    if any(one.answer is None and one.firm for one in answers):
        return "unknown"
    return "eligible" if any(one.answer and one.told for one in answers) else "unknown"


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts without those that are not known."""
    return {k: v for k, v in facts.items() if v not in ("모름", "", [], ["모름"], None)}


def judge(c: Any, f: dict[str, Any], program: SupportProgram, today: date) -> Say:
    """Return the answer to one criterion; safeguards and steps are soft where nothing was told."""
    say: Say = globals()[f"on_{c.type}"](c, f, program, today)
    hard = c.type not in SAFEGUARDS or (say.told and say.answer is None and say.firm)
    return say if hard else say._replace(firm=False)


SAFEGUARDS = {
    "accident_insurance", "insurance_arrears", "tax_arrears", "insolvency", "in_operation",
    "support_ban", "prior_support", "excluded_trade", "asset_condition", "consortium",
}  # fmt: skip
# For a safeguard OPEN means "told, and doubtful"; this is "not told".
UNTOLD = Say(None, firm=False, told=False)


def _division(f: dict[str, Any]) -> int | None:
    code = str(f.get("industry_ksic", ""))
    return int(code[1:3]) if code[:1] == "C" and code[1:3].isdigit() else None


def _makes(f: dict[str, Any]) -> bool | None:
    code = f.get("industry_ksic")
    return None if code is None else code.startswith("C")


def _ceilings(
    f: dict[str, Any], table: dict[int, int], low: int, high: int, raise_: int
) -> tuple[int, int]:
    division = _division(f)
    if division in table:
        return max(table[division], low) * EOK, min(table[division] + raise_, high) * EOK
    if f.get("industry_ksic") == "C":
        return max(min(table.values()), low) * EOK, min(max(table.values()) + raise_, high) * EOK
    return low * EOK, high * EOK


def on_company_size(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    allowed, excluded = set(c.allowed), set(c.excluded)
    if {"중소기업", "중견기업", "대기업"} <= allowed:
        return Say(True, told=False)
    if stated := f.get("size_class"):
        mine = BELONGS[stated]
        if mine & excluded:
            return NO
        if mine & allowed:
            return YES
        return OPEN if any(stated in BELONGS.get(one, ()) for one in allowed) else NO
    if f.get("independence") == "계열·관계 있음":
        return OPEN
    people = f.get("employees_regular")
    average = f.get("revenue_krw_3y_avg")
    money = average if average is not None else f.get("revenue_krw_last")
    if "중소기업" in allowed:
        return _as_sme(allowed, excluded, f, people, average, money)
    if allowed & {"소상공인", "소기업"}:
        return _as_small(allowed, f, people, average, money)
    return OPEN


def _as_sme(
    allowed: set[str], excluded: set[str], f: Any, people: Any, average: Any, money: Any
) -> Say:
    mid = "중견기업" in allowed
    sure, never = _ceilings(f, SME, 400, 1800, 300)
    if not mid and f.get("total_assets_krw", 0) >= 5000 * EOK:
        return NO
    if people is None and money is None:
        return OPEN_SOFT
    if not mid and average is not None and average > never:
        return NO
    if "소상공인" in excluded and (people is None or people < 10):
        return OPEN
    few = people is not None and people < 200
    if money is not None and money > sure and not (few and mid):
        return OPEN
    if few or people is None:
        return YES
    return YES if mid and people < 1000 else OPEN


def _as_small(allowed: set[str], f: Any, people: Any, average: Any, money: Any) -> Say:
    sure, never = _ceilings(f, SMALL, 15, 140, 20)
    if average is not None and average > never:
        return NO
    too_much = money is not None and money > sure
    if "소상공인" in allowed and people is not None and not too_much:
        if people < 10:
            return YES
        if "소기업" not in allowed:
            return NO
    if "소기업" in allowed and money is not None and money <= sure:
        return YES
    return OPEN


def _inside(c: Any, value: int) -> Say:
    return Say(
        (c.at_most is None or value <= c.at_most) and (c.at_least is None or value >= c.at_least)
    )


def on_employees_regular(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return OPEN if f.get("employees_regular") is None else _inside(c, f["employees_regular"])


def on_revenue_krw(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    average, last = f.get("revenue_krw_3y_avg"), f.get("revenue_krw_last")
    if c.basis == "avg_3y":
        if average is not None:
            return _inside(c, average)
        if last is not None and c.at_most is not None and c.at_least is None:
            # The average of three years is at least a third of one of them.
            if last > 3 * c.at_most:
                return _inside(c, last // 3)
            if 2 * last <= c.at_most:
                return YES
        return OPEN
    if last is not None:
        return _inside(c, last)
    if (
        average is not None
        and c.at_most is not None
        and c.at_least is None
        and 3 * average <= c.at_most
    ):
        return YES
    return OPEN


def on_business_age(c: Any, f: dict[str, Any], _p: Any, today: date) -> Say:
    text = f.get("established_on")
    if text is None:
        return OPEN
    spans = [f"{text}-01-01", f"{text}-12-31"] if len(text) == 4 else [text]
    answers = set()
    for one in spans:
        born = date.fromisoformat(one)

        def turns(years: int, born: date = born) -> date:
            return date(
                born.year + years, born.month, min(born.day, 28) if born.month == 2 else born.day
            )

        fits = c.at_least is None or today >= turns(c.at_least)
        fits = fits and (c.at_most is None or today <= turns(c.at_most))
        answers.add(fits and (c.less_than is None or today < turns(c.less_than)))
    return Say(answers.pop()) if len(answers) == 1 else OPEN


def on_region(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    factory, head = f.get("factory_sido"), f.get("hq_sido")
    factory = None if factory == "없음" else factory
    if c.which == "hq":
        places = [head]
    elif c.which == "factory":
        places = [factory]
    else:
        places = [factory, head]
    known = [one for one in places if one is not None]
    if not known:
        return OPEN
    inside = [one for one in known if one in c.sido]
    if inside:
        if not c.sigungu:
            return YES
        district = f.get("factory_sigungu")
        if district is None:
            return OPEN
        return Say(any(district.startswith(one) or one.startswith(district) for one in c.sigungu))
    if not c.exhaustive and known[0] not in c.never:
        return OPEN
    return OPEN if c.which == "any" and factory is None else NO


def on_industry(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    code = f.get("industry_ksic")
    if "C" in c.ksic:
        if _makes(f):
            return YES
        if code is None:
            return OPEN_SOFT
        return NO if c.exhaustive else OPEN
    held = f.get("certifications", [])
    if c.root and (
        "뿌리기업" in held
        or f.get("is_root_industry") in ("확인서 있음", "해당 공정이지만 확인서 없음")
    ):
        return YES
    if "소재·부품·장비" in c.terms and "소재·부품·장비 전문기업" in held:
        return YES
    if code is None:
        return OPEN
    if c.ksic and code.startswith(tuple(c.ksic)):
        return YES
    vague = code == "C" and any(one.startswith("C") for one in c.ksic)
    return OPEN if vague or not c.exhaustive else NO


def on_smart_factory_history(c: Any, f: dict[str, Any], _p: Any, today: date) -> Say:
    built, level = f.get("sf_built"), f.get("sf_level_official")
    rung = LADDER.index(level) if level in LADDER else None
    until = f.get("sf_level_valid_until")
    valid = until is None or date.fromisoformat(until) >= today
    was_built = built in ("정부 지원으로 구축", "대·중소 상생형으로 구축", "자체 구축")
    if rung and not valid and not was_built:
        return OPEN
    if built == "없음" and not rung:
        return NO
    if c.minimum_level is not None:
        return OPEN if rung is None else Say(rung >= LADDER.index(c.minimum_level))
    if rung and c.or_certificate and valid:
        return YES
    way = {
        "정부 지원으로 구축": "government",
        "대·중소 상생형으로 구축": "winwin",
        "자체 구축": "own",
    }.get(built or "")
    if way is None:
        return OPEN
    if way in c.accepts:
        return YES
    return OPEN if c.or_certificate and (level is None or rung) else NO


def on_smart_factory_level(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    level, most = f.get("sf_level_official"), LADDER.index(c.at_most)
    if level in LADDER:
        return Say(LADDER.index(level) <= most)
    systems = set(f.get("systems_in_use", ()))
    ict = systems & {"ERP", "MES", "POP", "WMS", "PLM·CAD", "SCM", "QMS", "EMS(에너지)"}
    if most == 0 and ict:
        return NO
    return YES if f.get("sf_built") == "없음" and (most > 0 or (systems and not ict)) else OPEN


def on_industrial_complex_tenant(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    where = f.get("industrial_complex")
    if where is None:
        return OPEN
    if where in ("없음", "해당 없음", "아니오", "밖", "개별입지", "단지 밖"):
        return NO
    return OPEN if c.smart_green else YES


def on_collects_manufacturing_data(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    told = {"수집 중": YES, "수집 안 함": NO}.get(f.get("collects_data", ""))
    if told:
        return told
    kinds = set(f.get("data_types_available", ()))
    machine = {"생산 실적", "설비 가동", "공정 조건", "검사 수치", "불량 사진", "에너지"}
    if kinds & machine or set(f.get("systems_in_use", ())) & {"MES", "POP", "EMS(에너지)"}:
        return YES
    return NO if kinds == {"없음"} else OPEN


def on_research_unit(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    if f.get("research_unit") in ("연구소", "전담부서") or "기업부설연구소·전담부서" in f.get(
        "certifications", ()
    ):
        return YES
    return NO if f.get("research_unit") == "없음" else OPEN


def on_certification(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    held = f.get("certifications")
    return OPEN if held is None else Say(bool(set(held) & set(c.any_of)))


def on_designation(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    held = ["".join(one.split()).lower() for one in f.get("designations", ())]
    names = ["".join(one.split()).lower() for one in c.names]
    if any(n in h or (h in n and 2 * len(h) > len(n)) for h in held for n in names):
        return YES
    return NO if set(held) & {"없음", "해당없음"} else OPEN


def on_notice_list(_c: Any, _f: Any, _p: Any, _t: Any) -> Say:
    return OPEN


def on_export(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    told = f.get("export")
    if told is None:
        return OPEN
    return Say(told in ("직접 수출", "간접 수출") or (told == "준비 중" and c.preparing))


def on_ai_company(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return YES if set(f.get("ai_in_use", ())) - {"없음"} and not c.develops else OPEN


def on_supplier_company(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    role, division = f.get("company_role"), _division(f)
    if role in ("공급기업", "둘 다"):
        return YES
    if role == "도입기업":
        return NO
    code = f.get("industry_ksic")
    sells = division in (26, 27, 28, 29, 34) or code in (None, "C") or code[0] in "JM"
    return OPEN if sells else NO


def _three(told: Any, good: set[str], bad: set[str], mild: tuple[str, ...] = ()) -> Say:
    if told is None:
        return UNTOLD
    if told in good:
        return YES
    if told in bad:
        return NO
    return UNTOLD if told in mild else OPEN


def on_tax_arrears(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return _three(f.get("tax_arrears"), {"없음"}, {"있음"}, ("있음(분납·유예 승인)",))


def on_insolvency(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return _three(f.get("insolvency"), {"없음"}, {"진행 중"})


def on_support_ban(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return _three(f.get("support_ban"), {"없음"}, {"제한 중"})


def on_in_operation(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return _three(f.get("closed_or_suspended"), {"정상"}, {"휴업", "폐업"})


def on_accident_insurance(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    told = f.get("industrial_accident_insurance")
    return _three(told, {"가입·체납 없음", "가입·체납 있음"}, {"미가입"})


def on_insurance_arrears(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return _three(f.get("industrial_accident_insurance"), {"가입·체납 없음"}, {"가입·체납 있음"})


def on_prior_support(c: Any, f: dict[str, Any], p: SupportProgram, _t: Any) -> Say:
    names = [*c.programs, *c.terms, *((p.name, *p.aliases) if p.id in c.programs else ())]
    told = f.get("recent_support")
    for entry in told or ():
        plain = "".join(entry.split()).lower()
        if any("".join(name.split()).lower() in plain for name in names):
            if not c.years or any(str(year) in entry for year in c.years):
                return NO
            if "20" not in entry:
                return OPEN
    return YES if told == ["없음"] or f.get("sf_built") == "없음" else UNTOLD


def on_excluded_trade(_c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return YES if _makes(f) else UNTOLD


def on_asset_condition(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    told = f.get("asset_condition")
    return UNTOLD if told is None else Say(told not in c.excluded)


def on_consortium(c: Any, f: dict[str, Any], _p: Any, _t: Any) -> Say:
    return YES if c.partner == "supplier" and f.get("supplier_partner") == "정해짐" else UNTOLD


def on_any_of(c: Any, f: dict[str, Any], p: SupportProgram, today: date) -> Say:
    whole = []
    for option in c.options:
        parts = [judge(one, f, p, today) for one in option.criteria]
        if any(one.answer is False for one in parts):
            whole.append(NO)
        elif any(one.answer is None and one.firm for one in parts):
            whole.append(OPEN)
        elif any(one.answer for one in parts):
            return YES
        else:
            whole.append(parts[0])
    open_ = [one for one in whole if one.answer is None]
    if open_:
        return open_[0]
    return OPEN if c.open_ended else NO
