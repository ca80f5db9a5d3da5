"""Judges of place: region, industrial complex (pure)."""

from collections.abc import Mapping

from advisor.domain.criteria import IndustrialComplex, Region
from advisor.matching.company import text_of
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
from advisor.text import with_particle

NOT_IN_COMPLEX = NONE_SAID | {"밖", "개별입지", "단지 밖"}


def _region(criterion: Region, company: Company) -> Finding:
    profile, words = company.profile, criterion.words
    factory, hq = text_of(profile, "factory_sido"), text_of(profile, "hq_sido")
    if factory == "없음":
        factory = None
    place = {"factory": factory, "hq": hq}.get(criterion.which, factory or hq)
    wanted = "hq_sido" if criterion.which == "hq" else "factory_sido"
    if criterion.which == "any" and hq in criterion.sido and factory not in criterion.sido:
        place = hq
    if place is None:
        return unknown(
            words, wanted, "공장이 있는 시·도" if wanted == "factory_sido" else "본사 시·도"
        )
    if place in criterion.sido:
        return _district(criterion, place, company)
    if not criterion.exhaustive and place not in criterion.never:
        return Finding(
            UNKNOWN,
            with_particle(place, "이", "가") + f" '{words}'에 더해졌는지는 공고로 확인해야 합니다",
        )
    if criterion.which == "any" and factory is None:
        # Only the head office is known; the factory may still be there.
        return unknown(words, "factory_sido", "공장이 있는 시·도")
    where = "본사가" if criterion.which == "hq" else "공장이"
    return Finding(NOT_MET, f"{where} {place}에 있어 '{words}' 지역이 아닙니다")


def _district(criterion: Region, place: str, company: Company) -> Finding:
    words = criterion.words
    if not criterion.sigungu:
        return Finding(MET, f"{place} 소재로 '{words}' 지역 요건에 맞습니다")
    district = text_of(company.profile, "factory_sigungu")
    if district is None:
        return unknown(words, "factory_sigungu", "공장이 있는 시·군·구")
    if any(district.startswith(one) or one.startswith(district) for one in criterion.sigungu):
        return Finding(MET, f"{place} {district} 소재로 '{words}' 지역 요건에 맞습니다")
    return Finding(NOT_MET, f"공장이 {place} {district}에 있어 '{words}' 지역이 아닙니다")


def _complex(criterion: IndustrialComplex, company: Company) -> Finding:
    stated = text_of(company.profile, "industrial_complex")
    words = criterion.words
    if stated is None:
        return unknown(words, "industrial_complex", "산업단지 입주 여부")
    if stated in NOT_IN_COMPLEX:
        return Finding(NOT_MET, f"산업단지 밖에 있어 '{words}' 요건에 맞지 않습니다")
    if criterion.smart_green:
        return Finding(UNKNOWN, f"입주한 산업단지가 '{words}'의 스마트그린산단인지 확인해야 합니다")
    return Finding(MET, f"산업단지 입주기업으로 '{words}' 요건에 맞습니다")


PLACE_JUDGES: Mapping[str, Judge] = {
    "region": _region,
    "industrial_complex_tenant": _complex,
}
