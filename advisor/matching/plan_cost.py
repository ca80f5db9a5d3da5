"""What a solution costs, as far as its record says (pure)."""

import re
from fractions import Fraction

from advisor.domain.money import format_krw
from advisor.domain.plan import Cost
from advisor.domain.records import Solution

_AMOUNT = r"(\d[\d,.]*)\s?(억|천만|백만|만)?\s?(?:원)?"
_RANGE = re.compile(rf"{_AMOUNT}\s?[~∼]\s?(\d[\d,.]*)\s?(억|천만|백만|만)\s?원")
_TOTAL = re.compile(r"총\s?(\d[\d,.]*)\s?(억|천만|만)\s?원\s?규모")
_UNITS = {"억": 100_000_000, "천만": 10_000_000, "백만": 1_000_000, "만": 10_000}
ROUND_TO = 1_000_000
ASK = "공급기업의 견적 금액을 알려 주시면 원 단위로 계산해 드립니다"


def cost_of(solution: Solution, asked_krw: int | None) -> Cost:
    """Return the cost to plan with.

    Args:
        solution: Its `cost_range_krw` is free text: a range, a total, "무료" or no price at all.
        asked_krw: What the owner or a quotation says; it goes before the record.

    Returns:
        The middle of a range, to the million, where only a range is known; None chosen where
        no source gives a price.
    """
    text = solution.cost_range_krw
    low, high = read_range(text)
    if asked_krw is not None:
        return Cost(asked_krw, f"말씀하신 사업비 {format_krw(asked_krw)} 기준입니다", low, high)
    if low is not None and high is not None and low != high:
        middle = (low + high) // 2 // ROUND_TO * ROUND_TO
        return Cost(
            middle,
            f"자료에는 {format_krw(low)}~{format_krw(high)} 범위로만 나와 있어 가운데 값 "
            f"{format_krw(middle)}으로 계산했습니다. {ASK}",
            low,
            high,
        )
    if low is not None:
        said = (
            "무료로 쓸 수 있다고 나와 있습니다"
            if low == 0
            else f"{format_krw(low)} 규모로 보도되었습니다"
        )
        return Cost(low, f"자료에 {said}. {ASK}", low, high)
    if text:
        return Cost(None, f"자료에 솔루션 가격은 없고 지원 규모만 나와 있습니다({text}). {ASK}")
    return Cost(None, f"이 솔루션의 비용은 자료에 없습니다. {ASK}")


def read_range(text: str | None) -> tuple[int | None, int | None]:
    """Return the lowest and highest price that a text states.

    >>> read_range("라인 1개 5,000만~2억원, 다중 라인 고도화 3억원 이상(2025-12 블로그)")
    (50000000, 200000000)
    >>> read_range("무료(가입 후)"), read_range("총사업비 4억원 한도 중 최대 2.4억원 지원"), read_range(None)
    ((0, 0), (None, None), (None, None))
    """
    if not text:
        return None, None
    if text.startswith("무료"):
        return 0, 0
    if match := _RANGE.search(text):
        unit = match[2] or match[4]
        return _won(match[1], unit), _won(match[3], match[4])
    if match := _TOTAL.search(text):
        total = _won(match[1], match[2])
        return total, total
    return None, None


def _won(number: str, unit: str) -> int:
    return int(Fraction(number.replace(",", "")) * _UNITS[unit])
