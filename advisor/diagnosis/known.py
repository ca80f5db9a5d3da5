"""What a company's profile already says about items, so that nobody is asked twice (pure)."""

import re
from collections.abc import Callable, Mapping

from advisor.diagnosis.squeeze import squeeze
from advisor.domain.instrument import Grade, Instrument
from advisor.domain.profile import Fact, FactValue, Profile
from advisor.domain.readiness import AnswerStatus, ItemAnswer

Judge = Callable[[Profile], int | None]
LEAST_SHARE_KRW = 5_000_000
PAINS = 3
# In the order of the worse: what is made wrong comes before what it costs.
_PAINS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("safety", r"안전|사고|다치|위험"),
        (
            "quality_defect",
            r"불량|(?<![^에]서)(?<!^서)버(가|나|를)|스크래치|기포|찍힘|흠|클레임|반품|휨|틀어|누설|얼룩|이물|먼지|변색|크랙|미성형|품질",
        ),
        ("downtime", r"고장|멈춰|멈추|정지|서요|섭니다|서는데|서고|부러"),
        ("inspection_labor", r"검사|육안|눈으로"),
        ("delivery", r"납기|늦|일정|계획"),
        ("inventory", r"재고|자재"),
        ("labor_shortage", r"사람(이|을|구|도)|인력|구인|일손|인건비"),
        ("skill_loss", r"숙련|노하우|퇴직|은퇴|그만두"),
        ("setup", r"교체|셋업|세팅|조건|품종"),
        ("traceability", r"이력|추적"),
        ("paperwork", r"서류|견적|보고서|문서"),
        ("energy", r"전기|에너지|전력"),
        ("cost", r"원가|단가|자재비|비용|돈"),
    )
)
GRADES: Mapping[str, Grade] = {"서류": "doc", "입력": "say", "말": "say", "계산": "infer"}


def known_answers(instrument: Instrument, profile: Profile) -> tuple[ItemAnswer, ...]:
    """Return the answers that follow from the profile without guessing.

    Only values that fit the sentence of one level are used; a field that leaves two levels open
    says nothing.
    """
    answers = []
    for item_id, (fields, judge) in _JUDGES.items():
        level = judge(profile)
        if item_id in instrument.item_by_id and level is not None:
            fact = next(profile.facts[name] for name in fields if name in profile)
            answers.append(
                ItemAnswer(
                    item_id, AnswerStatus.ANSWERED, level, GRADES.get(fact.source, "say"),
                    fact.quote or f"회사 정보: {_shown(fact.value)}",
                )
            )  # fmt: skip
    return tuple(answers)


def with_worry(profile: Profile, words: str) -> Profile:
    """Return the profile with the pains that the owner's worst problem names, if it has none.

    The plan is ordered by pains; "버가 자꾸 나와요" is a defect without saying so.
    """
    if "pain_codes" in profile or not words:
        return profile
    text = squeeze(words)
    pains = tuple(code for code, pattern in _PAINS if pattern.search(text))[:PAINS]
    return profile.with_facts({"pain_codes": Fact(pains, quote=words)}) if pains else profile


def _programs(profile: Profile) -> int | None:
    """SYS1: no program at all is sure; that one is installed does not say that it is used."""
    systems = profile.get("systems_in_use")
    if isinstance(systems, tuple) and systems and set(systems) <= {"회계", "없음", "엑셀만"}:
        return 0
    return None


def _network(profile: Profile) -> int | None:
    levels = {"안 됨": 0, "일부·불안정": 1, "주요 구역 안정": 2}
    return levels.get(str(profile.get("network_shopfloor")))


def _sensors(profile: Profile) -> int | None:
    return {"절반 이상": 3}.get(str(profile.get("sensors_installed")))


def _owner(profile: Profile) -> int | None:
    owner, hours = profile.get("digital_owner"), profile.get("weekly_hours")
    if owner in ("없음", "대표"):
        return 0 if owner == "없음" else 1
    if owner == "겸직 담당자" and isinstance(hours, int | float) and 3 <= hours < 8:
        return 2
    return 4 if owner == "전담자·팀" else None


def _money(profile: Profile) -> int | None:
    if profile.get("funding_status") == "단기 자금이 급함":
        return 0
    money = profile.get("self_fund_krw")
    if not isinstance(money, int | float):
        return None
    if money <= 0:
        return 1
    # From 50 million on the sentence also asks where the money comes from, so 2 is what is sure.
    return 2 if money >= LEAST_SHARE_KRW else None


def _records(profile: Profile) -> int | None:
    months = profile.get("data_history_months")
    return 0 if isinstance(months, int | float) and months < 3 else None


def _obstacles(profile: Profile) -> int | None:
    stops = (
        profile.get("tax_arrears") == "있음", profile.get("support_ban") == "제한 중",
        profile.get("closed_or_suspended") in ("휴업", "폐업"), profile.get("insolvency") == "진행 중",
    )  # fmt: skip
    return 0 if any(stops) else None


def _shown(value: FactValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


_JUDGES: Mapping[str, tuple[tuple[str, ...], Judge]] = {
    "SYS1": (("systems_in_use",), _programs),
    "SYS3": (("network_shopfloor",), _network),
    "EQP1": (("sensors_installed",), _sensors),
    "PPL1": (("digital_owner",), _owner),
    "FIN1": (("funding_status", "self_fund_krw"), _money),
    "DAT4": (("data_history_months",), _records),
    "FIN2": (("tax_arrears", "support_ban", "closed_or_suspended", "insolvency"), _obstacles),
}
