"""The one missing fact to ask for (pure)."""

from collections.abc import Mapping, Sequence

from advisor.domain.profile import Profile
from advisor.domain.vocabulary import ProfileField

# What decides most verdicts and searches, in the order in which an owner can answer it at once.
FIRST = (
    ("factory_sido", "hq_sido"), ("industry_text", "industry_ksic", "main_processes"),
    ("employees_regular",), ("pain_codes",), ("sf_built", "sf_level_official"), ("revenue_krw_last", "revenue_krw_3y_avg"),
    ("systems_in_use",), ("established_on", "business_age_years"),
)  # fmt: skip
DIAGNOSIS_FIRST = (
    ("industry_text", "industry_ksic", "main_processes"), ("systems_in_use",), ("employees_regular",),
    ("inspection_method",), ("sensors_installed",), ("sf_built", "sf_level_official"), ("factory_sido", "hq_sido"),
    ("pain_codes",), ("self_fund_krw",),
)  # fmt: skip


def next_field(
    profile: Profile,
    *,
    missing: Sequence[str] = (),
    diagnosis: bool = False,
    asked_before: Sequence[str] = (),
) -> str | None:
    """Return the field to ask for: what an open verdict needs first, else what settles most.

    A field asked before and not answered is not asked again.
    """
    for name in missing:
        if name not in profile and name not in asked_before:
            return name
    for group in DIAGNOSIS_FIRST if diagnosis else FIRST:
        if not any(name in profile for name in group) and group[0] not in asked_before:
            return group[0]
    return None


def question_for(name: str | None, fields: Mapping[str, ProfileField]) -> str | None:
    """Return the Korean question of a field, None where it has none."""
    known = fields.get(name) if name else None
    return known.ask if known else None
