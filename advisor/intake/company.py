"""A company as typed into a file or a form: read, then held against what can be true (pure)."""

from collections.abc import Mapping
from datetime import date

from advisor.domain.profile import Fact, Profile
from advisor.domain.vocabulary import Vocabulary
from advisor.intake.form import read_all, refuse

MANUFACTURING = range(10, 35)


def read_company(values: Mapping[str, object], vocabulary: Vocabulary, today: date) -> Profile:
    """Read profile values by field id; nothing is computed on a profile with a wrong one.

    Raises:
        BadInputError: A field is unknown, a value is none of its field, or cannot be true
            (negative, a region or trade that does not exist, a day in the future); all at once.
    """
    facts, problems = read_all(values, vocabulary.profile_fields)
    problems += find_impossible(facts, vocabulary, today)
    if problems:
        raise refuse(problems)
    return Profile(facts)


def find_impossible(facts: Mapping[str, Fact], vocabulary: Vocabulary, today: date) -> list[str]:
    """Return a clause for each value that has the right type but cannot be true."""
    problems = _numbers(facts, vocabulary)
    for which in ("factory", "hq"):
        problems += _district(facts, f"{which}_sido", f"{which}_sigungu", vocabulary)
    code = facts.get("industry_ksic")
    if code is not None and not _is_code(str(code.value), vocabulary):
        problems.append(f"주업종 코드(KSIC)에 '{code.value}'은(는) 없습니다(예: C25, 25924)")
    founded = facts.get("established_on")
    if founded is not None and str(founded.value) > today.isoformat():
        problems.append(f"설립일(개업일) '{founded.value}'이(가) 오늘보다 뒤입니다")
    return problems


def _numbers(facts: Mapping[str, Fact], vocabulary: Vocabulary) -> list[str]:
    problems = []
    for name, fact in facts.items():
        field = vocabulary.profile_fields[name]
        value = fact.value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
            problems.append(f"{field.label}에 음수 '{value}'을(를) 쓸 수 없습니다")
    hours = facts.get("weekly_hours")
    if hours is not None and isinstance(hours.value, (int, float)) and hours.value > 168:
        problems.append("주당 낼 시간은 168시간을 넘을 수 없습니다")
    return problems


def _district(
    facts: Mapping[str, Fact], sido_field: str, district_field: str, vocabulary: Vocabulary
) -> list[str]:
    district = facts.get(district_field)
    if district is None:
        return []
    said = str(district.value).strip()
    # "청주시 흥덕구": the first word is the 시 that the list has.
    words = {said, said.split(" ")[0]}
    found = [one for one in vocabulary.places if words & {one.official, *one.names}]
    label = vocabulary.profile_fields[district_field].label
    if not found:
        return [f"{label}에 '{said}'은(는) 없는 시·군·구입니다"]
    sido = facts.get(sido_field)
    is_told = sido is not None and sido.value not in ("모름", "없음", "해외")
    if is_told and sido is not None and all(one.sido != sido.value for one in found):
        return [f"{label} '{said}'은(는) {sido.value}에 없습니다"]
    return []


def _is_code(code: str, vocabulary: Vocabulary) -> bool:
    plain = code.strip().upper()
    letter, digits = (plain[0], plain[1:]) if plain[:1].isalpha() else ("C", plain)
    if digits and not digits.isdigit():
        return False
    if len(digits) > 5 or len(digits) == 1:
        return False
    if letter != "C":
        return vocabulary.industry(letter) is not None
    return not digits or int(digits[:2]) in MANUFACTURING
