"""Won amounts in Korean words."""

JO, EOK, MAN = 1_000_000_000_000, 100_000_000, 10_000


def format_krw(amount: int) -> str:
    """Write an amount of won as people read it, exact to the won.

    >>> [format_krw(one) for one in (200_000_000, 350_000_000, 2_380_000, 5_000)]
    ['2억 원', '3억 5,000만 원', '238만 원', '5,000원']
    >>> format_krw(4_431_300_000_000), format_krw(1_234_567)
    ('4조 4,313억 원', '123만 4,567원')
    """
    if amount < 0:
        return f"-{format_krw(-amount)}"
    parts = []
    rest = amount
    for unit, name in ((JO, "조"), (EOK, "억"), (MAN, "만")):
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count:,}{name}")
    if not parts:
        return f"{rest:,}원"
    return f"{' '.join(parts)} {rest:,}원" if rest else f"{' '.join(parts)} 원"
