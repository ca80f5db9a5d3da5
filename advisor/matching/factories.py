"""Judges of the factory: smart-factory history and level, collected data (pure)."""

from collections.abc import Mapping

from advisor.domain.criteria import LEVELS, CollectsData, SmartFactoryHistory, SmartFactoryLevel
from advisor.matching.company import text_of, words_of
from advisor.matching.finding import MET, NOT_MET, Company, Finding, Judge, unknown
from advisor.text import with_particle

BUILT = {
    "정부 지원으로 구축": "government",
    "대·중소 상생형으로 구축": "winwin",
    "자체 구축": "own",
}
MACHINE_DATA = frozenset(
    {"생산 실적", "설비 가동", "공정 조건", "검사 수치", "불량 사진", "에너지"}
)
COLLECTING_SYSTEMS = frozenset({"MES", "POP", "EMS(에너지)"})
ICT_SYSTEMS = frozenset({"ERP", "MES", "POP", "WMS", "PLM·CAD", "SCM", "QMS", "EMS(에너지)"})


def _history(criterion: SmartFactoryHistory, company: Company) -> Finding:
    words = criterion.words
    built = text_of(company.profile, "sf_built")
    level = text_of(company.profile, "sf_level_official")
    rank = LEVELS.index(level) if level in LEVELS else None
    if rank and not is_certificate_valid(company) and built not in BUILT:
        return unknown(words, "sf_level_valid_until", "갱신한 수준확인서의 유효기간")
    if built == "없음" and not rank:
        return Finding(NOT_MET, f"스마트공장 구축 경험이 없어 '{words}' 요건에 맞지 않습니다")
    if criterion.minimum_level is not None:
        return _reached(criterion, rank, level)
    if rank and criterion.or_certificate and is_certificate_valid(company):
        return Finding(MET, f"공식 수준({level})이 '{words}' 요건에 맞습니다")
    if built is not None and BUILT.get(built) in criterion.accepts:
        return Finding(MET, f"{built}한 이력이 있어 '{words}' 요건에 맞습니다")
    if built in BUILT:
        if criterion.or_certificate and level is None:
            return unknown(words, "sf_level_official", "수준확인서 보유 여부")
        if criterion.or_certificate and rank:
            return unknown(words, "sf_level_valid_until", "갱신한 수준확인서의 유효기간")
        return Finding(NOT_MET, f"'{built}'은 '{words}' 요건에 들지 않습니다")
    return unknown(words, "sf_built", "스마트공장 구축 이력")


def is_certificate_valid(company: Company) -> bool:
    """Tell whether the level certificate has not run out; one without a stated end has not."""
    until = text_of(company.profile, "sf_level_valid_until")
    return until is None or len(until) != len("2026-01-01") or until >= company.today.isoformat()


def _reached(criterion: SmartFactoryHistory, rank: int | None, level: str | None) -> Finding:
    words = criterion.words
    if rank is None or criterion.minimum_level is None:
        return unknown(words, "sf_level_official", "공식 스마트공장 수준")
    if rank >= LEVELS.index(criterion.minimum_level):
        return Finding(MET, f"공식 수준({level})이 '{words}' 요건에 맞습니다")
    return Finding(NOT_MET, f"공식 수준({level})은 '{words}' 요건에 못 미칩니다")


def _level(criterion: SmartFactoryLevel, company: Company) -> Finding:
    words, most = criterion.words, LEVELS.index(criterion.at_most)
    level = text_of(company.profile, "sf_level_official")
    if level in LEVELS:
        if LEVELS.index(level) <= most:
            return Finding(MET, f"공식 수준({level})이 '{words}' 요건에 맞습니다")
        return Finding(NOT_MET, f"공식 수준({level})은 '{words}' 요건을 넘습니다")
    systems = set(words_of(company.profile, "systems_in_use"))
    if most == 0 and systems & ICT_SYSTEMS:
        used = "·".join(sorted(systems & ICT_SYSTEMS))
        return Finding(
            NOT_MET, f"{with_particle(used, '을', '를')} 쓰고 있어 '{words}' 요건에 맞지 않습니다"
        )
    if text_of(company.profile, "sf_built") == "없음" and (
        most > 0 or (systems and not systems & ICT_SYSTEMS)
    ):
        return Finding(MET, f"스마트공장을 구축한 적이 없어 '{words}' 요건에 맞습니다")
    return unknown(words, "sf_level_official", "공식 스마트공장 수준")


def _collects(criterion: CollectsData, company: Company) -> Finding:
    profile, words = company.profile, criterion.words
    stated = text_of(profile, "collects_data")
    if stated == "수집 중":
        return Finding(MET, f"제조데이터를 모으고 있어 '{words}' 요건에 맞습니다")
    if stated == "수집 안 함":
        return Finding(NOT_MET, f"제조데이터를 모으지 않아 '{words}' 요건에 맞지 않습니다")
    kinds = set(words_of(profile, "data_types_available"))
    if kinds & MACHINE_DATA or set(words_of(profile, "systems_in_use")) & COLLECTING_SYSTEMS:
        return Finding(MET, f"생산·설비 자료가 쌓이고 있어 '{words}' 요건에 맞습니다")
    if kinds == {"없음"}:
        return Finding(NOT_MET, f"모으는 자료가 없어 '{words}' 요건에 맞지 않습니다")
    return unknown(words, "collects_data", "제조데이터를 모으고 있는지")


FACTORY_JUDGES: Mapping[str, Judge] = {
    "smart_factory_history": _history,
    "smart_factory_level": _level,
    "collects_manufacturing_data": _collects,
}
