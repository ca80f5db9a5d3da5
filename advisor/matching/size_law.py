"""Size classes by revenue and trade, as 중소기업기본법 시행령 별표 1 and 별표 3 have them (pure).

The tables are those of before 2025-09-01. The change of that day raised the ceilings of 16 of 44
trades by 20 to 30 billion won (SME) and of 12 of 43 by 0.5 to 2 billion (small) and lowered none;
which ones no source here lists. So a revenue within the old ceiling is within the new one, one
above it by more than the largest raise is above both, and what lies between stays unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

EOK = 100_000_000
SME_TABLE_URL = "https://www.hpe.or.kr/PGHI0010.do"
RAISE_URL = "https://www.naeil.com/news/read/559088"
# A company with this much in assets is no SME whatever it sells (시행령 제3조).
ASSETS_NEVER_KRW = 5_000 * EOK
SME_RAISED_AT_MOST, SMALL_RAISED_AT_MOST = 300 * EOK, 20 * EOK
# Across all trades, after the change.
SME_LOWEST, SME_HIGHEST = 400 * EOK, 1_800 * EOK
SMALL_LOWEST, SMALL_HIGHEST = 15 * EOK, 140 * EOK


def _table(rows: dict[int, str]) -> dict[str, int]:
    return {code: eok * EOK for eok, codes in rows.items() for code in codes.split()}


SME_CEILINGS = _table(
    {
        1500: "C14 C15 C17 C24 C28 C32",
        1000: "A B C10 C12 C13 C16 C19 C20 C22 C25 C26 C29 C30 C31 D F G",
        800: "C11 C18 C21 C23 C27 C33 H J",
        600: "C34 M Q R S",
        400: "I K L P",
    }
)
SMALL_CEILINGS = _table(
    {
        120: "C10 C11 C14 C15 C19 C20 C21 C23 C24 C25 C26 C28 C29 C30 C32 D",
        80: "A B C12 C13 C16 C17 C18 C22 C27 C31 C33 F H K",
        50: "G J",
        30: "L M R",
        10: "C34 I P Q S",
    }
)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Up to `sure_krw` a company is within the class, above `never_krw` it is not."""

    sure_krw: int
    never_krw: int


def sme_ceiling(codes: Iterable[str]) -> Ceiling:
    """Return the ceiling of the three-year average revenue of an SME of one of these trades."""
    known = _rows(SME_CEILINGS, codes)
    if not known:
        return Ceiling(SME_LOWEST, SME_HIGHEST)
    return Ceiling(max(min(known), SME_LOWEST), min(max(known) + SME_RAISED_AT_MOST, SME_HIGHEST))


def small_ceiling(codes: Iterable[str]) -> Ceiling:
    """Return the ceiling of the three-year average revenue of a 소기업 of one of these trades."""
    known = _rows(SMALL_CEILINGS, codes)
    if not known:
        return Ceiling(SMALL_LOWEST, SMALL_HIGHEST)
    return Ceiling(
        max(min(known), SMALL_LOWEST), min(max(known) + SMALL_RAISED_AT_MOST, SMALL_HIGHEST)
    )


def _rows(table: dict[str, int], codes: Iterable[str]) -> list[int]:
    """Return the rows of all codes; nothing where one of them has no row (E differs within)."""
    found: list[int] = []
    for code in codes:
        row = table.get(code[:3]) or table.get(code[:1])
        if row is not None:
            found.append(row)
        elif code == "C":
            found += [value for key, value in table.items() if key.startswith("C")]
        else:
            return []
    return found
