"""Judges of trade: industry, left-out trades, suppliers (pure)."""

from collections.abc import Mapping

from advisor.domain.criteria import ExcludedTrade, Industry, SupplierCompany
from advisor.matching.company import SUPPLIER_LIKE, text_of, words_of
from advisor.matching.finding import MET, NOT_MET, UNKNOWN, Company, Finding, Judge, unknown
from advisor.text import squeeze, with_particle


def _industry(criterion: Industry, company: Company) -> Finding:
    trade, words = company.trade, criterion.words
    label = trade.label
    if "C" in criterion.ksic:
        if trade.is_manufacturer:
            return Finding(MET, f"{label} 제조기업으로 '{words}' 요건에 맞습니다")
        if trade.is_manufacturer is None:
            return unknown(words, "industry_text", "무엇을 만드는지", decides=False)
        if criterion.exhaustive:
            return Finding(NOT_MET, f"{with_particle(label, '은', '는')} '{words}'에 들지 않습니다")
        return unknown(words, "industry_text", "제조를 하는지")
    if _is_of_trade(criterion, company):
        return Finding(MET, f"{with_particle(label, '은', '는')} '{words}' 요건에 맞습니다")
    if not trade.is_known:
        return unknown(words, "industry_text", "무엇을 만드는지")
    if not criterion.exhaustive or trade.could_be_in(criterion.ksic):
        return Finding(
            UNKNOWN,
            f"{with_particle(label, '이', '가')} '{words}'에 드는지는 공고로 확인해야 합니다",
            None if trade.codes else "main_products",
        )
    return Finding(NOT_MET, f"{with_particle(label, '은', '는')} '{words}'에 들지 않습니다")


def _is_of_trade(criterion: Industry, company: Company) -> bool:
    trade = company.trade
    root = text_of(company.profile, "is_root_industry")
    certificates = words_of(company.profile, "certifications")
    if criterion.root and (
        root in {"확인서 있음", "해당 공정이지만 확인서 없음"} or "뿌리기업" in certificates
    ):
        return True
    if trade.processes & set(criterion.processes):
        return True
    # A suggested division is enough to say yes only where processes are what is asked for.
    if any(code.startswith(criterion.ksic) for code in trade.codes if criterion.ksic):
        return True
    terms = [squeeze(one) for one in criterion.terms]
    if "소재·부품·장비" in criterion.terms and "소재·부품·장비 전문기업" in certificates:
        return True
    return any(len(term) > 1 and term in trade.text for term in terms)


def _excluded_trade(criterion: ExcludedTrade, company: Company) -> Finding:
    trade = company.trade
    if any(squeeze(one) in trade.text for one in criterion.terms):
        if trade.is_manufacturer:
            # "호텔용 가구 제조" names the buyer, not the trade.
            return Finding(
                UNKNOWN,
                f"{trade.label} 업종이 '{criterion.words}'에 해당하지 않는지 확인해야 합니다",
                doubtful=True,
            )
        return Finding(NOT_MET, f"{trade.label} 업종은 '{criterion.words}'에 해당합니다")
    if trade.is_manufacturer:
        return Finding(MET, f"제조기업으로 '{criterion.words}'에 해당하지 않습니다")
    return Finding(UNKNOWN, f"'{criterion.words}'에 해당하지 않는지 확인해 주세요")


def _supplier(criterion: SupplierCompany, company: Company) -> Finding:
    role, trade = text_of(company.profile, "company_role"), company.trade
    words = criterion.words
    if role in {"공급기업", "둘 다"}:
        return Finding(MET, f"공급기업으로 '{words}' 요건에 맞습니다")
    if role == "도입기업":
        return Finding(
            NOT_MET, f"'{words}' 대상 사업으로, 기술을 들여 쓰는 도입기업은 대상이 아닙니다"
        )
    if trade.is_known and not (trade.codes == {"C"} or trade.is_in(SUPPLIER_LIKE)):
        return Finding(
            NOT_MET,
            f"'{words}' 대상 사업으로, {trade.label} 공장처럼 기술을 들여 쓰는 기업은 대상이 아닙니다",
        )
    return unknown(words, "company_role", "기술을 공급하는 기업인지")


TRADE_JUDGES: Mapping[str, Judge] = {
    "industry": _industry,
    "excluded_trade": _excluded_trade,
    "supplier_company": _supplier,
}
