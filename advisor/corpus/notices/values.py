"""What staff type into a field, to the value that the record has there, and back (pure)."""

import re
from datetime import date

import yaml
from pydantic import JsonValue

from advisor.corpus.notices.amounts import find_shares
from advisor.corpus.notices.dates import find_dates
from advisor.corpus.notices.labels import label_of
from advisor.corpus.notices.record import CRITERIA
from advisor.domain.numbers import read_won
from advisor.errors import BadInputError
from advisor.messages import UserMessage

WON = frozenset({"support.max_amount_krw"})
YEARS = frozenset({"year", "support.amount_year"})
SHARES = frozenset({"support.subsidy_rate"})
DAYS = frozenset(
    {"window.opens_on", "window.closes_on", "window.extended_to", "window.closed_early_on"}
)
FLAGS = frozenset({"window.until_funds_run_out"})
LISTS = frozenset(
    {
        "aliases", "sido", "documents", "stages", "human_conditions", "eligibility.company_size",
        "eligibility.region", "eligibility.exclusions", "eligibility.other_requirements",
        "services", "regions", "industries_processes", "outcomes_claimed", "technology",
    }
)  # fmt: skip
# Fields that a person may set although no rule looked for them, in the order of a form.
PROGRAM_FIELDS = (
    "id", "name", "name_en", "aliases", "year", "kind", "agency", "operator", "purpose",
    "window.opens_on", "window.closes_on", "window.closes_at", "window.extended_to",
    "window.closed_early_on", "window.until_funds_run_out", "window.typical_schedule",
    "support.max_amount_krw", "support.amount_basis", "support.subsidy_rate", "support.own_share",
    "support.loan_rate", "support.loan_term", "support.detail",
    "eligibility.company_size", "eligibility.industry", "eligibility.region",
    "eligibility.years_in_business", "eligibility.revenue_limit", "eligibility.employee_limit",
    "eligibility.consortium", "eligibility.other_requirements", "eligibility.exclusions", "sido",
    "documents", "how_to_apply", "contact.organization", "contact.phone", "contact.web", "notes",
)  # fmt: skip
_LINES = re.compile(r"\s*\n\s*")


def read_value(name: str, text: str) -> JsonValue:
    r"""Read what was typed for a field; nothing typed is None.

    >>> read_value("support.max_amount_krw", "5천만 원"), read_value("support.subsidy_rate", "70%")
    (50000000, 0.7)
    >>> read_value("window.closes_on", "2026. 12. 18."), read_value("documents", "신청서\n견적서")
    ('2026-12-18', ['신청서', '견적서'])

    Raises:
        BadInputError: It is no value of this field.
    """
    plain = text.strip()
    if not plain:
        return None
    value: JsonValue = None
    if name in WON:
        value = read_won(plain)
    elif name in YEARS:
        value = int(plain.rstrip("년도 ")) if plain.rstrip("년도 ").isdecimal() else None
    elif name in SHARES:
        value = _share(plain)
    elif name in DAYS:
        value = _day(plain)
    elif name in FLAGS:
        value = {"예": True, "true": True, "아니요": False, "false": False}.get(plain.lower())
    elif name in LISTS:
        return [one for one in _LINES.split(plain) if one]
    elif name.startswith(CRITERIA):
        value = _criterion(plain)
    else:
        return plain
    if value is None:
        raise BadInputError(
            UserMessage(
                text=f"'{label_of(name)}' 칸에 쓸 수 없는 값입니다: {plain[:60]}.",
                next_step=_HOW.get(_sort(name), "값을 확인해 주세요."),
            ),
            detail=f"bad value field={name}",
        )
    return value


def write_value(name: str, value: JsonValue) -> str:
    """Return a value as a person edits it; nothing for None."""
    if value is None:
        return ""
    if name in FLAGS:
        return "예" if value else "아니요"
    if name in SHARES and isinstance(value, int | float):
        return f"{value * 100:g}%"
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, dict):
        # "type" is the field's own name; lists stay on one line.
        lines = {key: one for key, one in value.items() if key not in {"type", "source"}}
        return "\n".join(f"{key}: {_inline(one)}" for key, one in lines.items())
    if name in WON and isinstance(value, int):
        return f"{value:,}원"
    return str(value)


_HOW = {
    "won": "'5천만 원'이나 '50,000,000원'처럼 적어 주세요.",
    "year": "'2027'처럼 네 자리 연도를 적어 주세요.",
    "share": "'70%'나 '0.7'처럼 적어 주세요.",
    "day": "'2026-12-18'처럼 있는 날짜를 적어 주세요.",
    "flag": "'예'나 '아니요'로 적어 주세요.",
    "criterion": "'words: 상시근로자 50인 미만'과 'at_most: 49'를 줄을 바꾸어 적어 주세요.",
}


def _sort(name: str) -> str:
    for sort, names in (
        ("won", WON), ("year", YEARS), ("share", SHARES), ("day", DAYS), ("flag", FLAGS),
    ):  # fmt: skip
        if name in names:
            return sort
    return "criterion" if name.startswith(CRITERIA) else ""


def _inline(value: JsonValue) -> str:
    plain = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000)
    return plain.removesuffix("...\n").strip()


def _share(text: str) -> float | None:
    found = find_shares(text)
    if found:
        return found[0].share
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        found = find_dates(text)
        return found[0].day.isoformat() if len(found) == 1 else None


def _criterion(text: str) -> dict[str, JsonValue] | None:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    return found if isinstance(found, dict) else None
