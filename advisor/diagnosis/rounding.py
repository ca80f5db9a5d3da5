"""Exact numbers and the instrument's rounding (pure)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=256)
def exact(number: int | float) -> Fraction:
    """Return the number as it is written: 0.7 is 7/10, not the nearest binary fraction.

    Scores are compared with limits before rounding, so 45.0 must not become 44.999…
    """
    return Fraction(str(number))


def round_half_up(number: Fraction | float, digits: int) -> float:
    """Round as the instrument says: a half goes up (0.05 to 0.1 with one digit).

    >>> round_half_up(Fraction(225, 4), 1)
    56.3
    >>> round_half_up(2.0, 1)
    2.0
    """
    if isinstance(number, Fraction):
        shift = 10**digits
        # Floor of x + 1/2, in whole numbers; none of the results is negative.
        whole = (2 * number.numerator * shift + number.denominator) // (2 * number.denominator)
        return float(whole / shift)
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
